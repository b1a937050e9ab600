"""Sealing everything anew with the newest key: all columns that the schema marks as sealed.

One transaction, a few rows in memory at a time; the letters' files one by one.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    LargeBinary,
    Row,
    Table,
    literal,
    select,
    tuple_,
    update,
)
from sqlalchemy.exc import DBAPIError

from bot.store.opening import StoreError, unreachable, wipe
from bot.store.schema import SEALED, metadata
from bot.store.sealing import Seal, SealedError

_BATCH: Final = 100
_MAIN: Final = ("body", "content")
"""The first of these that a table has is not named in its place."""


def reseal(engine: Engine, seal: Seal) -> int:
    """Seal everything with the newest key, all or nothing; then write the files anew, so that what
    the old key opens is nowhere in them. How many values changed. Raises StoreError."""
    try:
        with engine.begin() as connection:
            changed = sum(_table(connection, seal, *one) for one in sealed())
    except DBAPIError as error:
        raise unreachable(error) from error
    except SealedError as error:
        raise StoreError(
            f"A stored value doesn't open with any key of {seal.source} ({error}). Nothing was "
            "changed. Put the key it was sealed with behind the others, one a line, and try again."
        ) from None
    wipe(engine)
    return changed


def sealed() -> Iterator[tuple[Table, Sequence[Column[Any]]]]:
    """Every table that holds sealed values, and its columns of them."""
    for table in metadata.sorted_tables:
        columns = [column for column in table.columns if column.info == SEALED]
        if columns:
            yield table, columns


def place(column: Column[Any], key: Sequence[object]) -> str:
    """To what a value is bound: see SEALED in the schema."""
    table = column.table.name
    main = next((name for name in _MAIN if name in column.table.columns), None)
    name = table if column.name == main else f"{table}.{column.name}"
    return f"{name}:{'/'.join(str(part) for part in key)}"


def _table(connection: Connection, seal: Seal, table: Table, columns: Sequence[Column[Any]]) -> int:
    changed = 0
    for row in _rows(connection, table, columns):
        key, values = row[: -len(columns)], row[-len(columns) :]
        renewed = {
            column.name: _renewed(seal, value, place(column, key))
            for column, value in zip(columns, values, strict=True)
            if value is not None
        }
        fresh = {
            column.name: renewed[column.name]
            for column, value in zip(columns, values, strict=True)
            if value is not None and renewed[column.name] != value
        }
        if fresh:
            same = [one == part for one, part in zip(table.primary_key, key, strict=True)]
            connection.execute(update(table).where(*same).values(fresh))
            changed += len(fresh)
    return changed


def _rows(
    connection: Connection, table: Table, columns: Sequence[Column[Any]]
) -> Iterator[Row[Any]]:
    """Key and sealed values of every row, by key; each batch is read before any of it changes."""
    keys = list(table.primary_key)
    size = 1 if any(isinstance(column.type, LargeBinary) for column in columns) else _BATCH
    query = select(*keys, *columns).order_by(*keys).limit(size)
    rows = connection.execute(query).fetchall()
    while rows:
        yield from rows
        last = tuple_(*(literal(part) for part in rows[-1][: len(keys)]))
        rows = connection.execute(query.where(tuple_(*keys) > last)).fetchall()


def _renewed(seal: Seal, value: str | bytes, where: str) -> str | bytes:
    if isinstance(value, str):
        return seal.renew_text(value, where)
    return seal.renew(bytes(value), where)

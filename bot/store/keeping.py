"""Files kept with reports and filings: named in a deed, fetched from Telegram after it, sealed."""

from dataclasses import dataclass, replace
from typing import Final, Literal

from sqlalchemy import Column, Connection, Table, select, update

from bot.store.codec import Codec
from bot.store.schema import filing, report
from conversations.standing import CouncilId

Kind = Literal["report", "filing"]
_TABLES: Final[dict[Kind, Table]] = {"report": report, "filing": filing}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """A file that has to be fetched from Telegram."""

    kind: Kind
    key: str
    """Id of the report, or of the letter that was filed."""
    council: CouncilId | None
    file_id: str


def waiting(connection: Connection) -> tuple[Fetch, ...]:
    """All files that are not here yet."""
    return tuple(
        Fetch(
            kind=kind,
            key=row[0],
            council=CouncilId(row.council) if row.council else None,
            file_id=row.file_id,
        )
        for kind, table in _TABLES.items()
        for row in connection.execute(
            select(_key(kind), table.c.council, table.c.file_id).where(table.c.file_id.is_not(None))
        )
    )


def keep_file(connection: Connection, codec: Codec, fetch: Fetch, content: bytes) -> bool:
    """It is here. False when another one was named meanwhile, or none: it is not kept then."""
    sealed = codec.seal.close(content, f"{fetch.kind}:{fetch.key}")
    return _settle(connection, fetch, {"content": sealed})


def lose_file(connection: Connection, codec: Codec, fetch: Fetch) -> bool:
    """Telegram doesn't give it any more: its name goes, too, since it would promise a file. False
    as with `keep_file`."""
    table, key = _TABLES[fetch.kind], _key(fetch.kind)
    row = connection.execute(
        select(table.c.format, table.c.body).where(key == fetch.key)
    ).one_or_none()
    if row is None:
        return False
    if fetch.kind == "report":
        known = codec.report.read(row.body, row.format, fetch.key)
        body = codec.report.write(replace(known, file=""), fetch.key)
    else:
        filed = codec.filed.read(row.body, row.format, fetch.key)
        body = codec.filed.write(replace(filed, proof_file=""), fetch.key)
    return _settle(connection, fetch, {"body": body, "content": None})


def file_of(connection: Connection, codec: Codec, kind: Kind, key: str) -> bytes | None:
    """The file that is kept; None when there is none (yet)."""
    query = select(_TABLES[kind].c.content).where(_key(kind) == key)
    content = connection.execute(query).scalar()
    return codec.seal.open(bytes(content), f"{kind}:{key}") if content is not None else None


def _settle(connection: Connection, fetch: Fetch, values: dict[str, object]) -> bool:
    table = _TABLES[fetch.kind]
    done = connection.execute(
        update(table)
        .where(_key(fetch.kind) == fetch.key, table.c.file_id == fetch.file_id)
        .values(file_id=None, **values)
    )
    return bool(done.rowcount)


def _key(kind: Kind) -> Column[str]:
    return report.c.id if kind == "report" else filing.c.letter

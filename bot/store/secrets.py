"""The database's own secret: the key of the pseudonyms. Opening it proves the key of the seal.

It is made in the transaction that seals the data (migration 0002), and never again.
"""

import sqlite3
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, inspect, make_url, select
from sqlalchemy.exc import DBAPIError

from bot.store.opening import StoreError, check_health, engine_for, migrate, unreachable
from bot.store.schema import secret
from bot.store.sealing import Pseudonyms, Seal, SealedError

_NAME: Final = "pseudonym"


def unlocked(engine: Engine, seal: Seal) -> tuple[Pseudonyms, bool]:
    """Prove the key, bring the database to this version (whether it changed is told, too), and
    give its pseudonyms. Raises StoreError, having touched nothing when the key is another one."""
    prove(engine, seal)
    changed = migrate(engine, seal)
    with engine.connect() as connection:
        return Pseudonyms(_opened(connection, seal)), changed


def pseudonyms_in(connection: Connection, seal: Seal) -> Pseudonyms:
    """The pseudonyms, read in the caller's transaction: the key is proved once more, so that
    nothing is written with one that `rekey` has just replaced. Raises StoreError."""
    return Pseudonyms(_opened(connection, seal))


def prove(engine: Engine, seal: Seal) -> None:
    """Refuse a key that the data is not sealed with: StoreError. A database of a version that
    sealed nothing takes any key."""
    try:
        with engine.connect() as connection:
            if has_secret(connection):
                _opened(connection, seal)
    except DBAPIError as error:
        raise unreachable(error) from error


def is_sealed(url: str) -> bool:
    """Whether there is a database whose data needs its key. Looks only, makes nothing; raises
    StoreError when it can't be looked at."""
    engine = engine_for(url)
    try:
        if engine.dialect.name == "sqlite":
            return _is_sealed_file(make_url(url).database)
        with engine.connect() as connection:
            return has_secret(connection)
    except DBAPIError as error:
        raise unreachable(error) from error
    finally:
        engine.dispose()


def has_secret(connection: Connection) -> bool:
    """Whether the database is of a version that seals."""
    return inspect(connection).has_table(secret.name)


def _is_sealed_file(name: str | None) -> bool:
    if not name or not Path(name).exists():
        return False
    check_health(Path(name))
    connection = sqlite3.connect(f"{Path(name).resolve().as_uri()}?mode=ro", uri=True)
    try:
        found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (secret.name,))
        return found.fetchone() is not None
    except sqlite3.OperationalError as error:
        raise StoreError(f"The database {name} can't be looked at: {error}.") from None
    finally:
        connection.close()


def _opened(connection: Connection, seal: Seal) -> bytes:
    body = connection.execute(select(secret.c.body).where(secret.c.name == _NAME)).scalar()
    if body is None:
        raise StoreError(
            "The database has lost its own secret (table `secret`); it was changed by hand. "
            "Copy your latest backup to its place. Nothing was touched."
        )
    try:
        return bytes.fromhex(seal.open_text(body, f"secret:{_NAME}"))
    except SealedError:
        raise StoreError(
            f"The key from {seal.source} is not the one this database is sealed with. Nothing was "
            "touched. Put the right key there from your copy (KIMBOT_KEY_FILE names its file, "
            "KIMBOT_KEY holds the key itself): without it nothing stored can be read. Whoever has "
            "lost it for good can only put the database aside and begin anew."
        ) from None

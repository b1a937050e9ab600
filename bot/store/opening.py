"""Opening a database: its connections' settings, its health, its migrations.

Nothing here repairs or deletes: a file that is damaged or too new is left as it is.
"""

import sqlite3
from pathlib import Path
from typing import Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from bot.store.schema import HEAD, metadata
from bot.store.sealing import Seal

_NEWER: Final = (
    "The database was written by a newer version of kimbot. Update the program, or restore the "
    "backup made before the update. The database was left untouched."
)


_PLAIN: Final = "0001"
"""The version that kept people's words in plain."""
_CLEAN: Final = 2
"""`user_version` of a SQLite file that holds no plain text of version 1 any more."""


class StoreError(Exception):
    """The database can't be used; the text says why and what to do, in plain English."""


def engine_for(url: str, *, busy_seconds: float = 5.0) -> Engine:
    """An engine whose connections are set up: on SQLite WAL, durable, BEGIN IMMEDIATE.

    Raises StoreError for an address that names no database we can use.
    """
    try:
        parsed = _driven(make_url(url))
        if parsed.get_backend_name() != "sqlite":
            return create_engine(parsed, pool_pre_ping=True)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreError(
            "KIMBOT_DATABASE_URL names no database that kimbot can use. Examples: "
            "sqlite:////var/lib/kimbot/kimbot.sqlite3 or postgresql://user@host/kimbot "
            "(PostgreSQL needs the extra: pip install 'kimbot[postgres]')."
        ) from error
    engine = create_engine(
        parsed,
        poolclass=NullPool,
        connect_args={"check_same_thread": False, "timeout": busy_seconds},
    )
    event.listen(engine, "connect", _settings)
    event.listen(engine, "begin", _begin)
    return engine


def _driven(url: URL) -> URL:
    """PostgreSQL's addresses as its own tools and hosters write them, with the driver we have."""
    if url.drivername in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    return url


def check_health(path: Path) -> None:
    """Refuse a damaged SQLite file, looking at it read-only; a missing file is healthy."""
    if not path.exists():
        return
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        found = [row[0] for row in connection.execute("PRAGMA quick_check(1)")]
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
            return
        found = [type(error).__name__]
    finally:
        connection.close()
    if found != ["ok"]:
        raise StoreError(
            f"The database {path} is damaged. It was left untouched. Stop the bot, put the "
            f"file aside together with {path.name}-wal and {path.name}-shm, and copy your latest "
            "backup to its place; then start again."
        )


def migrate(engine: Engine, seal: Seal) -> bool:
    """Bring the schema to the newest version; True if anything changed. What an older version
    kept open is sealed on the way.

    Each migration is one transaction: killed at any point, the database is old or new.
    Raises StoreError for a database that is newer than this program, or can't be reached.
    """
    try:
        with engine.connect() as connection:
            found = _version(connection)
            connection.rollback()
            if found != HEAD:
                _upgrade(connection, seal)
                connection.rollback()
            if engine.dialect.name == "sqlite" and _cleaned(connection) < _CLEAN:
                _clean(connection)
        if engine.dialect.name == "postgresql" and found == _PLAIN:
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                _sample_anew(connection)
    except DBAPIError as error:
        raise unreachable(error) from error
    return found != HEAD


def wipe(engine: Engine) -> None:
    """Write the database's files anew, without what was deleted or overwritten in them. Raises
    StoreError."""
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if engine.dialect.name == "sqlite":
                _clean(connection)
                return
            for table in metadata.sorted_tables:
                connection.exec_driver_sql(f"VACUUM FULL {table.name}")
            _sample_anew(connection)
    except DBAPIError as error:
        raise unreachable(error) from error


def _sample_anew(connection: Connection) -> None:
    """PostgreSQL keeps samples of what stands in the columns: new ones, and none of the old in the
    file of theirs."""
    connection.exec_driver_sql("ANALYZE")
    connection.exec_driver_sql("VACUUM FULL pg_statistic")


def _cleaned(connection: Connection) -> int:
    found = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    connection.rollback()
    return found


def _clean(connection: Connection) -> None:
    """What version 1 wrote in plain is still in free space and in the WAL: a new file and an empty
    WAL, then the note that it is done, so that a kill in between leads here again."""
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    try:
        raw.execute("VACUUM")
        busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if not busy:
            raw.execute(f"PRAGMA user_version = {_CLEAN}")
    except sqlite3.OperationalError as error:
        raise StoreError(
            f"The database's file can't be written anew: {error}. That needs as much free space as "
            "the file is large, and nobody else may have it open. Nothing was lost; start again."
        ) from None


def is_current(engine: Engine) -> bool:
    """Whether the database is of this program's version. Raises StoreError."""
    try:
        with engine.connect() as connection:
            return _version(connection) == HEAD
    except DBAPIError as error:
        raise unreachable(error) from error


def check_version(engine: Engine) -> None:
    """Refuse a database that is newer than this program, or can't be reached: StoreError."""
    from alembic.config import Config  # noqa: PLC0415 - see _upgrade
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    try:
        with engine.connect() as connection:
            found = _version(connection)
    except DBAPIError as error:
        raise unreachable(error) from error
    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise StoreError(_NEWER)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(found) if found else None


def _upgrade(connection: Connection, seal: Seal) -> None:
    from alembic import command  # noqa: PLC0415 - 0.2 s that a migrated database doesn't need
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util.exc import CommandError  # noqa: PLC0415

    sqlite = connection.dialect.name == "sqlite"
    if sqlite:  # outside of any transaction: inside one, the pragma does nothing
        _pragma(connection, "foreign_keys = OFF")
    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    config.attributes["connection"] = connection
    config.attributes["seal"] = seal
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StoreError(_NEWER) from error
    finally:
        if sqlite:
            connection.rollback()
            _pragma(connection, "foreign_keys = ON")


def _pragma(connection: Connection, pragma: str) -> None:
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    raw.execute(f"PRAGMA {pragma}")


def _settings(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # BEGIN is ours, see _begin
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    """Writers queue up at once: a deferred BEGIN ends in errors when two upgrade their lock."""
    if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def unreachable(error: DBAPIError) -> StoreError:
    """What to do about a database that can't be opened or changed."""
    reason = str(error.orig).partition("\n")[0]
    return StoreError(
        f"The database can't be opened or changed: {reason}. "
        "Check KIMBOT_DATABASE_URL, the folder's rights and the space left."
    )

"""A database as one file: copied while the bot runs, put back while it is stopped.

SQLite by itself; PostgreSQL by its own tools (pg_dump, psql), which get no password by argument.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from bot.store.codec import stamp
from bot.store.marks import QUARANTINE
from bot.store.opening import StoreError, engine_for, unreachable

_DUMP: Final = ("--format=plain", "--no-owner", "--no-privileges", "--encoding=UTF8")
_LOAD: Final = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
_VARIABLES: Final = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}


def migration_of(engine: Engine) -> str:
    """The version of the database's schema; empty without one. Raises StoreError."""
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return ""
            return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar())
    except DBAPIError as error:
        raise unreachable(error) from error


def copy_file(database: Path, to: Path) -> None:
    """A whole SQLite file of this moment, without free space; the bot may be running. Raises
    StoreError."""
    to.unlink(missing_ok=True)
    os.close(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    connection = sqlite3.connect(f"{database.resolve().as_uri()}?mode=rw", uri=True)
    try:
        connection.execute("VACUUM INTO ?", (str(to),))
    except sqlite3.Error as error:
        to.unlink(missing_ok=True)
        raise StoreError(f"The database {database} can't be copied: {error}.") from None
    finally:
        connection.close()


def put_in_place(fresh: Path, database: Path, aside: Path) -> None:
    """Make `fresh` the database, in one step; the one that was there stays as `aside`, whole.
    The caller holds the file's lock. Raises OSError."""
    _settle(fresh)
    if database.exists():
        _settle(database)
        for suffix in ("-wal", "-shm"):  # of a damaged file: must not meet the new one
            left = database.with_name(database.name + suffix)
            if left.exists():
                left.replace(aside.with_name(aside.name + suffix))
        try:
            aside.hardlink_to(database)
        except OSError:  # a file system without links
            shutil.copy2(database, aside)
    fresh.replace(database)


def _settle(database: Path) -> None:
    """Everything into the file itself, as far as it can be read."""
    connection = sqlite3.connect(database)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error:
        pass  # damaged: its files are kept as they are
    finally:
        connection.close()


def dump(url: str, to: Path) -> None:
    """A PostgreSQL database as SQL. Raises StoreError, naming the command when the tool isn't
    there or fails."""
    tool = _tool("pg_dump", "pg_dump " + " ".join(_DUMP) + " --file=kimbot.sql")
    with to.open("wb") as out:
        _run([tool, *_DUMP], _environment(url), out=out.fileno())


def load(url: str, source: Path, made: datetime) -> None:
    """Put such SQL in place of everything the database holds, in one transaction, in quarantine.
    The caller holds the server's lock. Raises StoreError."""
    tool = _tool("psql", "psql " + " ".join(_LOAD) + " --file=kimbot.sql")
    engine = engine_for(url)
    try:
        with engine.connect() as connection:
            tables = inspect(connection).get_table_names()
    except DBAPIError as error:
        raise unreachable(error) from error
    finally:
        engine.dispose()
    drop = "".join(f'DROP TABLE IF EXISTS "{name}" CASCADE;\n' for name in tables)
    work = (f"--command={drop or 'SELECT 1;'}", f"--file={source}", f"--command={_held(made)}")
    _run([tool, *_LOAD, *work], _environment(url))


def _held(made: datetime) -> str:
    """The quarantine in SQL: in the same transaction, or a kill in between would set all free.
    Versions without marks send nothing unasked."""
    put = (
        f"INSERT INTO mark VALUES ('{QUARANTINE}', {stamp(made)}) "  # noqa: S608 - our own values
        "ON CONFLICT (name) DO UPDATE SET at = excluded.at"
    )
    return f"DO $$ BEGIN IF to_regclass('mark') IS NOT NULL THEN {put}; END IF; END $$"


def _tool(name: str, command: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise StoreError(
            f"{name} is missing. Install PostgreSQL's client programs, or do it yourself where "
            f"they are, with PGHOST, PGUSER, PGDATABASE set: {command}; after putting a database "
            "back run `kimbot restore --mark` before the bot starts."
        )
    return found


def _environment(url: str) -> Mapping[str, str]:
    """The address as libpq takes it from the environment: no argument is ever secret."""
    engine = engine_for(url)
    _, given = engine.dialect.create_connect_args(engine.url)
    engine.dispose()
    named = {_VARIABLES[key]: str(value) for key, value in given.items() if key in _VARIABLES}
    return {**os.environ, **named}


def _run(command: list[str], environment: Mapping[str, str], out: int | None = None) -> None:
    done = subprocess.run(  # noqa: S603 - a found program, our own arguments, no shell
        command,
        env=dict(environment),
        stdout=out if out is not None else subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0][:200]
        raise StoreError(f"{Path(command[0]).name} failed: {said}")

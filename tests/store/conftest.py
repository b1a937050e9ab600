"""The store on SQLite and on PostgreSQL: every test that takes `url` runs on both."""

import pytest

from bot.store.opening import engine_for, migrate
from bot.store.worker import Store
from tests.shell import SEAL


@pytest.fixture
async def store(url):
    """An open, migrated store."""
    engine = engine_for(url, busy_seconds=0.3)
    migrate(engine, SEAL)
    opened = Store(engine, threads=1 if url.startswith("sqlite") else 2)
    yield opened
    await opened.close()


@pytest.fixture
def migrated(request, migrated):
    """Tests of the migrations themselves begin with nothing."""
    return migrated and "test_migrations" not in request.module.__name__

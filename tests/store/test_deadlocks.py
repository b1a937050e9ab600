"""Two jobs on PostgreSQL that wait for each other: the database gives one of them up."""

import asyncio
import threading

import pytest
from sqlalchemy import insert, select, update

from bot.store import schema
from bot.store.opening import engine_for, migrate
from bot.store.worker import Store
from tests.shell import SEAL

PATIENCE = 10.0


@pytest.fixture
async def shared(empty):
    """A store that works in two threads; with two rows."""
    engine = engine_for(empty)
    migrate(engine, SEAL)
    opened = Store(engine, threads=2)
    rows = [{"name": name, "at": 0} for name in ("a", "b")]
    await opened.write(lambda c: c.execute(insert(schema.mark), rows))
    yield opened
    await opened.close()


async def test_whoever_is_given_up_is_done_once_more(shared):
    """A broadcast that is cancelled locks it before its rows; the sender has a row and then looks
    at the broadcast. Both come to their end."""
    met = threading.Barrier(2, timeout=PATIENCE)
    runs = []

    def locking(first, second):
        def job(connection):
            runs.append(first)
            count(connection, first)
            if runs.count(first) == 1:
                met.wait()
            count(connection, second)

        return job

    await asyncio.gather(shared.write(locking("a", "b")), shared.write(locking("b", "a")))
    found = await shared.read(lambda c: c.execute(select(schema.mark.c.at)).scalars().all())
    assert (list(found), len(runs)) == ([2, 2], 3)


def count(connection, name):
    """One more, which locks the row."""
    marks = schema.mark.c
    one = update(schema.mark).where(marks.name == name).values(at=marks.at + 1)
    connection.execute(one)

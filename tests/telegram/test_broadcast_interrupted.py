"""Broadcasts before the local server: paused, cancelled, orphaned, at night, on a full disk."""

import sqlite3
from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from bot.store import schema
from bot.store.worker import Store
from conversations.broadcasts import Content
from conversations.broadcasts.posts import Post
from conversations.deeds import Cancel, Pause, Resume
from conversations.standing import Role
from tests.store.composed import ID
from tests.store.councils import AYLA, BOSS, HERE
from tests.telegram.chatting import until
from tests.telegram.reminding import at
from tests.telegram.rundruf import NOON, SLOW


async def test_paused_in_the_middle_it_goes_on_where_it_stopped(crowd):
    """Nobody gets it twice, nobody is left out."""
    await crowd.send()
    async with crowd.bot(budget=SLOW):
        await crowd.some()
        await crowd.do(BOSS, Pause(id=ID, council=None))
        await until(lambda: "sending" not in crowd.states())
        count = crowd.went()
        assert count < 12
        assert set(crowd.states()) == {"sent", "held"}
        await crowd.still(count)
        await crowd.do(BOSS, Resume(id=ID, council=None))
        await crowd.settled("sent")
    assert crowd.counts() == [1] * 12


async def test_cancelled_in_the_middle_the_rest_never_goes(crowd):
    """What was under way comes to its end."""
    await crowd.send()
    async with crowd.bot(budget=SLOW):
        await crowd.some()
        await crowd.do(BOSS, Cancel(id=ID, council=None))
        await until(lambda: set(crowd.states()) == {"sent", "cancelled"})
        await crowd.still(crowd.states().count("sent"))


@pytest.mark.parametrize("council", [None, HERE])
async def test_an_author_who_loses_the_role_sends_nothing_more(crowd, council):
    """The broadcast is paused, others are asked; whoever resumes it answers for it."""
    author = BOSS if council is None else AYLA
    zoe, seats = crowd.people[0], schema.membership
    second = update(seats).where(seats.c.person == zoe).values(role=Role.ADMIN)
    await crowd.store(lambda c: c.execute(second))
    await crowd.send(by=author, council=council, what=Content(posts={"de": Post(text="Rat")}))
    lost = (
        delete(schema.operator).where(schema.operator.c.person == author)
        if council is None
        else update(seats).where(seats.c.person == author).values(role=Role.MEMBER)
    )
    async with crowd.bot(budget=SLOW):
        await crowd.some(2)
        await crowd.store(lambda c: c.execute(lost))
        await until(lambda: set(crowd.states()) == {"sent", "held"})
        if council is not None:
            await until(lambda: "Angehalten" in "".join(crowd.texts(zoe)))
        await crowd.still(crowd.went())
        assert crowd.stage() == ("paused", "role")
        if council is not None:
            await crowd.do(zoe, Resume(id=ID, council=council))
            await crowd.settled("sent")


async def test_the_clock_jumps_over_the_moment_it_was_planned_for(town):
    """Planned for tomorrow; the clock moves: it goes once. The clock moves back: nothing more."""
    await town.send(due=NOON + timedelta(days=1))
    async with town.bot():
        await town.still(0)
        at(town.server, NOON + timedelta(days=1, minutes=5))
        await town.settled("sent")
        at(town.server, NOON + timedelta(hours=1))
        await town.still(3)


async def test_nothing_goes_at_night_and_the_rest_in_the_morning(town):
    """Confirmed by day, the bot wakes at 22 in Berlin: all wait until 8."""
    await town.send()
    at(town.server, NOON + timedelta(hours=10))
    async with town.bot():
        await until(lambda: set(town.states()) == {"pending"})
        await town.still(0)
        at(town.server, NOON + timedelta(hours=20, minutes=1))
        await town.settled("sent")


class Disk:
    """Space for the database, or none: then every write is refused as SQLite refuses it."""

    def __init__(self, monkeypatch):
        self.is_full, self.refused = False, 0
        self._write = Store.write
        disk = self

        def write(store, work):
            return disk.write(store, work)

        monkeypatch.setattr(Store, "write", write)

    def write(self, store, work):
        return self._write(store, self._full if self.is_full else work)

    def _full(self, _connection):
        self.refused += 1
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error


async def test_e03_a_full_database_in_the_middle_loses_and_doubles_nothing(crowd, monkeypatch):
    """What became of a message is written down once there is space again."""
    disk = Disk(monkeypatch)
    await crowd.send()
    async with crowd.bot(budget=SLOW):
        await crowd.some()
        disk.is_full = True
        await until(lambda: disk.refused > 3)
        disk.is_full = False
        await crowd.settled("sent")
    assert crowd.counts() == [1] * 12

"""Claiming and looking in one transaction, on both databases."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from bot.store import leases, ledger, schema
from bot.store.claiming import Taken, take, unless_moot, way
from bot.store.ledger import Settled, State, Wish
from tests.store.councils import HERE, NOW, later

HOLDER = leases.new_holder()
ROWS = schema.delivery


@pytest.fixture
async def due(store):
    """Three rows are due, and we are the sender."""

    def work(connection):
        leases.acquire(connection, leases.SENDER, HOLDER)
        ledger.insert(connection, [wish(number) for number in range(3)])
        ledger.wake(connection, NOW)

    await store.write(work)
    return store


def wish(number):
    """A row to somebody."""
    return Wish(
        kind="note",
        subject="x",
        version=1,
        slot="",
        chat=100 + number,
        council=HERE,
        due=NOW + timedelta(milliseconds=number - 10),
        expires=later(days=1),
    )


async def taken(store, look):
    """The next one that is to be sent, by whom a look says."""
    ways = {"note": way(look, lambda row, found, _now: (row.chat, found))}
    return await store.write(lambda c: take(c, HOLDER, NOW, (), ways))


async def states(store):
    """State and reason of all rows."""
    query = select(ROWS.c.state, ROWS.c.reason).order_by(ROWS.c.due)
    return [tuple(row) for row in await store.read(lambda c: c.execute(query).all())]


async def test_the_next_row_comes_with_what_it_rests_on(due):
    """Composed later, outside of the transaction."""
    found = await taken(due, lambda _c, row, _now: f"for {row.chat}")
    assert isinstance(found, Taken)
    assert found.compose() == (100, "for 100")
    assert [state for state, _ in await states(due)] == ["sending", "pending", "pending"]


async def test_what_is_not_to_be_sent_is_settled_on_the_way(due):
    """The next one that is to be sent is given out at once."""

    def look(_connection, row, _now):
        return "x" if row.chat == 102 else Settled(state=State.CANCELLED, reason="stopped")

    found = await taken(due, look)
    assert found.row.chat == 102
    assert (await states(due))[:2] == [("cancelled", "stopped")] * 2


async def test_without_any_it_says_how_many_were_settled(due):
    """None the second time."""
    nothing = unless_moot(lambda _c, _row, _now: None)
    assert [await taken(due, nothing) for _ in range(2)] == [3, 0]
    assert await states(due) == [("cancelled", "moot")] * 3


async def test_a_row_that_cannot_be_read_does_not_keep_the_others(due):
    """It is looked at again later."""

    def look(_connection, row, _now):
        return {101: "x", 102: "y"}[row.chat]

    assert (await taken(due, look)).row.chat == 101
    assert (await states(due))[0] == ("pending", "")
    later_on = select(ROWS.c.not_before).where(ROWS.c.chat == 100)
    assert await due.read(lambda c: c.execute(later_on).scalar()) > NOW.timestamp() * 1000


async def test_an_edit_that_a_dead_process_left_is_done_again(store):
    """Done twice it is as done once; a message that was being sent is unclear."""

    def begin(connection, kind):
        values = {"kind": kind, "subject": "broadcast:b", "version": 2, "slot": "de1"}
        times = {"due": NOW, "expires": later(days=1)}
        leases.acquire(connection, leases.SENDER, HOLDER)
        ledger.insert(connection, [Wish(**values, **times, chat=1, council=None, rank=1)])
        ledger.wake(connection, NOW)
        ledger.claim(connection, HOLDER, NOW)

    for kind in (ledger.CORRECTION, ledger.BROADCAST):
        await store.write(partial(begin, kind=kind))
    await store.write(ledger.disown)
    await store.write(lambda c: ledger.wake(c, NOW))
    query = select(ROWS.c.kind, ROWS.c.state).order_by(ROWS.c.kind)
    found = [tuple(row) for row in await store.read(lambda c: c.execute(query).all())]
    assert found == [("broadcast", "uncertain"), ("correction", "pending")]


async def test_what_is_due_soon_is_known_and_nothing_else(due):
    """A beat waits for what Telegram held up for a moment; what is due now is no matter of it."""
    soon = timedelta(seconds=2)
    assert await due.read(lambda c: ledger.next_up(c, NOW, soon)) is None
    at = later(seconds=1)
    await due.write(lambda c: ledger.delay(c, 101, at))
    await due.write(lambda c: ledger.delay(c, 102, later(seconds=3)))
    assert await due.read(lambda c: ledger.next_up(c, NOW, soon)) == at

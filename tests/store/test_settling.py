"""The ledger on both databases: what became of a row is written by its claimant alone."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from bot.store import ledger
from bot.store.ledger import Settled, State
from tests.store.councils import NOW, later
from tests.store.ledgers import ROWS, claim, lead, reconcile, rows, settle, states, wish


async def run_out(store):
    """The claims' leases are over."""
    await store.write(lambda c: c.execute(update(ROWS).values(lease_until=1)))


# --- settling


async def test_only_the_claimant_writes_what_became_of_it(store):
    """A lease that was lost meanwhile is never written over."""
    await lead(store)
    await reconcile(store, wish())
    row = await claim(store)
    assert not await settle(store, replace(row, claim="another"), State.SENT, message=1)
    assert await settle(store, row, State.SENT, message=2)
    assert not await settle(store, row, State.FAILED)
    assert [(one.state, one.message, one.claim) for one in await rows(store)] == [("sent", 2, None)]


async def test_a_claim_whose_process_died_is_unclear_and_repeated_once(store):
    """Once more and marked; then it is closed, whatever happens."""
    await lead(store)
    await reconcile(store, wish())
    assert not (await claim(store)).again
    await run_out(store)
    assert (row := await claim(store)).again
    assert row.attempt == 2
    await run_out(store)
    assert await claim(store) is None
    assert [(one.state, one.reason) for one in await rows(store)] == [("closed", "unclear")]


async def test_d01_what_a_dead_process_was_sending_is_unclear_at_once(store):
    """Where nobody else can be alive no lease is waited for; a broadcast is left to a person."""
    await lead(store)
    await reconcile(store, wish("b", rank=ledger.BROADCASTS), wish("r", chat=-5))
    assert [(await claim(store)).slot for _ in range(2)] == ["r", "b"]
    assert await claim(store) is None
    await store.write(ledger.disown)
    assert (await claim(store)).slot == "r"
    assert await states(store) == [("b", "uncertain"), ("r", "sending")]


async def test_d03_an_unclear_reminder_is_repeated_once_and_marked(store):
    """Not at once, and never a third time."""
    await lead(store)
    await reconcile(store, wish())
    soon = later(seconds=30)
    await settle(store, await claim(store), State.UNCERTAIN, not_before=soon)
    assert await claim(store) is None
    row = await claim(store, soon)
    assert row.again
    await settle(store, row, State.UNCERTAIN, not_before=later(seconds=60))
    assert await claim(store, later(seconds=99)) is None
    assert await states(store) == [("14", "closed")]


async def test_d03_an_unclear_broadcast_waits_for_a_person(store):
    """Nobody gets it twice unless somebody says so."""
    await lead(store)
    await reconcile(store, wish(rank=ledger.BROADCASTS))
    await settle(store, await claim(store), State.UNCERTAIN, not_before=NOW)
    assert await claim(store, later(hours=1)) is None
    [id_] = await store.read(ledger.unclear)
    assert await store.write(lambda c: ledger.resend(c, id_, NOW))
    assert not await store.write(lambda c: ledger.resend(c, id_, NOW))
    assert (await claim(store)).again


async def test_d03_sent_once_more_after_days_it_still_goes(store):
    """Whoever decides so late wants it sent."""
    await lead(store)
    await reconcile(store, wish(rank=ledger.BROADCASTS))
    row, late = await claim(store), later(days=9)
    await settle(store, row, State.UNCERTAIN)
    assert await store.write(lambda c: ledger.resend(c, row.id, late))
    assert (await claim(store, late)).again


async def test_an_unclear_broadcast_can_be_left_as_it_is(store):
    """Then it is closed."""
    await lead(store)
    await reconcile(store, wish(rank=ledger.BROADCASTS))
    row = await claim(store)
    await settle(store, row, State.UNCERTAIN)
    assert await store.write(lambda c: ledger.let_be(c, row.id, NOW))
    assert await states(store) == [("14", "closed")]


@pytest.mark.parametrize("state", [State.PENDING, State.CANCELLED])
async def test_what_may_have_arrived_is_not_forgotten_on_the_way(store, state):
    """Put back it stays marked; not wanted any more it is closed, and never planned anew."""
    await lead(store)
    await reconcile(store, wish())
    await claim(store)
    await run_out(store)
    await settle(store, await claim(store), state)
    await reconcile(store)
    assert not await reconcile(store, wish())
    assert [(one.state, one.reason) for one in await rows(store)] == [("closed", "unclear")]


async def test_d05_a_chat_that_is_left_alone_keeps_its_order(store):
    """All that waits for it comes later, in the order it was due; other chats go on."""
    await lead(store)
    await reconcile(store, wish("1", due=later(hours=-1)), wish("2"), wish("3", chat=-5))
    row, until = await claim(store), later(seconds=30)

    def write(connection):
        ledger.delay(connection, row.chat, until)
        ledger.settle(connection, row, Settled(state=State.PENDING, not_before=until))

    await store.write(write)
    assert (await claim(store)).slot == "3"
    assert await claim(store) is None
    assert [(await claim(store, until)).slot for _ in range(2)] == ["1", "2"]

"""The ledger on both databases: planned once, claimed once, of no use after its time."""

import asyncio
from datetime import timedelta

from bot.store import leases, ledger, quarantine
from bot.store.codec import stamp
from bot.store.ledger import State
from conversations.rules.reminding import ReminderKind
from tests.store.councils import HERE, NOW, later
from tests.store.ledgers import (
    GROUP,
    HOLDER,
    claim,
    lead,
    reconcile,
    rows,
    settle,
    states,
    wish,
)

# --- planning


async def test_planning_twice_changes_nothing(store):
    """The key says which message it is, whoever plans how often."""
    assert (await reconcile(store, wish(), wish("3"))).added == 2
    first = await rows(store)
    assert not await reconcile(store, wish(), wish("3"))
    assert await rows(store) == first


async def test_looking_writes_nothing(store):
    """Without `write` it only says what would change."""
    assert (await reconcile(store, wish(), write=False)).added == 1
    assert await rows(store) == []


async def test_eight_planners_at_once_plan_one_row(store):
    """Replicas may all plan."""
    await asyncio.gather(*(reconcile(store, wish()) for _ in range(8)))
    assert len(await rows(store)) == 1


async def test_a_moved_meeting_cancels_what_was_planned_for_the_old_day(store):
    """Its version is another one: old rows lapse, new ones come."""
    await reconcile(store, wish())
    changes = await reconcile(store, wish(version=2))
    assert (changes.added, changes.cancelled) == (1, 1)
    assert [(row.version, row.state) for row in await rows(store)] == [
        (1, "cancelled"),
        (2, "planned"),
    ]


async def test_what_is_not_wished_for_any_more_is_cancelled(store):
    """A recorded report, a filed paper, a chat that is gone."""
    await reconcile(store, wish(), wish("3"))
    await reconcile(store, wish("3"))
    assert await states(store) == [("14", "cancelled"), ("3", "planned")]


async def test_what_was_cancelled_unsent_comes_back_when_wished_for_again(store):
    """A mark that was a mistake doesn't cost the reminder."""
    await reconcile(store, wish())
    await reconcile(store)
    await reconcile(store, wish())
    assert await states(store) == [("14", "planned")]


async def test_what_was_sent_is_never_planned_again(store):
    """New facts with the same key change nothing."""
    await lead(store)
    await reconcile(store, wish())
    await settle(store, await claim(store), State.SENT, message=7)
    assert not await reconcile(store, wish(due=later(hours=1)))
    assert [(row.state, row.message) for row in await rows(store)] == [("sent", 7)]


async def test_a_row_follows_its_due_moment(store):
    """Another hour in the settings moves what waits, and nothing else."""
    await reconcile(store, wish())
    assert (await reconcile(store, wish(due=later(hours=5)))).moved == 1
    [row] = await rows(store)
    assert row.due == row.not_before == stamp(later(hours=5))


async def test_a_row_that_was_put_off_stays_while_its_reminder_is_wanted(store):
    """Nobody wishes for "14/2" but the person who put it off."""
    await reconcile(store, wish("14/2"), wish("14"))
    assert not await reconcile(store, wish("14"), keeps=lambda key: key.slot == "14/2")
    assert (await reconcile(store, wish("14"))).cancelled == 1


# --- claiming


async def test_nothing_is_claimed_before_it_is_due(store):
    """Neither now, nor before its expiry is over."""
    await lead(store)
    await reconcile(store, wish(due=later(hours=1)))
    assert await claim(store) is None
    assert not await store.read(lambda c: ledger.is_up(c, NOW))
    assert await store.read(lambda c: ledger.is_up(c, later(hours=1)))
    assert (await claim(store, later(hours=1))).slot == "14"


async def test_hundreds_of_claims_at_once_take_each_row_once(store):
    """No row goes to two claimants, none is left."""
    await lead(store)
    await reconcile(store, *(wish(chat=-n) for n in range(1, 61)))
    await store.write(lambda c: ledger.wake(c, NOW))

    async def one():
        return await store.write(lambda c: ledger.claim(c, HOLDER, NOW))

    found = await asyncio.gather(*(one() for _ in range(60)))
    again = [row for _ in range(60) if (row := await one())]
    ids = [row.id for row in (*found, *again) if row]
    assert len(ids) == len(set(ids)) == 60


async def test_what_becomes_due_is_roused_without_a_look_at_what_became_useless(store):
    """The one is cheap and done while thousands wait; the other is not."""
    await reconcile(store, wish("1", expires=later(hours=1)), wish("2", due=later(hours=2)))
    await store.write(lambda c: ledger.wake(c, NOW))
    assert await store.write(lambda c: ledger.rouse(c, later(hours=2)))
    assert await states(store) == [("1", "pending"), ("2", "pending")]


async def test_nobody_claims_without_the_senders_lease(store):
    """One sending process at a time."""
    await reconcile(store, wish())
    await lead(store, leases.new_holder())
    assert await claim(store) is None


async def test_d14_nothing_is_claimed_in_quarantine(store):
    """After a restore an operator looks first."""
    await lead(store)
    await reconcile(store, wish())
    await store.write(lambda c: quarantine.begin(c, NOW, NOW))
    assert await claim(store) is None
    await store.write(quarantine.release)
    assert await claim(store) is not None


async def test_reminders_go_before_broadcasts_and_the_oldest_first(store):
    """A broadcast to thousands doesn't keep a deadline waiting."""
    await lead(store)
    early = wish("b", rank=ledger.BROADCASTS, due=later(hours=-2))
    await reconcile(store, early, wish("2"), wish("1", due=later(hours=-1)))
    assert [(await claim(store)).slot for _ in range(3)] == ["1", "2", "b"]


async def test_a_busy_chat_is_passed_over(store):
    """Its turn comes when it may be written to again."""
    await lead(store)
    await reconcile(store, wish("1", due=later(hours=-1)), wish("2", chat=-5))
    assert (await claim(store, busy={GROUP})).slot == "2"
    assert await claim(store, busy={GROUP}) is None


# --- what came too late


async def test_d10_what_is_of_no_use_any_more_is_not_sent_and_told_once(store):
    """It expires; the notice names it, the next look doesn't."""
    await lead(store)
    await reconcile(store, wish(), wish("3", expires=later(days=3)))
    assert (await claim(store, later(days=2))).slot == "3"
    found = await store.read(lambda c: ledger.missed(c, later(days=2)))
    assert [(kind, due) for _, kind, due in found[HERE]] == [(ReminderKind.DEADLINE, NOW)]
    ids = [id_ for id_, _, _ in found[HERE]]
    await store.write(lambda c: ledger.reported(c, ids, 9))
    assert await store.read(lambda c: ledger.missed(c, later(days=2))) == {}
    told = await store.read(lambda c: ledger.told(c, HERE, 9))
    assert told == [(ReminderKind.DEADLINE, NOW)]


async def test_finding_what_is_due_goes_by_an_index(store):
    """Neither looking nor claiming walks over what is not due."""

    def plan(connection):
        explain = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
        if explain == "EXPLAIN":
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        query = (
            f"{explain} SELECT id FROM delivery WHERE state = 'pending' AND rank = 0 "
            "AND not_before <= 5 ORDER BY not_before, due, id LIMIT 1"
        )
        return str(connection.exec_driver_sql(query).all())

    assert "ix_delivery_state_rank_not_before_due_id" in await store.write(plan)


def test_the_claims_lease_outlives_a_call():
    """A call may take 20 s; its row is nobody else's meanwhile."""
    assert timedelta(seconds=40) < ledger.sending.TERM

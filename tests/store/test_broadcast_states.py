"""A broadcast's stages as the bot itself and the command line move them, on both databases."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from bot.store import ledger, schema
from bot.store.broadcasts import states
from bot.store.codec import stamp
from bot.store.ledger import State, Wish
from conversations.broadcasts import Broadcast, BroadcastId, Content, Stage
from tests.store.councils import CODEC, NOW, later

ID = BroadcastId("b1")
ROWS = schema.delivery


async def put(store, stage=Stage.RUNNING, *, due=NOW, rows=3, state="planned", id_=ID):
    """A broadcast to so many people."""
    one = Broadcast(id=id_, stage=stage, made=NOW, due=due, content=Content())

    def write(connection):
        connection.execute(insert(schema.broadcast), row_of(one))
        wishes = [part(number, id_=id_, start=due) for number in range(rows)]
        ledger.insert(connection, wishes)
        connection.execute(
            update(ROWS).where(ROWS.c.subject == wishes[0].subject).values(state=state)
        )

    await store.write(write)


def row_of(one):
    """As it is stored."""
    return {
        "id": one.id,
        "council": one.council,
        "author": one.author,
        "stage": one.stage,
        "revision": one.revision,
        "rehearsed": one.rehearsed,
        "made": stamp(one.made),
        "touched": stamp(one.made),
        "due": stamp(one.due),
        "confirmed": stamp(one.made),
        "why": one.why,
        "pinned": 0,
        "edition": 1,
        "shown": "",
        "format": schema.FORMAT,
        "body": CODEC.broadcast.write(one.content, one.id),
    }


def part(number, *, id_=ID, start=NOW):
    """Its message to one person."""
    return Wish(
        kind=ledger.BROADCAST,
        subject=f"broadcast:{id_}",
        version=1,
        slot="de1",
        chat=1000 + number,
        council=None,
        person=1000 + number,
        due=start + timedelta(milliseconds=number),
        expires=start + timedelta(days=3),
        start=start,
        rank=ledger.BROADCASTS,
    )


async def seen(store, id_=ID):
    """Its stage and why, and the states of its rows with when they may go."""

    def read(connection):
        found = select(schema.broadcast.c.stage, schema.broadcast.c.why)
        one = connection.execute(found.where(schema.broadcast.c.id == id_)).one()
        rows = select(ROWS.c.state, ROWS.c.not_before).where(ROWS.c.subject == f"broadcast:{id_}")
        return tuple(one), {tuple(row) for row in connection.execute(rows)}

    return await store.read(read)


@pytest.mark.parametrize("stage", [Stage.RUNNING, Stage.WAITING])
async def test_paused_everything_that_waits_is_held(store, stage):
    """And it says why."""
    await put(store, stage)
    assert await store.write(lambda c: states.pause(c, ID, "role"))
    assert await seen(store) == (("paused", "role"), {("held", stamp(NOW))})


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.CHECK, Stage.PAUSED, Stage.DONE])
async def test_what_does_not_go_on_cannot_be_paused(store, stage):
    """Nothing changes."""
    await put(store, stage)
    assert not await store.write(lambda c: states.pause(c, ID))
    assert await seen(store) == ((stage, ""), {("planned", stamp(NOW))})


async def test_resumed_it_goes_on_from_now(store):
    """However long it was paused."""
    await put(store)
    await store.write(lambda c: states.pause(c, ID))
    soon = later(hours=2)
    assert await store.write(lambda c: states.resume(c, ID, soon))
    assert await seen(store) == (("running", ""), {("planned", stamp(soon))})


async def test_resumed_before_its_time_it_waits_for_it(store):
    """A pause in between makes nothing earlier."""
    tomorrow = later(days=1)
    await put(store, Stage.WAITING, due=tomorrow)
    await store.write(lambda c: states.pause(c, ID))
    assert await store.write(lambda c: states.resume(c, ID, NOW))
    assert await seen(store) == (("waiting", ""), {("planned", stamp(tomorrow))})


@pytest.mark.parametrize("stage", [Stage.RUNNING, Stage.DONE, Stage.CANCELLED, Stage.DRAFT])
async def test_only_what_is_paused_is_resumed(store, stage):
    """A cancelled broadcast never comes back."""
    await put(store, stage)
    assert not await store.write(lambda c: states.resume(c, ID, NOW))
    assert (await seen(store))[0] == (stage, "")


@pytest.mark.parametrize("stage", [Stage.CHECK, Stage.WAITING, Stage.RUNNING, Stage.PAUSED])
async def test_cancelled_nothing_more_goes_out(store, stage):
    """What waits and what is held alike."""
    await put(store, stage, state="held" if stage is Stage.PAUSED else "planned")
    assert await store.write(lambda c: states.cancel(c, ID, NOW))
    (found, _), rows = await seen(store)
    assert (found, {state for state, _ in rows}) == ("cancelled", {"cancelled"})


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.DONE, Stage.CANCELLED])
async def test_what_is_over_cannot_be_cancelled(store, stage):
    """What was sent is sent."""
    await put(store, stage, state="sent")
    assert not await store.write(lambda c: states.cancel(c, ID, NOW))
    assert (await seen(store))[0] == (stage, "")


async def test_what_is_unclear_goes_once_more_and_the_broadcast_runs_again(store):
    """Only when somebody says so."""
    await put(store, Stage.DONE, state="uncertain")
    assert await store.write(lambda c: states.again(c, ID, NOW)) == 3
    assert await store.write(lambda c: states.again(c, ID, NOW)) == 0
    assert await seen(store) == (("running", ""), {("pending", stamp(NOW))})


async def test_what_is_unclear_of_a_retracted_broadcast_is_not_sent_again(store):
    """It would be dropped one by one."""
    await put(store, Stage.DONE, state="uncertain")
    gone = update(schema.broadcast).where(schema.broadcast.c.id == ID).values(retracted=stamp(NOW))
    await store.write(lambda c: c.execute(gone))
    assert await store.write(lambda c: states.again(c, ID, NOW)) == 0
    assert {state for state, _ in (await seen(store))[1]} == {"uncertain"}


async def test_what_is_unclear_of_a_cancelled_broadcast_is_not_sent_again(store):
    """It can only be let be."""
    await put(store, Stage.CANCELLED, state="uncertain")
    assert await store.write(lambda c: states.again(c, ID, NOW)) == 0
    assert await store.write(lambda c: states.let_be(c, ID)) == 3
    assert {state for state, _ in (await seen(store))[1]} == {State.CLOSED}


async def test_two_who_cancel_at_once_are_one(store):
    """One of them is told that it was done."""
    await put(store)
    both = await asyncio.gather(
        *(store.write(lambda c: states.cancel(c, ID, NOW)) for _ in range(2))
    )
    assert sorted(both) == [False, True]


async def test_another_broadcast_stays_as_it_is(store):
    """Each is held, dropped and settled by itself."""
    await put(store)
    other = BroadcastId("b2")
    await put(store, id_=other)
    await store.write(lambda c: states.cancel(c, ID, NOW))
    assert await seen(store, other) == (("running", ""), {("planned", stamp(NOW))})


async def test_what_is_not_there_is_not_moved(store):
    """An unknown id does nothing."""
    assert not await store.write(lambda c: states.pause(c, "gone"))
    assert not await store.write(lambda c: states.resume(c, "gone", NOW))
    assert not await store.write(lambda c: states.cancel(c, "gone", NOW))
    assert await store.write(lambda c: states.again(c, "gone", NOW)) == 0


async def settled(store, now=NOW):
    """Let time and the ledger move the stages."""
    return await store.write(lambda c: states.settled(c, now))


async def test_what_is_due_runs(store):
    """From its moment on, not before."""
    due = later(hours=1)
    await put(store, Stage.WAITING, due=due)
    before = await settled(store)
    after = await settled(store, due)
    assert (before, after, (await seen(store))[0][0]) == (0, 1, Stage.RUNNING)


@pytest.mark.parametrize("state", ["planned", "pending", "sending", "held"])
async def test_it_runs_as_long_as_something_is_left(store, state):
    """Waiting, held, or on its way."""
    await put(store, state=state)
    assert await settled(store) == 0


@pytest.mark.parametrize("state", ["sent", "failed", "uncertain", "cancelled", "expired"])
async def test_it_is_done_when_nothing_is_left(store, state):
    """Unclear messages may be."""
    await put(store, state=state)
    await settled(store)
    assert (await seen(store))[0][0] == Stage.DONE


async def test_another_ones_rows_keep_nothing_open(store):
    """An id may be the beginning of another."""
    await put(store, state="sent")
    await put(store, id_=BroadcastId("b12"))
    await settled(store)
    assert (await seen(store))[0][0] == Stage.DONE


async def test_what_is_sent_once_more_opens_it_again(store):
    """An unclear message that somebody decided on, one by one."""
    await put(store, Stage.DONE, state="uncertain", rows=1)
    id_ = (await store.read(ledger.unclear))[0]
    await store.write(lambda c: ledger.resend(c, id_, NOW))
    await settled(store)
    assert (await seen(store))[0][0] == Stage.RUNNING


async def test_newcomers_open_nothing_again(store):
    """Whoever joins later gets it; it is over all the same."""
    await put(store, Stage.DONE)
    assert await settled(store) == 0

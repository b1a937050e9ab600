"""Broadcasts where several processes share one PostgreSQL database: one of them sends."""

from contextlib import AsyncExitStack

import pytest
from sqlalchemy import delete

from bot.demo.faults import Fault, FaultKind
from bot.store import schema
from conversations.broadcasts.posts import Post
from conversations.deeds import Cancel, Correct, Pause, Resume, Settle
from tests.store.composed import ID
from tests.store.councils import BOSS
from tests.telegram.chatting import until
from tests.telegram.rundruf import FIRST, SLOW, Town


@pytest.fixture
async def town(server, tmp_path, empty):
    """Eight members, on PostgreSQL."""
    return await Town(server, tmp_path, empty, people=8).furnish()


@pytest.fixture
async def two(town):
    """Two bots over it."""
    async with AsyncExitStack() as stack:
        for _ in range(2):
            await stack.enter_async_context(town.bot(budget=SLOW))
        yield town


async def test_each_gets_it_once(two):
    """The lease says who sends."""
    await two.send()
    await two.settled("sent")
    assert two.counts() == [1] * 8


async def test_paused_resumed_and_corrected_it_reaches_each_once(two):
    """Whichever process the presses come to."""
    await two.send()
    await two.some(2)
    await two.do(BOSS, Pause(id=ID, council=None))
    await until(lambda: set(two.states()) == {"sent", "held"})
    count = two.went()
    await two.still(count)
    await two.do(BOSS, Resume(id=ID, council=None))
    await two.settled("sent")
    posts = {"de": Post(text="Berichtigt")}
    await two.do(BOSS, Correct(id=ID, council=None, revision=1, posts=posts))
    await two.settled("sent", kind="correction")
    assert [two.texts(one) for one in two.people] == [["Berichtigt"]] * 8


async def test_cancelled_in_the_middle_the_rest_never_goes(two):
    """What was under way comes to its end."""
    await two.send()
    await two.some(2)
    await two.do(BOSS, Cancel(id=ID, council=None))
    await until(lambda: set(two.states()) == {"sent", "cancelled"})
    assert two.went() == two.states().count("sent") < 8


async def test_d03_an_unclear_message_waits_for_a_person(two):
    """No other process takes it up either."""
    lost = Fault(kind=FaultKind.DROP, method="sendMessage", chat=FIRST, acted=True)
    two.server.faults.add(lost)
    await two.send()
    await two.settled("uncertain", *["sent"] * 7)
    await two.still(8)
    assert two.counts() == [1] * 8
    await two.do(BOSS, Settle(id=ID, council=None, again=True))
    await two.settled("sent")
    assert two.counts() == [2, *[1] * 7]


async def test_an_author_who_loses_the_role_sends_nothing_more(two):
    """Looked at anew before each call."""
    await two.send()
    await two.some(2)
    await two.store(lambda c: c.execute(delete(schema.operator)))
    await until(lambda: set(two.states()) == {"sent", "held"})
    assert two.stage() == ("paused", "role")


async def test_the_other_one_goes_on_when_the_sender_stops(town):
    """Stopped in the middle, it gives its lease back."""
    async with town.bot(budget=SLOW):
        async with town.bot(budget=SLOW):
            await town.send()
            await town.some(2)
        await town.settled("sent")
    assert town.counts() == [1] * 8

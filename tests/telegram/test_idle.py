"""A draft that nobody touches, before the local server and with a clock that is moved."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.demo.engine.chats import Membership, Status
from bot.store import drafts, members
from conversations.core import Draft, DraftId
from conversations.rules.answers import Answers
from conversations.rules.retention import DRAFT, NOTE
from tests.store.councils import AYLA, CODEC, know, member
from tests.telegram.chatting import until
from tests.telegram.reminding import (
    DUE,
    SPEEDY,
    at,
    bot_over,
    forward,
    ledger,
    opened,
    table,
    texts,
)

OFTEN = replace(SPEEDY, sweep=0.2)
TITLE = "Anfrage <Kita>"


async def furnish(server, tmp_path, idle=DRAFT - NOTE + timedelta(minutes=1)):
    """Ayla has a draft that she did not touch for so long."""
    at(server, DUE)
    server.engine.add_person(AYLA, "Ayla")
    server.engine.chats[AYLA].bot = Membership(status=Status.MEMBER)
    async with opened(tmp_path) as store:
        await know(store, AYLA)
        await touch(store, DUE - idle)


async def touch(store, moment: datetime):
    """The draft, touched then."""
    draft = Draft(
        id=DraftId("d1"),
        definition="kim-anfrage",
        definition_version=1,
        title=TITLE,
        answers=Answers(),
        touched=moment,
    )
    await store.write(lambda c: drafts.keep(c, CODEC, AYLA, draft))


def left(tmp_path):
    """How many drafts there are."""
    return len(table(tmp_path, "SELECT id FROM draft"))


async def test_b18_one_note_then_deleted(server, tmp_path):
    """A week before, once, by its title and the day; a week later it is gone."""
    await furnish(server, tmp_path)
    async with bot_over(server, tmp_path, times=OFTEN):
        await until(lambda: ledger(tmp_path, "draft") == [("sent", "")])
        await asyncio.sleep(0.6)
        [text] = texts(server, AYLA)
        assert f"„{TITLE}“" in text
        assert "16.02.2027" in text
        assert "/entwuerfe" in text
        forward(server, days=6, hours=23)
        await asyncio.sleep(0.6)
        assert left(tmp_path) == 1
        forward(server, hours=1)
        await until(lambda: left(tmp_path) == 0)
    assert len(texts(server, AYLA)) == 1


async def test_b18_a_bot_that_was_down_tells_first(server, tmp_path):
    """Found a month too late: the note, and a day after it the end."""
    await furnish(server, tmp_path, DRAFT + timedelta(days=30))
    async with bot_over(server, tmp_path, times=OFTEN):
        await until(lambda: ledger(tmp_path, "draft") == [("sent", "")])
        forward(server, hours=23)
        await asyncio.sleep(0.6)
        assert left(tmp_path) == 1
        forward(server, hours=2)
        await until(lambda: left(tmp_path) == 0)
    assert len(texts(server, AYLA)) == 1


async def test_b18_nobody_is_told_at_night(server, tmp_path):
    """Due at 22: it comes at 8."""
    await furnish(server, tmp_path)
    at(server, DUE + timedelta(hours=12))
    async with bot_over(server, tmp_path, times=OFTEN):
        await until(lambda: table(tmp_path, "SELECT 1 FROM delivery"))
        await asyncio.sleep(0.6)
        assert texts(server, AYLA) == []
        at(server, DUE + timedelta(hours=22, minutes=1))
        await until(lambda: ledger(tmp_path, "draft") == [("sent", "")])


@pytest.mark.parametrize("why", ["stopped", "touched"])
async def test_b18_looked_at_again_right_before_sending(server, tmp_path, why):
    """Planned at night; by the morning the draft was touched, or nothing is wanted any more."""
    await furnish(server, tmp_path)
    at(server, DUE + timedelta(hours=12))
    async with bot_over(server, tmp_path, times=OFTEN):
        await until(lambda: table(tmp_path, "SELECT 1 FROM delivery"))
    async with opened(tmp_path) as store:
        if why == "touched":
            await touch(store, DUE)
        else:
            await store.write(lambda c: members.keep(c, CODEC, member(AYLA, stopped=DUE)))
    at(server, DUE + timedelta(hours=23))
    async with bot_over(server, tmp_path, times=OFTEN):
        await until(lambda: ledger(tmp_path, "draft") == [("cancelled", "moot")])
    assert texts(server, AYLA) == []


async def test_b18_who_blocked_the_bot_loses_it_all_the_same(server, tmp_path):
    """Told in vain once; deleted on its day."""
    await furnish(server, tmp_path)
    server.engine.chats[AYLA].bot = Membership(status=Status.KICKED)
    async with bot_over(server, tmp_path, times=OFTEN):
        await until(lambda: ledger(tmp_path, "draft") == [("failed", "blocked")])
        forward(server, days=7)
        await until(lambda: left(tmp_path) == 0)

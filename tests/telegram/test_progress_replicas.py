"""The message that shows how far a broadcast is, where processes share a database."""

from contextlib import AsyncExitStack
from dataclasses import replace

import pytest

from conversations.deeds import Pause, Resume
from tests.store.composed import ID
from tests.store.councils import BOSS
from tests.telegram.chatting import card, sent
from tests.telegram.rundruf import SLOW, SPEEDY, Town

FAST = replace(SPEEDY, progress=0.1)


@pytest.fixture
async def two(server, tmp_path, empty):
    """Eight members, on PostgreSQL, and two bots."""
    town = await Town(server, tmp_path, empty, people=8).furnish()
    async with AsyncExitStack() as stack:
        for _ in range(2):
            await stack.enter_async_context(town.bot(budget=SLOW, times=FAST))
        yield town


async def test_two_processes_show_one_message(two):
    """Whoever leads edits it, from the first word to the result."""
    await two.send()
    await card(two.server.engine, BOSS, "Wird gesendet")
    await two.do(BOSS, Pause(id=ID, council=None))
    await card(two.server.engine, BOSS, "Angehalten")
    await two.do(BOSS, Resume(id=ID, council=None))
    await card(two.server.engine, BOSS, "Angekommen: 8 von 8", 20.0)
    assert len(sent(two.server, BOSS)) == 1


async def test_the_other_process_goes_on_with_the_same_message(server, tmp_path, empty):
    """One is stopped while it is sent."""
    town = await Town(server, tmp_path, empty, people=8).furnish()
    async with town.bot(budget=SLOW, times=FAST):
        async with town.bot(budget=SLOW, times=FAST):
            await town.send()
            await card(server.engine, BOSS, "Wird gesendet")
        await card(server.engine, BOSS, "Angekommen: 8 von 8", 20.0)
    assert len(sent(server, BOSS)) == 1

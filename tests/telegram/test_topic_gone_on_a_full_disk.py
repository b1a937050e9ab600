"""A topic turns out to be gone while the database can't be written to."""

import sqlite3

from bot.demo.engine.chats import ChatKind
from bot.demo.faults import Fault, FaultKind
from bot.store.aftermath import Aftermath
from conversations.broadcasts import Audience, Content
from conversations.broadcasts.posts import Post
from tests.store.composed import group
from tests.store.councils import AYLA
from tests.telegram.reminding import opened
from tests.telegram.rundruf import Town

GROUP, TOPIC = -500, 4
TO_CHATS = Content(posts={"de": Post(text="17 Uhr")}, audience=Audience(people=False))
GONE = "Bad Request: message thread not found"


async def test_e03_a_topic_that_is_gone_while_the_disk_is_full_is_written_down_later(
    server, tmp_path, monkeypatch
):
    """The group itself gets the message once there is space again; nothing of it is unclear."""
    town = await Town(server, tmp_path).furnish()
    server.engine.add_chat(GROUP, ChatKind.SUPERGROUP, "Rat", members=(AYLA,))
    async with opened(town.url) as store:
        await group(store, AYLA, chat=GROUP, thread=TOPIC)
    fault = Fault(kind=FaultKind.ERROR, method="sendMessage", chat=GROUP, code=400, text=GONE)
    server.faults.add(fault)
    await town.send(what=TO_CHATS)
    gone, refused = Aftermath.topic_gone, []

    def full_at_first(*args):
        if len(refused) < 2:
            refused.append(args)
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error
        return gone(*args)

    monkeypatch.setattr(Aftermath, "topic_gone", full_at_first)
    async with town.bot():
        await town.settled("sent", seconds=8.0)
    assert (town.texts(GROUP), len(refused)) == (["17 Uhr"], 2)

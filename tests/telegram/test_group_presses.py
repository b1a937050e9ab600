"""A reminder's buttons in a group, before the real bot: they act for those who may, and answer the
others so that nobody else reads it."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import insert

from bot.demo.engine.chats import ChatKind
from bot.production import read_knowledge
from bot.store import schema
from bot.wording import folder
from conversations.agenda import CouncilMeeting, KimItem, MeetingId
from conversations.core import Need
from conversations.deeds import Schedule
from conversations.dialogues import Dialogues
from tests.shell import plan_for, running
from tests.store.councils import AYLA, BEN, CEM, HERE, NOW, do, load
from tests.store.people import delivery
from tests.telegram.chatting import card, sent, until

FORUM, STRANGER = -1_001_000_000_002, 601
ID, PRIVATE = "abcdefgh-_123456", "ijklmnop-_123456"
MEETING = CouncilMeeting(id=MeetingId("m1"), day=date(2027, 3, 16), start=time(17, 30))


@pytest.fixture
async def store(store):
    """Two councils; a reminder of the meeting of one was sent to its group, one to its admin."""
    await do(store, AYLA, Schedule(council=HERE, kept=(MEETING,)))
    values = {"due": NOW - timedelta(hours=1), "council": HERE, "state": "sent", "slot": "14"}
    group = delivery(ID, chat=FORUM, **values)
    private = delivery(PRIVATE, chat=AYLA, person=AYLA, **values)
    await store.write(lambda c: c.execute(insert(schema.delivery), [group, private]))
    return store


@pytest.fixture
def engine(server):
    """A forum with people of both councils and a stranger."""
    engine = server.engine
    names = {AYLA: "Ayla", BEN: "Ben", CEM: "Cem", STRANGER: "Sam"}
    for number, name in names.items():
        engine.add_person(number, name)
    engine.add_chat(FORUM, ChatKind.SUPERGROUP, "Forum", members=tuple(names), is_forum=True)
    return engine


@pytest.fixture
def plan(server, tmp_path):
    """The bot as it will run."""
    known = Dialogues(read_knowledge(folder()))
    return plan_for(server, tmp_path, dialogues=known, now=lambda: NOW)


async def press(engine, person, data, thread=None):
    """Press it under a message of the bot in the forum; returns that message's id."""
    engine.say(STRANGER, FORUM, f"/hilfe@{engine.bot.username}", thread=thread)
    told = await card(engine, FORUM, "privately, please")
    engine.press(person, FORUM, told.id, data, forge=True)
    return told.id


def toasts(server):
    """What presses were answered with."""
    return [str(call.params.get("text")) for call in server.api.log.of("answercallbackquery")]


async def kim(store):
    """How it stands with KIM at the meeting."""
    return (await load(store, AYLA, Need.AGENDA)).agenda.meetings[0].kim


async def test_an_admins_press_in_a_group_acts(engine, server, plan, store):
    """The meeting changes, the message says so in German for all, the toast for the presser."""
    async with running(plan):
        message = await press(engine, AYLA, f"r:listed:{ID}")
        await until(lambda: "liegt KIM auf der Tagesordnung" in engine.message(FORUM, message).text)
    assert await kim(store) is KimItem.LISTED
    assert engine.message(FORUM, message).rows == ()


async def test_a_press_in_a_topic_is_answered_there(engine, server, plan, store):
    """In place, where the reminder stands."""
    topic = engine.open_topic(FORUM, AYLA, "Sitzungen")
    async with running(plan):
        message = await press(engine, AYLA, f"r:postponed:{ID}", thread=topic.id)
        await until(lambda: "Eingetragen" in engine.message(FORUM, message).text)
    assert engine.message(FORUM, message).thread == topic.id
    assert await kim(store) is KimItem.POSTPONED


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (BEN, "trägt ein Ratsadmin ein"),
        (CEM, "gilt für Sie nicht"),
        (STRANGER, "gilt für Sie nicht"),
    ],
)
async def test_c09_a_press_by_somebody_else(engine, server, plan, store, who, words):
    """A member, another council's admin, a stranger: only the presser reads why nothing happens."""
    async with running(plan):
        message = await press(engine, who, f"r:listed:{ID}")
        await until(lambda: any(words in one for one in toasts(server)))
    assert await kim(store) is KimItem.UNKNOWN
    assert engine.message(FORUM, message).text == "privately, please"
    assert len(sent(server, FORUM)) == 1


@pytest.mark.parametrize("id_", ["0000000000000000", PRIVATE])
async def test_f03_an_unknown_and_a_foreign_reminder_look_alike(engine, server, plan, store, id_):
    """Forged ids, another one's private reminder: the same line as for a stranger."""
    async with running(plan):
        await press(engine, BEN, f"r:listed:{id_}")
        await until(lambda: any("gilt für Sie nicht" in one for one in toasts(server)))
    assert await kim(store) is KimItem.UNKNOWN


async def test_a_press_twice_acts_once(engine, server, plan, store):
    """The second one finds it done; both are answered."""
    async with running(plan):
        message = await press(engine, AYLA, f"r:listed:{ID}")
        engine.press(AYLA, FORUM, message, f"r:listed:{ID}", forge=True)
        await until(lambda: len(toasts(server)) == 2)
        await until(lambda: "Eingetragen" in engine.message(FORUM, message).text)
    assert await kim(store) is KimItem.LISTED
    assert len(sent(server, FORUM)) == 1


async def test_off_in_a_group_changes_nothing_for_the_group(engine, server, plan, store):
    """An admin is sent to /gruppe in private; the message stays."""
    async with running(plan):
        message = await press(engine, AYLA, f"r:off:{ID}")
        await until(lambda: any("/gruppe" in one for one in toasts(server)))
    assert engine.message(FORUM, message).text == "privately, please"

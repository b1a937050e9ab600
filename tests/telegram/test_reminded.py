"""A reminder's buttons and link before the real bot, store and dialogues, in the private chat."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import insert

from bot.production import read_knowledge
from bot.store import schema
from bot.wording import folder
from conversations.agenda import CouncilMeeting, KimItem, MeetingId
from conversations.core import Need
from conversations.deeds import Schedule
from conversations.dialogues import Dialogues
from tests.shell import plan_for, running
from tests.store.councils import AYLA, BEN, CEM, HERE, NOW, THERE, audited, do, load
from tests.store.people import delivery
from tests.telegram.chatting import card, until

ID = "abcdefgh-_123456"
MEETING = CouncilMeeting(id=MeetingId("m1"), day=date(2027, 3, 16), start=time(17, 30))


@pytest.fixture
async def store(store):
    """Two councils; a reminder of the meeting of one was sent to its group."""
    await do(store, AYLA, Schedule(council=HERE, kept=(MEETING,)))
    row = delivery(ID, due=NOW - timedelta(hours=1), council=HERE, state="sent", slot="14")
    await store.write(lambda c: c.execute(insert(schema.delivery), row))
    return store


@pytest.fixture
def plan(server, tmp_path):
    """The bot as it will run, and people with private chats."""
    for number, name in {AYLA: "Ayla", BEN: "Ben", CEM: "Cem"}.items():
        server.engine.add_person(number, name)
    known = Dialogues(read_knowledge(folder()))
    return plan_for(server, tmp_path, dialogues=known, now=lambda: NOW)


async def press(server, person, data):
    """Press it under a message of the bot that is no card."""
    server.engine.say(person, person, "/start")
    await card(server.engine, person, "Was möchten Sie tun?")
    server.engine.say(person, person, "/impressum")
    told = await server.engine.wait_for(
        lambda: next((m for m in server.engine.messages(person) if "Impressum" in m.text), None)
    )
    server.engine.press(person, person, told.id, data, forge=True)
    return told.id


async def meeting(store):
    """As it is stored."""
    return (await load(store, AYLA, Need.AGENDA)).agenda.meetings[0]


def text(server, person, message):
    """What a message says now."""
    return next(m.text for m in server.engine.messages(person) if m.id == message)


async def test_an_admins_press_changes_the_meeting_and_the_message(server, plan, store):
    """In place, and the card below stays what it was."""
    async with running(plan):
        message = await press(server, AYLA, f"r:listed:{ID}")
        await until(lambda: "liegt KIM auf der Tagesordnung" in text(server, AYLA, message))
    assert (await meeting(store)).kim is KimItem.LISTED


async def test_c09_a_members_press_changes_nothing(server, plan, store):
    """Ben is told who does it."""
    async with running(plan):
        await press(server, BEN, f"r:listed:{ID}")
        await until(lambda: _answers(server, "Das trägt ein Ratsadmin ein."))
    assert await meeting(store) == MEETING


async def test_f03_another_councils_press_is_refused_like_an_unknown_one(server, plan, store):
    """Cem belongs to the other council; both presses read the same and are noted."""
    async with running(plan):
        for id_ in (ID, "0000000000000000"):
            await press(server, CEM, f"r:listed:{id_}")
        await until(lambda: len(_answers(server, "gilt für Sie nicht")) == 2)
    assert ("refused", "button") in await audited(store, THERE)
    assert await meeting(store) == MEETING


async def test_the_link_opens_the_inquiry_for_the_meeting(server, plan, store):
    """Council, meeting and paper are chosen, for a member too."""
    async with running(plan):
        server.engine.start(BEN, f"i_{ID}")
        shown = await card(server.engine, BEN, "Schritt 1")
    assert "Di 16.03.2027" in shown.text
    assert (await load(store, BEN)).draft.council == HERE


def _answers(server, words):
    """Presses that were answered with these words."""
    calls = server.api.log.of("answercallbackquery")
    return [call for call in calls if words in str(call.params.get("text"))]

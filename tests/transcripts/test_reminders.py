"""What the bot says unasked, as kept in reminders/: word for word, over HTTP, in a private chat, a
group, a topic and a channel of one council.

To change what is kept, run with KIMBOT_TEST_ACCEPT=1 and read the difference aloud.
"""

import os
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.demo.engine.chats import ChatKind as Kind
from bot.demo.engine.chats import Membership, Status
from bot.demo.server import LocalServer
from bot.store import members
from conversations.agenda import (
    ChatKind,
    ChatLinkId,
    CouncilMeeting,
    LinkedChat,
    MeetingId,
    Report,
    ReportId,
)
from conversations.deeds import Note, Schedule
from conversations.dialogues import Dialogues
from conversations.rules.answers import FilingRule
from conversations.rules.deadlines import BERLIN
from conversations.rules.profile import CouncilRule, PaperKind, Profile
from conversations.rules.reminding import OwnReminding, ReminderKind
from tests.store.councils import (
    AYLA,
    BEN,
    CODEC,
    HERE,
    do,
    linked,
    member,
    one_council,
)
from tests.telegram.reminding import KNOW, MEETING, at, bot_over, opened
from tests.transcripts.reminded import ACT, Reminded

KEPT = Path(__file__).parent / "reminders"
BEGIN = datetime(2027, 2, 8, 12, 0, tzinfo=BERLIN)
NEXT = CouncilMeeting(id=MeetingId("m2"), day=date(2027, 5, 18))
PLACES = {"Gruppe": -700, "Forum": -1_001_000_000_002, "Kanal": -1_001_000_000_003}
KINDS = {"Gruppe": ChatKind.GROUP, "Forum": ChatKind.TOPIC, "Kanal": ChatKind.CHANNEL}
TOPIC = 4


def furnish(engine):
    """Ayla and Ben with their private chats, a group, a forum with a topic, a channel."""
    for number, name in ((AYLA, "Ayla"), (BEN, "Ben")):
        engine.add_person(number, name)
        engine.chats[number].bot = Membership(status=Status.MEMBER)
    both = (AYLA, BEN)
    engine.add_chat(PLACES["Gruppe"], Kind.GROUP, "Rat", members=both)
    engine.add_chat(PLACES["Forum"], Kind.SUPERGROUP, "Forum", members=both, is_forum=True)
    engine.add_chat(PLACES["Kanal"], Kind.CHANNEL, "Kanal", members=both, bot=Status.ADMINISTRATOR)
    engine.chats[PLACES["Forum"]].last_id = TOPIC - 1
    engine.open_topic(PLACES["Forum"], AYLA, "KIM")


async def council(store, *, last):
    """One council with two meetings to come; Ayla runs it, Ben wants reminders in private too."""
    inquiry, invitation = (CouncilRule(count=FilingRule(number=n)) for n in (21, 10))
    rules = {PaperKind.INQUIRY: inquiry, PaperKind.INVITATION: invitation}
    await one_council(store, Profile(ags="05513000", rules=rules))
    await do(store, AYLA, Schedule(council=HERE, kept=(MEETING, NEXT)))
    if last:
        await do(store, AYLA, Note(council=HERE, report=Report(id=ReportId("r0"), day=last)))
    own = member(BEN, reminding=OwnReminding(private=True))
    await store.write(lambda c: members.keep(c, CODEC, own))
    await linked(store, *(_chat(name, chat) for name, chat in PLACES.items()))


def _chat(name, chat):
    return LinkedChat(
        id=ChatLinkId(name),
        chat=chat,
        thread=TOPIC if KINDS[name] is ChatKind.TOPIC else None,
        kind=KINDS[name],
        title=name,
        receives=frozenset(ReminderKind),
    )


@pytest.fixture
async def server():
    """Telegram's stand-in, listening."""
    async with LocalServer() as local:
        yield local


@pytest.mark.parametrize("path", sorted(KEPT.glob("*.txt")), ids=lambda path: path.stem)
async def test_the_reminders_read_as_kept(path, server, tmp_path):
    """Every line of the bot's, and nothing else, in answer to the acts."""
    kept = path.read_text("utf-8")
    last = date(2026, 1, 10) if path.stem == "overdue" else None
    furnish(server.engine)
    at(server, BEGIN)
    async with opened(tmp_path) as store:
        await council(store, last=last)
        places = {**PLACES, "Ayla": AYLA, "Ben": BEN}
        async with bot_over(server, tmp_path, dialogues=Dialogues(KNOW)):
            people = Reminded(server, store, places)
            for line in kept.splitlines():
                if ACT.fullmatch(line):
                    await people.act(line)
    found = "\n".join(people.lines) + "\n"
    if os.environ.get("KIMBOT_TEST_ACCEPT"):
        path.write_text(found, "utf-8")
    assert found == path.read_text("utf-8")

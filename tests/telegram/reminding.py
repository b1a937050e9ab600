"""A council with a group, one reminder of which is due now; and the bot over it, by a clock that
can be moved."""

import sqlite3
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.demo.engine.chats import ChatKind as Kind
from bot.demo.engine.chats import Membership, Status
from bot.production import read_knowledge
from bot.store import members
from bot.store.opening import engine_for, migrate
from bot.store.worker import Store
from bot.telegram.pace import Budget
from bot.wording import folder
from conversations.agenda import ChatKind, ChatLinkId, CouncilMeeting, LinkedChat, MeetingId
from conversations.deeds import Schedule
from conversations.rules.answers import FilingRule
from conversations.rules.profile import CouncilRule, PaperKind, Profile
from conversations.rules.reminding import OwnReminding, ReminderKind, Reminding
from tests.shell import QUICK, SEAL, plan_for, running
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

GROUP, TOPIC = -700, 4
DUE = datetime(2027, 2, 9, 9, 0, tzinfo=UTC)
"""10:00 in Berlin: an hour after the reminder of two weeks before the filing deadline was due."""
MEETING = CouncilMeeting(id=MeetingId("m1"), day=date(2027, 3, 16), start=time(17, 30))
"""Its filing deadline is 23 February."""
KNOW = read_knowledge(folder())
SPEEDY = replace(QUICK, plan=0.2, send=0.1)


def at(server, moment):
    """Move the clock there."""
    server.engine.clock.set_offset(moment - datetime.now(UTC))


def forward(server, **time):
    """Move the clock on."""
    server.engine.clock.move(timedelta(**time))


def bot_over(server, tmp_path, **changes):
    """The bot with everything it says unasked."""
    options = {"know": KNOW, "now": server.engine.clock.now, "times": SPEEDY, **changes}
    return running(plan_for(server, tmp_path, budget=Budget(chat=100.0), **options))


@asynccontextmanager
async def opened(where):
    """The database that the bot will open: in a folder, or at an address."""
    url = where if isinstance(where, str) else f"sqlite:///{where / 'kimbot.sqlite3'}"
    engine = engine_for(url)
    migrate(engine, SEAL)
    store = Store(engine)
    yield store
    await store.close()


async def furnish(
    server,
    tmp_path,
    *,
    thread=None,
    kind=ChatKind.GROUP,
    private=False,
    days=(14,),
    meeting=MEETING,
):
    """Ayla (admin), Ben (member), a linked group or topic; the reminder of two weeks before."""
    at(server, DUE)
    for number, name in ((AYLA, "Ayla"), (BEN, "Ben")):
        server.engine.add_person(number, name)
        server.engine.chats[number].bot = Membership(status=Status.MEMBER)
    chat = server.engine.add_chat(
        GROUP,
        Kind.SUPERGROUP if thread else Kind.GROUP,
        "Rat",
        members=(AYLA, BEN),
        is_forum=thread is not None,
    )
    if thread is not None:
        chat.last_id = thread - 1
        server.engine.open_topic(GROUP, AYLA, "KIM")
    async with opened(tmp_path) as store:
        await _council(store, meeting, private=private, days=days)
        await linked(store, _chat(thread, kind))


async def _council(store, meeting, *, private, days):
    profile = Profile(
        ags="05513000",
        rules={PaperKind.INQUIRY: CouncilRule(count=FilingRule(number=21))},
        reminding=Reminding(kinds=frozenset({ReminderKind.DEADLINE}), days=days),
    )
    await one_council(store, profile)
    await do(store, AYLA, Schedule(council=HERE, kept=(meeting,)))
    own = member(AYLA, reminding=OwnReminding(private=private))
    await store.write(lambda c: members.keep(c, CODEC, own))


def _chat(thread, kind):
    return LinkedChat(
        id=ChatLinkId("k1"),
        chat=GROUP,
        thread=thread,
        kind=kind,
        title="Rat & Ort",
        receives=frozenset(ReminderKind),
    )


def table(tmp_path, query):
    """Rows from the file itself."""
    connection = sqlite3.connect(tmp_path / "kimbot.sqlite3")
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def ledger(tmp_path, kind="deadline"):
    """State and reason of every row of a kind, in the order they were due."""
    order = "ORDER BY due, chat, slot"
    return table(tmp_path, f"SELECT state, reason FROM delivery WHERE kind = '{kind}' {order}")


def texts(server, chat):
    """What the bot wrote there."""
    return [m.text for m in server.engine.messages(chat) if m.sender is server.engine.bot]

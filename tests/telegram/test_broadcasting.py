"""Broadcasts before the local server: to each once, whatever comes in between."""

import asyncio
import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from bot.demo.engine.chats import ChatKind as Kind
from bot.demo.engine.chats import Membership, Status
from bot.demo.faults import Fault, FaultKind
from bot.store import drafts, ledger, members, schema
from bot.store.codec import stamp
from bot.store.ledger import Wish
from bot.store.worker import Store
from bot.telegram.pace import Budget
from conversations.broadcasts import Audience, Content, Link
from conversations.broadcasts.posts import Attached, Mark, Post
from conversations.core import Draft, DraftId
from conversations.deeds import Cancel, Found, Pause, Resume, Settle
from conversations.rules.answers import Answers
from conversations.rules.graphemes import units
from conversations.rules.profile import Profile
from conversations.rules.reminding import OwnReminding
from conversations.rules.reporting import ClockState
from conversations.rules.retention import DRAFT
from conversations.standing import CouncilId, Role
from tests.store import composed
from tests.store.councils import AYLA, BOSS, CODEC, HERE, member
from tests.telegram.chatting import until
from tests.telegram.reminding import at, forward, opened
from tests.telegram.rundruf import FIRST, ID, NOON, Town, seat

SLOW = Budget(in_all=8.0, chat=100.0, slots=2)
"""So that somebody can step in."""
NEVER = frozenset({ClockState.NEVER})
TO_MEMBERS = Audience(roles=frozenset({Role.MEMBER}))


@pytest.fixture
async def town(server, tmp_path):
    """An operator, an admin and three members."""
    return await Town(server, tmp_path).furnish()


@pytest.fixture
async def crowd(server, tmp_path):
    """Twelve members."""
    return await Town(server, tmp_path, people=12).furnish()


def fault(town, kind, chat=FIRST, **rest):
    """The next message to somebody goes wrong."""
    town.server.faults.add(Fault(kind=kind, method="sendMessage", chat=chat, **rest))


async def change(town, person=FIRST, **changes):
    """A person's own settings and states."""
    value = member(person, **changes)
    await town.store(lambda c: members.keep(c, CODEC, value))


def went(town):
    """To how many members something went."""
    return sum(len(town.texts(one)) for one in town.people)


async def test_everybody_gets_it_once_and_a_restart_sends_nothing_again(town):
    """One message each, its id in the ledger."""
    await town.send("Guten Tag")
    for _ in range(2):
        async with town.bot():
            await town.settled("sent")
    assert [town.texts(one) for one in town.people] == [["Guten Tag"]] * 3
    assert "Guten Tag" not in town.texts(AYLA)


async def test_marks_buttons_and_placeholders_arrive(town):
    """The button of the inquiry leads into the private chat; no link is previewed."""
    post = Post(text="An {kommune}: 🎉 jetzt", marks=bold("An {kommune}: 🎉 ", "jetzt"))
    links = (Link(), Link(label="Mehr", url="https://example.org/x"))
    await town.send(what=Content(posts={"de": post}, links=links, audience=TO_MEMBERS))
    async with town.bot():
        await town.settled("sent")
    [call, *_] = town.calls(FIRST)
    assert call.params["text"] == "An Gelsenkirchen: 🎉 jetzt"
    assert call.params["entities"] == [{"type": "bold", "offset": 21, "length": 5}]
    assert call.params["link_preview_options"] == {"is_disabled": True}
    assert "allow_paid_broadcast" not in call.params
    shown = town.server.engine.last_by_bot(FIRST)
    bot = town.server.engine.bot.username
    buttons = [(one.text, one.url) for row in shown.rows for one in row]
    assert buttons == [
        ("Anfrage vorbereiten", f"https://t.me/{bot}?start=anfrage"),
        ("Mehr", "https://example.org/x"),
    ]


def bold(before, marked):
    """Bold, behind these words."""
    return (Mark(type="bold", offset=units(before), length=units(marked)),)


async def test_paid_broadcasts_are_asked_for_where_the_setting_says_so(town):
    """Bot API, allow_paid_broadcast."""
    await town.send()
    async with town.bot(budget=Budget(chat=100.0, paid=True)):
        await town.settled("sent")
    assert all(town.calls(one)[0].params["allow_paid_broadcast"] for one in town.people)


async def test_a_picture_goes_by_its_id_and_is_never_uploaded_again(town):
    """One stored file, three messages with it."""
    files = town.server.engine.files
    file = files.add(PIXEL, name="p.png", mime="image/png", folder="photos")
    post = Post(text="Bild", attached=Attached.PHOTO, file=file.id)
    await town.send(what=Content(posts={"de": post}, audience=TO_MEMBERS))
    async with town.bot():
        await town.settled("sent")
    calls = [town.calls(one, "sendphoto")[0].params for one in town.people]
    assert [(one["photo"], one["caption"]) for one in calls] == [(file.id, "Bild")] * 3


# --- what Telegram says ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "how",
    [
        {"kind": FaultKind.DROP},
        {"kind": FaultKind.TRUNCATED},
        {"kind": FaultKind.HTML, "code": 502},
        {"kind": FaultKind.ERROR, "code": 500},
    ],
    ids=lambda how: how["kind"].value,
)
async def test_d03_an_unclear_message_waits_for_a_person(town, how):
    """Taken, but the answer got lost: it is not repeated by itself, however long it takes."""
    fault(town, acted=True, **how)
    await town.send()
    async with town.bot():
        await town.settled("uncertain", "sent", "sent")
        forward(town.server, hours=2)
        await until(lambda: went(town) == 3)
        await still(town, 3)
        assert town.states() == ["uncertain", "sent", "sent"]


async def still(town, count, seconds=0.6):
    """For a while nothing more goes to the members."""
    await asyncio.sleep(seconds)
    assert went(town) == count


@pytest.mark.parametrize(("again", "state", "count"), [(True, "sent", 4), (False, "closed", 3)])
async def test_d03_a_person_decides_what_becomes_of_it(town, again, state, count):
    """Sent once more, or let be."""
    fault(town, FaultKind.DROP, acted=True)
    await town.send()
    async with town.bot():
        await town.settled("uncertain", "sent", "sent")
        await town.do(BOSS, Settle(id=ID, council=None, again=again))
        await town.settled(state, "sent", "sent")
        await still(town, count)


async def test_d05_a_429_holds_one_chat_and_loses_nothing(town):
    """Thirty seconds for the first; the others go on, and then it goes, too."""
    fault(town, FaultKind.FLOOD, retry_after=30)
    await town.send()
    async with town.bot():
        await town.settled("pending", "sent", "sent")
    forward(town.server, seconds=31)
    async with town.bot():
        await town.settled("sent")
    assert [len(town.texts(one)) for one in town.people] == [1, 1, 1]


async def test_d05_a_429_for_all_pauses_and_keeps_the_order(crowd):
    """Two calls in a row are refused for a second: nothing is lost, and the others keep their
    order."""
    for chat in crowd.people[:2]:
        fault(crowd, FaultKind.FLOOD, chat, retry_after=1)
    await crowd.send()
    async with crowd.bot(budget=Budget(chat=100.0, slots=1)):
        await until(lambda: len(crowd.calls(crowd.people[1])) == 1)
        await still(crowd, 0)
        await until(lambda: went(crowd) == 10)
        forward(crowd.server, seconds=2)
        await crowd.settled("sent")
    calls = crowd.server.api.log.of("sendmessage")
    taken = [r.params["chat_id"] for r in calls if r.status == 200]
    members_ = [one for one in taken if one in crowd.people]
    assert members_ == [*crowd.people[2:], *crowd.people[:2]]


async def test_everybody_blocked_the_bot(town):
    """All failed with their reason, kept with the people, nobody tried twice."""
    for one in town.people:
        town.server.engine.chats[one].bot = Membership(status=Status.KICKED)
    await town.send()
    async with town.bot():
        await town.settled("failed")
        await still(town, 0)
    assert town.rows() == [("failed", "blocked")] * 3
    assert [len(town.calls(one)) for one in town.people] == [1, 1, 1]


async def test_a_text_with_wrong_marks_goes_out_plain(town, log):
    """Better plain than not at all; the log says so."""
    fault(town, FaultKind.ERROR, code=400, text="Bad Request: can't parse entities: x")
    post = Post(text="Guten Tag", marks=bold("", "Guten"))
    await town.send(what=Content(posts={"de": post}, audience=TO_MEMBERS))
    async with town.bot():
        await town.settled("sent")
    first, second = town.calls(FIRST)
    assert ("entities" in first.params, "entities" in second.params) == (True, False)
    assert town.rows()[0] == ("sent", "fault")
    assert "faulty text" in log()


async def test_a_slow_answer_holds_up_nobody_else(crowd):
    """One call hangs; the others go out, and what becomes due meanwhile does, too."""
    fault(crowd, FaultKind.HANG, crowd.people[0], seconds=4)
    await crowd.send()
    async with crowd.bot():
        await until(lambda: crowd.states().count("sent") == 11)
        await crowd.send("Noch etwas", id_="b2")
        await until(lambda: crowd.texts(crowd.people[1]) == ["Guten Tag", "Noch etwas"])
        assert crowd.states()[0] == "sending"


# --- who still gets it ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "changes"),
    [
        ("stopped", {"stopped": NOON}),
        ("consent", {"withdrawn": NOON}),
        ("blocked", {"blocked": NOON}),
        ("declined", {"reminding": OwnReminding(broadcasts=False)}),
    ],
)
async def test_what_a_person_wishes_counts_until_the_moment_of_sending(town, reason, changes):
    """/stopp, a withdrawn consent, a block, the opt-out: between confirmation and sending."""
    await town.send()
    await change(town, **changes)
    async with town.bot():
        await town.settled("cancelled", "sent", "sent")
    assert town.rows()[0] == ("cancelled", reason)
    assert not town.calls(FIRST)


async def test_g07_who_has_not_agreed_to_the_new_text_gets_no_broadcast(town):
    """The consent's version counts at the moment of sending."""
    await town.send()
    old = replace(member(FIRST).consent, version=1)
    await town.store(lambda c: members.keep(c, CODEC, replace(member(FIRST), consent=old)))
    async with town.bot():
        await town.settled("cancelled", "sent", "sent")
    assert town.rows()[0] == ("cancelled", "consent")
    assert not town.calls(FIRST)


async def test_who_left_the_council_gets_nothing_more(town):
    """The seat ended between confirmation and sending."""
    await town.send()
    seats = schema.membership
    left = update(seats).where(seats.c.person == FIRST).values(ended=stamp(NOON))
    await town.store(lambda c: c.execute(left))
    async with town.bot():
        await town.settled("cancelled", "sent", "sent")
    assert town.rows()[0] == ("cancelled", "seat")


@pytest.mark.parametrize(
    ("meant", "state"),
    [
        ({}, "sent"),
        ({"councils": frozenset({HERE})}, "cancelled"),
        ({"clocks": NEVER}, "cancelled"),
    ],
)
async def test_who_left_gets_it_through_no_council_it_is_not_for(town, meant, state):
    """A seat elsewhere counts only for what goes there, too."""
    elsewhere = Found(council=CouncilId("there"), profile=Profile(ags="05315000"))
    await town.do(BOSS, elsewhere)
    await town.store(lambda c: seat(c, FIRST, "there"))
    audience = Audience(roles=frozenset({Role.MEMBER}), **meant)
    await town.send(what=Content(posts={"de": Post(text="Hallo")}, audience=audience))
    seats = schema.membership
    left = update(seats).where(seats.c.person == FIRST, seats.c.council == HERE)
    await town.store(lambda c: c.execute(left.values(ended=stamp(NOON))))
    async with town.bot():
        await town.settled(state, "sent", "sent")


async def test_who_is_erased_gets_nothing_more(town):
    """No trace of consent, no message."""
    await town.send()
    gone = delete(schema.member).where(schema.member.c.person == FIRST)
    await town.store(lambda c: c.execute(gone))
    async with town.bot():
        await town.settled("cancelled", "sent", "sent")


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, ("sent", "")),
        ({"disabled": "kicked"}, ("cancelled", "unlinked")),
        ({"confirmed": 0}, ("cancelled", "unlinked")),
    ],
    ids=["linked", "disabled", "unlinked"],
)
async def test_a_group_gets_it_while_it_is_linked(town, change, found):
    """Its link counts at the moment of sending."""
    town.server.engine.add_chat(-500, Kind.SUPERGROUP, "Rat", members=(AYLA,))
    async with opened(town.url) as store:
        await composed.group(store, AYLA)
    to = Audience(people=False)
    await town.send(what=Content(posts={"de": Post(text="An alle")}, links=(Link(),), audience=to))
    if change:
        changed = update(schema.chat_link).values(**change)
        await town.store(lambda c: c.execute(changed))
    async with town.bot():
        await town.settled(found[0])
    assert town.rows() == [found]
    assert town.texts(-500) == (["An alle"] if found[0] == "sent" else [])


async def test_quiet_hours_hold_one_person_and_nobody_else(town):
    """A pause of reminders holds nothing."""
    quiet = OwnReminding(quiet_from=NOON.time().replace(hour=11), quiet_to=NOON.time(), paused=None)
    quiet = replace(quiet, quiet_to=quiet.quiet_to.replace(hour=14))
    await change(town, reminding=quiet)
    await change(town, FIRST + 1, reminding=OwnReminding(paused=NOON + timedelta(days=2)))
    await town.send()
    async with town.bot():
        await town.settled("pending", "sent", "sent")
        at(town.server, NOON + timedelta(hours=2))
        await town.settled("sent")


# --- while it runs --------------------------------------------------------------------------------


async def some(town, count=3):
    """Until so many have it."""
    await until(lambda: went(town) >= count)


async def test_paused_in_the_middle_it_goes_on_where_it_stopped(crowd):
    """Nobody gets it twice, nobody is left out."""
    await crowd.send()
    async with crowd.bot(budget=SLOW):
        await some(crowd)
        await crowd.do(BOSS, Pause(id=ID, council=None))
        await until(lambda: "sending" not in crowd.states())
        count = went(crowd)
        assert count < 12
        assert set(crowd.states()) == {"sent", "held"}
        await still(crowd, count)
        await crowd.do(BOSS, Resume(id=ID, council=None))
        await crowd.settled("sent")
    assert [len(crowd.texts(one)) for one in crowd.people] == [1] * 12


async def test_cancelled_in_the_middle_the_rest_never_goes(crowd):
    """What was under way comes to its end."""
    await crowd.send()
    async with crowd.bot(budget=SLOW):
        await some(crowd)
        await crowd.do(BOSS, Cancel(id=ID, council=None))
        await until(lambda: set(crowd.states()) == {"sent", "cancelled"})
        await still(crowd, crowd.states().count("sent"))


@pytest.mark.parametrize("council", [None, HERE])
async def test_an_author_who_loses_the_role_sends_nothing_more(crowd, council):
    """The broadcast is paused, others are asked; whoever resumes it answers for it."""
    author = BOSS if council is None else AYLA
    zoe, seats = crowd.people[0], schema.membership
    second = update(seats).where(seats.c.person == zoe).values(role=Role.ADMIN)
    await crowd.store(lambda c: c.execute(second))
    await crowd.send(by=author, council=council, what=Content(posts={"de": Post(text="Rat")}))
    lost = (
        delete(schema.operator).where(schema.operator.c.person == author)
        if council is None
        else update(seats).where(seats.c.person == author).values(role=Role.MEMBER)
    )
    async with crowd.bot(budget=SLOW):
        await some(crowd, 2)
        await crowd.store(lambda c: c.execute(lost))
        await until(lambda: set(crowd.states()) == {"sent", "held"})
        if council is not None:
            await until(lambda: "Angehalten" in "".join(crowd.texts(zoe)))
        await still(crowd, went(crowd))
        assert crowd.stage() == ("paused", "role")
        if council is not None:
            await crowd.do(zoe, Resume(id=ID, council=council))
            await crowd.settled("sent")


async def test_the_clock_jumps_over_the_moment_it_was_planned_for(town):
    """Planned for tomorrow; the clock moves: it goes once. The clock moves back: nothing more."""
    await town.send(due=NOON + timedelta(days=1))
    async with town.bot():
        await still(town, 0)
        at(town.server, NOON + timedelta(days=1, minutes=5))
        await town.settled("sent")
        at(town.server, NOON + timedelta(hours=1))
        await still(town, 3)


async def test_nothing_goes_at_night_and_the_rest_in_the_morning(town):
    """Confirmed by day, the bot wakes at 22 in Berlin: all wait until 8."""
    await town.send()
    at(town.server, NOON + timedelta(hours=10))
    async with town.bot():
        await until(lambda: set(town.states()) == {"pending"})
        await still(town, 0)
        at(town.server, NOON + timedelta(hours=20, minutes=1))
        await town.settled("sent")


class Disk:
    """Space for the database, or none: then every write is refused as SQLite refuses it."""

    def __init__(self, monkeypatch):
        self.is_full, self.refused = False, 0
        self._write = Store.write
        disk = self

        def write(store, work):
            return disk.write(store, work)

        monkeypatch.setattr(Store, "write", write)

    def write(self, store, work):
        return self._write(store, self._full if self.is_full else work)

    def _full(self, _connection):
        self.refused += 1
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error


async def test_e03_a_full_database_in_the_middle_loses_and_doubles_nothing(crowd, monkeypatch):
    """What became of a message is written down once there is space again."""
    disk = Disk(monkeypatch)
    await crowd.send()
    async with crowd.bot(budget=SLOW):
        await some(crowd)
        disk.is_full = True
        await until(lambda: disk.refused > 3)
        disk.is_full = False
        await crowd.settled("sent")
    assert [len(crowd.texts(one)) for one in crowd.people] == [1] * 12


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63"
    "f8cfc0f01f0005050201b7d1b3c70000000049454e44ae426082"
)


# --- what goes first ------------------------------------------------------------------------------


async def test_what_reminds_goes_before_the_rest_of_a_broadcast(server, tmp_path):
    """A note that becomes due while forty people are written to does not wait for the last."""
    town = await Town(server, tmp_path, people=40).furnish()
    await town.send()
    async with town.bot(budget=SLOW):
        await until(lambda: went(town) >= 3)
        await town.store(idle_draft)
        await until(lambda: any("Kita" in text for text in town.texts(AYLA)))
        assert went(town) < 40
        await town.settled("sent")
    assert went(town) == 40


def idle_draft(connection):
    """Ayla has not touched a draft for long, and is to be told now."""
    touched = NOON - DRAFT + timedelta(days=1)
    draft = Draft(
        id=DraftId("d1"),
        definition="kim-anfrage",
        definition_version=1,
        title="Kita",
        answers=Answers(),
        touched=touched,
    )
    drafts.keep(connection, CODEC, AYLA, draft)
    wish = Wish(
        kind="draft",
        subject="draft:d1",
        version=stamp(touched),
        slot="",
        chat=AYLA,
        council=None,
        person=AYLA,
        due=NOON,
        expires=NOON + timedelta(days=1),
    )
    ledger.insert(connection, [wish])

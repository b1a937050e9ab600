"""Broadcasts before the local server: to each once, as written, whatever Telegram says."""

from datetime import timedelta

import pytest

from bot.demo.engine import media
from bot.demo.engine.chats import Membership, Status
from bot.demo.faults import FaultKind
from bot.store import drafts, ledger
from bot.store.codec import stamp
from bot.store.ledger import Wish
from bot.telegram.pace import Budget
from conversations.broadcasts import Content, Link
from conversations.broadcasts.posts import Attached, Mark, Post
from conversations.core import Draft, DraftId
from conversations.deeds import Settle
from conversations.rules.answers import Answers
from conversations.rules.graphemes import units
from conversations.rules.retention import DRAFT
from tests.store.composed import ID
from tests.store.councils import AYLA, BOSS, CODEC
from tests.telegram.chatting import until
from tests.telegram.reminding import forward
from tests.telegram.rundruf import FIRST, NOON, SLOW, TO_MEMBERS, Town


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
    file = files.add(media.PIXEL, name="p.png", mime="image/png", folder="photos")
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
    town.fault(acted=True, **how)
    await town.send()
    async with town.bot():
        await town.settled("uncertain", "sent", "sent")
        forward(town.server, hours=2)
        await until(lambda: town.went() == 3)
        await town.still(3)
        assert town.states() == ["uncertain", "sent", "sent"]


@pytest.mark.parametrize(("again", "state", "count"), [(True, "sent", 4), (False, "closed", 3)])
async def test_d03_a_person_decides_what_becomes_of_it(town, again, state, count):
    """Sent once more, or let be."""
    town.fault(FaultKind.DROP, acted=True)
    await town.send()
    async with town.bot():
        await town.settled("uncertain", "sent", "sent")
        await town.do(BOSS, Settle(id=ID, council=None, again=again))
        await town.settled(state, "sent", "sent")
        await town.still(count)


async def test_d05_a_429_holds_one_chat_and_loses_nothing(town):
    """Thirty seconds for the first; the others go on, and then it goes, too."""
    town.fault(FaultKind.FLOOD, retry_after=30)
    await town.send()
    async with town.bot():
        await town.settled("pending", "sent", "sent")
    forward(town.server, seconds=31)
    async with town.bot():
        await town.settled("sent")
    assert town.counts() == [1, 1, 1]


async def test_d05_a_429_for_all_pauses_and_keeps_the_order(crowd):
    """Two calls in a row are refused for a second: nothing is lost, and the others keep their
    order."""
    for chat in crowd.people[:2]:
        crowd.fault(FaultKind.FLOOD, chat, retry_after=1)
    await crowd.send()
    async with crowd.bot(budget=Budget(chat=100.0, slots=1)):
        await until(lambda: len(crowd.calls(crowd.people[1])) == 1)
        await crowd.still(0)
        await until(lambda: crowd.went() == 10)
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
        await town.still(0)
    assert town.rows() == [("failed", "blocked")] * 3
    assert [len(town.calls(one)) for one in town.people] == [1, 1, 1]


async def test_a_text_with_wrong_marks_goes_out_plain(town, log):
    """Better plain than not at all; the log says so."""
    town.fault(FaultKind.ERROR, code=400, text="Bad Request: can't parse entities: x")
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
    crowd.fault(FaultKind.HANG, crowd.people[0], seconds=4)
    await crowd.send()
    async with crowd.bot():
        await until(lambda: crowd.states().count("sent") == 11)
        await crowd.send("Noch etwas", id_="b2")
        await until(lambda: crowd.texts(crowd.people[1]) == ["Guten Tag", "Noch etwas"])
        assert crowd.states()[0] == "sending"


# --- what goes first ------------------------------------------------------------------------------


async def test_what_reminds_goes_before_the_rest_of_a_broadcast(server, tmp_path):
    """A note that becomes due while forty people are written to does not wait for the last."""
    town = await Town(server, tmp_path, people=40).furnish()
    await town.send()
    async with town.bot(budget=SLOW):
        await town.some()
        await town.store(idle_draft)
        await until(lambda: any("Kita" in text for text in town.texts(AYLA)))
        assert town.went() < 40
        await town.settled("sent")
    assert town.went() == 40


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

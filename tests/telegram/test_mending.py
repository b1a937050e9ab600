"""Sent broadcasts that are corrected or taken back, and those of several parts."""

from datetime import timedelta

import pytest

from bot.demo.engine.chats import ChatKind
from bot.demo.faults import Fault, FaultKind
from bot.store import chats
from bot.telegram.pace import Budget
from conversations.broadcasts import Audience, Content
from conversations.broadcasts.posts import Attached, Mark, Post
from conversations.deeds import Correct, Retract
from conversations.rules.graphemes import units
from tests.store.composed import ID, group
from tests.store.councils import AYLA, BOSS
from tests.telegram.chatting import until
from tests.telegram.reminding import at, forward, opened
from tests.telegram.rundruf import FIRST, NOON, TO_MEMBERS

TO_CHATS = Audience(people=False)
GROUP = -500


def corrected(text, revision=1):
    """Another text wherever it was sent."""
    return Correct(id=ID, council=None, revision=revision, posts={"de": Post(text=text)})


async def sent(town, text="Um 17 Uhr"):
    """A broadcast that everybody has."""
    await town.send(text)
    async with town.bot():
        await town.settled("sent")


async def test_a_correction_changes_the_text_everywhere(town):
    """The same message, edited; nothing new arrives."""
    await sent(town)
    await town.do(BOSS, corrected("Um 18 Uhr"))
    async with town.bot():
        await town.settled("sent", kind="correction")
    assert [town.texts(one) for one in town.people] == [["Um 18 Uhr"]] * 3


async def test_a_correction_that_changes_nothing_is_done(town):
    """Telegram's "not modified" is as good as done."""
    await sent(town)
    await town.do(BOSS, corrected("Um 18 Uhr"))
    words = "Bad Request: message is not modified: specified new message content is the same"
    same = Fault(kind=FaultKind.ERROR, method="editMessageText", code=400, text=words, times=3)
    town.server.faults.add(same)
    async with town.bot():
        await town.settled("sent", kind="correction")
    assert len(town.calls(FIRST, "editmessagetext")) == 1


async def test_a_correction_whose_message_is_gone_fails_and_says_why(town):
    """Somebody deleted it for themselves."""
    await sent(town)
    message = town.server.engine.last_by_bot(FIRST)
    town.server.engine.remove(message)
    await town.do(BOSS, corrected("Um 18 Uhr"))
    async with town.bot():
        await town.settled("failed", "sent", "sent", kind="correction")
    assert town.rows("correction")[0] == ("failed", "missing")


async def test_an_unclear_correction_is_simply_tried_again(town):
    """An edit done twice is as done once."""
    await sent(town)
    await town.do(BOSS, corrected("Um 18 Uhr"))
    lost = Fault(kind=FaultKind.DROP, method="editMessageText", chat=FIRST, acted=True)
    town.server.faults.add(lost)
    async with town.bot():
        await town.settled("pending", "sent", "sent", kind="correction")
        forward(town.server, seconds=5)
        await town.settled("sent", kind="correction")
    assert town.texts(FIRST) == ["Um 18 Uhr"]


async def test_a_broadcast_that_is_taken_back_goes_everywhere(town):
    """Each message is deleted."""
    await sent(town)
    await town.do(BOSS, Retract(id=ID, council=None))
    async with town.bot():
        await town.settled("sent", kind="retraction")
    assert [town.texts(one) for one in town.people] == [[], [], []]


@pytest.mark.parametrize("known", [True, False])
async def test_in_a_group_that_was_upgraded_no_other_message_is_changed(town, known):
    """Messages are counted anew there: the old id is somebody else's message. Whether the bot
    knew of it before or hears of it by the refusal."""
    engine = town.server.engine
    engine.add_chat(GROUP, ChatKind.GROUP, "Rat", members=(AYLA,))
    async with opened(town.url) as store:
        await group(store, AYLA, chat=GROUP)
    await town.send(what=Content(posts={"de": Post(text="17 Uhr")}, audience=TO_CHATS))
    async with town.bot():
        await town.settled("sent")
    new = engine.upgrade(GROUP, AYLA).id
    if known:
        await town.store(lambda c: chats.upgraded(c, GROUP, new))
    await town.do(BOSS, corrected("18 Uhr"))
    async with town.bot():
        await until(lambda: set(town.states("correction")) in ({"cancelled"}, {"failed"}))
    await town.do(BOSS, Retract(id=ID, council=None))
    async with town.bot():
        await town.settled("cancelled", kind="retraction")
    assert not [*town.calls(new, "editmessagetext"), *town.calls(new, "deletemessage")]


async def test_what_telegram_deletes_no_more_is_said_to_be_left(town):
    """Confirmed in time, but the bot slept over the 48 hours."""
    await sent(town)
    at(town.server, NOON + timedelta(hours=47))
    await town.do(BOSS, Retract(id=ID, council=None))
    at(town.server, NOON + timedelta(hours=49))
    async with town.bot():
        await town.settled("expired", kind="retraction")
    assert [town.texts(one) for one in town.people] == [["Um 17 Uhr"]] * 3


async def test_a_message_that_telegram_will_not_delete_fails_and_says_why(town):
    """Its word counts, whatever our clock says."""
    await sent(town)
    await town.do(BOSS, Retract(id=ID, council=None))
    words = "Bad Request: message can't be deleted for everyone"
    refused = Fault(kind=FaultKind.ERROR, method="deleteMessage", chat=FIRST, code=400, text=words)
    town.server.faults.add(refused)
    async with town.bot():
        await town.settled("failed", "sent", "sent", kind="retraction")
    assert town.rows("retraction")[0] == ("failed", "fixed")


# --- several parts --------------------------------------------------------------------------------


def nested():
    """6,000 characters, marks within marks across the cut, and what HTML would trip over."""
    text = "A & B <x> 🎉 " * 500
    whole = units(text)
    marks = (
        Mark(type="bold", offset=0, length=whole - 1),
        Mark(type="italic", offset=2000, length=3000),
        Mark(type="text_link", offset=3000, length=2000, url="https://example.org/?a=1&b=2"),
    )
    return Post(text=text, marks=marks)


async def test_d17_a_long_text_with_nested_marks_comes_in_valid_parts(town):
    """Nothing is escaped or lost; no part has more than 4,096 units or 32 KiB."""
    await town.send(what=Content(posts={"de": nested()}, audience=TO_MEMBERS))
    async with town.bot():
        await town.settled("sent")
    for one in town.people:
        calls = town.calls(one)
        texts = [call.params["text"] for call in calls]
        assert len(texts) == 2
        assert " ".join(texts) == nested().text.strip()
        assert all(units(text) <= 4096 and len(text.encode()) <= 32 * 1024 for text in texts)
        assert {mark["type"] for mark in calls[0].params["entities"]} == {
            mark["type"] for mark in calls[1].params["entities"]
        }
        assert town.texts(one) == texts


async def test_a_part_waits_for_the_one_before_it(town):
    """The first part of one person is held back by Telegram: the second does not overtake it."""
    flood = Fault(kind=FaultKind.FLOOD, method="sendMessage", chat=FIRST, retry_after=2)
    town.server.faults.add(flood)
    await town.send(what=Content(posts={"de": nested()}, audience=TO_MEMBERS))
    async with town.bot(budget=Budget(chat=100.0)):
        await until(lambda: town.states().count("sent") == 4)
        assert town.texts(FIRST) == []
        forward(town.server, seconds=3)
        await town.settled("sent")
    assert town.texts(FIRST) == town.texts(FIRST + 1)


async def test_a_part_shares_the_fate_of_the_one_before_it(town):
    """The first part never came, so the second does not come alone."""
    words = "Bad Request: brand new words"
    refused = Fault(kind=FaultKind.ERROR, method="sendMessage", chat=FIRST, code=400, text=words)
    town.server.faults.add(refused)
    await town.send(what=Content(posts={"de": nested()}, audience=TO_MEMBERS))
    async with town.bot():
        await town.settled("failed", "failed", "sent", "sent", "sent", "sent")
    assert len(town.calls(FIRST)) == 1


async def test_a_long_caption_goes_as_a_text_of_its_own_behind_the_picture(town):
    """A caption has 1,024 units at most; the buttons are below the last part."""
    file = town.server.engine.files.add(b"x" * 10, name="p.pdf", mime="application/pdf")
    post = Post(text="Wort " * 400, attached=Attached.DOCUMENT, file=file.id)
    await town.send(what=Content(posts={"de": post}, audience=TO_MEMBERS))
    async with town.bot():
        await town.settled("sent")
    [document] = town.calls(FIRST, "senddocument")
    [text] = town.calls(FIRST)
    assert document.params["caption"] == ""
    assert text.params["text"] == post.text.strip()

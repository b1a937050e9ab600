"""One update, one turn, one transaction: over HTTP with the local server."""

import asyncio
import json

from bot.demo.engine.chats import ChatKind
from bot.demo.engine.messages import Media
from bot.demo.faults import Fault, FaultKind
from bot.telegram.application import Handlers
from conversations.events import (
    Typed,
)
from tests.shell import Diary, answers_in, plan_for, running
from tests.telegram.chatting import agree, card, sent

FILE = {"file_id": "f", "file_unique_id": "u"}
SIZE = {"width": 1, "height": 1}
MEDIA = {
    "photo": [FILE | SIZE],
    "voice": FILE | {"duration": 1},
    "sticker": FILE | SIZE | {"type": "regular", "is_animated": False, "is_video": False},
    "location": {"latitude": 51.5, "longitude": 7.1},
}


async def test_a_stranger_agrees_and_answers_are_kept(server, ayla, tmp_path):
    """A text typed after consent is kept and shown on a new card without buttons on the old."""
    engine = server.engine
    async with running(plan_for(server, tmp_path)):
        old = await agree(engine, ayla)
        engine.say(ayla, ayla, "first")
        new = await card(engine, ayla, "1: first")
        assert new.id != old.id
        await engine.wait_for(lambda: not engine.chats[ayla].messages[old.id].buttons)
        engine.press(ayla, ayla, new.id, "More")
        assert (await card(engine, ayla, "2: first, more")).id == new.id


async def test_a_restart_keeps_every_answer(server, ayla, tmp_path):
    """What was answered before a stop is there after the start, without any word in between."""
    engine = server.engine
    async with running(plan_for(server, tmp_path)):
        await agree(engine, ayla)
        engine.say(ayla, ayla, "first")
        await card(engine, ayla, "1: first")
    before = len(engine.chats[ayla].messages)
    async with running(plan_for(server, tmp_path)):
        engine.say(ayla, ayla, "second")
        await card(engine, ayla, "2: first, second")
    assert len(engine.chats[ayla].messages) == before + 2


async def test_a03_a_poison_update_is_parked_and_the_others_go_on(server, ayla, tmp_path, log):
    """A message without date between good ones, handed over twice: the good ones are handled, one
    apology, no text of it logged."""
    engine = server.engine
    async with running(plan_for(server, tmp_path)):
        await agree(engine, ayla)
        engine.say(ayla, ayla, "one")
        bad = {
            "update_id": engine.updates.next_id,
            "message": {
                "message_id": 77,
                "chat": {"id": ayla, "type": "private"},
                "from": {"id": ayla, "is_bot": False, "first_name": "A"},
                "text": "geheim4711",
            },
        }
        engine.updates.push_raw(json.dumps(bad), bad["update_id"])
        engine.updates.jump(bad["update_id"] + 1)
        engine.say(ayla, ayla, "two")
        await card(engine, ayla, "2: one, two")
        await engine.wait_for(lambda: "broken" in engine.transcript(ayla))
        engine.updates.push_raw(json.dumps(bad), bad["update_id"])
        engine.say(ayla, ayla, "three")
        await card(engine, ayla, "3: one, two, three")
    assert engine.transcript(ayla).count("broken") == 1
    assert "geheim4711" not in log()


async def test_a05_the_same_update_twice_takes_effect_once(server, ayla, tmp_path):
    """An update handed over again, in the next batch or in the same, is not handled again."""
    engine = server.engine
    async with running(plan_for(server, tmp_path)):
        await agree(engine, ayla)
        engine.say(ayla, ayla, "one")
        await card(engine, ayla, "1: one")
        again = {
            "update_id": engine.updates.next_id - 1,
            "message": {
                **engine.chats[ayla].messages[max(engine.chats[ayla].messages) - 1].fields()
            },
        }
        assert again["message"]["text"] == "one"
        for _ in range(3):
            engine.updates.push_raw(json.dumps(again), again["update_id"])
        engine.say(ayla, ayla, "two")
        await card(engine, ayla, "2: one, two")


async def test_a05_a_repetition_takes_nothing_new_with_it(server, ayla, tmp_path):
    """The first part of a long text is handed over again together with the second: only the
    second is new, and it is not lost."""
    engine = server.engine
    async with running(plan_for(server, tmp_path)):
        await agree(engine, ayla)
        (message,) = engine.say(ayla, ayla, "a" * 3500)
        await card(engine, ayla, "1: aaa")
        fresh = engine.updates.next_id
        new = {**message.fields(), "message_id": message.id + 50, "text": "second"}
        for update_id, content in ((fresh - 1, message.fields()), (fresh, new)):
            update = {"update_id": update_id, "message": content}
            engine.updates.push_raw(json.dumps(update), update_id)
        engine.updates.jump(fresh + 1)
        await engine.wait_for(lambda: len(sent(server, ayla)) == 3)
    assert answers_in(tmp_path) == {ayla: ["a" * 3500, "second"]}


async def test_b03_an_edited_message_never_answers_the_current_question(server, ayla, tmp_path):
    """An edit arrives as an edit: the earlier answer changes, no new one appears."""
    engine = server.engine
    async with running(plan_for(server, tmp_path)):
        await agree(engine, ayla)
        (message,) = engine.say(ayla, ayla, "wrong")
        await card(engine, ayla, "1: wrong")
        engine.edit(ayla, ayla, message.id, "right")
        await card(engine, ayla, "edited 1: right")


async def test_b06_other_kinds_of_message_get_one_hint(server, ayla, tmp_path):
    """A photo, a voice message, a sticker and a location: one hint each, nothing answered."""
    engine = server.engine
    async with running(plan_for(server, tmp_path)):
        await agree(engine, ayla)
        for kind, body in MEDIA.items():
            engine.send(ayla, ayla, Media(kind=kind, body=body))
            await card(engine, ayla, f"no {kind} 0:")


async def test_b06_an_album_gets_one_hint(server, ayla, tmp_path):
    """Three pictures of one album are one hint."""
    engine = server.engine
    async with running(plan_for(server, tmp_path)):
        await agree(engine, ayla)
        for _ in range(3):
            engine.send(ayla, ayla, Media(kind="photo", body=MEDIA["photo"]), album="a1")
        await card(engine, ayla, "no photo 0:")
        engine.say(ayla, ayla, "x")
        await card(engine, ayla, "1: x")
    assert engine.transcript(ayla).count("no photo") == 1


async def test_b08_a_pasted_text_is_one_answer(server, ayla, tmp_path):
    """40,000 characters, split by the client, arrive as one answer with nothing lost."""
    engine = server.engine
    got = []

    def listen(event):
        if isinstance(event, Typed):
            got.append(event.text)

    text = "".join(f"{n:07d}." for n in range(5000))
    async with running(plan_for(server, tmp_path, dialogues=Diary(listen))):
        await agree(engine, ayla)
        parts = engine.say(ayla, ayla, text)
        await card(engine, ayla, "1:")
    assert len(parts) == 10
    assert got == [text]


async def test_b08_emoji_of_two_units_are_one_answer(server, ayla, tmp_path):
    """2,049 emoji are longer than one message and yet one answer."""
    engine = server.engine
    got = []

    def listen(event):
        if isinstance(event, Typed):
            got.append(event.text)

    async with running(plan_for(server, tmp_path, dialogues=Diary(listen))):
        await agree(engine, ayla)
        engine.say(ayla, ayla, "🎉" * 2049)
        await card(engine, ayla, "1:")
    assert got == ["🎉" * 2049]


async def test_b11_a_double_press_makes_one_letter(server, ayla, tmp_path):
    """Two presses on "Done" 5 ms apart: one letter, both presses answered."""
    engine = server.engine
    async with running(plan_for(server, tmp_path)):
        shown = await agree(engine, ayla)
        first = engine.press(ayla, ayla, shown.id, "Done")
        await asyncio.sleep(0.005)
        second = engine.press(ayla, ayla, shown.id, "Done")
        await card(engine, ayla, "letter")
        await engine.wait_for(lambda: len(server.api.log.of("answercallbackquery")) == 3)
        engine.say(ayla, ayla, "x")
        await card(engine, ayla, "1: x")
    assert first.id != second.id
    assert len(sent(server, ayla, "sendmediagroup")) == 1


async def test_b14_an_edit_without_change_is_swallowed(server, ayla, tmp_path, log):
    """Telegram's "message is not modified" is as good as an edit: nothing new is sent."""
    engine = server.engine
    plan = plan_for(server, tmp_path)
    async with running(plan):
        shown = await agree(engine, ayla)
        server.api.faults.add(
            Fault(
                kind=FaultKind.ERROR,
                method="editMessageText",
                code=400,
                text="Bad Request: message is not modified: specified new message content and "
                "reply markup are exactly the same",
            )
        )
        engine.press(ayla, ayla, shown.id, "More")
        await engine.wait_for(lambda: len(server.api.log.of("answercallbackquery")) == 2)
        engine.say(ayla, ayla, "x")
        await card(engine, ayla, "2: more, x")
    assert len(sent(server, ayla)) == 2
    assert "[error" not in log()


async def test_h01_an_exception_costs_one_apology_and_nobody_else(server, ayla, tmp_path, log):
    """A handler that always raises: parked after three tries, one apology with a code that also
    stands in the log; another person goes on meanwhile."""
    engine = server.engine
    other = engine.add_person(502, "Boris").id

    def trouble(event):
        if isinstance(event, Typed) and event.text == "bang4711":
            raise ValueError(event.text)

    async with running(plan_for(server, tmp_path, dialogues=Diary(trouble))):
        await agree(engine, ayla)
        await agree(engine, other)
        engine.say(ayla, ayla, "bang4711")
        engine.say(other, other, "fine")
        await card(engine, other, "1: fine")
        apology = await card(engine, ayla, "broken")
        engine.say(ayla, ayla, "on")
        await card(engine, ayla, "1: on")
    assert engine.transcript(ayla).count("broken") == 1
    written = log()
    assert apology.text.removeprefix("broken ") in written
    assert "bang4711" not in written


async def test_h01_an_error_handler_that_raises_changes_nothing(
    server, ayla, tmp_path, monkeypatch
):
    """Even when the error handler itself fails: one apology, and the next answer is taken."""
    engine = server.engine

    def trouble(event):
        if isinstance(event, Typed) and event.text == "bang":
            raise ValueError

    async def failed(*_):
        raise RuntimeError

    monkeypatch.setattr(Handlers, "failed", failed)
    async with running(plan_for(server, tmp_path, dialogues=Diary(trouble))):
        await agree(engine, ayla)
        engine.say(ayla, ayla, "bang")
        await card(engine, ayla, "broken")
        engine.say(ayla, ayla, "on")
        await card(engine, ayla, "1: on")
    assert engine.transcript(ayla).count("broken") == 1


async def test_b16_a_flood_gets_three_replies_and_slows_nobody(server, ayla, tmp_path):
    """200 messages within 10 s by one person: three replies at most, no answer taken from the
    flood; another person is answered in between."""
    engine = server.engine
    other = engine.add_person(502, "Boris").id
    async with running(plan_for(server, tmp_path)):
        await agree(engine, ayla)
        await agree(engine, other)
        before = len(sent(server, ayla))
        for n in range(200):
            engine.say(ayla, ayla, f"m{n}")
            if n == 100:
                engine.say(other, other, "hello")
                await card(engine, other, "1: hello", 2.0)
        await card(engine, ayla, "flood of 192 8:")
    assert len(sent(server, ayla)) - before <= 3


async def test_a_command_in_a_group_is_answered_short(server, ayla, tmp_path):
    """In a group the bot points to the private chat; a text there is nobody's answer."""
    engine = server.engine
    engine.add_chat(-100, ChatKind.GROUP, "Rat", members=(ayla,))
    async with running(plan_for(server, tmp_path)):
        engine.say(ayla, -100, "/anfrage")
        await card(engine, -100, "privately, please")


async def test_a_card_that_could_not_be_sent_comes_later(server, ayla, tmp_path):
    """The API fails for a while: the turn is stored, its card comes as soon as it can."""
    engine = server.engine
    async with running(plan_for(server, tmp_path)):
        await agree(engine, ayla)
        server.api.faults.add(Fault(kind=FaultKind.HTML, method="sendMessage", times=3))
        engine.say(ayla, ayla, "one")
        await card(engine, ayla, "1: one")


async def test_a_letter_asked_for_again_is_the_same(server, ayla, tmp_path):
    """The files of a letter are sent again as they were, from Telegram's own copy or ours."""
    engine = server.engine
    async with running(plan_for(server, tmp_path)):
        await agree(engine, ayla)
        engine.say(ayla, ayla, "text")
        shown = await card(engine, ayla, "1: text")
        engine.press(ayla, ayla, shown.id, "Done")
        await card(engine, ayla, "letter 1: text")
        engine.say(ayla, ayla, "/again")
        await engine.wait_for(lambda: len(sent(server, ayla, "sendmediagroup")) == 2)
    media = [m.media.file for m in engine.messages(ayla) if m.media]
    assert [f.data for f in media] == [b"text"] * 4
    assert [f.name for f in media] == ["letter.pdf", "letter.txt"] * 2

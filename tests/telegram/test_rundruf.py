"""A broadcast from /rundruf to its result, as an operator goes the way in the private chat."""

from dataclasses import replace

import pytest

from bot.demo.entities import Entity
from bot.demo.faults import Fault, FaultKind
from bot.telegram.pace import Budget
from conversations.dialogues import Dialogues
from tests.store.councils import BOSS
from tests.telegram.chatting import card
from tests.telegram.reminding import KNOW
from tests.telegram.rundruf import SPEEDY, Town

TEXT = "😀 Bitte an {kommune}"
SLOW = Budget(in_all=6.0, chat=100.0, slots=2)
"""So that somebody can step in."""


@pytest.fixture
async def town(server, tmp_path):
    """An operator, an admin and twenty members."""
    return await Town(server, tmp_path, people=20).furnish()


def over(town, **changes):
    """The bot with the real dialogues."""
    options = {"times": replace(SPEEDY, progress=0.2), "dialogues": Dialogues(KNOW), **changes}
    return town.bot(**options)


async def press(engine, label):
    """Press the newest button with these words, once it is there."""

    def shown():
        there = [m for m in engine.messages(BOSS) if label in m.buttons]
        return there[-1] if there else None

    message = await engine.wait_for(shown)
    return engine.press(BOSS, BOSS, message.id, label)


async def composed(town):
    """Up to the last question."""
    engine = town.server.engine
    engine.say(BOSS, BOSS, "/rundruf")
    await press(engine, "Neuer Rundruf")
    await card(engine, BOSS, "Was möchten Sie senden?")
    engine.say(BOSS, BOSS, TEXT, marks=(Entity(type="bold", offset=3, length=5),))
    await press(engine, "Vorschau")
    return await card(engine, BOSS, "genau so kommt es an")


async def progress(engine, words):
    """The message of the broadcast itself, once it contains the words."""

    def seen():
        there = [m for m in engine.messages(BOSS) if "b:" in str(m.rows) and words in m.text]
        return there[-1] if there else None

    return await engine.wait_for(seen)


async def test_a_broadcast_goes_from_the_command_to_its_result(town):
    """Four presses and a text; the marks arrive behind the emoji."""
    engine = town.server.engine
    async with over(town):
        await composed(town)
        await press(engine, "Jetzt senden")
        result = await progress(engine, "Angekommen: 21 von 21")
    (call, *_) = town.calls(town.people[0])
    (mark,) = call.params["entities"]
    assert (call.params["text"], mark["type"], mark["offset"]) == (
        "😀 Bitte an Gelsenkirchen",
        "bold",
        3,
    )
    assert "b:open:" in str(result.rows)


async def test_the_preview_is_one_of_the_authors_messages(town):
    """Nobody else gets it; what stands for each council is said to be an example."""
    async with over(town):
        asked = await composed(town)
    assert "nur ein Beispiel" in asked.text
    assert [town.texts(one) for one in town.people] == [[]] * 20
    assert any("😀 Bitte an Düsseldorf" in one for one in town.texts(BOSS))


async def test_pressed_the_message_changes_at_once(town):
    """Paused and resumed without waiting for the next beat, which would come in a minute."""
    engine = town.server.engine
    async with over(town, times=replace(SPEEDY, progress=60.0), budget=SLOW):
        await composed(town)
        await press(engine, "Jetzt senden")
        sent = await progress(engine, "Wird gesendet")
        engine.press(BOSS, BOSS, sent.id, "Anhalten")
        paused = await progress(engine, "Angehalten")
        engine.press(BOSS, BOSS, paused.id, "Fortsetzen")
        resumed = await progress(engine, "Wird gesendet")
    assert sent.id == paused.id == resumed.id


async def test_opened_from_its_message_the_card_stands_below(town):
    """The message stays what it is."""
    engine = town.server.engine
    async with over(town):
        await composed(town)
        await press(engine, "Jetzt senden")
        result = await progress(engine, "Angekommen: 21 von 21")
        engine.press(BOSS, BOSS, result.id, "Rundruf öffnen")
        opened = await engine.wait_for(
            lambda: (last := engine.last_by_bot(BOSS)).id > result.id and last
        )
    assert "Angekommen" in engine.chats[BOSS].messages[result.id].text
    assert "Alle Rundrufe" in opened.buttons


async def test_the_list_shows_it_again(town):
    """With what came of it."""
    engine = town.server.engine
    async with over(town):
        await composed(town)
        await press(engine, "Jetzt senden")
        await progress(engine, "Angekommen: 21 von 21")
        engine.say(BOSS, BOSS, "/rundruf")
        listed = await card(engine, BOSS, "Rundrufe")
    assert any("Bitte an" in one for one in listed.buttons)


async def test_what_telegram_refuses_is_found_in_the_preview(town):
    """Nothing goes to anybody; the draft is there to be mended."""
    engine = town.server.engine
    async with over(town):
        engine.say(BOSS, BOSS, "/rundruf")
        await press(engine, "Neuer Rundruf")
        await card(engine, BOSS, "Was möchten Sie senden?")
        engine.say(BOSS, BOSS, TEXT)
        await card(engine, BOSS, "Entwurf")
        refuse(town)
        await press(engine, "Vorschau")
        mended = await card(engine, BOSS, "Telegram nimmt den Rundruf so nicht an")
    assert ("Vorschau" in mended.buttons, "Jetzt senden" in mended.buttons) == (True, False)


def refuse(town):
    """Telegram does not take the next text with marks of its own."""
    words = "Bad Request: ENTITY_BOUNDS_INVALID"
    town.server.api.faults.add(
        Fault(kind=FaultKind.ERROR, method="sendmessage", code=400, text=words)
    )

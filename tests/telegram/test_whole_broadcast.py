"""A broadcast over HTTP from /rundruf to its result: the bot as it is, dialogues and all."""

import pytest

from bot.demo.engine.media import photo
from bot.demo.entities import Entity
from conversations.dialogues import Dialogues
from tests.store.councils import AYLA, BEN
from tests.telegram.chatting import card
from tests.telegram.reminding import GROUP, KNOW, bot_over, furnish, ledger
from tests.telegram.test_answers import arrived

CALL = "Bitte stellen Sie die Anfrage <jetzt> & bald."
BOLD = Entity(type="bold", offset=0, length=5)


@pytest.fixture
async def town(server, tmp_path):
    """Ayla runs a council with Ben and a group in it."""
    await furnish(server, tmp_path, days=())
    return tmp_path


def real_bot(server, tmp_path):
    """With its own dialogues."""
    return bot_over(server, tmp_path, dialogues=Dialogues(KNOW))


async def press(server, label, words):
    """Once there is that button, Ayla presses it on the newest message; then it says the words."""

    def offered():
        found = [
            one
            for one in server.engine.messages(AYLA)
            if one.by_bot and any(b.text == label for row in one.rows for b in row)
        ]
        return found[-1] if found else None

    there = await server.engine.wait_for(offered)
    server.engine.press(AYLA, AYLA, there.id, label)
    return await card(server.engine, AYLA, words)


async def previewed(server, **said):
    """Ayla writes, and looks at the preview; the newest message is the last question."""
    server.engine.say(AYLA, AYLA, "/rundruf")
    await card(server.engine, AYLA, "Bisher gibt es keinen.")
    await press(server, "Neuer Rundruf", "Was möchten Sie senden?")
    if "media" in said:
        server.engine.send(AYLA, AYLA, said["media"], caption=CALL)
    else:
        server.engine.say(AYLA, AYLA, said.get("text", CALL), marks=(BOLD,))
    await card(server.engine, AYLA, "Entwurf")
    return await press(server, "Vorschau", "genau so kommt es an")


async def test_from_the_command_to_the_result(server, town):
    """Written with a bold word, looked at, sent: Ben and the group get it as Ayla saw it, and one
    message tells her what came of it."""
    async with real_bot(server, town):
        asked = await previewed(server)
        assert "An 2 Personen und 1 Gruppe. Das dauert etwa 1 Sekunde." in asked.text
        shown = await arrived(server, AYLA, CALL)
        await press(server, "Jetzt senden", "Rundruf")
        got = await arrived(server, BEN, CALL)
        in_group = await arrived(server, GROUP, CALL)
        result = await arrived(server, AYLA, "Rundruf gesendet")
    assert [(one.type, one.offset, one.length) for one in got.entities] == [("bold", 0, 5)]
    assert got.entities == shown.entities == in_group.entities
    assert "Angekommen: 3 von 3" in result.text
    assert ledger(town, "broadcast") == [("sent", "")] * 3


async def test_a_picture_with_words_goes_the_same_way(server, town):
    """By the id that Telegram gave it, with its caption."""
    async with real_bot(server, town):
        await previewed(server, media=photo(server.engine.files))
        await press(server, "Jetzt senden", "Rundruf")
        got = await arrived(server, BEN, CALL)
    assert got.media is not None


async def test_d15_pressed_twice_it_goes_once(server, town):
    """Two presses on «Jetzt senden» before the first was answered."""
    async with real_bot(server, town):
        asked = await previewed(server)
        for _ in range(2):
            server.engine.press(AYLA, AYLA, asked.id, "Jetzt senden")
        await arrived(server, AYLA, "Rundruf gesendet")
    assert ledger(town, "broadcast") == [("sent", "")] * 3


async def test_a_correction_reaches_what_was_sent(server, town):
    """From the result to the card, the new text, and the change in Ben's chat."""
    async with real_bot(server, town):
        await previewed(server)
        await press(server, "Jetzt senden", "Rundruf")
        await arrived(server, AYLA, "Rundruf gesendet")
        got = await arrived(server, BEN, CALL)
        await press(server, "Rundruf öffnen", "Angekommen: 3 von 3")
        await press(server, "Text berichtigen", "Schreiben Sie den ganzen Text neu.")
        server.engine.say(AYLA, AYLA, "Bitte stellen Sie sie morgen.")
        await card(server.engine, AYLA, "Stimmt das?")
        await press(server, "Überall ändern", "Ich ändere den Text überall")
        changed = await arrived(server, BEN, "Bitte stellen Sie sie morgen.")
    assert changed.id == got.id


async def test_it_is_deleted_everywhere(server, town):
    """After the question; what Ben had is gone."""
    async with real_bot(server, town):
        await previewed(server)
        await press(server, "Jetzt senden", "Rundruf")
        await arrived(server, AYLA, "Rundruf gesendet")
        await press(server, "Rundruf öffnen", "Angekommen: 3 von 3")
        await press(server, "Überall löschen", "48 Stunden")
        await press(server, "Ja, überall löschen", "Ich lösche den Rundruf")
        await server.engine.wait_for(
            lambda: not any(CALL in one.text for one in server.engine.messages(BEN)) or None
        )

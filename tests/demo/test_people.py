"""What people do: texts, edits, media, deep links, and how tests look on."""

import asyncio

import pytest
import telegram

from bot.demo.engine import Engine, media
from bot.demo.engine.messages import Media
from tests.demo.conftest import AYSE, OLEH


async def test_a_long_text_goes_in_parts(bot: telegram.Bot, engine: Engine) -> None:
    """40,000 characters become ten messages that make up the text."""
    text = "Wort " * 8000
    parts = engine.say(AYSE, AYSE, text)
    updates = await bot.get_updates()
    texts = [update.message.text or "" for update in updates if update.message]
    assert len(parts) == len(texts) == 10
    assert max(map(len, texts)) == 4096
    assert "".join(text.replace(" ", "") for text in texts) == "Wort" * 8000


async def test_people_write_no_html(bot: telegram.Bot, engine: Engine) -> None:
    """What looks like markup in a person's text stays text."""
    engine.say(AYSE, AYSE, "<b>&amp;</b>")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert (update.message.text, update.message.entities) == ("<b>&amp;</b>", ())


async def test_a_deep_link_starts_the_bot(bot: telegram.Bot, engine: Engine) -> None:
    """The first /start opens the private chat and carries the payload as a command."""
    engine.start(OLEH, "abc_1")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "/start abc_1"
    assert update.message.entities[0].type == "bot_command"
    await bot.send_message(OLEH, "Guten Tag")


async def test_an_edit_reaches_the_bot(bot: telegram.Bot, engine: Engine) -> None:
    """An edited message comes as edited_message with the same id."""
    (said,) = engine.say(AYSE, AYSE, "alt")
    engine.edit(AYSE, AYSE, said.id, "neu")
    _, update = await bot.get_updates()
    assert update.edited_message is not None
    assert (update.edited_message.message_id, update.edited_message.text) == (said.id, "neu")


def test_nobody_edits_for_others(engine: Engine) -> None:
    """A person can only change own messages."""
    (said,) = engine.say(AYSE, AYSE, "x")
    with pytest.raises(PermissionError):
        engine.edit(OLEH, AYSE, said.id, "y")


@pytest.mark.parametrize(
    "kind",
    ["photo", "document", "voice", "video", "sticker", "location", "contact", "audio"],
)
async def test_media_parse(bot: telegram.Bot, engine: Engine, kind: str) -> None:
    """Every kind of attachment reaches python-telegram-bot as itself."""
    engine.send(AYSE, AYSE, _media(engine, kind))
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert getattr(update.message, kind)


async def test_albums_share_an_id(bot: telegram.Bot, engine: Engine) -> None:
    """The pictures of an album carry the same media_group_id."""
    for _ in range(2):
        engine.send(AYSE, AYSE, _media(engine, "photo"), album="7")
    found = {u.message.media_group_id for u in await bot.get_updates() if u.message}
    assert found == {"7"}


def _media(engine: Engine, kind: str) -> Media:
    match kind:
        case "photo":
            found = media.photo(engine.files)
            assert found is not None
            return found
        case "document":
            return media.document(engine.files, b"x", "a.txt")
        case "sticker":
            return media.sticker(engine.files)
        case "location":
            return media.location()
        case "contact":
            return media.contact("+49 241 1", "Büro")
        case _:
            return media.recording(engine.files, kind)


async def test_waiting_sees_what_comes(engine: Engine) -> None:
    """wait_for returns the predicate's first true value."""
    waiting = asyncio.create_task(engine.wait_for(lambda: engine.last(AYSE)))
    await asyncio.sleep(0)
    (said,) = engine.say(AYSE, AYSE, "da")
    assert await waiting == said


async def test_waiting_in_vain_shows_the_chats(engine: Engine) -> None:
    """When nothing comes the error says what was seen instead."""
    engine.say(AYSE, AYSE, "etwas anderes")
    with pytest.raises(TimeoutError, match="etwas anderes"):
        await engine.wait_for(lambda: None, timeout=0.05)


async def test_transcripts_can_be_read(bot: telegram.Bot, engine: Engine) -> None:
    """A line a message, with attachment and buttons."""
    engine.say(AYSE, AYSE, "Hallo")
    button = telegram.InlineKeyboardButton("Ja", callback_data="1")
    markup = telegram.InlineKeyboardMarkup([[button]])
    await bot.send_document(AYSE, b"x", caption="Bitte", filename="a.txt", reply_markup=markup)
    assert engine.transcript(AYSE) == "Ayşe Yılmaz: Hallo\nKIM-Bot: Bitte <document a.txt> [Ja]"

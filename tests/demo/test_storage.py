"""An engine that was saved goes on where it stopped."""

import json
from pathlib import Path

import pytest
import telegram

from bot.demo.engine import Engine, media
from bot.demo.engine.messages import Button
from bot.demo.storage import load, save
from tests.demo.conftest import AYSE, CHANNEL, FORUM


def _fill(engine: Engine) -> None:
    topic = engine.open_topic(FORUM, AYSE, "KIM")
    engine.say(AYSE, FORUM, "/start im Thema", thread=topic.id)
    engine.send(AYSE, AYSE, media.document(engine.files, b"\x00\xff", "a.pdf"), caption="Datei")
    engine.send(AYSE, AYSE, media.location())
    engine.channel_post(CHANNEL, "Neues")
    engine.block(AYSE)


def test_everything_is_there_again(engine: Engine, tmp_path: Path) -> None:
    """Chats, messages, topics, memberships and files are the same."""
    _fill(engine)
    save(engine, tmp_path)
    again = load(tmp_path)
    for chat in engine.chats:
        assert again.transcript(chat) == engine.transcript(chat)
        assert [m.fields() for m in again.messages(chat)] == [
            m.fields() for m in engine.messages(chat)
        ]
        assert again.chats[chat].bot == engine.chats[chat].bot
        assert again.chats[chat].topics == engine.chats[chat].topics
    assert again.files.all() == engine.files.all()


def test_updates_wait_on(engine: Engine, tmp_path: Path) -> None:
    """Updates that the bot has not confirmed come after the restart, and ids go on."""
    _fill(engine)
    save(engine, tmp_path)
    again = load(tmp_path)
    assert again.updates.take(0, 100) == engine.updates.take(0, 100)
    assert again.updates.next_id == engine.updates.next_id


def test_saving_twice_replaces(engine: Engine, tmp_path: Path) -> None:
    """The later state wins."""
    save(engine, tmp_path)
    engine.say(AYSE, AYSE, "später")
    save(engine, tmp_path)
    assert "später" in load(tmp_path).transcript(AYSE)


def test_buttons_of_a_restart_still_work(engine: Engine, tmp_path: Path) -> None:
    """A button sent before the restart can be pressed after it."""
    sent = engine.post(
        engine.chats[AYSE],
        sender=engine.bot,
        text="x",
        rows=((Button(text="Ja", data="1"), Button(text="Mehr", url="https://x.example")),),
    )
    save(engine, tmp_path)
    again = load(tmp_path)
    assert again.press(AYSE, AYSE, sent.id, "Ja").data == "1"
    assert again.message(AYSE, sent.id).sender == again.bot


def test_damage_is_no_empty_engine(engine: Engine, tmp_path: Path) -> None:
    """A broken state file is an error, not a fresh start."""
    save(engine, tmp_path)
    (tmp_path / "telegram.json").write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match="JSON"):
        load(tmp_path)


def test_the_saved_update_parses(engine: Engine, tmp_path: Path) -> None:
    """What is kept is what python-telegram-bot reads."""
    engine.say(AYSE, AYSE, "x")
    save(engine, tmp_path)
    (body,) = load(tmp_path).updates.take(0, 1)
    update = telegram.Update.de_json(json.loads(body), None)
    assert update.message is not None
    assert update.message.text == "x"

"""Sending, editing, deleting, answering: what works and what is refused, in Telegram's words."""

from datetime import timedelta

import aiohttp
import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters
from telegram.error import BadRequest, TelegramError

from bot.demo.engine import Engine
from bot.demo.engine.talk import NoSuchButtonError
from tests.demo.conftest import AYSE, FORUM


def _buttons(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=f"data:{label}")] for label in labels]
    )


async def test_a_message_comes_back_as_it_stands(bot: telegram.Bot) -> None:
    """The result is a full Message: text, entities in UTF-16, keyboard, chat, sender."""
    sent = await bot.send_message(
        AYSE, "🎉 <b>Guten Tag</b>", parse_mode="HTML", reply_markup=_buttons("Los")
    )
    assert sent.text == "🎉 Guten Tag"
    assert sent.parse_entities() == {sent.entities[0]: "Guten Tag"}
    assert sent.reply_markup == _buttons("Los")
    assert (sent.chat.id, sent.from_user) == (AYSE, bot.bot)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (" \n ", "message text is empty"),
        ("<b></b>", "message text is empty"),
        ("x" * 4097, "message is too long"),
        ("🎉" * 2049, "message is too long"),
        ("<b>x", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
    ],
)
async def test_texts_that_telegram_refuses(
    http: aiohttp.ClientSession, engine: Engine, text: str, words: str
) -> None:
    """Empty, too long after parsing, or broken texts get 400 with Telegram's sentence."""
    body = {"chat_id": AYSE, "text": text, "parse_mode": "HTML"}
    async with http.post(f"/bot{engine.token}/sendMessage", json=body) as answer:
        assert answer.status == 400
        assert await answer.json() == {
            "ok": False,
            "error_code": 400,
            "description": f"Bad Request: {words}",
        }


async def test_the_limit_counts_after_parsing(bot: telegram.Bot) -> None:
    """4,096 units of text are fine however much markup stands around them."""
    sent = await bot.send_message(AYSE, "<b>" + "&lt;" * 4096 + "</b>", parse_mode="HTML")
    assert sent.text == "<" * 4096


@pytest.mark.parametrize("data", ["", "x" * 65, "ä" * 33])
async def test_button_data_has_a_limit(
    http: aiohttp.ClientSession, engine: Engine, data: str
) -> None:
    """callback_data holds 1 to 64 bytes."""
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": data}]]}
    body = {"chat_id": AYSE, "text": "x", "reply_markup": markup}
    async with http.post(f"/bot{engine.token}/sendMessage", json=body) as answer:
        assert (await answer.json())["description"] == "Bad Request: BUTTON_DATA_INVALID"


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_parameters_come_in_any_way(
    http: aiohttp.ClientSession, engine: Engine, method: str
) -> None:
    """Query, form and JSON mean the same."""
    path = f"/bot{engine.token}/SendMessage"
    given = {"chat_id": str(AYSE), "text": "ä & b"}
    async with http.request(method, path, params=given) as answer:
        assert (await answer.json())["result"]["text"] == "ä & b"
    async with http.post(path, data=given) as answer:
        assert (await answer.json())["result"]["text"] == "ä & b"
    async with http.post(path, json={"chat_id": AYSE, "text": "ä & b"}) as answer:
        assert (await answer.json())["result"]["text"] == "ä & b"


async def test_unknown_methods_and_tokens(http: aiohttp.ClientSession, engine: Engine) -> None:
    """An unknown method is 404, a wrong token 401, a malformed one 404."""
    for path, code, words in (
        (f"/bot{engine.token}/sendNonsense", 404, "Not Found"),
        ("/bot1:wrong/getMe", 401, "Unauthorized"),
        ("/botnonsense/getMe", 404, "Not Found"),
    ):
        async with http.get(path) as answer:
            assert answer.status == code
            assert await answer.json() == {"ok": False, "error_code": code, "description": words}


async def test_edits_replace_in_place(bot: telegram.Bot, engine: Engine) -> None:
    """An edit changes text and keyboard and says when; the id stays."""
    sent = await bot.send_message(AYSE, "alt", reply_markup=_buttons("A"))
    edited = await bot.edit_message_text("neu", AYSE, sent.message_id)
    assert isinstance(edited, telegram.Message)
    assert edited.edit_date is not None
    assert engine.transcript(AYSE) == "KIM-Bot: neu"


async def test_an_edit_without_change_is_refused(bot: telegram.Bot) -> None:
    """Same text and same keyboard: "message is not modified"."""
    sent = await bot.send_message(AYSE, "gleich", reply_markup=_buttons("A"))
    with pytest.raises(BadRequest, match="essage is not modified: specified new message content"):
        await bot.edit_message_text("gleich", AYSE, sent.message_id, reply_markup=_buttons("A"))
    await bot.edit_message_text("gleich", AYSE, sent.message_id, reply_markup=_buttons("B"))


async def test_a_new_keyboard_is_no_edit_of_the_text(bot: telegram.Bot) -> None:
    """A new keyboard changes the buttons and leaves no "edited"."""
    sent = await bot.send_message(AYSE, "x", reply_markup=_buttons("A"))
    changed = await bot.edit_message_reply_markup(AYSE, sent.message_id)
    assert isinstance(changed, telegram.Message)
    assert (changed.reply_markup, changed.edit_date) == (None, None)


async def test_only_own_messages_can_be_edited(bot: telegram.Bot, engine: Engine) -> None:
    """A person's message can't be edited, an unknown one isn't found."""
    (said,) = engine.say(AYSE, AYSE, "meins")
    with pytest.raises(BadRequest, match="essage can't be edited"):
        await bot.edit_message_text("x", AYSE, said.id)
    with pytest.raises(BadRequest, match="essage to edit not found"):
        await bot.edit_message_text("x", AYSE, 99)


async def test_deleting(bot: telegram.Bot, engine: Engine) -> None:
    """A deleted message is gone; again it is not found; after 48 hours it stays."""
    sent = await bot.send_message(AYSE, "weg")
    await bot.delete_message(AYSE, sent.message_id)
    assert engine.messages(AYSE) == ()
    with pytest.raises(BadRequest, match="essage to delete not found"):
        await bot.delete_message(AYSE, sent.message_id)
    old = await bot.send_message(AYSE, "bleibt")
    engine.clock.move(timedelta(hours=49))
    with pytest.raises(BadRequest, match="essage can't be deleted"):
        await bot.delete_message(AYSE, old.message_id)


async def test_many_can_be_deleted_at_once(bot: telegram.Bot, engine: Engine) -> None:
    """Deleting many passes over what is not there."""
    sent = [await bot.send_message(AYSE, word) for word in ("a", "b")]
    await bot.delete_messages(AYSE, [sent[0].message_id, 77, sent[1].message_id])
    assert engine.messages(AYSE) == ()


async def test_a_press_is_answered_once(bot: telegram.Bot, engine: Engine) -> None:
    """The press reaches the bot with data and message; the answer is kept; a second is refused."""
    sent = await bot.send_message(AYSE, "x", reply_markup=_buttons("Ja", "Nein"))
    query = engine.press(AYSE, AYSE, sent.message_id, "Nein")
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.data == "data:Nein"
    await update.callback_query.answer("Gut", show_alert=True)
    answer = engine.queries.answer_to(query.id)
    assert answer is not None
    assert (answer.text, answer.alert) == ("Gut", True)
    with pytest.raises(BadRequest, match="uery is too old and response timeout expired or query"):
        await update.callback_query.answer()


async def test_a_late_answer_is_refused(bot: telegram.Bot, engine: Engine) -> None:
    """After a quarter of an hour a press takes no answer."""
    sent = await bot.send_message(AYSE, "x", reply_markup=_buttons("Ja"))
    query = engine.press(AYSE, AYSE, sent.message_id, "Ja")
    engine.clock.move(timedelta(hours=1))
    with pytest.raises(BadRequest, match="uery is too old"):
        await bot.answer_callback_query(query.id)


async def test_forged_presses(bot: telegram.Bot, engine: Engine) -> None:
    """People press what is there; a forged press carries any data."""
    sent = await bot.send_message(AYSE, "x", reply_markup=_buttons("Ja"))
    with pytest.raises(NoSuchButtonError):
        engine.press(AYSE, AYSE, sent.message_id, "fremd")
    engine.press(AYSE, AYSE, sent.message_id, "fremd", forge=True)
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.data == "fremd"


async def test_replies(bot: telegram.Bot, engine: Engine) -> None:
    """A reply names its original; without one it is refused unless that is allowed."""
    (said,) = engine.say(AYSE, AYSE, "Frage")
    sent = await bot.send_message(AYSE, "Antwort", reply_parameters=ReplyParameters(said.id))
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "Frage"
    with pytest.raises(BadRequest, match="essage to be replied not found"):
        await bot.send_message(AYSE, "x", reply_parameters=ReplyParameters(99))
    await bot.send_message(
        AYSE, "x", reply_parameters=ReplyParameters(99, allow_sending_without_reply=True)
    )


async def test_topics(bot: telegram.Bot, engine: Engine) -> None:
    """A message stands in its topic; a deleted topic isn't found; a closed one is closed."""
    topic = engine.open_topic(FORUM, AYSE, "KIM")
    sent = await bot.send_message(FORUM, "x", message_thread_id=topic.id)
    assert (sent.message_thread_id, sent.is_topic_message) == (topic.id, True)
    engine.close_topic(FORUM, AYSE, topic.id)
    with pytest.raises(BadRequest, match=r"(?i)topic_closed"):
        await bot.send_message(FORUM, "x", message_thread_id=topic.id)
    engine.delete_topic(FORUM, topic.id)
    with pytest.raises(BadRequest, match="essage thread not found"):
        await bot.send_message(FORUM, "x", message_thread_id=topic.id)
    await bot.send_message(FORUM, "allgemein")


async def test_copying_and_forwarding(bot: telegram.Bot, engine: Engine) -> None:
    """A copy has no origin, a forwarded message names it."""
    (said,) = engine.say(AYSE, AYSE, "Wort")
    copied = await bot.copy_message(AYSE, AYSE, said.id)
    assert engine.message(AYSE, copied.message_id).text == "Wort"
    forwarded = await bot.forward_message(AYSE, AYSE, said.id)
    assert isinstance(forwarded.forward_origin, telegram.MessageOriginUser)
    assert forwarded.forward_origin.sender_user.id == AYSE
    with pytest.raises(TelegramError, match="essage to copy not found"):
        await bot.copy_message(AYSE, AYSE, 99)


async def test_typing_is_checked(bot: telegram.Bot) -> None:
    """A known action is accepted, an unknown one refused."""
    assert await bot.send_chat_action(AYSE, "typing")
    with pytest.raises(BadRequest, match="rong parameter action"):
        await bot.send_chat_action(AYSE, "juggling")

"""Screens as Telegram's parameters of sendMessage."""

from typing import Final

from bot.telegram.markup import plain
from bot.telegram.transport import Json
from conversations.core import Screen

_NO_PREVIEW: Final[Json] = {"is_disabled": True}


def addressed(chat: int, screen: Screen, thread: int | None = None) -> Json:
    """A message to a chat. A button whose data is an address opens it."""
    params: Json = {
        "chat_id": chat,
        "text": screen.html,
        "parse_mode": "HTML",
        "link_preview_options": _NO_PREVIEW,
    }
    if thread is not None:
        params["message_thread_id"] = thread
    if screen.rows:
        rows = [[_button(*one) for one in row] for row in screen.rows]
        params["reply_markup"] = {"inline_keyboard": rows}
    return params


def without_markup(params: Json) -> Json:
    """The same as plain text."""
    rest = {key: value for key, value in params.items() if key != "parse_mode"}
    return {**rest, "text": plain(str(params["text"]))}


def _button(label: str, data: str) -> Json:
    return {"text": label, ("url" if data.startswith("https://") else "callback_data"): data}

"""Screens as Telegram's parameters of sendMessage; calls as values."""

from dataclasses import dataclass, replace
from typing import Final

from bot.telegram.markup import CAPTION, LIMIT, plain, units
from bot.telegram.transport import Json
from conversations.core import Screen

NO_PREVIEW: Final[Json] = {"is_disabled": True}
"""No picture of a linked page (Bot API, LinkPreviewOptions)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A method of the Bot API with its parameters."""

    method: str
    params: Json
    idempotent: bool = False
    """Done twice it is as done once: an edit, a deletion."""

    def but(self, **changes: object) -> "Call":
        """The same with other parameters; None takes one out."""
        params = {key: one for key, one in {**self.params, **changes}.items() if one is not None}
        return replace(self, params=params)


def addressed(chat: int, screen: Screen, thread: int | None = None) -> Json:
    """A message to a chat. A button whose data is an address opens it."""
    params: Json = {
        "chat_id": chat,
        "text": screen.html,
        "parse_mode": "HTML",
        "link_preview_options": NO_PREVIEW,
    }
    if thread is not None:
        params["message_thread_id"] = thread
    if screen.rows:
        rows = [[_button(*one) for one in row] for row in screen.rows]
        params["reply_markup"] = {"inline_keyboard": rows}
    return params


def message(chat: int, screen: Screen, thread: int | None = None) -> Call:
    """The call that sends it."""
    return Call(method="sendMessage", params=addressed(chat, screen, thread))


def bare(call: Call) -> Call:
    """The same without any marks, and cut to what Telegram takes."""
    if "caption" in call.params:
        return call.but(caption_entities=None, caption=_cut(str(call.params["caption"]), CAPTION))
    params = without_markup(call.params) if "parse_mode" in call.params else call.params
    return replace(call, params=params).but(entities=None, text=_cut(str(params["text"]), LIMIT))


def without_markup(params: Json) -> Json:
    """The same as plain text."""
    rest = {key: value for key, value in params.items() if key != "parse_mode"}
    return {**rest, "text": plain(str(params["text"]))}


def _cut(text: str, most: int) -> str:
    """As much as a message may have."""
    while units(text) > most:
        text = text[: len(text) - max((units(text) - most) // 2, 1)]
    return text


def _button(label: str, data: str) -> Json:
    return {"text": label, ("url" if data.startswith("https://") else "callback_data"): data}

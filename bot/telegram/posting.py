"""One part of a broadcast as a call of the Bot API: sent, edited, deleted. Pure: what a preview
shows and what is sent come from the same functions."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from bot.telegram.messages import NO_PREVIEW, Call
from bot.telegram.transport import Json
from conversations.broadcasts import Link
from conversations.broadcasts.posts import Attached, Mark, Post
from conversations.flows.entrance import INQUIRY, link
from conversations.rules.posting import fill, parts
from conversations.rules.texts import Texts

_METHODS: Final = {
    None: "sendMessage",
    Attached.PHOTO: "sendPhoto",
    Attached.DOCUMENT: "sendDocument",
    Attached.VIDEO: "sendVideo",
}

Buttons = Sequence[tuple[str, str]]
"""Words and https address of each; one to a row."""


def buttons(texts: Texts, links: Iterable[Link], language: str, bot: str) -> Buttons:
    """The buttons in a reader's language. `bot`: its user name, for links into the private chat."""
    return [
        (one.label or texts.label("post_inquiry", language), one.url or link(bot, INQUIRY))
        for one in links
    ]


def posted(
    post: Post,
    values: Mapping[str, str],
    below: Buttons,
    chat: int,
    thread: int | None = None,
    *,
    paid: bool = False,
) -> tuple[Call, ...]:
    """A whole post to a chat, part by part in order; the buttons are below the last one. `values`
    stand for the placeholders."""
    pieces = parts(post)
    return tuple(
        sending(fill(one, values), below if nth == len(pieces) else (), chat, thread, paid=paid)
        for nth, one in enumerate(pieces, 1)
    )


def sending(
    part: Post, below: Buttons, chat: int, thread: int | None = None, *, paid: bool = False
) -> Call:
    """One filled part to a chat. A picture or file goes by Telegram's own id of it."""
    params: Json = {"chat_id": chat, **_content(part)}
    if part.attached is not None:
        params[part.attached.value] = part.file
    if thread is not None:
        params["message_thread_id"] = thread
    if paid:
        params["allow_paid_broadcast"] = True
    return Call(method=_METHODS[part.attached], params=params | _keyboard(below))


def editing(part: Post, below: Buttons, chat: int, message: int) -> Call:
    """A sent part gets this text. What it carries beside the text stays."""
    method = "editMessageText" if part.attached is None else "editMessageCaption"
    params: Json = {"chat_id": chat, "message_id": message, **_content(part)}
    return Call(method=method, params=params | _keyboard(below), idempotent=True)


def deleting(chat: int, message: int) -> Call:
    """A sent part goes (Bot API, deleteMessage: within 48 hours)."""
    params: Json = {"chat_id": chat, "message_id": message}
    return Call(method="deleteMessage", params=params, idempotent=True)


def _content(part: Post) -> Json:
    if part.attached is None:
        return {
            "text": part.text,
            "entities": [_entity(mark) for mark in part.marks],
            "link_preview_options": NO_PREVIEW,
        }
    return {"caption": part.text, "caption_entities": [_entity(mark) for mark in part.marks]}


def _entity(mark: Mark) -> Json:
    """Bot API, MessageEntity."""
    more = {"url": mark.url, "language": mark.language, "custom_emoji_id": mark.emoji}
    found = {key: value for key, value in more.items() if value}
    return {"type": mark.type, "offset": mark.offset, "length": mark.length, **found}


def _keyboard(below: Buttons) -> Json:
    if not below:
        return {}
    rows = [[{"text": words, "url": address}] for words, address in below]
    return {"reply_markup": {"inline_keyboard": rows}}

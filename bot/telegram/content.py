"""What a message says, as it was written: text, marks, a picture or file by Telegram's id of it."""

from collections.abc import Sequence
from typing import Final

from telegram import Message, MessageEntity, PhotoSize

from conversations.broadcasts.posts import Attached, Mark, Post

_NAMES: Final = "text_mention"
"""The one kind of mark that names a person by number."""


def well_formed(text: str) -> str:
    """The text without lone surrogates, which no file and no database can keep; each becomes one
    other character of one unit, so that offsets stay right."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def post_of(message: Message) -> Post | None:
    """The message as a post; None for what is none: a voice, a sticker, a moving picture."""
    forwarded = message.forward_origin is not None
    if message.text is not None:
        return Post(
            text=well_formed(message.text),
            marks=_marks(message.entities),
            forwarded=forwarded,
        )
    attached = _attached(message)
    if attached is None:
        return None
    kind, file, name = attached
    return Post(
        text=well_formed(message.caption or ""),
        marks=_marks(message.caption_entities),
        attached=kind,
        file=file,
        name=well_formed(name),
        forwarded=forwarded,
    )


def replied_to(message: Message) -> int | None:
    """Id of the bot's own message that this one replies to (for private chats: nobody else is a
    bot there)."""
    there = message.reply_to_message
    if there is None or there.from_user is None or not there.from_user.is_bot:
        return None
    return there.message_id


def _attached(message: Message) -> tuple[Attached, str, str] | None:
    if message.photo:
        return Attached.PHOTO, _largest(message.photo).file_id, ""
    if message.animation is not None:  # comes with a document, which it is not
        return None
    if message.document is not None:
        return Attached.DOCUMENT, message.document.file_id, message.document.file_name or ""
    if message.video is not None:
        return Attached.VIDEO, message.video.file_id, message.video.file_name or ""
    return None


def _largest(sizes: Sequence[PhotoSize]) -> PhotoSize:
    return max(sizes, key=lambda one: one.width * one.height)


def _marks(entities: Sequence[MessageEntity]) -> tuple[Mark, ...]:
    if not entities:
        return ()
    return tuple(
        Mark(
            type=str(one.type),
            offset=one.offset,
            length=one.length,
            url=one.url or "",
            language=one.language or "",
            emoji=one.custom_emoji_id or "",
        )
        for one in entities
        if one.type != _NAMES
    )

"""From an update of python-telegram-bot to an event of the dialogues."""

from typing import Final

from telegram import CallbackQuery, ChatMemberUpdated, Document, Message, Update
from telegram.constants import ChatMemberStatus, ChatType

from bot.telegram.content import post_of, replied_to, well_formed
from bot.telegram.picking import picked
from conversations.events import (
    Barred,
    Called,
    Edited,
    Event,
    Flooded,
    Media,
    Pressed,
    Received,
    Typed,
    Uploaded,
)

_MEDIA: Final = (
    ("photo", Media.PHOTO),
    ("voice", Media.VOICE),
    ("video", Media.VIDEO),
    ("video_note", Media.VIDEO),
    ("animation", Media.VIDEO),
    ("sticker", Media.STICKER),
    ("venue", Media.LOCATION),
    ("location", Media.LOCATION),
    ("contact", Media.CONTACT),
    ("poll", Media.POLL),
    ("audio", Media.OTHER),
    ("dice", Media.OTHER),
    ("game", Media.OTHER),
    ("story", Media.OTHER),
    ("paid_media", Media.OTHER),
    ("checklist", Media.OTHER),
)
"""What is no text but a message of a person; anything else is a service message."""


def event_of(update: Update, flooded: int = 0) -> Event | None:
    """The event, if a person sent one in their private chat; `flooded` counts texts too many."""
    person, chat = update.effective_user, update.effective_chat
    if person is None or person.is_bot or chat is None or chat.type != ChatType.PRIVATE:
        return None
    if flooded:
        return Flooded(count=flooded)
    if update.callback_query is not None:
        return _pressed(update.callback_query)
    if update.edited_message is not None:
        return _edited(update.edited_message)
    if update.my_chat_member is not None:
        return _barred(update.my_chat_member)
    return _sent(update.message) if update.message is not None else None


def command_of(message: Message) -> Called | None:
    """The command that opens a message, without slash and bot name, lower case."""
    entities = message.entities
    if not entities or entities[0].type != "bot_command" or entities[0].offset != 0:
        return None
    text = well_formed(message.text or "")
    name, rest = text[1 : entities[0].length], text[entities[0].length :]
    return Called(name=name.partition("@")[0].casefold(), args=rest.strip())


def _barred(change: ChatMemberUpdated) -> Event:
    """In a private chat the bot's own membership is whether the person blocked it (Bot API)."""
    return Barred(now=change.new_chat_member.status == ChatMemberStatus.BANNED)


def _pressed(query: CallbackQuery) -> Event | None:
    return Pressed(data=well_formed(query.data)) if query.data else None


def _edited(message: Message) -> Event | None:
    if message.text is None:
        return None
    return Edited(text=well_formed(message.text), message=message.message_id)


def _typed(message: Message) -> Event:
    post = post_of(message)
    assert post is not None, "it has a text"
    return Typed(text=post.text, post=post, reply_to=replied_to(message))


def _uploaded(message: Message, document: Document) -> Event:
    return Uploaded(
        file=document.file_id,
        name=well_formed(document.file_name or ""),
        mime=document.mime_type or "",
        size=document.file_size or 0,
        post=post_of(message),
        reply_to=replied_to(message),
        album=message.media_group_id is not None,
    )


def _sent(message: Message) -> Event | None:
    if message.text is not None:
        return command_of(message) or _typed(message)
    if message.chat_shared is not None:
        return picked(message.chat_shared)
    if message.document is not None and message.animation is None:
        return _uploaded(message, message.document)
    for name, media in _MEDIA:
        if getattr(message, name, None):
            return Received(
                media=media,
                post=post_of(message),
                reply_to=replied_to(message),
                album=message.media_group_id is not None,
            )
    return None

"""Methods that change or remove what was sent."""

from bot.demo.engine.chats import ChatKind
from bot.demo.engine.messages import Message
from bot.demo.methods import content, files
from bot.demo.methods.call import Call
from bot.demo.refusals import bad_request

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)
_DELETABLE = 48 * 3600
"""Seconds within which a message can be deleted (Bot API deleteMessage)."""


def edit_message_text(call: Call) -> object:
    """Bot API editMessageText."""
    message = _own(call)
    text, entities = content.text(call)
    if message.media is not None:
        raise bad_request("there is no text in the message to edit")
    return _change(call, message, text=text, entities=entities, rows=content.rows(call))


def edit_message_reply_markup(call: Call) -> object:
    """Bot API editMessageReplyMarkup."""
    return _change(call, _own(call), rows=content.rows(call))


def edit_message_media(call: Call) -> object:
    """Bot API editMessageMedia."""
    message = _own(call)
    return _change(call, message, **files.edit_media(call, message))


def edit_message_caption(call: Call) -> object:
    """Bot API editMessageCaption."""
    message = _own(call)
    text, entities = content.caption(call)
    if message.media is None:
        raise bad_request("there is no caption in the message to edit")
    return _change(call, message, text=text, entities=entities, rows=content.rows(call))


def delete_message(call: Call) -> object:
    """Bot API deleteMessage."""
    chat = call.chat()
    message = call.message(chat, "message to delete not found")
    if not _may_delete(call, message):
        raise bad_request("message can't be deleted for everyone")
    call.engine.remove(message)
    return True


def delete_messages(call: Call) -> object:
    """Bot API deleteMessages: what can't be found or deleted is passed over."""
    chat = call.chat()
    wanted = call.items("message_ids") or []
    if not 1 <= len(wanted) <= 100:
        raise bad_request("wrong number of messages to delete")
    for item in wanted:
        message = chat.messages.get(item) if isinstance(item, int) else None
        if message is not None and _may_delete(call, message):
            call.engine.remove(message)
    return True


def _own(call: Call) -> Message:
    if "chat_id" not in call.params:
        raise bad_request("message identifier is not specified")
    chat = call.chat()
    message = call.message(chat, "message to edit not found")
    chat.check_writable()
    if message.sender != call.engine.bot and message.sender_chat is not chat:
        raise bad_request("message can't be edited")
    return message


def _change(call: Call, message: Message, **changes: object) -> object:
    if all(getattr(message, name) == value for name, value in changes.items()):
        raise bad_request(_NOT_MODIFIED)
    # Only a change of the content shows as "edited"; a new keyboard does not.
    if set(changes) != {"rows"}:
        changes["edited"] = call.engine.clock.stamp()
    return call.engine.change(message, **changes).fields()


def _may_delete(call: Call, message: Message) -> bool:
    if call.engine.clock.stamp() - message.date > _DELETABLE:
        return False
    own = message.sender == call.engine.bot
    return own or message.chat.kind is ChatKind.PRIVATE or message.chat.bot.rules

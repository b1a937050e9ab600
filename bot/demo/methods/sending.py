"""Methods that send: texts, files, albums, copies; and the little signs beside them."""

from bot.demo.engine.chats import Chat, ChatKind
from bot.demo.engine.messages import Media, Message, Rows
from bot.demo.engine.world import Event
from bot.demo.methods import content
from bot.demo.methods.call import Call
from bot.demo.refusals import bad_request


def deliver(
    call: Call,
    chat: Chat,
    body: content.Content,
    *,
    media: Media | None = None,
    rows: Rows = (),
    album: str = "",
    extra: dict[str, object] | None = None,
) -> Message:
    """Post in the bot's name, with the parameters that all sending methods share."""
    engine = call.engine
    thread = call.integer("message_thread_id")
    chat.check_writable(thread)
    if engine.rate is not None:
        engine.rate.check(chat.id)
    channel = chat.kind is ChatKind.CHANNEL
    return engine.post(
        chat,
        sender=None if channel else engine.bot,
        sender_chat=chat if channel else None,
        text=body[0],
        entities=body[1],
        rows=rows,
        thread=thread,
        reply_to=_reply_to(call, chat),
        media=media,
        album=album,
        protected=call.flag("protect_content"),
        extra=extra,
    )


def send_message(call: Call) -> object:
    """Bot API sendMessage."""
    body = content.text(call)
    return deliver(call, call.chat(), body, rows=content.rows(call)).fields()


def send_chat_action(call: Call) -> object:
    """Bot API sendChatAction."""
    chat = call.chat()
    chat.check_writable(call.integer("message_thread_id"))
    action = call.text("action")
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    call.engine.emit(Event(kind="action", chat=chat, data={"action": action}))
    return True


def _reply_to(call: Call, chat: Chat) -> int | None:
    if "reply_parameters" not in call.params and "reply_to_message_id" not in call.params:
        return None
    given = call.fields("reply_parameters")
    target = given.get("message_id", call.integer("reply_to_message_id"))
    if not isinstance(target, int):
        return None
    if target in chat.messages:
        return target
    if given.get("allow_sending_without_reply") or call.flag("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


_ACTIONS = frozenset(
    (
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    )
)

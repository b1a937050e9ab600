"""Methods that send files, copy messages that have them, and hand files out."""

from collections.abc import Mapping
from dataclasses import replace

from bot.demo.engine.chats import ChatKind
from bot.demo.engine.files import StoredFile
from bot.demo.engine.media import RECORDED, document_of, photo_of, recording_of
from bot.demo.engine.messages import Media, Message
from bot.demo.engine.pictures import size_of
from bot.demo.methods import content
from bot.demo.methods.call import Call, Upload
from bot.demo.methods.sending import deliver
from bot.demo.refusals import RefusedError, bad_request

UPLOAD_LIMIT = 50 * 2**20
PHOTO_LIMIT = 10 * 2**20
DOWNLOAD_LIMIT = 20 * 2**20
"""Bytes (Bot API, "Sending files", getFile)."""


def send_photo(call: Call) -> object:
    """Bot API sendPhoto."""
    return _send(call, "photo")


def send_document(call: Call) -> object:
    """Bot API sendDocument."""
    return _send(call, "document")


def send_video(call: Call) -> object:
    """Bot API sendVideo."""
    return _send(call, "video")


def send_media_group(call: Call) -> object:
    """Bot API sendMediaGroup: 2 to 10; documents only with documents, audio only with audio."""
    chat = call.chat()
    items = [item for item in call.items("media") or [] if isinstance(item, dict)]
    if not items:
        raise bad_request("there are no messages to send")
    if not 2 <= len(items) <= 10:
        raise bad_request(f"too {'few' if len(items) < 2 else 'many'} messages to send as an album")
    kinds = {str(item.get("type")) for item in items}
    for alone in ("document", "audio"):
        if alone in kinds and len(kinds) > 1:
            raise bad_request(f"{alone} can't be mixed with other media types")
    chat.check_writable(call.integer("message_thread_id"))
    parts = [(attached(call, item), content.caption_of(item)) for item in items]
    album = str(call.engine.clock.stamp()) + str(chat.last_id)
    made = [deliver(call, chat, body, media=media, album=album) for media, body in parts]
    return [message.fields() for message in made]


def edit_media(call: Call, message: Message) -> dict[str, object]:
    """What editMessageMedia changes in `message`."""
    item = call.fields("media")
    if message.media is None and message.text:
        raise bad_request("there is no media in the message to edit")
    media, (text, entities) = attached(call, item), content.caption_of(item)
    return {"media": media, "text": text, "entities": entities, "rows": content.rows(call)}


def copy_message(call: Call) -> object:
    """Bot API copyMessage."""
    original = _original(call, "message to copy not found")
    body = (original.text, original.entities)
    if "caption" in call.params and original.media is not None:
        body = content.caption(call)
    copied = deliver(call, call.chat(), body, media=original.media, rows=content.rows(call))
    return {"message_id": copied.id}


def forward_message(call: Call) -> object:
    """Bot API forwardMessage."""
    original = _original(call, "message to forward not found")
    body = (original.text, original.entities)
    origin: dict[str, object] = {"date": original.date}
    if original.chat.kind is ChatKind.CHANNEL:
        origin |= {"type": "channel", "chat": original.chat.fields(), "message_id": original.id}
    elif original.sender_chat is not None:
        origin |= {"type": "chat", "sender_chat": original.sender_chat.fields()}
    elif original.sender is not None:
        origin |= {"type": "user", "sender_user": original.sender.fields()}
    extra: dict[str, object] = {"forward_origin": origin}
    return deliver(call, call.chat(), body, media=original.media, extra=extra).fields()


def get_file(call: Call) -> object:
    """Bot API getFile: up to 20 MB."""
    file = call.engine.files.by_id(call.text("file_id"))
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(file.data) > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {**file.fields(), "file_path": file.path}


def attached(call: Call, item: Mapping[str, object]) -> Media:
    """The media of an InputMedia object."""
    kind, given = str(item.get("type", "")), item.get("media")
    if kind not in ("photo", "document", *RECORDED):
        raise bad_request("can't parse InputMedia: type must be specified")
    if not isinstance(given, str) or not given:
        raise bad_request("can't parse InputMedia: media not found")
    return _media(call, kind, given)


def _send(call: Call, kind: str) -> object:
    body, chat = content.caption(call), call.chat()
    rows, given = content.rows(call), call.text(kind)
    if kind in call.uploads:
        given = f"attach://{kind}"
    if not given:
        raise bad_request(f"there is no {kind} in the request")
    chat.check_writable(call.integer("message_thread_id"))
    return deliver(call, chat, body, media=_media(call, kind, given), rows=rows).fields()


def _media(call: Call, kind: str, given: str) -> Media:
    file = _file(call, kind, given)
    match kind:
        case "photo":
            _check_photo(file)
            return photo_of(file)
        case "document":
            return document_of(file)
        case _:
            return recording_of(kind, file)


def _file(call: Call, kind: str, given: str) -> StoredFile:
    if given.startswith("attach://"):
        return _stored(call, kind, given.removeprefix("attach://"))
    file = call.engine.files.by_id(given)
    if file is None:
        # No address is ever fetched: this server has no business in the network.
        raise bad_request("wrong file identifier/HTTP URL specified")
    return file


def _stored(call: Call, kind: str, field: str) -> StoredFile:
    upload: Upload | None = call.uploads.get(field)
    if upload is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if not upload.data:
        raise bad_request("file must be non-empty")
    if len(upload.data) > UPLOAD_LIMIT:
        raise RefusedError(413, "Request Entity Too Large")
    return call.engine.files.add(upload.data, name=upload.name, mime=upload.mime, folder=f"{kind}s")


def _check_photo(file: StoredFile) -> None:
    size = size_of(file.data)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if len(file.data) > PHOTO_LIMIT:
        raise bad_request("file is too big for a photo")
    width, height = size
    if width + height > 10_000 or max(size) > 20 * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def _original(call: Call, missing: str) -> Message:
    chat = call.chat("from_chat_id")
    message = call.message(chat, missing)
    return replace(message, rows=())

"""What can be attached to a message, built as the Bot API describes it."""

import base64
import mimetypes

from bot.demo.engine.files import FileStore, StoredFile
from bot.demo.engine.messages import Media
from bot.demo.engine.pictures import size_of

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+M8AAAMBAQDJ/pLvAAAAAElFTkSuQmCC"
)
"""The smallest picture, for whoever needs just any."""


def photo(files: FileStore, data: bytes = PIXEL, name: str = "photo.png") -> Media | None:
    """A photo; None when `data` is no picture."""
    size = size_of(data)
    if size is None:
        return None
    return photo_of(files.add(data, name=name, mime=_mime(name, ""), folder="photos"))


def photo_of(file: StoredFile) -> Media:
    """A photo whose picture is stored already."""
    width, height = size_of(file.data) or (1, 1)
    return Media(
        kind="photo", body=[{**file.fields(), "width": width, "height": height}], file=file
    )


def document(files: FileStore, data: bytes, name: str, mime: str = "") -> Media:
    """A file as it is."""
    return document_of(files.add(data, name=name, mime=_mime(name, mime)))


def document_of(file: StoredFile) -> Media:
    """A document whose file is stored already."""
    body = {**file.fields(), "file_name": file.name, "mime_type": file.mime}
    return Media(kind="document", body=body, file=file)


def from_upload(
    files: FileStore, data: bytes, *, name: str, mime: str, plain: bool = False
) -> Media:
    """As a client sends a picked file: pictures as photos unless `plain`, the rest as documents."""
    if not plain and _mime(name, mime) in ("image/png", "image/jpeg"):
        made = photo(files, data, name)
        if made is not None:
            return made
    return document(files, data, name, mime)


def recording(files: FileStore, kind: str, data: bytes = b"\0") -> Media:
    """A voice, video, audio, animation or video_note."""
    ending, mime = RECORDED[kind]
    file = files.add(data, name=f"{kind}.{ending}", mime=mime, folder=f"{kind}s")
    return recording_of(kind, file)


def recording_of(kind: str, file: StoredFile) -> Media:
    """A recording whose file is stored already."""
    body: dict[str, object] = {**file.fields(), "duration": 3}
    if kind != "video_note":
        body["mime_type"] = RECORDED[kind][1]
    if kind in ("video", "animation"):
        body |= {"width": 320, "height": 240}
    if kind == "video_note":
        body["length"] = 240
    return Media(kind=kind, body=body, file=file)


def sticker(files: FileStore, emoji: str = "👍") -> Media:
    """A sticker."""
    file = files.add(b"RIFF\0\0\0\0WEBP", name="sticker.webp", mime="image/webp", folder="stickers")
    body = {
        **file.fields(),
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
        "emoji": emoji,
    }
    return Media(kind="sticker", body=body, file=file)


def location(latitude: float = 50.776, longitude: float = 6.084) -> Media:
    """A place."""
    return Media(kind="location", body={"latitude": latitude, "longitude": longitude})


def contact(phone: str, first_name: str) -> Media:
    """A contact card."""
    return Media(kind="contact", body={"phone_number": phone, "first_name": first_name})


def _mime(name: str, given: str) -> str:
    if given and given != "application/octet-stream":
        return given
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


RECORDED = {
    "voice": ("oga", "audio/ogg"),
    "video": ("mp4", "video/mp4"),
    "audio": ("mp3", "audio/mpeg"),
    "animation": ("mp4", "video/mp4"),
    "video_note": ("mp4", "video/mp4"),
}

"""A message as somebody wrote it in Telegram: text, marks, and a picture or file by Telegram's id.

Offsets and lengths count UTF-16 code units, as in the Bot API (MessageEntity).
"""

from dataclasses import dataclass
from enum import StrEnum


class Attached(StrEnum):
    """What a message carries beside its text."""

    PHOTO = "photo"
    DOCUMENT = "document"
    VIDEO = "video"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A marked part of the text: Bot API MessageEntity."""

    type: str
    """E.g. "bold", "text_link"; what names a person ("text_mention") is never kept."""
    offset: int
    length: int
    url: str = ""
    language: str = ""
    emoji: str = ""
    """custom_emoji_id."""

    @property
    def end(self) -> int:
        """The unit after the last."""
        return self.offset + self.length


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Text, or a picture or file with the text below it."""

    text: str = ""
    marks: tuple[Mark, ...] = ()
    attached: Attached | None = None
    file: str = ""
    """Telegram's id of the picture or file (file_id)."""
    name: str = ""
    """Of the file."""
    forwarded: bool = False
    """It came as a forwarded post."""

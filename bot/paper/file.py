"""A finished file and the formats there are."""

from dataclasses import dataclass
from enum import StrEnum


class Format(StrEnum):
    """Formats of a letter; the value is the ending of the file's name."""

    DOCX = "docx"
    PDF = "pdf"
    TXT = "txt"
    EML = "eml"
    ICS = "ics"

    @property
    def mime(self) -> str:
        """The registered media type."""
        return _MIMES[self]


_MIMES = {
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.PDF: "application/pdf",
    Format.TXT: "text/plain",
    Format.EML: "message/rfc822",
    Format.ICS: "text/calendar",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file as it is sent: a name safe on every system, and its bytes."""

    name: str
    mime: str
    content: bytes

"""The letter as one value: what every writer (DOCX, PDF, text, e-mail draft, calendar) renders.

A `Letter` is complete: no field of it is looked up anywhere else, so the same value always gives
the same paper. It knows nothing of fonts, pages or files.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A piece of running text; `typed` marks what a person typed (isolated, never hyphenated)."""

    text: str
    typed: bool = False


Text = tuple[Span, ...]


def plain(text: Text) -> str:
    """The text without the marks of who wrote it."""
    return "".join(span.text for span in text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text. A typed line feed stays a line feed."""

    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A short line above what follows; never alone at the foot of a page."""

    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A sub-question: label "a" is shown as "a)"."""

    label: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A numbered point: label "2" is shown as "2."; `text` may be empty when only parts speak."""

    label: str
    text: Text
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The numbered questions or demands. Labels are text, never counted by the writer."""

    items: tuple[Item, ...]


Block = Paragraph | Heading | Listing


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """A part of its own behind the letter, on a new page (the resolution's text)."""

    title: Text
    blocks: tuple[Block, ...]
    signed: Text = ()
    """Last line of the annex: place and date, empty where there is none."""


class Occasion(StrEnum):
    """What a calendar entry is for."""

    DEADLINE = "deadline"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """One entry of the .ics: `start` is a date (all day) or an aware datetime (Europe/Berlin)."""

    occasion: Occasion
    start: date | datetime
    title: str
    description: str = ""
    location: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailDraft:
    """The e-mail that carries the letter: `to` may be empty when no address is known."""

    to: str
    sender: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A German business letter (DIN 5008 form B), in reading order from `sender` to `footer`."""

    title: str
    """Document title (metadata), e.g. "Anfrage zum Kommunalen Integrationsmanagement"."""
    author: str
    """Document author (metadata): the sender's name."""
    slug: str
    """Basis of the file names: ASCII letters, digits and hyphens, at most 80."""
    sender: tuple[Text, ...]
    """Letterhead lines: name, function, list, address, e-mail; only what is known."""
    return_line: Text = ()
    """Small line above the recipient, "name · street · town"; empty for none (DIN 5008)."""
    recipient: tuple[Text, ...]
    """Address field lines, at most nine."""
    info: tuple[tuple[str, Text], ...]
    """Information block: label and value (Datum, Sitzung am, Gremium, Art, ...)."""
    subject: Text
    salutation: Text
    blocks: tuple[Block, ...]
    closing: Text
    """E.g. "Mit freundlichen Grüßen"; empty for none."""
    signature: tuple[Text, ...]
    """Below the space to sign: name, function."""
    enclosures: tuple[Text, ...] = ()
    """Lines under "Anlage"/"Anlagen"; empty for none."""
    copies: tuple[Text, ...] = ()
    """Lines under "Nachrichtlich"; empty for none."""
    footer: Text = ()
    """Foot of each page, beside the page number: the edition the letter follows."""
    annexes: tuple[Annex, ...] = ()
    dated: date
    """Date of the letter: also the fixed timestamp of every file."""
    mail: MailDraft
    calendar: tuple[CalendarEntry, ...] = ()


def texts(letter: Letter) -> Iterator[Text]:
    """Every text of the letter once, in reading order, labels of points included; what repeats
    (return line, footer, page numbers) is left out. What the formats are compared by."""
    yield from letter.sender
    yield from letter.recipient
    for label, value in letter.info:
        yield (Span(text=f"{label}: "), *value)
    yield letter.subject
    yield letter.salutation
    yield from _blocks(letter.blocks)
    yield letter.closing
    yield from letter.signature
    yield from letter.enclosures
    yield from letter.copies
    for annex in letter.annexes:
        yield annex.title
        yield from _blocks(annex.blocks)
        yield annex.signed


def _blocks(blocks: tuple[Block, ...]) -> Iterator[Text]:
    for block in blocks:
        match block:
            case Listing(items=items):
                for item in items:
                    yield (Span(text=f"{item.label}. "), *item.text)
                    for part in item.parts:
                        yield (Span(text=f"{part.label}) "), *part.text)
            case Paragraph(text=text) | Heading(text=text):
                yield text

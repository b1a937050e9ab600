"""What people type, made fit for paper: cleaned once, checked against the fonts, or cut to a slug.

Nothing visible is ever changed here; what cannot be shown is named, not replaced.
"""

import re
import unicodedata
from dataclasses import dataclass

_LINE_END = re.compile(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[\t\x1f]")
_DROPPED_CATEGORIES = frozenset({"Cc", "Cs", "Co"})
_JOINERS = "\u200c\u200d"
_SHOWN_FORMATS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
"""Arabic signs that count as format characters but are printed (Unicode, 9.2)."""

_SLUG_LENGTH = 80
_NAMELESS = "kim"
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_OTHER_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th"}
)
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{name}{n}" for name in ("com", "lpt") for n in range(10)}
)
"""Names that Windows keeps for devices, with any ending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The characters that the fonts of the letter can show."""

    points: frozenset[int]

    def shows(self, character: str) -> bool:
        """Whether one character can be printed; a line feed always can."""
        return character == "\n" or ord(character) in self.points


def clean(text: str) -> str:
    """The text in NFC with line feeds as its only line ends, without what is invisible (controls,
    direction marks and overrides, soft hyphens, variation selectors) or no character at all
    (private use, surrogates, noncharacters). The joiners ZWNJ and ZWJ stay. Empty when nothing
    visible is left.
    """
    text = _SPACES.sub(" ", _LINE_END.sub("\n", text))
    if not text.isascii() or not text.isprintable():
        text = "".join(character for character in text if _stays(character))
        text = unicodedata.normalize("NFC", text)
    text = "\n".join(line.rstrip() for line in text.split("\n")).strip()
    return text if text.strip(_JOINERS + " \n") else ""


def _stays(character: str) -> bool:
    if character == "\n" or character in _JOINERS:
        return True
    category = unicodedata.category(character)
    if category == "Cf":
        return character in _SHOWN_FORMATS
    point = ord(character)
    is_noncharacter = point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF
    is_selector = 0xFE00 <= point <= 0xFE0F or 0xE0100 <= point <= 0xE01EF
    return category not in _DROPPED_CATEGORIES and not is_noncharacter and not is_selector


def missing(text: str, coverage: Coverage) -> tuple[str, ...]:
    """The characters of the text that the fonts can't show, each once, in the text's order."""
    return tuple(dict.fromkeys(c for c in text if not coverage.shows(c)))


def slug(*parts: str) -> str:
    """A file name without ending: lower-case ASCII letters, digits and single hyphens, at most 80
    characters, never empty, never a name that Windows keeps for itself ("con", "nul", ...).
    The last part (a date) is kept whole when something has to be cut.
    """
    pieces = [piece for piece in map(_plain_ascii, parts) if piece]
    if not pieces:
        return _NAMELESS
    *head, last = pieces
    last = last[:_SLUG_LENGTH]
    room = _SLUG_LENGTH - len(last) - 1
    name = "-".join(filter(None, ("-".join(head)[: max(room, 0)].strip("-"), last))).strip("-")
    return f"{name}-{_NAMELESS}" if name in _DEVICES else name


def _plain_ascii(text: str) -> str:
    lowered = unicodedata.normalize("NFC", text).lower().translate(_GERMAN)
    decomposed = unicodedata.normalize("NFKD", lowered.translate(_OTHER_LETTERS))
    kept = "".join(c for c in decomposed if c.isascii() or not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", kept).strip("-")

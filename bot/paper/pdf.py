"""The letter as PDF (PDF/A-2a and PDF/UA-1 in one file) and as pictures, typeset by Typst.

The letter reaches Typst as JSON in one input string, never as markup; the fonts are our own.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from bot.paper.coverage import FONTS
from bot.paper.direction import isolated_lines, runs_rtl
from bot.paper.words import Words
from conversations.rules.letter import (
    Block,
    Heading,
    Item,
    Letter,
    Listing,
    Paragraph,
    Part,
    Text,
    plain,
)

if TYPE_CHECKING:
    import typst

_PREVIEW_PPI = 110.0
_COUNTING_PPI = 2.0
"""Pages are counted on pictures of a few dots: faster than writing a PDF."""

Tree = dict[str, object]


class Typesetter:
    """Holds one Typst compiler and its fonts, loaded with the first letter; one thread at a time
    sets a letter (a compiler is not shared), the others wait without holding Python's lock."""

    def __init__(self, folder: Path, words: Words) -> None:
        self._folder = folder
        self._words = words
        self._lock = Lock()
        self._compiler: typst.Compiler | None = None

    def pdf(self, letter: Letter) -> bytes:
        """The PDF. Raises typst.TypstError for a character that the fonts can't show."""
        with self._lock:
            result = self._ready().compile(
                sys_inputs=self._inputs(letter),
                format="pdf",
                pdf_standards=["a-2a", "ua-1"],
                timestamp=datetime.combine(letter.dated, time(), UTC),
            )
        return _pages(result)[0]

    def preview(self, letter: Letter, ppi: float = _PREVIEW_PPI) -> tuple[bytes, ...]:
        """A PNG of each page; `ppi` is dots per inch."""
        with self._lock:
            result = self._ready().compile(sys_inputs=self._inputs(letter), format="png", ppi=ppi)
        return tuple(_pages(result))

    def pages(self, letter: Letter) -> int:
        """How many pages the letter has."""
        return len(self.preview(letter, _COUNTING_PPI))

    def _inputs(self, letter: Letter) -> dict[str, str]:
        return {"letter": json.dumps(_letter(letter, self._words), ensure_ascii=False)}

    def _ready(self) -> "typst.Compiler":
        if self._compiler is None:
            import typst  # noqa: PLC0415 (10 MB that an idle bot does not need)

            fonts = typst.Fonts(
                include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
            )
            self._compiler = typst.Compiler(
                self._folder / "letter.typ", root=self._folder, font_paths=fonts
            )
        return self._compiler


def _pages(result: bytes | list[bytes] | None) -> list[bytes]:
    match result:
        case bytes():
            return [result]
        case None:
            return []
        case _:
            return result


def _letter(letter: Letter, words: Words) -> Tree:
    return {
        "title": letter.title,
        "author": letter.author,
        "sender": _texts(letter.sender),
        "return_line": _text(letter.return_line),
        "recipient": _texts(letter.recipient),
        "info": [{"label": label, "text": _text(text)} for label, text in letter.info],
        "subject": _text(letter.subject),
        "salutation": _text(letter.salutation),
        "blocks": [_block(block) for block in letter.blocks],
        "closing": _text(letter.closing),
        "signature": _texts(letter.signature),
        "enclosures": _texts(letter.enclosures),
        "copies": _texts(letter.copies),
        "footer": _text(letter.footer),
        "annexes": [
            {
                "title": _text(annex.title),
                "blocks": [_block(block) for block in annex.blocks],
                "signed": _text(annex.signed),
            }
            for annex in letter.annexes
        ],
        "words": {
            "page": words.page,
            "enclosures": words.enclosures_title(len(letter.enclosures)),
            "copies": words.copies,
        },
    }


def _text(text: Text) -> Tree:
    words = plain(text)
    return {
        "lines": isolated_lines(text),
        "rtl": runs_rtl(words),
        "longest": max(map(len, words.replace("\n", " ").split(" "))),
    }


def _texts(texts: Sequence[Text]) -> list[Tree]:
    return [_text(text) for text in texts]


def _block(block: Block) -> Tree:
    match block:
        case Paragraph(text=text):
            return {"kind": "paragraph", "text": _text(text)}
        case Heading(text=text):
            return {"kind": "heading", "text": _text(text)}
        case Listing(items=items):
            return {"kind": "listing", "items": [_point(item) for item in items]}


def _point(point: Item | Part) -> Tree:
    parts = point.parts if isinstance(point, Item) else ()
    return {
        "label": point.label,
        "text": _text(point.text),
        "parts": [_point(part) for part in parts],
    }

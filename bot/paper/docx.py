"""The letter as DOCX, written by python-docx into the empty letter of templates/letter/docx.

All of the look is in that template's styles; here each text only gets its style.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from bot.paper.archive import dated, packed
from bot.paper.direction import has_rtl, runs, runs_rtl
from bot.paper.words import Words
from conversations.rules.letter import (
    Annex,
    Block,
    Heading,
    Item,
    Letter,
    Listing,
    Paragraph,
    Part,
    Span,
    Text,
    plain,
)

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import BaseStyle
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph as Line
    from docx.text.run import Run

_ADDRESS_LINES = 6
"""More lines need the room above the address, too (DIN 5008: 27.3 mm for the address)."""

_FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}

_LEFT_TO_RIGHT_MARK = "\u200e"
"""Behind a typed right-to-left piece: else LibreOffice moves a number or sign that follows."""

_TAB = (Span(text="\t"),)
_BREAK = (Span(text="\n"),)


class WordWriter:
    """Holds the empty letter as one archive, packed once."""

    def __init__(self, folder: Path, words: Words) -> None:
        self._base = packed(folder / "docx")
        self._words = words

    def docx(self, letter: Letter) -> bytes:
        """The DOCX: the same letter gives the same bytes. Raises ValueError for a control
        character, which cleaned text never holds."""
        import docx  # noqa: PLC0415 (an idle bot does without it)

        document = docx.Document(BytesIO(self._base))
        _Sheet(document, self._words).fill(letter)
        _describe(document, letter)
        saved = BytesIO()
        document.save(saved)
        return dated(saved, letter.dated)


def _describe(document: "Document", letter: Letter) -> None:
    properties = document.core_properties
    properties.title = letter.title[:255]  # the format's limit
    properties.author = letter.author[:255]
    properties.last_modified_by = letter.author[:255]
    properties.revision = 1
    moment = datetime.combine(letter.dated, time())  # python-docx wants it naive
    properties.created = properties.modified = moment


class _Sheet:
    """One document being filled from top to bottom."""

    def __init__(self, document: "Document", words: Words) -> None:
        self._document = document
        self._words = words
        self._styles: dict[str, BaseStyle] = {style.style_id: style for style in document.styles}

    def fill(self, letter: Letter) -> None:
        self._head(letter)
        self._add("Heading1", letter.subject)
        self._add("Salutation", letter.salutation)
        self._blocks(letter.blocks)
        self._end(letter)
        for annex in letter.annexes:
            self._annex(annex)
        self._footer(letter.footer)

    def _head(self, letter: Letter) -> None:
        table = self._document.tables[0]
        letterhead, (address, _, information) = table.rows[0].cells[0], table.rows[1].cells
        name, rest = letter.sender[:1], letter.sender[1:]
        self._column(letterhead, [("LetterheadName", _lines(name)), ("Letterhead", _lines(rest))])
        high = len(letter.recipient) > _ADDRESS_LINES
        self._column(
            address,
            [
                ("ReturnLineHigh" if high else "ReturnLine", letter.return_line),
                ("Address", _lines(letter.recipient)),
            ],
        )
        styles = ["InformationFirst", *["Information"] * len(letter.info)]
        rows = [(Span(text=f"{label}:"), *_TAB, *text) for label, text in letter.info]
        self._column(information, zip(styles, rows, strict=False))

    def _column(self, cell: "_Cell", lines: Iterable[tuple[str, Text]]) -> None:
        line = cell.paragraphs[0]
        for number, (style, text) in enumerate(lines):
            line = cell.add_paragraph() if number else line
            self._write(line, style, text)

    def _blocks(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            match block:
                case Paragraph(text=text):
                    self._add("TextRightToLeft" if runs_rtl(plain(text)) else "Normal", text)
                case Heading(text=text):
                    self._add("Heading2", text)
                case Listing(items=items):
                    for item in items:
                        self._item(item)

    def _item(self, item: Item) -> None:
        number = (Span(text=f"{item.label}."), *_TAB)
        parts = item.parts
        if item.text or not parts:
            self._add("QuestionLead" if parts else "Question", (*number, *item.text))
        else:
            self._add("SubquestionLead", (*number, *_part(parts[0])))
            parts = parts[1:]
        for part, following in pairwise([*parts, None]):
            if part is not None:
                self._add("Subquestion" if following else "SubquestionLast", _part(part))

    def _end(self, letter: Letter) -> None:
        self._add("Closing", letter.closing)
        self._add("Signature", _lines(letter.signature))
        title = self._words.enclosures_title(len(letter.enclosures))
        for heading, lines in ((title, letter.enclosures), (self._words.copies, letter.copies)):
            if lines:
                self._add("NoteTitle", (Span(text=heading),))
                self._add("Note", _lines(lines))

    def _annex(self, annex: Annex) -> None:
        self._add("AnnexTitle", annex.title)
        self._blocks(annex.blocks)
        if annex.signed:
            self._add("Signed", annex.signed)

    def _footer(self, text: Text) -> None:
        line = self._document.sections[0].footer.paragraphs[0]
        self._write(line, "Footer", (*text, *_TAB))
        for piece in re.split(r"(\{\w+\})", self._words.page):
            run = line.add_run(piece if piece not in _FIELDS else "")
            if piece in _FIELDS:
                _make_field(run, _FIELDS[piece])

    def _add(self, style: str, text: Text) -> None:
        self._write(self._document.add_paragraph(), style, text)

    def _write(self, line: "Line", style: str, text: Text) -> None:
        line.style = self._styles[style]  # type: ignore[assignment]
        for span in text:
            for piece, rtl in runs(span.text):
                run = line.add_run(piece)
                if rtl:
                    run.font.rtl = True
            if span.typed and has_rtl(span.text):
                line.add_run(_LEFT_TO_RIGHT_MARK)


def _lines(texts: Sequence[Text]) -> Text:
    """The texts as one, each on a line of its own."""
    return tuple(span for text in texts for span in (*_BREAK, *text))[1:]


def _part(part: Part) -> Text:
    return (Span(text=f"{part.label})"), *_TAB, *part.text)


def _make_field(run: "Run", instruction: str) -> None:
    """Turns an empty run into a field that Word computes; python-docx knows no fields."""
    from docx.oxml.ns import qn  # noqa: PLC0415 (see above)
    from docx.oxml.parser import OxmlElement  # noqa: PLC0415

    for kind in ("begin", "instruction", "end"):
        if kind == "instruction":
            part = OxmlElement("w:instrText")
            part.text = instruction
        else:
            part = OxmlElement("w:fldChar", {qn("w:fldCharType"): kind})
        run._r.append(part)  # noqa: SLF001

"""Reads finished files again, and says what a letter's files have to hold."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from io import BytesIO

import docx
import pypdf
from docx.document import Document
from docx.table import Table
from docx.text.paragraph import Paragraph as Line

from conversations.rules.letter import Letter, plain, texts


def squashed(text: str) -> str:
    """NFC without whitespace: what is left to compare when lines were broken anew."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


def letters_of(text: str) -> Counter[str]:
    """How often each character occurs: what can be compared when a PDF orders scripts by sight.
    Marks are counted by themselves, since a PDF may draw them apart from their letter."""
    apart = unicodedata.normalize("NFD", squashed(text))
    return Counter(character for character in apart if unicodedata.category(character) != "Cf")


def spoken(letter: Letter, *, paper: bool) -> Iterator[str]:
    """Each text in order, headings of the notes included; `paper` has a return line, too."""
    notes = [
        ("Anlage" if len(letter.enclosures) == 1 else "Anlagen", letter.enclosures),
        ("Nachrichtlich", letter.copies),
    ]
    titles = {id(lines[0]): title for title, lines in notes if lines}
    after_sender = len(letter.sender)
    for number, text in enumerate(texts(letter)):
        if paper and number == after_sender:
            yield plain(letter.return_line)
        if id(text) in titles:
            yield titles[id(text)]
        yield plain(text)


def said_by(letter: Letter, *, paper: bool) -> str:
    """All that the letter says, squashed."""
    return squashed("".join(spoken(letter, paper=paper)))


def pdf_text(content: bytes, letter: Letter) -> str:
    """The PDF's text, squashed, without the foot of each page."""
    pages = pypdf.PdfReader(BytesIO(content)).pages
    pieces = []
    for number, page in enumerate(pages, start=1):
        foot = squashed(f"{plain(letter.footer)}Seite {number} von {len(pages)}")
        text = squashed(page.extract_text())
        assert foot in text
        pieces.append(text.replace(foot, "", 1))
    return "".join(pieces)


def docx_lines(content: bytes) -> list[str]:
    """The lines of the DOCX's body in reading order, table cells once, without the invisible marks
    that keep what follows a right-to-left piece in its place."""
    return [line.text.replace("\u200e", "") for line in _lines(docx.Document(BytesIO(content)))]


def _lines(document: Document) -> Iterator[Line]:
    for block in document.iter_inner_content():
        match block:
            case Table():
                for row in block.rows:
                    cells = dict.fromkeys(cell._tc for cell in row.cells)
                    for cell in row.cells:
                        if cells.pop(cell._tc, 0) is None:
                            yield from cell.paragraphs
            case Line():
                yield block

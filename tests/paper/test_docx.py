"""The DOCX: what Word is told about it."""

import zipfile
from dataclasses import replace
from io import BytesIO

import docx
from docx.document import Document

from bot.paper import Format, Paper
from conversations.rules.letter import Letter, Paragraph
from tests.paper import letters


def read(paper: Paper, letter: Letter) -> Document:
    """The letter's DOCX, opened."""
    file = paper.write(letter, Format.DOCX)
    assert file is not None
    return docx.Document(BytesIO(file.content))


def part(paper: Paper, letter: Letter, name: str) -> str:
    """One file inside the DOCX."""
    file = paper.write(letter, Format.DOCX)
    assert file is not None
    return zipfile.ZipFile(BytesIO(file.content)).read(name).decode()


def test_properties(paper: Paper) -> None:
    """Title, author, language and dates are the letter's."""
    properties = read(paper, letters.inquiry()).core_properties
    assert properties.title == letters.inquiry().title
    assert properties.author == "Mehmet Kaya"
    assert properties.language == "de-DE"
    assert properties.created is not None
    assert properties.created.date() == letters.inquiry().dated


def test_long_properties_are_cut(paper: Paper) -> None:
    """A title beyond the format's limit does not stop the letter."""
    properties = read(paper, replace(letters.inquiry(), title="x" * 300)).core_properties
    assert properties.title == "x" * 255


def test_labels_are_text(paper: Paper) -> None:
    """Word counts nothing: no paragraph has automatic numbering, each label stands as text."""
    letter = letters.inquiry()
    assert "w:numPr" not in part(paper, letter, "word/document.xml")
    lines = [line.text for line in read(paper, letter).paragraphs]
    assert "2.\tWie wurden und werden diese Mittel eingesetzt?" in lines
    assert "a)\tWofür wurden die Mittel im Einzelnen verwendet?" in lines


def test_a_question_of_parts_only_shows_both_labels(paper: Paper) -> None:
    """An item without a text of its own has its first part beside its number."""
    lines = [line.text for line in read(paper, letters.filled(lambda _: "x")).paragraphs]
    assert "2.\ta)\tx" in lines


def test_every_style_exists(paper: Paper) -> None:
    """No paragraph names a style that the document does not have."""
    document = read(paper, letters.filled(lambda _: "سلام"))
    known = {style.style_id for style in document.styles}
    used = {element.val for element in document.element.body.iter(docx.oxml.ns.qn("w:pStyle"))}
    assert used <= known
    assert "TextRightToLeft" not in used  # the paragraph begins with a German word


def test_right_to_left_text_is_marked(paper: Paper) -> None:
    """Arabic gets runs of its own direction, an Arabic paragraph runs from right to left."""
    letter = replace(letters.bare(), blocks=(Paragraph(text=letters.typed("سلام Rat 12 دنیا")),))
    line = next(p for p in read(paper, letter).paragraphs if "سلام" in p.text)
    assert line.style is not None
    assert line.style.style_id == "TextRightToLeft"
    assert [(run.text, bool(run.font.rtl)) for run in line.runs] == [
        ("سلام", True),
        (" Rat 12 ", False),
        ("دنیا", True),
        ("\u200e", False),
    ]


def test_page_numbers_are_fields(paper: Paper) -> None:
    """The footer counts pages by itself, beside the edition."""
    footer = part(paper, letters.inquiry(), "word/footer1.xml")
    assert "<w:instrText>PAGE</w:instrText>" in footer
    assert "<w:instrText>NUMPAGES</w:instrText>" in footer
    section = read(paper, letters.inquiry()).sections[0]
    text = section.footer.paragraphs[0].text
    assert text == "Musteranfrage KIM, kreisfreie Städte, Fassung 2 (Stand 11/2026)\tSeite  von "


def test_headings_are_kept_with_their_text(paper: Paper) -> None:
    """The styles of headings and of the closing stay with what follows."""
    styles = {style.style_id: style for style in read(paper, letters.inquiry()).styles}
    for name in ("Heading1", "Heading2", "Closing", "QuestionLead", "NoteTitle"):
        assert styles[name].paragraph_format.keep_with_next


def test_an_annex_begins_a_page(paper: Paper) -> None:
    """The annex's title breaks the page."""
    line = next(p for p in read(paper, letters.resolution()).paragraphs if "beteiligen!" in p.text)
    assert line.style is not None
    assert line.style.paragraph_format.page_break_before


def test_fixed_spaces_stay(paper: Paper) -> None:
    """The non-breaking space in "§ 4" is in the file."""
    assert "§\u00a04 der Geschäftsordnung" in part(paper, letters.inquiry(), "word/document.xml")

"""The formats never differ, and what was typed appears exactly."""

import subprocess
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from shutil import which

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.paper import Format, Paper, UnprintableError, read_coverage
from conversations.rules.cleaning import clean, missing
from conversations.rules.letter import Letter, Paragraph, plain
from tests.paper import letters
from tests.paper.reading import docx_lines, letters_of, pdf_text, said_by, squashed

HOSTILE = {
    "markup": '& < > " \' {{7*7}} {% x %} #read("x") $x$ \\ </w:t> *a* _b_ `c` <label> @ref //x',
    "turkish": "İstanbul ıIiİ ğĞ şŞ",
    "cyrillic": "Щедрий вечір, Київ – Їжак",
    "accents": "Nguyễn Đặng Łódź Ç ŵ Ǆ ȷ ẞ",
    "spaces": "a\u00a0b  c\u202fd",
    "long": "W" * 300,
    "long words": "Donaudampfschifffahrtsgesellschaft " * 9,
    "lines": "erste\nzweite\n\nvierte",
    "ligatures": "fi ffi ffl ﬁ",
    "macro": "=HYPERLINK(1) \u2019 … – — „x“ ‚y‘ 5 € № §",
    "docx": "]]> <![CDATA[ &amp; &#65; %PDF",
}
RIGHT_TO_LEFT = {
    "arabic": "عائشة بنت محمد",
    "persian": "می\u200cخواهم دنیا",
    "kurdish": "ڕۆژ ێوار",
    "mixed": "Liste سلام 12, دنیا (a) 3",
    "long": "سلام" * 75,
}
MARKED = ("Ọláńrewájú ẹ́", "q\u0303 Q\u0302 x\u0301\u0302", "Іва\u0301н", "مُحَمَّد عَلِيّ إِلَى")
JOINED = ("Auf\u200clage", "می\u200cخواهم", "ه\u200d س")
EVERYTHING = (*HOSTILE.values(), *RIGHT_TO_LEFT.values(), *MARKED, *JOINED)
KINDS: dict[str, Callable[[], Letter]] = {
    "inquiry": letters.inquiry,
    "resolution": letters.resolution,
    "bare": letters.bare,
}


@pytest.mark.parametrize("kind", KINDS)
def test_pdf_says_what_the_letter_says(paper: Paper, kind: str) -> None:
    """The PDF's text is the letter's, in its order, nothing more and nothing less."""
    letter = KINDS[kind]()
    file = paper.write(letter, Format.PDF)
    assert file is not None
    assert pdf_text(file.content, letter) == said_by(letter, paper=True)


@pytest.mark.parametrize("kind", KINDS)
def test_docx_says_what_the_letter_says(paper: Paper, kind: str) -> None:
    """The DOCX's text is the letter's, in its order, nothing more and nothing less."""
    letter = KINDS[kind]()
    file = paper.write(letter, Format.DOCX)
    assert file is not None
    assert squashed("".join(docx_lines(file.content))) == said_by(letter, paper=True)


@pytest.mark.parametrize("kind", KINDS)
def test_text_says_what_the_letter_says(paper: Paper, kind: str) -> None:
    """The plain text is the letter's, in its order, with the footer at its end."""
    letter = KINDS[kind]()
    file = paper.write(letter, Format.TXT)
    assert file is not None
    expected = said_by(letter, paper=False) + squashed(plain(letter.footer))
    assert squashed(file.content.decode()) == expected


@pytest.mark.parametrize("kind", HOSTILE)
def test_typed_text_is_exact_in_the_pdf(paper: Paper, kind: str) -> None:
    """Whatever is typed comes out of the PDF in order, as typed."""
    letter = replace(
        letters.bare(),
        subject=letters.typed(HOSTILE[kind]),
        blocks=(Paragraph(text=letters.typed(HOSTILE[kind])), letters.QUESTIONS),
    )
    file = paper.write(letter, Format.PDF)
    assert file is not None
    assert pdf_text(file.content, letter) == said_by(letter, paper=True)


@pytest.mark.parametrize("typed", [*HOSTILE.values(), *RIGHT_TO_LEFT.values()])
def test_typed_text_is_whole_in_every_field_of_the_pdf(paper: Paper, typed: str) -> None:
    """Each character typed into any field is in the PDF as often as it was typed. (A head that
    runs over a page's end, or a right-to-left text, is in the PDF in another order.)"""
    letter = letters.filled(lambda _: typed)
    file = paper.write(letter, Format.PDF)
    assert file is not None
    assert letters_of(pdf_text(file.content, letter)) == letters_of(said_by(letter, paper=True))


needs_poppler = pytest.mark.skipif(
    which("pdftotext") is None, reason="poppler-utils is not installed (pypdf reads no ActualText)"
)


def _copied(paper: Paper, typed: str) -> str:
    """What a reader copies from a PDF whose one paragraph is the typed text."""
    letter = replace(letters.bare(), blocks=(Paragraph(text=letters.typed(typed)),))
    file = paper.write(letter, Format.PDF)
    assert file is not None
    run = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=file.content, capture_output=True, check=True
    )
    return run.stdout.decode()


@needs_poppler
@pytest.mark.parametrize("typed", MARKED)
def test_marks_above_letters_are_whole_in_the_pdf(paper: Paper, typed: str) -> None:
    """A letter with marks of its own is copied from the PDF once, with all its marks."""
    without = letters_of(_copied(paper, "x"))
    without.subtract("x")
    shown = letters_of(_copied(paper, typed))
    shown.subtract(without)
    assert +shown == letters_of(typed)


@needs_poppler
@pytest.mark.parametrize("typed", JOINED)
def test_joiners_are_in_the_pdf(paper: Paper, typed: str) -> None:
    """ZWNJ and ZWJ are copied from the PDF with the word they stand in."""
    assert all(_copied(paper, typed).count(c) == typed.count(c) for c in "\u200c\u200d")


@pytest.mark.parametrize("typed", EVERYTHING)
def test_typed_text_is_exact_in_the_docx(paper: Paper, typed: str) -> None:
    """Whatever is typed is in the DOCX, spaces and line feeds included."""
    letter = letters.filled(lambda _: typed)
    file = paper.write(letter, Format.DOCX)
    assert file is not None
    lines = docx_lines(file.content)
    assert f"Vor {typed} nach." in lines
    assert f"a)\t{typed}" in lines
    assert squashed("".join(lines)) == said_by(letter, paper=True)


@pytest.mark.parametrize("typed", EVERYTHING)
def test_typed_text_is_exact_in_the_text(paper: Paper, typed: str) -> None:
    """Whatever is typed is in the plain text, spaces and line feeds included."""
    file = paper.write(letters.filled(lambda _: typed), Format.TXT)
    assert file is not None
    assert f"\n\nVor {typed} nach.\n\n" in file.content.decode()


_SHOWN = st.text(
    st.sampled_from(
        [
            character
            for character in map(chr, sorted(read_coverage().points))
            if not unicodedata.combining(character)
        ]
    ),
    min_size=1,
    max_size=40,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(typed=_SHOWN.map(clean).filter(bool))
def test_any_text_the_fonts_show_is_whole_everywhere(paper: Paper, typed: str) -> None:
    """Any text of characters that the fonts have can be printed and is whole in PDF and DOCX."""
    letter = replace(
        letters.bare(),
        blocks=(Paragraph(text=letters.typed(typed)),),
        salutation=letters.typed(typed),
    )
    pdf, word = paper.render(letter, [Format.PDF, Format.DOCX])
    expected = said_by(letter, paper=True)
    assert letters_of(pdf_text(pdf.content, letter)) == letters_of(expected)
    assert squashed("".join(docx_lines(word.content))) == expected


def test_a_character_the_fonts_lack_is_named(paper: Paper) -> None:
    """A letter with a character that can't be printed is refused, the character named."""
    letter = replace(letters.bare(), salutation=letters.typed("Hallo \N{GRINNING FACE}"))
    with pytest.raises(UnprintableError, match=r"U\+1F600"):
        paper.render(letter, [Format.TXT])


def test_every_sample_can_be_shown() -> None:
    """The samples of these tests are within what the fonts show."""
    assert missing("".join(EVERYTHING), read_coverage()) == ()

"""The PDF: standards, fonts, and that nothing lies outside its place."""

import threading
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pypdf
import pytest
from PIL import Image, ImageOps

from bot.paper import Format, Paper
from conversations.rules.letter import Letter, Paragraph
from tests.paper import letters

LEFT, RIGHT, TOP, FOOT = 25.0, 190.0, 17.0, 292.0
"""Where ink may be, in mm from the paper's left and upper edge."""


def read(paper: Paper, letter: Letter) -> pypdf.PdfReader:
    """The letter's PDF, opened."""
    file = paper.write(letter, Format.PDF)
    assert file is not None
    return pypdf.PdfReader(BytesIO(file.content))


def places(reader: pypdf.PdfReader) -> list[tuple[str, int, float]]:
    """Each piece of text with its page and its distance from the paper's top in mm."""
    found: list[tuple[str, int, float]] = []
    for number, page in enumerate(reader.pages):

        def visit(
            text: str, cm: list[float], tm: list[float], *_: object, page: int = number
        ) -> None:
            if text.strip():
                found.append((text.strip(), page, 297 - cm[5] / 72 * 25.4))

        page.extract_text(visitor_text=visit)
    return found


def top_of(reader: pypdf.PdfReader, text: str) -> tuple[int, float]:
    """Page and distance from the top (mm) of the first piece that begins with the text."""
    return next((page, top) for said, page, top in places(reader) if said.startswith(text))


def test_it_claims_both_standards(paper: Paper) -> None:
    """The metadata name PDF/A-2a and PDF/UA-1."""
    metadata = read(paper, letters.inquiry()).xmp_metadata
    assert metadata is not None
    xmp = metadata.stream.get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp


def test_it_is_tagged_german_with_a_title(paper: Paper) -> None:
    """Readers find structure, language, title and author."""
    reader = read(paper, letters.inquiry())
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("de")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Anfrage zum Kommunalen Integrationsmanagement"
    assert reader.metadata.author == "Mehmet Kaya"


def test_it_is_dated_as_the_letter(paper: Paper) -> None:
    """The creation date is the letter's, not the clock's."""
    metadata = read(paper, letters.inquiry()).metadata
    assert metadata is not None
    assert metadata.creation_date is not None
    assert metadata.creation_date.date() == letters.inquiry().dated


def test_every_font_is_embedded_and_ours(paper: Paper) -> None:
    """Only the shipped fonts are used, and each is in the file."""
    letter = replace(letters.inquiry(), salutation=letters.typed("سلام"))
    seen = set()
    for page in read(paper, letter).pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            assert {"/FontFile2", "/FontFile3"} & inner["/FontDescriptor"].get_object().keys()
            seen.add(str(inner["/BaseFont"]).split("+")[-1].split("-")[0])
    assert seen == {"NotoSans", "Vazirmatn"}


@pytest.mark.parametrize("make", [letters.inquiry, letters.resolution], ids=["inquiry", "antrag"])
def test_the_usual_letters_fit_two_pages(paper: Paper, make: Callable[[], Letter]) -> None:
    """All questions with full reasons, or cover and resolution: two pages."""
    assert paper.pages(make()) == 2


def test_pages_are_counted_as_printed(paper: Paper) -> None:
    """The count is that of the PDF, on a long letter, too."""
    letter = letters.filled(lambda _: "Wort " * 150)
    assert paper.pages(letter) == len(read(paper, letter).pages) == len(paper.preview(letter))


@pytest.mark.parametrize(
    "typed",
    ["W" * 300, "‱" * 300, "ض" * 300, "i" * 300, "a\u00a0" * 200, "Wort " * 60, "Zeile\n" * 60],
    ids=["wide", "widest", "arabic", "narrow", "fixed spaces", "words", "lines"],
)
def test_no_ink_leaves_the_page(paper: Paper, typed: str) -> None:
    """Whatever is typed into every field, the margins of every page stay white."""
    for png in paper.preview(letters.filled(lambda _: typed.strip())):
        page = Image.open(BytesIO(png)).convert("L")
        box = ImageOps.invert(page).getbbox()
        assert box is not None
        left, top, right, bottom = (edge / page.width * 210 for edge in box)
        assert left >= LEFT - 1
        assert right <= RIGHT + 1
        assert top >= TOP - 1
        assert bottom <= FOOT


def test_the_address_stands_in_the_window(paper: Paper) -> None:
    """The address begins 62.7 mm from the top, the subject at 98.5 mm (DIN 5008 form B)."""
    reader = read(paper, letters.inquiry())
    page, top = top_of(reader, "Vorsitzende des")
    assert page == 0
    assert 62.7 < top < 67.5
    assert 98.4 < top_of(reader, "Anfrage zur")[1] < 103


def test_the_field_keeps_its_place_without_a_recipient(paper: Paper) -> None:
    """A letter to nobody known has its subject where every letter has it."""
    unknown = replace(letters.inquiry(), recipient=(), return_line=())
    assert top_of(read(paper, unknown), "Anfrage zur") == pytest.approx(
        top_of(read(paper, letters.inquiry()), "Anfrage zur"), abs=0.1
    )


def test_nine_lines_fit_the_field(paper: Paper) -> None:
    """Nine short lines move up into the room for notes; the subject stays near its place."""
    nine = replace(
        letters.inquiry(), recipient=tuple(letters.typed(f"Zeile {n}") for n in range(9))
    )
    reader = read(paper, nine)
    assert top_of(reader, "Zeile 0")[1] > 45
    assert 98 < top_of(reader, "Anfrage zur")[1] < 106


def test_a_long_address_pushes_the_subject_down(paper: Paper) -> None:
    """Nine lines of 300 characters end above the subject."""
    long = tuple(letters.typed(f"Zeile{n} " + "W" * 290) for n in range(9))
    reader = read(paper, replace(letters.inquiry(), recipient=long))
    assert top_of(reader, "Zeile8") < top_of(reader, "Anfrage zur")


def test_a_heading_stays_with_its_text(paper: Paper) -> None:
    """Wherever the page ends, the heading is on the page of what follows."""
    for lines in range(18, 34):
        filler = Paragraph(text=letters.said("\n".join(["Zeile"] * lines)))
        letter = replace(letters.inquiry(), blocks=(filler, *letters.BLOCKS[-4:]))
        reader = read(paper, letter)
        assert top_of(reader, "Begründung")[0] == top_of(reader, "Das Kommunale")[0]


def test_the_signature_is_not_split(paper: Paper) -> None:
    """Wherever the page ends, closing and signature are on one page."""
    for lines in range(20, 34):
        filler = Paragraph(text=letters.said("\n".join(["Zeile"] * lines)))
        letter = replace(
            letters.inquiry(),
            blocks=(filler,),
            signature=(letters.typed("Unterschrift"), letters.said("Funktion")),
        )
        reader = read(paper, letter)
        assert top_of(reader, "Mit freundlichen")[0] == top_of(reader, "Funktion")[0]


def test_an_annex_begins_a_page(paper: Paper) -> None:
    """The resolution's text begins at the top of the second page."""
    page, top = top_of(read(paper, letters.resolution()), "Integrationsräte am")
    assert page == 1
    assert top < 25


def test_letters_are_set_from_many_threads(paper: Paper) -> None:
    """Threads that write at once get each its own letter."""
    made: dict[int, str] = {}

    def make(number: int) -> None:
        letter = replace(letters.bare(), salutation=letters.typed(f"Brief {number} Ende"))
        made[number] = read(paper, letter).pages[0].extract_text()

    threads = [threading.Thread(target=make, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(f"Brief {number} Ende" in made[number] for number in range(8))

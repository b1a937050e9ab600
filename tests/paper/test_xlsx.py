"""A table as a spreadsheet: what people typed is text, whatever it looks like."""

import re
import zipfile
from datetime import datetime
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest

from bot.paper.xlsx import xlsx
from conversations.broadcasts.unreached import Sheet

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
AT = datetime(2027, 1, 14, 17, 30)  # noqa: DTZ001 - a cell has no time zone
BAD = (
    '=HYPERLINK("https://evil.example","x")',
    " =1+1",
    "\u00a0=1+1",
    "x\n=1+1",
    "@SUM(1)",
    "+1",
    "-1",
    "{=1+1}",
    "https://evil.example/",
    "mailto:a@b.example",
    "12",
    "<b>&amp;",
    "\x07",
    "😀",
)


def parts(cell):
    """The parts of a file with that cell: the sheet's tree, and the shared texts."""
    sheet = Sheet(name="n", title="Nicht erreicht", heads=("Name", "Zeit"), rows=((cell, AT),))
    with zipfile.ZipFile(BytesIO(xlsx(sheet).content)) as archive:
        page = ET.fromstring(archive.read("xl/worksheets/sheet1.xml"))
        shared = ET.fromstring(archive.read("xl/sharedStrings.xml"))
        return archive.namelist(), page, ["".join(one.itertext()) for one in shared]


def unescaped(text):
    """A text of the file without its form of control characters."""
    return re.sub(r"_x([0-9A-F]{4})_", lambda one: chr(int(one[1], 16)), text)


@pytest.mark.parametrize("cell", BAD)
def test_f12_what_looks_like_a_formula_is_text(cell):
    """The very same characters, as a text of the file."""
    _, page, shared = parts(cell)
    (found,) = (one for one in page.iter(f"{_NS}c") if one.get("r") == "A2")
    assert (found.get("t"), unescaped(shared[int(found.findtext(f"{_NS}v"))])) == ("s", cell)


@pytest.mark.parametrize("cell", BAD)
def test_f12_there_is_no_formula_and_no_link(cell):
    """Nowhere in the file."""
    names, page, _ = parts(cell)
    tags = {one.tag for one in page.iter()}
    assert not tags & {f"{_NS}f", f"{_NS}hyperlink", f"{_NS}hyperlinks"}
    assert not any("rels" in name and "sheet1" in name for name in names)


def test_the_first_row_stands_still():
    """However long the list is."""
    _, page, _ = parts("x")
    (pane,) = page.iter(f"{_NS}pane")
    assert (pane.get("state"), pane.get("ySplit")) == ("frozen", "1")


def test_a_moment_is_a_number_with_the_look_of_one():
    """So that it can be sorted."""
    _, page, _ = parts("x")
    (found,) = (one for one in page.iter(f"{_NS}c") if one.get("r") == "B2")
    assert (found.get("t"), found.get("s") is not None) == (None, True)

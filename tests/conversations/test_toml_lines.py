"""Errors point at the right line of a TOML or JSON file."""

import pytest

from conversations.rules.toml_lines import Path, json_line, toml_line

TOML = """\
place = "x"
note = \"\"\"
[fake]
name = "not a key"
\"\"\"
list = [
  "a",
]

[sender]
name = "y"

[council.chair]
address = "frau"

[[points]]
id = "1"

[[points]]
id = "2"

[[points.parts]]
id = "a"

[[points.parts]]
"id" = "b"
inline.deep = 3
"""

JSON = """\
{
  "place": "x, {y} [z] \\" :",
  "dropped": ["1",
    "2"],
  "sender": {"name": "A",
    "cosigners": [],
    "email": null}
}
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("place",), 1),
        (("note",), 2),
        (("list", 0), 6),
        (("sender", "name"), 11),
        (("sender", "missing"), 10),
        (("council", "chair", "address"), 14),
        (("points", 0, "id"), 17),
        (("points", 1, "id"), 20),
        (("points", 1, "parts", 0, "id"), 23),
        (("points", 1, "parts", 1, "id"), 26),
        (("points", 1, "parts", 1, "inline", "deep"), 27),
        (("nowhere",), None),
    ],
)
def test_lines_of_toml(path: Path, line: int | None) -> None:
    """The key's line, or that of the table around what is missing."""
    assert toml_line(TOML, path) == line


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("place",), 2),
        (("dropped", 0), 3),
        (("dropped", 1), 4),
        (("sender", "name"), 5),
        (("sender", "cosigners"), 6),
        (("sender", "email"), 7),
        (("sender", "missing"), 5),
        (("nowhere",), None),
    ],
)
def test_lines_of_json(path: Path, line: int | None) -> None:
    """Strings that look like brackets do not confuse the count."""
    assert json_line(JSON, path) == line


def test_an_array_of_tables_stands_where_it_begins() -> None:
    """A fault of the whole array is looked for at its first table."""
    assert toml_line("x = 1\n[[names]]\na = 1\n[[names]]\na = 2\n", ("names",)) == 2

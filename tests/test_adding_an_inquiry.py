"""The page for people who add papers is true: its example works, and it names every variable."""

import re
from pathlib import Path

from bot.example import example
from bot.library import Library
from conversations.rules.composing import compose
from conversations.rules.definition_cases import example as variables
from conversations.rules.definitions import read
from conversations.rules.letter import plain, texts
from conversations.rules.municipalities import KINDS
from tests.conversations.papers import TEMPLATES, TODAY, answers, library

PAGE = (Path(__file__).parents[1] / "docs" / "adding-an-inquiry.md").read_text("utf-8")


def dropped_in() -> Library:
    """The shipped papers and the page's own example."""
    found = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    folder = TEMPLATES / "inquiries"
    files = {p.relative_to(folder).as_posix(): p.read_text() for p in folder.glob("*/*.toml")}
    catalogue = read({**files, "sprachkurse/1.toml": found[1]})
    return Library(catalogue=catalogue, register=library().register, texts=library().texts)


def test_the_pages_example_makes_a_letter() -> None:
    """Copied as it stands it is a paper for every municipality, without a line of code."""
    with_it = dropped_in()
    paper = with_it.catalogue.latest("sprachkurse")
    municipality = with_it.register.get("05513000")
    assert paper is not None
    assert municipality is not None
    made = compose(
        definition=paper,
        answers=answers(),
        municipality=municipality,
        register=with_it.register,
        today=TODAY,
        texts=with_it.texts,
    )
    text = "\n".join(map(plain, texts(made))).replace("\u00a0", " ")
    assert "1. Welche Sprachkurse gab es in Gelsenkirchen im Jahr 2026?" in text
    assert "reicht nicht aus (Stand: 1. Juni 2026)." in text


def test_the_pages_example_has_an_answers_file() -> None:
    """`--example` needs no code for a new paper either."""
    with_it = dropped_in()
    paper = with_it.catalogue.latest("sprachkurse")
    assert paper is not None
    assert "jahr = 2026" in example(paper, with_it, TEMPLATES, TODAY)


def test_every_variable_is_explained() -> None:
    """Whatever a text may use stands on the page."""
    known = variables(district=True, filer="member", meeting=True, own_town=True)
    assert [name for name in known if not re.search(rf"`[^`]*\b{name}\b[^`]*`", PAGE)] == []


def test_every_kind_is_named() -> None:
    """All kinds of municipality a paper can be for."""
    assert [kind for kind in KINDS if f"`{kind}`" not in PAGE] == []

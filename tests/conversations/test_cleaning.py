"""Cleaning: what is typed stays, what is invisible goes, and slugs are safe everywhere."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.rules.cleaning import Coverage, clean, missing, slug


@pytest.mark.parametrize(
    "text",
    [
        '& < > " {{7*7}} {% %} #read("x") $x$ \\ </w:t>',
        "İstanbul, Iğdır, ışık",
        "Київ та Львів",
        "محمد علي",
        "می\u200cخواهم",
        "zwei\nZeilen",
        "§\u00a027 GO\u00a0NRW",
    ],
)
def test_visible_text_stays_as_typed(text: str) -> None:
    """Markup, other scripts, joiners, line feeds and fixed spaces come through unchanged."""
    assert clean(text) == text


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\tb", "a b"),
        ("a\x00\x07b", "ab"),
        ("a\u202eb\u2066c\u200ed", "abcd"),
        ("a\ue000b\ufdd0c\U0001fffed", "abcd"),
        ("a\ud800b", "ab"),
        ("Ein\u00adwohner", "Einwohner"),
        ("u\u0308ber", "über"),
        ("  Rat  \n  hier \n", "Rat\n  hier"),
    ],
)
def test_invisible_characters_go(typed: str, cleaned: str) -> None:
    """Controls, direction marks, private use and the like go; letters are composed."""
    assert clean(typed) == cleaned


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b\u200d", "\u202e\u2069", "\u00a0\u00ad"])
def test_nothing_visible_is_empty(text: str) -> None:
    """A text without anything to see counts as empty."""
    assert clean(text) == ""


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    """A cleaned text is clean."""
    assert clean(clean(text)) == clean(text)


def test_missing_names_each_character_once() -> None:
    """What the fonts can't show is named in the text's order, a line feed never."""
    coverage = Coverage(points=frozenset(map(ord, "ab ")))
    assert missing("a\N{SNOWMAN}b\nc \N{SNOWMAN}", coverage) == ("\N{SNOWMAN}", "c")


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("kim-anfrage", "Gelsenkirchen", "2026-11-22"), "kim-anfrage-gelsenkirchen-2026-11-22"),
        (("KIM", "Mülheim an der Ruhr"), "kim-muelheim-an-der-ruhr"),
        (("Straße", "İzmir", "Łódź"), "strasse-izmir-lodz"),
        (("a\u0308ther",), "aether"),
        (("../../x", "."), "x"),
        (("CON",), "con-kim"),
        (("", "\N{SNOWMAN}"), "kim"),
    ],
)
def test_slug(parts: tuple[str, ...], name: str) -> None:
    """Umlauts are spelled out, everything else that is no ASCII letter or digit parts words."""
    assert slug(*parts) == name


def test_slug_keeps_the_date_when_it_is_cut() -> None:
    """A long name loses its end, not the date behind it."""
    name = slug("kim", "x" * 300, "2026-11-22")
    assert len(name) <= 80
    assert name.endswith("x-2026-11-22")


@given(st.lists(st.text()))
def test_any_slug_is_a_safe_file_name(parts: list[str]) -> None:
    """Whatever goes in: ASCII words joined by single hyphens, at most 80 characters."""
    name = slug(*parts)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    assert len(name) <= 80

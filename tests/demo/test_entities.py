"""Text as Telegram counts and cleans it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.entities import Entity, clean, find, split, trim, units


def test_units_count_like_utf_16() -> None:
    """An emoji outside the first plane counts twice."""
    assert [units("a"), units("ä"), units("🎉")] == [1, 1, 2]


@given(st.text(st.characters(codec="utf-8"), max_size=60), st.integers(2, 9))
def test_split_loses_nothing(text: str, limit: int) -> None:
    """The parts of a long text make up the text, each within the limit."""
    parts = split(text, limit)
    assert "".join(parts) == text
    assert all(units(part) <= limit for part in parts)


def test_2049_emoji_make_two_messages() -> None:
    """4,098 units are more than one message holds; no emoji is cut in half."""
    assert [len(part) for part in split("🎉" * 2049)] == [2048, 1]


def test_control_and_override_characters_go() -> None:
    """Control characters become spaces, bidi overrides vanish, joiners and line ends stay."""
    assert clean("a\tb\x00c\u202ed\u200ce\r\nf") == "a b cd\u200ce\nf"


def test_trimming_moves_entities() -> None:
    """White space at the ends goes, and the entities move with the text."""
    text, marks = trim("  ab  ", (Entity(type="bold", offset=1, length=5),))
    assert (text, [(mark.offset, mark.length) for mark in marks]) == ("ab", [(0, 2)])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start abc", [("bot_command", 0, 6)]),
        ("🎉 /help@x_bot!", [("bot_command", 3, 11)]),
        ("a/b 1/2", []),
        ("an a@b.de und @ayse_y", [("email", 3, 6), ("mention", 14, 7)]),
        ("s. https://x.example/a?b=1).", [("url", 3, 23)]),
    ],
)
def test_commands_links_and_names_are_found(text: str, found: list[tuple[str, int, int]]) -> None:
    """Commands, links, addresses and mentions are marked in plain text."""
    assert [(mark.type, mark.offset, mark.length) for mark in find(text)] == found

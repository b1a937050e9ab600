"""Telegram HTML: escaped, and split without breaking anything."""

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.demo.parsing import parse_html
from bot.telegram.markup import escaped, plain, split, units


def test_text_is_escaped():
    """What people typed is never markup."""
    assert escaped('<b>&"') == '&lt;b&gt;&amp;"'


def test_a_short_text_is_one_part():
    """Also when its markup makes it longer than the limit."""
    html = "<b>x</b>" * 1000
    assert split(html) == [html]


def test_paragraphs_are_the_first_choice():
    """Cut between two paragraphs rather than within one."""
    html = "a " * 1500 + "\n\n" + "b " * 1500
    assert [part.strip()[:1] for part in split(html)] == ["a", "b"]


def test_an_open_tag_goes_on():
    """Bold over the cut is bold in both parts."""
    first, second = split("<b>" + "x" * 5000 + "</b>")
    assert first == "<b>" + "x" * 4096 + "</b>"
    assert second == "<b>" + "x" * 904 + "</b>"


PIECES = st.sampled_from(
    ["word ", "\n", "\n\n", "&amp;", "🎉", "ß", "<b>bold</b>", "<i>a <u>b</u></i>"]
)


@given(st.lists(PIECES, max_size=300), st.integers(10, 60))
def test_parts_are_valid_and_complete(pieces, limit):
    """Each part is valid markup within the limit; nothing but white space is lost."""
    html = "".join(pieces)
    parts = split(html, limit)
    for part in parts:
        text, _ = parse_html(part)
        assert units(text) <= limit
    seen = "".join(plain(part) for part in parts)
    assert re.sub(r"\s", "", seen) == re.sub(r"\s", "", plain(html))

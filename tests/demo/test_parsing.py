"""Telegram's HTML: what it becomes, and what is refused in which words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.control.markup import to_html
from bot.demo.entities import Entity, units
from bot.demo.parsing import parse_html
from bot.demo.refusals import RefusedError


@pytest.mark.parametrize(
    ("source", "text", "marks"),
    [
        ("plain", "plain", []),
        ("a &lt;b&gt; &amp; &quot;c&quot; &#65;&#x42;", 'a <b> & "c" AB', []),
        ("&nbsp;&unknown; & x", "&nbsp;&unknown; & x", []),
        ("<b>fett</b>", "fett", [("bold", 0, 4)]),
        ("🎉<i>x</i>", "🎉x", [("italic", 2, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<STRONG>x</strong>", "x", [("bold", 0, 1)]),
        ("<b></b>x", "x", []),
        ("<code>a<b>b</b></code>", "ab", [("code", 0, 2)]),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
    ],
)
def test_markup_becomes_entities(source: str, text: str, marks: list[tuple[str, int, int]]) -> None:
    """Tags become entities counted in UTF-16 units, and only four named characters are decoded."""
    found, entities = parse_html(source)
    assert (found, [(mark.type, mark.offset, mark.length) for mark in entities]) == (text, marks)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("ä<x>y</x>", 'Unsupported start tag "x" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ('<a href="x>y</a>', "Unclosed start tag at byte offset 0"),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
    ],
)
def test_broken_markup_is_refused(source: str, words: str) -> None:
    """Broken markup is refused with Telegram's sentence and byte offset."""
    with pytest.raises(RefusedError) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {words}"


def test_links_keep_their_address() -> None:
    """A link's address is decoded and kept."""
    _, (link,) = parse_html('<a href="https://x.example/?a=1&amp;b=2">x</a>')
    assert link.url == "https://x.example/?a=1&b=2"


def test_code_in_pre_names_the_language() -> None:
    """`<pre><code class="language-…">` is one entity with a language."""
    _, (mark,) = parse_html('<pre><code class="language-python">x</code></pre>')
    assert (mark.type, mark.language) == ("pre", "python")


def _nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tagged = st.tuples(st.sampled_from(["b", "i", "u", "s", "code", "blockquote"]), inner)
    return st.lists(inner | tagged.map(lambda it: f"<{it[0]}>{it[1]}</{it[0]}>"), max_size=3).map(
        "".join
    )


_PLAIN = st.text("aäß🎉 \u0645&<>\"'x", max_size=6).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
)


@given(st.recursive(_PLAIN, _nested, max_leaves=8))
def test_parsing_what_the_page_shows_gives_the_same_again(source: str) -> None:
    """Text and entities survive the way to the page's HTML and back."""
    text, entities = parse_html(source)
    shown = to_html(text, entities).replace("&#x27;", "'")
    again, marks = parse_html(shown)
    assert again == text
    assert _covered(text, marks) == _covered(text, entities)


def _covered(text: str, entities: tuple[Entity, ...]) -> list[set[str]]:
    """Which kinds cover each unit."""
    return [
        {mark.type for mark in entities if mark.offset <= place < mark.end}
        for place in range(units(text))
    ]


def test_the_page_never_gets_foreign_markup() -> None:
    """What looks like HTML in a text is escaped, and a script address makes no link."""
    mark = Entity(type="text_link", offset=0, length=1, url="javascript:alert(1)")
    assert to_html("<img src=x onerror=y>", (mark,)) == "&lt;img src=x onerror=y&gt;"


def test_a_quote_ends_its_line_itself():
    """The newline behind it makes no empty line, as little as in Telegram's apps; a second does."""
    mark = Entity(type="blockquote", offset=0, length=5)
    assert to_html("quote\n\nnext", (mark,)) == "<blockquote>quote</blockquote>\nnext"

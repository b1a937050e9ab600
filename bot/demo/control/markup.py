"""Text and entities to safe HTML for the page: a handful of tags, everything else escaped."""

import html
from itertools import pairwise
from urllib.parse import urlsplit

from bot.demo.entities import Entity, slice_units, units

_TAGS = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "code": ("<code>", "</code>"),
    "pre": ("<pre>", "</pre>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ("<blockquote>", "</blockquote>"),
    "spoiler": ('<span class="tg-spoiler">', "</span>"),
}
_BLOCKS = ("</blockquote>", "</pre>")
_SCHEMES = frozenset({"http", "https", "mailto", "tel", "tg"})


def to_html(text: str, entities: tuple[Entity, ...]) -> str:
    """HTML with balanced tags; entities that overlap are cut where they cross."""
    marks = [(mark, tags) for mark in entities if (tags := _tags(text, mark))]
    if not marks:
        return html.escape(text)
    size = units(text)
    edges = sorted(
        {0, size, *(min(at, size) for mark, _ in marks for at in (mark.offset, mark.end))}
    )
    out: list[str] = []
    opened: list[tuple[Entity, tuple[str, str]]] = []
    for start, end in pairwise(edges):
        wanted = [item for item in marks if item[0].offset <= start and item[0].end >= end]
        ended = ""
        while opened and opened != wanted[: len(opened)]:
            ended = opened.pop()[1][1]
            out.append(ended)
        for item in wanted[len(opened) :]:
            opened.append(item)
            out.append(item[1][0])
        piece = slice_units(text, start, end)
        # A block ends its line itself, as in Telegram's apps.
        out.append(html.escape(piece.removeprefix("\n") if ended in _BLOCKS else piece))
    out.extend(tags[1] for _, tags in reversed(opened))
    return "".join(out)


def _tags(text: str, mark: Entity) -> tuple[str, str] | None:
    if mark.type in _TAGS:
        return _TAGS[mark.type]
    words = slice_units(text, mark.offset, mark.end)
    if mark.type == "text_link":
        return _link(mark.url)
    if mark.type == "url":
        return _link(words)
    if mark.type == "email":
        return _link(f"mailto:{words}")
    return None


def _link(target: str) -> tuple[str, str] | None:
    if urlsplit(target).scheme not in _SCHEMES:
        return None
    return f'<a href="{html.escape(target)}" rel="noopener noreferrer" target="_blank">', "</a>"

"""The few marks that people write in templates/broadcasts/: **bold** and [words](https://…)."""

import re

from conversations.broadcasts.posts import Mark, Post
from conversations.rules.graphemes import units
from conversations.rules.marking import ordered

_MARK = re.compile(r"\*\*|\[(?P<words>[^\[\]\n]+)\]\((?P<url>[^()\s]*)\)")
_SECURE = re.compile(r"https://[^/\s]+\.[^/\s]+")


def post_of(text: str) -> Post:
    """The text without the signs, and its marks. Raises ValueError: what is written wrongly."""
    plain, marks, last = "", [], 0
    bold: int | None = None
    for found in _MARK.finditer(text):
        plain += text[last : found.start()]
        last, here = found.end(), units(plain)
        if words := found["words"]:
            plain += words
            marks.append(_link(here, words, found["url"]))
        elif bold is None:
            bold = here
        else:
            marks.append(Mark(type="bold", offset=bold, length=here - bold))
            bold = None
    if bold is not None:
        raise ValueError("a ** has no second one")
    if any(mark.length == 0 for mark in marks):
        raise ValueError("nothing stands between ** and **")
    return Post(text=plain + text[last:], marks=ordered(marks))


def secure(url: str) -> bool:
    """Whether it is an https address with a host."""
    return _SECURE.match(url) is not None


def _link(offset: int, words: str, url: str) -> Mark:
    if "**" in words:
        raise ValueError("write ** around a [link](https://…), not within it")
    if not secure(url):
        raise ValueError(f"[{words}] needs an address that begins with https://, not {url!r}")
    return Mark(type="text_link", offset=offset, length=units(words), url=url)

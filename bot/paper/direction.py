"""Which way a text runs, and where pieces of the other direction stand in it.

Follows the paragraph rules of the Unicode Bidirectional Algorithm (UAX #9, P2 and P3).
"""

import unicodedata
from itertools import groupby

from conversations.rules.letter import Text, plain

_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_NEUTRAL = frozenset({"WS", "CS", "ON", "ES", "ET", "B", "S"})
_CLINGING = frozenset({"NSM", "BN"})
"""Marks and joiners: they go with the letter before them."""

_FIRST_STRONG_ISOLATE = "\u2068"
_POP_ISOLATE = "\u2069"


def runs_rtl(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


def has_rtl(text: str) -> bool:
    """Whether any letter runs from right to left."""
    if text.isascii():
        return False
    return any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text)


def isolated_lines(text: Text) -> list[str]:
    """The lines of a text. Where directions meet, each typed piece is isolated, so that it cannot
    reorder what stands around it."""
    if not has_rtl(plain(text)):
        return plain(text).split("\n")
    return "".join(
        "\n".join(map(_isolated, span.text.split("\n"))) if span.typed else span.text
        for span in text
    ).split("\n")


def _isolated(line: str) -> str:
    return f"{_FIRST_STRONG_ISOLATE}{line}{_POP_ISOLATE}" if line else line


def runs(text: str) -> list[tuple[str, bool]]:
    """The text cut where the direction changes: (piece, whether it runs right to left). Spaces and
    signs between two words of one direction belong to them."""
    if not has_rtl(text):
        return [(text, False)] if text else []
    pairs = zip(text, _directions(text), strict=True)
    return [
        ("".join(character for character, _ in run), rtl)
        for rtl, run in groupby(pairs, key=lambda pair: pair[1])
    ]


def _directions(text: str) -> list[bool]:
    kinds = [unicodedata.bidirectional(character) for character in text]
    result: list[bool] = []
    before = False
    for kind, after in zip(kinds, _following(kinds), strict=True):
        if kind not in _CLINGING:
            before = before and after if kind in _NEUTRAL else kind in _RIGHT_TO_LEFT
        result.append(before)
    return result


def _following(kinds: list[str]) -> list[bool]:
    """For each place: whether the next letter or digit from there on runs right to left."""
    after = False
    result: list[bool] = []
    for kind in reversed(kinds):
        if kind not in _NEUTRAL and kind not in _CLINGING:
            after = kind in _RIGHT_TO_LEFT
        result.append(after)
    return result[::-1]

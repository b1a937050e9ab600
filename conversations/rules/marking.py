"""Changing a marked text: cut, trimmed or with pieces put in place of others, the marks follow.

Places are characters of the string here; a mark's offset and length count UTF-16 units.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from conversations.broadcasts.posts import Mark, Post
from conversations.rules.graphemes import Ruler


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A piece of the text and what comes in its place."""

    start: int
    end: int
    new: str


def section(post: Post, start: int, end: int) -> Post:
    """The text from one place up to another, without white space at both ends (Telegram would
    trim it), with the marks in it."""
    piece = post.text[start:end]
    start += len(piece) - len(piece.lstrip())
    piece = piece.strip()
    stop = start + len(piece)
    if (start, stop) == (0, len(post.text)):
        return post
    return _remade(post, piece, lambda place: min(max(place, start), stop) - start)


def edited(post: Post, edits: Sequence[Edit]) -> Post:
    """The text with all edits made; they are in order and apart. A mark that ends within a
    replaced piece ends at the nearer end of what came instead."""
    if not edits:
        return post
    pieces, moves, last, shift = [], [], 0, 0
    for one in edits:
        pieces += [post.text[last : one.start], one.new]
        moves.append((one, one.start + shift))
        last, shift = one.end, shift + len(one.new) - (one.end - one.start)
    text = "".join([*pieces, post.text[last:]])
    return _remade(post, text, _Moved(moves))


def ordered(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Each once, by offset, the longer one first, as Telegram gives them."""
    return tuple(sorted(dict.fromkeys(marks), key=lambda one: (one.offset, -one.length)))


class _Moved:
    """Where a place of the old text lies in the new one."""

    def __init__(self, moves: Sequence[tuple[Edit, int]]) -> None:
        self._moves = moves
        self._starts = [one.start for one, _ in moves]

    def __call__(self, place: int) -> int:
        at = bisect_right(self._starts, place) - 1
        if at < 0:
            return place
        one, start = self._moves[at]
        if place >= one.end:
            return start + len(one.new) + place - one.end
        return start if 2 * (place - one.start) < one.end - one.start else start + len(one.new)


def _remade(post: Post, text: str, moved: Callable[[int], int]) -> Post:
    if not post.marks:
        return replace(post, text=text)
    old, new = Ruler(post.text), Ruler(text)

    def unit(mark_unit: int) -> int:
        return new.units(moved(old.place(mark_unit)))

    found = []
    for one in post.marks:
        start, end = unit(one.offset), unit(one.end)
        if start < end:
            found.append(replace(one, offset=start, length=end - start))
    return replace(post, text=text, marks=ordered(found))

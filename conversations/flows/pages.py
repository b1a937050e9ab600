"""Long lists, page by page: what stands on the page in hand, and the buttons to its neighbours."""

from collections.abc import Sequence
from typing import TypeVar

from conversations.flows.flow import Row, Scene, button

One = TypeVar("One")


def page(scene: Scene, entries: Sequence[One], size: int) -> tuple[Sequence[One], Row]:
    """The entries of the page named by the step's argument "page", and the row to turn it.

    A page that is not there any more, because the list has shrunk, is the last one.
    """
    last = max(0, len(entries) - 1) // size
    first = size * min(int(scene.text("page") or 0), last)
    return entries[first : first + size], turns(first, len(entries), size)


def turns(first: int, count: int, size: int) -> Row:
    """The buttons to the page before and to the page after."""
    starts = [start for start in (first - size, first + size) if 0 <= start < count]
    return tuple(
        button(
            f"page:{start // size}",
            text=f"‹ {start + 1}–{first}"
            if start < first
            else f"{start + 1}–{min(start + size, count)} ›",
        )
        for start in starts
    )

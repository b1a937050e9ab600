"""What belongs together becomes one unit: parts of a long text, a flood of texts, an album."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Protocol

from bot.telegram.arrivals import Arrival
from bot.telegram.markup import units

LONG: Final = 3000
"""UTF-16 units from which a text may have a continuation (clients split at 4,096, and prefer
white space to cut at)."""
FULL: Final = 4096
_PARTS: Final = 64
"""Parts of one text at most; more of them are a flood."""
_FLOOD: Final = 500
"""Texts of a flood that are handled in one turn at most."""
_ENDS: Final = (".", "!", "?", ":", ";", "…", "“", '"', ")")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tempo:
    """Seconds and counts of the gathering; tests take shorter ones."""

    continuation: float = 2.0
    """A continuation comes within this time."""
    window: float = 10.0
    texts: int = 8
    """More texts than this within the window are a flood."""
    quiet: float = 1.0
    """A flood is over when it has been quiet for this long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """Updates that are handled in one turn."""

    arrivals: tuple[Arrival, ...]
    text: str | None = None
    """The parts of a split text, joined."""
    flooded: int = 0
    """So many texts came too fast; none is an answer."""
    repeated: bool = False
    """A further picture of an album that had its hint."""

    @property
    def ids(self) -> tuple[int, ...]:
        """The updates' ids."""
        return tuple(arrival.update_id for arrival in self.arrivals)

    @property
    def is_text(self) -> bool:
        """Whether its replies are caused by something typed or sent, not by a press."""
        return "callback_query" not in self.arrivals[0].raw

    def without(self, update_id: int) -> "Unit | None":
        """What is left when one of the updates is known already; None when nothing is."""
        rest = tuple(one for one in self.arrivals if one.update_id != update_id)
        if not rest:
            return None
        text = joined([one.text or "" for one in rest]) if self.text and len(rest) > 1 else None
        return replace(self, arrivals=rest, text=text, flooded=self.flooded and len(rest))


class Queue(Protocol):
    """What waits in one lane."""

    def take(self) -> Arrival:
        """The first one, which is there."""

    async def peek(self, seconds: float) -> Arrival | None:
        """The next one, waiting for it so long; None if none comes."""


@dataclass(slots=True, kw_only=True)
class Pace:
    """What is remembered of a lane for a short while: when texts came, the last album."""

    texts: tuple[int, ...] = ()
    """Their dates, as Telegram says (a backlog is no flood)."""
    album: str | None = None
    replies: tuple[float, ...] = ()
    """When replies to texts went out (the loop's time)."""


async def gather(queue: Queue, pace: Pace, tempo: Tempo) -> Unit:
    """The next unit of a lane that has something waiting."""
    first = queue.take()
    if first.album is not None:
        repeated, pace.album = first.album == pace.album, first.album
        return Unit(arrivals=(first,), repeated=repeated)
    if first.text is None:
        return Unit(arrivals=(first,))
    parts = await _parts(queue, first, tempo)
    recent = [date for date in pace.texts if first.date - date < tempo.window]
    pace.texts = (*recent, first.date)
    if len(pace.texts) <= tempo.texts and len(parts) < _PARTS:
        text = joined([part.text or "" for part in parts])
        return Unit(arrivals=parts, text=text if len(parts) > 1 else None)
    flood = [*parts, *await _flood(queue, tempo)]
    pace.texts = ()
    return Unit(arrivals=tuple(flood), flooded=len(flood))


def joined(parts: Sequence[str]) -> str:
    """The text as it was before the client split it.

    A part of full length was cut anywhere: nothing goes between. A shorter one was cut at white
    space, which was lost on the way: a line feed after the end of a sentence, else a blank.
    """
    return parts[0] + "".join(_seam(one) + two for one, two in pairwise(parts))


def starts(parts: Sequence[str]) -> list[int]:
    """Where each part begins in the joined text, in UTF-16 units."""
    found = [0]
    for before in parts[:-1]:
        found.append(found[-1] + units(before) + len(_seam(before)))
    return found


def _seam(before: str) -> str:
    if units(before) >= FULL - 1:  # a character of two units may not have fitted in
        return ""
    return "\n" if before.endswith(_ENDS) else " "


async def _parts(queue: Queue, first: Arrival, tempo: Tempo) -> tuple[Arrival, ...]:
    parts = [first]
    while len(parts) < _PARTS and units(parts[-1].text or "") >= LONG:
        following = await queue.peek(tempo.continuation)
        if following is None or following.text is None:
            break
        if following.date - parts[-1].date > max(tempo.continuation, 2):
            break
        parts.append(queue.take())
    return tuple(parts)


async def _flood(queue: Queue, tempo: Tempo) -> list[Arrival]:
    flood: list[Arrival] = []
    while len(flood) < _FLOOD:
        following = await queue.peek(tempo.quiet)
        if following is None or following.text is None:
            break
        flood.append(queue.take())
    return flood

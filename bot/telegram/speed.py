"""How fast broadcasts go at present: by what was done with in the last seconds."""

from collections import deque
from collections.abc import Collection
from typing import Final

from conversations.broadcasts import BroadcastId, Tally

_WINDOW: Final = 10.0
"""Seconds that count."""
_LEAST: Final = 3.0
"""Seconds before anything can be said."""


class Speeds:
    """Remembered in this process only."""

    def __init__(self) -> None:
        self._seen: dict[BroadcastId, deque[tuple[float, int]]] = {}

    def of(self, id_: BroadcastId, tally: Tally, time: float) -> float:
        """Messages a second lately, now that so many are done with; 0 when it can't be said."""
        seen = self._seen.setdefault(id_, deque())
        done = tally.sent + tally.failed + tally.unclear
        seen.append((time, done))
        while len(seen) > 2 and time - seen[1][0] >= _WINDOW:
            seen.popleft()
        began, before = seen[0]
        return max(done - before, 0) / (time - began) if time - began >= _LEAST else 0.0

    def keep(self, there: Collection[BroadcastId]) -> None:
        """Forget all others."""
        for id_ in self._seen.keys() - there:
            del self._seen[id_]

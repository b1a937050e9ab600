"""The two kinds of limit that a Bot API may keep. Seconds are the loop's."""

from collections import deque
from typing import Protocol


class Limit(Protocol):
    """Says whether a call may come in now."""

    def takes(self, now: float) -> bool:
        """Whether it is taken; what is refused doesn't count."""
        ...


class Bucket:
    """A token bucket: `rate` a second come in, `room` are saved up at most."""

    def __init__(self, rate: float = 30.0, room: float = 30.0) -> None:
        self._rate, self._room = rate, room
        self._left = room
        self._at = 0.0

    def takes(self, now: float) -> bool:
        """See Limit."""
        self._left = min(self._room, self._left + (now - self._at) * self._rate)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class Window:
    """A strict sliding window: never more than `most` in any second."""

    def __init__(self, most: int = 30) -> None:
        self._most = most
        self._taken: deque[float] = deque()

    def takes(self, now: float) -> bool:
        """See Limit."""
        while self._taken and self._taken[0] <= now - 1.0:
            self._taken.popleft()
        if len(self._taken) >= self._most:
            return False
        self._taken.append(now)
        return True


class Open:
    """No limit at all."""

    def takes(self, now: float) -> bool:
        """See Limit."""
        return True

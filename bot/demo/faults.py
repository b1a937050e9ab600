"""Faults that a test orders: the server misbehaves on purpose, for a method, a chat, a number of
times. And the log of what was asked."""

import asyncio
import random
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class FaultKind(StrEnum):
    """How it goes wrong."""

    DROP = "drop"
    """The connection ends without an answer."""
    ERROR = "error"
    """`code` and `text` instead of an answer, as Telegram writes refusals."""
    HTML = "html"
    """A proxy's page with `code` (502) instead of JSON."""
    FLOOD = "flood"
    """429 with `retry_after`."""
    HANG = "hang"
    """Nothing for `seconds`, then the real answer."""
    TRUNCATED = "truncated"
    """Half of the answer, then the connection ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One kind of trouble: for `method` ("*": all but getUpdates) and `chat` (None: all), the next
    `times` calls (None: until cleared). `acted`: only after the call took effect."""

    kind: FaultKind
    method: str = "*"
    chat: int | None = None
    times: int | None = 1
    acted: bool = False
    code: int = 500
    text: str = "Internal Server Error"
    seconds: float = 60.0
    retry_after: int = 1

    def hits(self, method: str, chat: int | None) -> bool:
        """Whether it is meant for this call."""
        wanted = method != "getupdates" if self.method == "*" else self.method.lower() == method
        return wanted and (self.chat is None or self.chat == chat)


class Faults:
    """What is ordered at present."""

    def __init__(self) -> None:
        self._ordered: list[tuple[Fault, int | None]] = []
        self.delay: tuple[float, float] | None = None
        """Seconds, from and to, that every call but getUpdates takes longer."""

    def add(self, fault: Fault) -> None:
        """Order one."""
        self._ordered.append((fault, fault.times))

    def clear(self) -> None:
        """Be good again."""
        self._ordered.clear()
        self.delay = None

    def pending(self) -> tuple[Fault, ...]:
        """Those that can still strike."""
        return tuple(fault for fault, _ in self._ordered)

    def take(self, method: str, chat: int | None) -> Fault | None:
        """The fault for this call, used up by it."""
        for place, (fault, left) in enumerate(self._ordered):
            if fault.hits(method, chat):
                if left is not None and left <= 1:
                    del self._ordered[place]
                elif left is not None:
                    self._ordered[place] = (fault, left - 1)
                return fault
        return None

    async def linger(self, method: str) -> None:
        """Wait as long as the ordered delay says."""
        if self.delay is not None and method != "getupdates":
            await asyncio.sleep(random.uniform(*self.delay))  # noqa: S311 - no secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A call as it came: `at` in seconds since 1970 by the server's clock, `took` in seconds,
    `status` 0 when no answer was given."""

    method: str
    params: Mapping[str, object]
    at: float
    took: float
    status: int


@dataclass(slots=True, kw_only=True)
class RequestLog:
    """The latest requests, oldest first."""

    entries: deque[Request] = field(default_factory=lambda: deque(maxlen=5000))

    def of(self, method: str) -> tuple[Request, ...]:
        """Those of one method."""
        return tuple(entry for entry in self.entries if entry.method == method.lower())

"""How fast messages may go out: evenly in all, per chat, per group and minute (Bot API FAQ)."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_MINUTE: Final = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Messages `in_all` a second, to one `chat` a second, to one `group` a minute; `slots` may be
    on their way at once."""

    in_all: float = 29.0
    chat: float = 1.0
    group: int = 20
    slots: int = 8
    paid: bool = False
    """Broadcasts may cost Telegram Stars (Bot API, allow_paid_broadcast)."""


class Pace:
    """Keeps the budget. Its seconds are the loop's, whatever the movable clock says."""

    def __init__(self, budget: Budget, time: Callable[[], float] | None = None) -> None:
        self._budget = budget
        self._time = time or asyncio.get_running_loop().time
        self._next = 0.0
        self._free: dict[int, float] = {}
        """When a chat may be written to again."""
        self._minutes: dict[int, deque[float]] = {}
        self._held: dict[int, float] = {}
        """Chats that Telegram asked to leave alone, and until when."""
        self._paused = 0.0

    @property
    def paused(self) -> float:
        """Seconds for which nothing may go out at all."""
        return max(self._paused - self._time(), 0.0)

    def pause(self, seconds: float) -> None:
        """Nothing goes out for so long."""
        self._paused = max(self._paused, self._time() + seconds)

    def hold(self, chat: int, seconds: float) -> None:
        """Leave a chat alone; when two are to be left alone at once, it is meant for all."""
        now = self._time()
        self._held = {one: until for one, until in self._held.items() if until > now}
        self._held[chat] = max(self._held.get(chat, 0.0), now + seconds)
        if len(self._held) > 1:
            self.pause(max(self._held.values()) - now)

    async def turn(self) -> None:
        """Wait for the next place: they come evenly, and none is saved up."""
        now = self._time()
        at = max(self._next, now)
        self._next = at + 1.0 / self._budget.in_all
        if at > now:
            await asyncio.sleep(at - now)

    def busy(self) -> frozenset[int]:
        """Chats that may not be written to now."""
        now = self._time()
        self._free = {chat: at for chat, at in self._free.items() if at > now}
        for sent in self._minutes.values():
            while sent and sent[0] <= now - _MINUTE:
                sent.popleft()
        self._minutes = {chat: sent for chat, sent in self._minutes.items() if sent}
        full = {chat for chat, sent in self._minutes.items() if len(sent) >= self._budget.group}
        return frozenset({*self._free, *full, *(c for c, at in self._held.items() if at > now)})

    def begin(self, chat: int) -> None:
        """A message to the chat is on its way."""
        self._free[chat] = float("inf")
        if chat < 0:
            self._minutes.setdefault(chat, deque()).append(self._time())

    def end(self, chat: int) -> None:
        """Its call is over."""
        self._free[chat] = self._time() + 1.0 / self._budget.chat

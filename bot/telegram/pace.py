"""How fast messages may go out: evenly in all, per chat, per group and minute (Bot API FAQ)."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

_MINUTE: Final = 60.0
_UNPAID: Final = 30.0
"""Messages a second that Telegram takes of a bot for nothing."""
_STALL: Final = 6
"""So many places may be made up for: they are what a busy disk takes, not what a rest saves."""
_SPREAD: Final = 0.6
"""Of the room between a second and what comes evenly in a bit more (at 29 a second 30 in 1.034 s),
so much is left for messages that overtake each other on their way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Messages `in_all` a second, to one `chat` a second, to one `group` a minute; `slots` may be
    on their way at once."""

    in_all: float = 29.0
    chat: float = 1.0
    group: int = 20
    slots: int = 12
    paid: bool = False
    """Broadcasts may cost Telegram Stars (Bot API, allow_paid_broadcast)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Refusal:
    """The latest 429 (Bot API: too many requests)."""

    chat: int
    at: float
    until: float


class Pace:
    """Keeps the budget. Its seconds are the loop's, whatever the movable clock says."""

    def __init__(
        self,
        budget: Budget,
        time: Callable[[], float] | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._budget = budget
        self._time = time or asyncio.get_running_loop().time
        self._sleep = sleep
        self._next = 0.0
        self._queue = asyncio.Lock()
        self._places: deque[float] = deque(maxlen=int(budget.in_all) + 1)
        """When the latest were taken."""
        self._free: dict[int, float] = {}
        """When a chat may be written to again."""
        self._began: dict[int, float] = {}
        """When the call began that is on its way to a chat."""
        self._minutes: dict[int, deque[float]] = {}
        self._held: dict[int, float] = {}
        """Chats that Telegram asked to leave alone, and until when."""
        self._refusal: _Refusal | None = None
        """While no call that began after it was taken."""
        self._paused = 0.0

    @property
    def paused(self) -> float:
        """Seconds for which nothing may go out at all."""
        return max(self._paused - self._time(), 0.0)

    def pause(self, seconds: float) -> None:
        """Nothing goes out for so long."""
        self._paused = max(self._paused, self._time() + seconds)

    def hold(self, chat: int, seconds: float) -> None:
        """Leave a chat alone, to which a call was refused. It is meant for all when a call to
        another chat that began after that is refused, too, and none was taken in between.
        Since nothing was sent, the place is made up for, as far as the second allows it."""
        now = self._time()
        self._next -= self._place(unpaid=False)
        self._held = {one: until for one, until in self._held.items() if until > now}
        self._held[chat] = max(self._held.get(chat, 0.0), now + seconds)
        first, began = self._refusal, self._began.get(chat, now)
        if first is not None and now < first.until:
            if began < first.at:
                return  # they were on their way together: nothing is known yet
            if chat != first.chat:
                self.pause(max(first.until - now, seconds))
        self._refusal = _Refusal(chat=chat, at=now, until=max(now + seconds, self._paused))

    def taken(self, chat: int) -> None:
        """Telegram took a call to the chat: what was refused before it began concerned one chat."""
        if self._refusal is not None and self._began.get(chat, 0.0) >= self._refusal.at:
            self._refusal = None

    async def turn(self, *, unpaid: bool = False) -> None:
        """Wait for the next place. They come evenly; a short stall is made up for, as far as the
        second allows it, and nothing else is saved up. What is `unpaid` takes as long as what
        Telegram allows for nothing, however fast broadcasts are paid to be."""
        async with self._queue:
            now, place = self._time(), 1.0 / self._budget.in_all
            at = self._next if now - self._next <= _STALL * place else now
            self._next = at + self._place(unpaid=unpaid)
            begins = max(at, self._room(), self._places[-1] + place / 2 if self._places else at)
            if begins > now:
                await self._sleep(begins - now)
            self._places.append(self._time())

    def spent(self) -> None:
        """A person was answered: that waits for no place, and so the others come one later."""
        now = self._time()
        self._next = max(self._next, now) + self._place(unpaid=True)
        self._places.append(now)

    def _place(self, *, unpaid: bool) -> float:
        """How long it is, in seconds."""
        rate = self._budget.in_all
        return 1.0 / (min(rate, _UNPAID) if unpaid else rate)

    def _room(self) -> float:
        """When the second has room again: as many as come evenly in a bit more than one, and not
        closer than that, so that they arrive so, too."""
        many, rate = self._places.maxlen or 1, self._budget.in_all
        if len(self._places) < many:
            return 0.0
        return self._places[0] + 1.0 + _SPREAD * (many / rate - 1.0)

    def busy(self) -> frozenset[int]:
        """Chats that may not be written to now."""
        return frozenset(self._until())

    def rest(self) -> float | None:
        """Seconds until the first chat may be written to again that may not now; None when all
        may be, or nobody knows since a message is on its way there."""
        soonest = min(self._until().values(), default=float("inf"))
        return max(soonest - self._time(), 0.0) if soonest < float("inf") else None

    def claim(self, chat: int) -> None:
        """A message to the chat waits for its place."""
        self._free[chat] = float("inf")

    def begin(self, chat: int) -> None:
        """A message to the chat is on its way."""
        self._free[chat] = float("inf")
        self._began[chat] = self._time()
        if chat < 0:
            self._minutes.setdefault(chat, deque()).append(self._time())

    def end(self, chat: int) -> None:
        """Its call is over."""
        self._free[chat] = self._time() + 1.0 / self._budget.chat
        self._began.pop(chat, None)

    def _until(self) -> dict[int, float]:
        """Chats that may not be written to now, and until when."""
        now = self._time()
        self._free = {chat: at for chat, at in self._free.items() if at > now}
        self._held = {chat: at for chat, at in self._held.items() if at > now}
        for sent in self._minutes.values():
            while sent and sent[0] <= now - _MINUTE:
                sent.popleft()
        self._minutes = {chat: sent for chat, sent in self._minutes.items() if sent}
        found = dict(self._free)
        for chat, sent in self._minutes.items():
            if len(sent) >= self._budget.group:
                found[chat] = max(found.get(chat, 0.0), sent[0] + _MINUTE)
        for chat, at in self._held.items():
            found[chat] = max(found.get(chat, 0.0), at)
        return found

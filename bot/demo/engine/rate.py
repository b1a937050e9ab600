"""Telegram's limits on sending, when a test wants them: per second in all, per chat, per group
and minute (Bot API FAQ, "My bot is hitting limits")."""

import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from math import ceil

from bot.demo.refusals import too_many_requests


@dataclass(slots=True, kw_only=True)
class RateLimit:
    """Messages allowed: `total` a second, `chat` a second in one chat, `group` a minute in one
    group. Real time counts, not the movable clock."""

    total: int = 30
    chat: int = 1
    group: int = 20
    _sent: deque[float] = field(default_factory=deque)
    _by_chat: dict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def check(self, chat: int) -> None:
        """Count one message to `chat`; `RefusedError` (429) when it is one too many."""
        now = time.monotonic()
        sent = self._by_chat[chat]
        _forget(self._sent, now - 1)
        _forget(sent, now - 60)
        if len(self._sent) >= self.total:
            raise too_many_requests(1)
        if sum(at > now - 1 for at in sent) >= self.chat:
            raise too_many_requests(1)
        if chat < 0 and len(sent) >= self.group:
            raise too_many_requests(ceil(60 - (now - sent[0])))
        self._sent.append(now)
        sent.append(now)


def _forget(moments: deque[float], before: float) -> None:
    while moments and moments[0] <= before:
        moments.popleft()

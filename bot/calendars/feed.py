"""The feed: a council's meetings for whoever has the secret address; wrong and closed ones look
alike."""

import hashlib
import re
import time
from collections.abc import Callable
from datetime import datetime
from typing import Final

from aiohttp import web

from bot.store.planning import Planning
from bot.store.worker import Store, StoreBusyError
from conversations.facts import CouncilFacts

PATH: Final = "/calendar/{token}.ics"
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{22}")
_PRIVATE: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_PER_SECOND, _BURST = 10.0, 60.0

Writing = Callable[[CouncilFacts, datetime], bytes]
"""The feed of a council."""


class Feed:
    """Answers GET for one feed."""

    def __init__(
        self,
        *,
        store: Store,
        planning: Planning,
        write: Writing,
        now: Callable[[], datetime],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._planning = planning
        self._write = write
        self._now = now
        self._clock = clock
        self._room, self._seen = _BURST, clock()

    async def answer(self, request: web.Request) -> web.Response:
        """The calendar; 404 for every token that opens none, 429 when too much is asked."""
        if not self._may():
            return web.Response(status=429, headers={**_PRIVATE, "Retry-After": "60"})
        token = request.match_info["token"]
        if not _TOKEN.fullmatch(token):
            return web.Response(status=404, headers=_PRIVATE)
        token_hash, now = hashlib.sha256(token.encode()).hexdigest(), self._now()
        try:
            facts = await self._store.read(lambda c: self._planning.fed(c, token_hash, now))
        except StoreBusyError:
            return web.Response(status=503, headers={**_PRIVATE, "Retry-After": "60"})
        if facts is None:
            return web.Response(status=404, headers=_PRIVATE)
        return web.Response(
            body=self._write(facts, now),
            headers={
                **_PRIVATE,
                "Content-Type": "text/calendar; charset=utf-8",
                "Content-Disposition": 'inline; filename="sitzungen.ics"',
            },
        )

    def _may(self) -> bool:
        """A bucket for everybody together: guessing 128 bits is hopeless, only load counts."""
        now = self._clock()
        self._room = min(_BURST, self._room + (now - self._seen) * _PER_SECOND)
        self._seen = now
        if self._room < 1:
            return False
        self._room -= 1
        return True

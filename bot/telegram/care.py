"""Care after a start: one of the first updates may be what ended the process before.

So the first ones begin one at a time, each counted durably before its turn. What began too often
and never came to its end is given up; an exception is no case for this (see Handling).
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Final

from bot.store import inbox
from bot.store.leases import Holder
from bot.store.sealing import Seal
from bot.store.worker import Store
from bot.telegram.gathering import Unit
from bot.telegram.receipts import Receipts

STARTS: Final = 3
"""So often may the turn of an update begin without an end."""
_FIRST: Final = 100
"""At least as many as Telegram hands over again after a crash in one poll (Bot API, getUpdates)."""
_ENCODE: Final = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


class DeadlyError(Exception):
    """The update ended the process, time and again."""


class Care:
    """Counts the beginnings of the first turns after a start."""

    def __init__(
        self,
        *,
        store: Store,
        seal: Seal,
        receipts: Receipts,
        holder: Holder,
        now: Callable[[], datetime],
        first: int = _FIRST,
    ) -> None:
        self._store = store
        self._seal = seal
        self._receipts = receipts
        self._holder = holder
        self._now = now
        self._left = first
        self._counted: set[int] = set()
        self._alone = asyncio.Lock()

    def more(self, count: int) -> None:
        """So many updates came from a process that may have died of one of them."""
        self._left = max(self._left, count + _FIRST)

    @asynccontextmanager
    async def over(self, unit: Unit) -> AsyncIterator[None]:
        """Around a turn. Raises DeadlyError for what is not to be tried again, StoreBusyError and
        StoreFullError."""
        if self._left <= 0:
            self._counted.clear()
            yield
            return
        async with self._alone:
            if not self._counted.issuperset(unit.ids):
                await self._count(unit)
            yield

    async def _count(self, unit: Unit) -> None:
        rows = [(one.update_id, _ENCODE(one.raw)) for one in unit.arrivals]
        now = self._now()
        starts = await self._store.write(
            lambda c: inbox.begin(c, self._seal, rows, now, self._holder)
        )
        self._receipts.keep(unit.ids)
        self._left -= 1
        self._counted.update(unit.ids)
        if starts > STARTS:
            raise DeadlyError

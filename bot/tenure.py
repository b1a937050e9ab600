"""Work that only one process may do at a time: begun when the lease is had, ended when it is
lost. The others wait for it.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

from bot.logs import Log
from bot.store import leases
from bot.store.leases import Holder
from bot.store.worker import Store, StoreBusyError, StoreFullError

_LOG: Final = Log(__name__)


class Tenure:
    """Of one lease, for one process."""

    def __init__(self, store: Store, name: str, holder: Holder, *, term: timedelta) -> None:
        self._store = store
        self._name = name
        self._holder = holder
        self._term = term
        self.waited = time.monotonic()
        """When it was last asked for in vain: for the watchdog."""

    async def during(self, work: Callable[[], Awaitable[None]]) -> None:
        """Wait for the lease, then work as long as it is held; raises what the work raises."""
        told = False
        while True:
            if await self._had():
                if told:
                    _LOG.info("taking over", what=self._name)
                await self._while_held(work)
            self.waited = time.monotonic()
            if not told:
                _LOG.info("another process does this, waiting", what=self._name)
            told = True
            await asyncio.sleep(self._pause)

    @property
    def _pause(self) -> float:
        return self._term.total_seconds() / 3

    async def _while_held(self, work: Callable[[], Awaitable[None]]) -> None:
        working = asyncio.ensure_future(work())
        until = time.monotonic() + self._term.total_seconds()
        try:
            while time.monotonic() < until:
                await asyncio.wait({working}, timeout=self._pause)
                if working.done():
                    return working.result()
                begun, had = time.monotonic(), await self._had()
                if had:
                    until = begun + self._term.total_seconds()
                elif had is False:
                    return None
            return None
        finally:
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)

    async def _had(self) -> bool | None:
        """Whether it is held now; None when the database doesn't say so."""
        try:
            return await self._store.write(
                lambda c: leases.acquire(c, self._name, self._holder, self._term)
            )
        except (StoreBusyError, StoreFullError):
            return None

"""The planner: looks at each council and plans its reminders. Every process may plan, as often as
it likes: what is planned follows from the facts alone."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Final

from bot.logs import Log
from bot.store import ledger, plans
from bot.store.planning import Planning
from bot.store.worker import Store, StoreBusyError, StoreFullError
from conversations.standing import CouncilId

_LOG: Final = Log(__name__)
_BREATH: Final = 0.01
"""Seconds between two councils, for everybody who waits for an answer."""


class Planner:
    """Beats once a minute."""

    def __init__(self, *, store: Store, planning: Planning, now: Callable[[], datetime]) -> None:
        self._store = store
        self._planning = planning
        self._now = now

    async def beat(self) -> None:
        """Plan all councils; one that can't be read doesn't keep the others."""
        for council in await self._store.read(self._planning.councils):
            try:
                await self._plan(council)
            except (StoreBusyError, StoreFullError):
                return  # the next beat
            except Exception as error:  # noqa: BLE001 - the others are planned all the same
                _LOG.error("council not planned", council=council, error=error)
            await asyncio.sleep(_BREATH)
        now = self._now()
        if await self._store.read(lambda c: ledger.missed(c, now)):
            await self._store.write(lambda c: plans.report(c, self._planning, now))

    async def _plan(self, council: CouncilId) -> None:
        """Look first, without a lock; write only what changed."""
        planning, now = self._planning, self._now()
        if not await self._store.read(
            lambda c: plans.reconcile(c, planning, council, now, write=False)
        ):
            return
        changes = await self._store.write(lambda c: plans.reconcile(c, planning, council, now))
        _LOG.info(
            "reminders planned",
            added=changes.added,
            moved=changes.moved,
            cancelled=changes.cancelled,
        )

"""Intake: updates go into their lanes, and are confirmed only when nothing can get lost any more.

That is when the turn is committed, which mostly takes a few milliseconds; what takes longer is
kept in the inbox first.
"""

import asyncio
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from bot.logs import Log
from bot.store import inbox
from bot.store.replicas import Replica
from bot.store.sealing import Seal
from bot.store.worker import Store, StoreBusyError, StoreFullError
from bot.telegram.arrivals import NOBODY, Arrival, arrival, id_of
from bot.telegram.care import Care
from bot.telegram.handling import Handling
from bot.telegram.lanes import Lanes
from bot.telegram.receipts import Receipts
from bot.telegram.transport import Json

_LOG: Final = Log(__name__)
_ENCODE: Final = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode
_PAUSE: Final = 1.0
"""Seconds between tries to reach the database at the start."""


class Intake:
    """Takes updates from the poller or the webhook, and after a restart from the inbox."""

    def __init__(
        self,
        *,
        store: Store,
        seal: Seal,
        lanes: Lanes,
        handling: Handling,
        receipts: Receipts,
        replica: Replica,
        care: Care,
        now: Callable[[], datetime],
        patience: float = 0.02,
    ) -> None:
        """`patience`: seconds a turn may take before its update is kept."""
        self._store = store
        self._seal = seal
        self._lanes = lanes
        self._handling = handling
        self._receipts = receipts
        self._replica = replica
        self._care = care
        self._now = now
        self._patience = patience
        self._adopting = asyncio.Lock()
        self._resumed = False

    async def take(self, batch: Sequence[object]) -> None:
        """Pass on what is new; return when the whole batch is done or kept.

        Raises StoreBusyError or StoreFullError: the batch is on its way, but must be handed over
        again, or it may get lost.
        """
        arrivals = {one.update_id: one for raw in batch if (one := _arrival(raw)) is not None}
        if not self._resumed:
            await self._adopt()  # what was taken before a restart comes first
        if self._replica.shared:
            arrivals = await self._own(arrivals)
            await self.handed()  # what another process was given before comes first
        for one in arrivals.values():
            if self._receipts.open(one.update_id):
                self._lanes.put(one.lane, one)
        unsecured = await self._receipts.unsecured(list(arrivals), self._patience)
        if unsecured:
            rows = [(key, _ENCODE(arrivals[key].raw)) for key in unsecured]
            now = self._now()
            await self._store.write(
                lambda c: inbox.keep(c, self._seal, rows, now, self._replica.holder)
            )
            self._receipts.keep(unsecured)

    async def take_patiently(self, batch: Sequence[object]) -> None:
        """The same, trying until the database takes it; the people are told once."""
        while True:
            try:
                await self.take(batch)
            except (StoreBusyError, StoreFullError) as error:
                arrivals = [found for raw in batch if (found := _arrival(raw)) is not None]
                await self._handling.store_failed(error, arrivals)
            else:
                return

    async def _own(self, arrivals: dict[int, Arrival]) -> dict[int, Arrival]:
        """Those whose lanes are looked after here; the others are kept for whoever does: what one
        person sends stays in order, and together."""
        now = self._now()
        rows = [
            (one.lane, key, _ENCODE(one.raw)) for key, one in arrivals.items() if one.lane != NOBODY
        ]
        foreign = await self._store.write(
            lambda c: inbox.hand_over(c, self._seal, self._replica, rows, now)
        )
        return {key: one for key, one in arrivals.items() if key not in foreign}

    async def resume(self) -> int:
        """Go on with what nobody alive looks after: taken and not handled before a restart, or by
        another process that died; returns how many."""
        while True:
            try:
                return await self._adopt()
            except (StoreBusyError, StoreFullError):
                await asyncio.sleep(_PAUSE)

    async def _adopt(self) -> int:
        async with self._adopting:
            count = await self._store.write(lambda c: inbox.adopt(c, self._replica.holder))
            if count:
                _LOG.info("going on with stored updates", count=count)
                self._care.more(count)
            if count or not self._resumed:
                await self.handed()
            self._resumed = True
            return count

    async def handed(self) -> None:
        """Take what another process kept for this one."""
        rows = await self._store.read(lambda c: inbox.handed(c, self._seal, self._replica.holder))
        for update_id, content in rows:
            raw: Json = json.loads(content)
            one = arrival(raw, update_id)
            if self._receipts.open(update_id):
                self._receipts.keep([update_id])
                self._lanes.put(one.lane, one)
        await asyncio.sleep(0)


def _arrival(raw: object) -> Arrival | None:
    """None for what has no usable id."""
    update_id = id_of(raw)
    if not isinstance(raw, dict) or update_id is None:
        _LOG.error("not an update, left out")
        return None
    return arrival(raw, update_id)

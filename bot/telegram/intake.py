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
from bot.store.sealing import Seal
from bot.store.worker import Store, StoreBusyError, StoreFullError
from bot.telegram.arrivals import Arrival, arrival, id_of
from bot.telegram.handling import Handling
from bot.telegram.lanes import Lanes
from bot.telegram.receipts import Receipts
from bot.telegram.transport import Json

_LOG: Final = Log(__name__)
_ENCODE: Final = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


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
        now: Callable[[], datetime],
        patience: float = 0.02,
    ) -> None:
        """`patience`: seconds a turn may take before its update is kept."""
        self._store = store
        self._seal = seal
        self._lanes = lanes
        self._handling = handling
        self._receipts = receipts
        self._now = now
        self._patience = patience

    async def take(self, batch: Sequence[object]) -> None:
        """Pass on what is new; return when the whole batch is done or kept.

        Raises StoreBusyError or StoreFullError: the batch is on its way, but must be handed over
        again, or it may get lost.
        """
        arrivals = {one.update_id: one for raw in batch if (one := _arrival(raw)) is not None}
        for one in arrivals.values():
            if self._receipts.open(one.update_id):
                self._lanes.put(one.lane, one)
        unsecured = await self._receipts.unsecured(list(arrivals), self._patience)
        if unsecured:
            rows = [(key, _ENCODE(arrivals[key].raw)) for key in unsecured]
            now = self._now()
            await self._store.write(
                lambda connection: inbox.keep(connection, self._seal, rows, now)
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

    async def resume(self) -> int:
        """Go on with what was taken and not handled before a restart; returns how many."""
        rows = await self._store.read(lambda c: inbox.pending(c, self._seal))
        for update_id, content in rows:
            raw: Json = json.loads(content) if content else {}
            one = arrival(raw, update_id)
            if self._receipts.open(update_id):
                self._receipts.keep([update_id])
                self._lanes.put(one.lane, one)
        if rows:
            _LOG.info("going on with stored updates", count=len(rows))
        await asyncio.sleep(0)
        return len(rows)


def _arrival(raw: object) -> Arrival | None:
    """None for what has no usable id."""
    update_id = id_of(raw)
    if not isinstance(raw, dict) or update_id is None:
        _LOG.error("not an update, left out")
        return None
    return arrival(raw, update_id)

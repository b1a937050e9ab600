"""Intake: raw updates into the inbox first, then into the lanes; only then are they confirmed."""

import asyncio
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from bot.logs import Log
from bot.store import inbox
from bot.store.worker import Store, StoreBusyError, StoreFullError
from bot.telegram.arrivals import Arrival, arrival
from bot.telegram.handling import Handling
from bot.telegram.lanes import Lanes
from bot.telegram.transport import Json

_LOG: Final = Log(__name__)
_ENCODE: Final = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


class Intake:
    """Takes updates from the poller or the webhook, and after a restart from the inbox."""

    def __init__(
        self, *, store: Store, lanes: Lanes, handling: Handling, now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._lanes = lanes
        self._handling = handling
        self._now = now

    async def take(self, batch: Sequence[object]) -> None:
        """Store a batch in one commit and pass on what is new.

        Raises StoreBusyError or StoreFullError: nothing was taken then.
        """
        arrivals = [found for raw in batch if (found := _arrival(raw)) is not None]
        if not arrivals:
            return
        rows = [(one.update_id, _ENCODE(one.raw)) for one in arrivals]
        now = self._now()
        new = await self._store.write(lambda connection: inbox.keep(connection, rows, now))
        for one in arrivals:
            if one.update_id in new:
                new.discard(one.update_id)
                self._lanes.put(one.lane, one)

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
        rows = await self._store.read(inbox.pending)
        for update_id, content in rows:
            raw: Json = json.loads(content) if content else {}
            one = arrival(raw, update_id)
            self._lanes.put(one.lane, one)
        if rows:
            _LOG.info("going on with stored updates", count=len(rows))
        await asyncio.sleep(0)
        return len(rows)


def _arrival(raw: object) -> Arrival | None:
    """None for what has no id: it can't be told from a repetition, nor confirmed."""
    update_id = raw.get("update_id") if isinstance(raw, dict) else None
    if not isinstance(raw, dict) or not isinstance(update_id, int):
        _LOG.error("not an update, left out")
        return None
    return arrival(raw, update_id)

"""What follows from a call, written down while the row is still ours: who is told, who waits."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from bot.logs import Log
from bot.store import ledger
from bot.store.aftermath import Aftermath
from bot.store.ledger import IDEMPOTENT, Claimed, Settled, State
from bot.store.worker import Store, StoreBusyError, StoreFullError
from bot.telegram.calling import Called
from bot.telegram.outcomes import Fate, Outcome
from bot.telegram.pace import Pace

_LOG: Final = Log(__name__)
_REPEAT: Final = timedelta(seconds=30)
"""So long nobody may have answered before a reminder is repeated."""
_OFFLINE: Final = (1.0, 2.0, 5.0, 10.0, 20.0)
"""Seconds without any sending after each failure in a row to reach Telegram."""
_STOPPED: Final = 30.0
"""Seconds without any sending while the token isn't accepted."""
_WRITE: Final = 0.5
"""Seconds between tries to write down what became of a row."""
_TRIES: Final = 6
"""Of an edit or a deletion of which nobody knows whether it was done."""


class Settling:
    """Writes into the ledger, and slows the pace down where Telegram asks for it."""

    def __init__(
        self, *, store: Store, aftermath: Aftermath, pace: Pace, now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._aftermath = aftermath
        self._pace = pace
        self._now = now
        self._failures = 0
        self.trouble = ""
        """Why nothing can be sent: "offline" or "token"; empty while it works."""

    async def follow(self, row: Claimed, called: Called) -> None:
        """Draw the consequences of a call."""
        outcome = called.outcome
        if outcome is None or outcome.fate not in (Fate.OFFLINE, Fate.STOP):
            self._failures, self.trouble = 0, ""
        if outcome is None or outcome.fate not in (Fate.OFFLINE, Fate.STOP, Fate.SLOWER):
            self._pace.taken(row.chat)
        if outcome is None:
            sent = Settled(
                state=State.SENT,
                message=called.message,
                reason=called.reason,
                not_before=self._now(),
            )
            await self.settle(row, sent)
        else:
            await self._refused(row, called, outcome)

    async def settle(self, row: Claimed, settled: Settled) -> None:
        """Write down what became of it."""
        await self._written(
            row, lambda: self._store.write(lambda c: ledger.settle(c, row, settled))
        )

    async def moved(self, row: Claimed, chat: int) -> bool:
        """The group has another number: whether the row is still ours there."""
        return await self._lasting(
            lambda: self._store.write(lambda c: self._aftermath.moved(c, row, chat))
        )

    async def topic_gone(self, row: Claimed) -> bool:
        """The topic is gone: whether the row is still ours in the group itself."""
        now = self._now()
        return await self._lasting(
            lambda: self._store.write(lambda c: self._aftermath.topic_gone(c, row, now))
        )

    async def _refused(self, row: Claimed, called: Called, outcome: Outcome) -> None:
        match outcome.fate:
            case Fate.OFFLINE | Fate.STOP:
                await self._stopped(row, outcome)
            case Fate.SLOWER:
                await self._slower(row, outcome.seconds)
            case Fate.GONE:
                await self._gone(row, outcome.reason)
            case Fate.LOST:
                await self.settle(row, Settled(state=State.FAILED, reason=outcome.reason))
            case Fate.UNCLEAR:
                await self._unclear(row)
            case _:
                _LOG.error("delivery refused", id=row.id, kind=row.kind, cause=called.words)
                reason = outcome.reason or outcome.fate.value
                await self.settle(row, Settled(state=State.FAILED, reason=reason))

    async def _unclear(self, row: Claimed) -> None:
        if row.kind in IDEMPOTENT and row.attempt < _TRIES:
            again = self._now() + timedelta(seconds=2**row.attempt)
            await self.settle(row, Settled(state=State.PENDING, not_before=again))
            return
        _LOG.warning("nobody knows whether it arrived", id=row.id, kind=row.kind)
        if row.kind in IDEMPOTENT:
            await self.settle(row, Settled(state=State.FAILED, reason="unclear"))
            return
        again = self._now() + _REPEAT
        await self.settle(row, Settled(state=State.UNCERTAIN, not_before=again))

    async def _stopped(self, row: Claimed, outcome: Outcome) -> None:
        """It certainly wasn't sent: it waits where it was, and so does all the rest."""
        said = self.trouble
        if outcome.fate is Fate.STOP:
            self.trouble, seconds = "token", _STOPPED
        else:
            self.trouble = "offline"
            seconds = _OFFLINE[min(self._failures, len(_OFFLINE) - 1)]
            self._failures += 1
        if said != self.trouble:
            _LOG.error("nothing can be sent at present", cause=self.trouble)
        self._pace.pause(seconds)
        await self.settle(row, Settled(state=State.PENDING))

    async def _slower(self, row: Claimed, seconds: float) -> None:
        _LOG.warning("Telegram asks to send slower", seconds=seconds)
        self._pace.hold(row.chat, seconds)
        until = self._now() + timedelta(seconds=seconds)
        await self._written(
            row, lambda: self._store.write(lambda c: self._aftermath.slower(c, row, until))
        )

    async def _gone(self, row: Claimed, reason: str) -> None:
        now = self._now()
        await self._written(
            row, lambda: self._store.write(lambda c: self._aftermath.gone(c, row, reason, now))
        )

    async def _written(self, row: Claimed, write: Callable[[], Awaitable[bool]]) -> None:
        """Write down what became of it."""
        if not await self._lasting(write):
            _LOG.warning("delivery was no longer ours", id=row.id, kind=row.kind)

    async def _lasting(self, write: Callable[[], Awaitable[bool]]) -> bool:
        """Write, however long the database can't be written to."""
        while True:
            try:
                return await write()
            except (StoreBusyError, StoreFullError):
                await asyncio.sleep(_WRITE)

"""The sender: due rows of the ledger are claimed one by one and go out, several at a time.

One process at a time holds the sender's lease. No call runs inside of a transaction, and what
became of each is written only while the row is still ours.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from bot.logs import Log
from bot.store import leases, ledger
from bot.store.aftermath import Aftermath
from bot.store.idle import KIND, Notes
from bot.store.ledger import Claimed, Settled, State
from bot.store.worker import Store, StoreBusyError, StoreFullError
from bot.telegram.calling import Called, Calling
from bot.telegram.outcomes import Fate, Outcome
from bot.telegram.pace import Pace
from bot.telegram.transport import Transport
from bot.telegram.unasked import Unasked
from conversations.core import Screen

_LOG: Final = Log(__name__)
_RENEW: Final = leases.TERM.total_seconds() / 3
_REPEAT: Final = timedelta(seconds=30)
"""So long nobody may have answered before a reminder is repeated."""
_LATER: Final = timedelta(minutes=10)
"""When a row is looked at again whose council could not be read."""
_OFFLINE: Final = (1.0, 2.0, 5.0, 10.0, 20.0)
"""Seconds without any sending after each failure in a row to reach Telegram."""
_STOPPED: Final = 30.0
"""Seconds without any sending while the token isn't accepted."""
_WRITE: Final = 0.5
"""Seconds between tries to write down what became of a row."""


class Sender:
    """Beats every few seconds; a beat goes on until nothing is due any more."""

    def __init__(
        self,
        *,
        store: Store,
        aftermath: Aftermath,
        notes: Notes,
        transport: Transport,
        unasked: Unasked,
        pace: Pace,
        slots: int,
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._aftermath = aftermath
        self._notes = notes
        self._calling = Calling(transport, self._moved, self._topic_gone)
        self._unasked = unasked
        self._pace = pace
        self._slots = slots
        self._now = now
        self._holder = leases.new_holder()
        self._held_until = 0.0
        self._failures = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = False
        self._beating: asyncio.Task[None] | None = None
        self.trouble = ""
        """Why nothing can be sent: "offline" or "token"; empty while it works."""

    async def beat(self) -> None:
        """Send what is due. Not to be cut short: a row between claim and call would be unclear."""
        if self._closing or self._pause():
            return
        self._beating = asyncio.create_task(self._work())
        await asyncio.shield(self._beating)

    async def _work(self) -> None:
        if not await self._store.read(lambda c: ledger.is_up(c, self._now())):
            return
        if not await self._leads():
            return
        await self._store.write(lambda c: ledger.wake(c, self._now()))
        await self._drain()

    async def close(self, grace: float) -> None:
        """Begin nothing more, and let what is on its way come to its end."""
        self._closing = True
        if self._beating is not None:
            await asyncio.wait({self._beating}, timeout=grace)
            if self._beating.done() and (error := self._beating.exception()) is not None:
                _LOG.error("sending ended badly", error=error)
        if self._held_until:
            self._held_until = 0.0
            try:
                await self._store.write(lambda c: leases.release(c, leases.SENDER, self._holder))
            except (StoreBusyError, StoreFullError):
                return  # it runs out by itself

    def _pause(self) -> bool:
        return self._pace.paused > 0

    async def _leads(self) -> bool:
        """Whether this process is the sender; its lease is renewed in time."""
        time = asyncio.get_running_loop().time()
        if time < self._held_until:
            return True
        got = await self._store.write(lambda c: leases.acquire(c, leases.SENDER, self._holder))
        self._held_until = time + _RENEW if got else 0.0
        return got

    async def _drain(self) -> None:
        try:
            while not self._closing and not self._pause() and await self._leads():
                if len(self._tasks) >= self._slots:
                    await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
                    continue
                await self._pace.turn()
                row = await self._claim()
                if row is None:
                    break
                self._pace.begin(row.chat)
                task = asyncio.create_task(self._slot(row))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
        finally:
            if self._tasks:
                await asyncio.wait(self._tasks)

    async def _claim(self) -> Claimed | None:
        if self._closing:
            return None
        busy = self._pace.busy()
        return await self._store.write(lambda c: ledger.claim(c, self._holder, self._now(), busy))

    async def _slot(self, row: Claimed) -> None:
        try:
            await self._deliver(row)
        except Exception as error:  # noqa: BLE001 - one row must not keep the others
            _LOG.error("delivery failed", id=row.id, kind=row.kind, error=error)
        finally:
            self._pace.end(row.chat)

    async def _deliver(self, row: Claimed) -> None:
        """Look once more whether it is to be sent, and send it."""
        try:
            found = await self._look(row)
        except (StoreBusyError, StoreFullError):
            found = Settled(state=State.PENDING)
        except Exception as error:  # noqa: BLE001 - nothing was sent: it is looked at again later
            _LOG.error("delivery not composed", id=row.id, kind=row.kind, error=error)
            found = Settled(state=State.PENDING, not_before=self._now() + _LATER)
        if isinstance(found, Settled):
            await self._settle(row, found)
            return
        called = await self._calling.send(row, found)
        await self._follow(row, called)

    async def _look(self, row: Claimed) -> Screen | Settled:
        now = self._now()
        screen, wait = await (self._noted if row.kind == KIND else self._composed)(row, now)
        if screen is None:
            return Settled(state=State.CANCELLED, reason="moot")
        if wait is not None:
            return Settled(state=State.PENDING, not_before=wait)
        return screen

    async def _composed(self, row: Claimed, now: datetime) -> tuple[Screen | None, datetime | None]:
        looked = await self._store.read(lambda c: self._aftermath.look(c, row, now))
        if looked is None:
            return None, None
        return self._unasked.screen(looked.facts, row, looked.told, now), looked.wait

    async def _noted(self, row: Claimed, now: datetime) -> tuple[Screen | None, datetime | None]:
        idle = await self._store.read(lambda c: self._notes.look(c, row, now))
        return (self._unasked.idle(idle), idle.wait) if idle is not None else (None, None)

    # --- what follows from the call ---------------------------------------------------------------

    async def _follow(self, row: Claimed, called: Called) -> None:
        outcome = called.outcome
        if outcome is None or outcome.fate not in (Fate.OFFLINE, Fate.STOP):
            self._failures, self.trouble = 0, ""
        if outcome is None:
            sent = Settled(
                state=State.SENT,
                message=called.message,
                reason=called.reason,
                not_before=self._now(),
            )
            await self._settle(row, sent)
            return
        match outcome.fate:
            case Fate.OFFLINE | Fate.STOP:
                await self._stopped(row, outcome)
            case Fate.SLOWER:
                await self._slower(row, outcome.seconds)
            case Fate.GONE:
                await self._gone(row, outcome.reason)
            case Fate.UNCLEAR:
                _LOG.warning("nobody knows whether it arrived", id=row.id, kind=row.kind)
                again = self._now() + _REPEAT
                await self._settle(row, Settled(state=State.UNCERTAIN, not_before=again))
            case _:
                _LOG.error("delivery refused", id=row.id, kind=row.kind, cause=called.words)
                reason = outcome.reason or outcome.fate.value
                await self._settle(row, Settled(state=State.FAILED, reason=reason))

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
        await self._settle(row, Settled(state=State.PENDING))

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

    async def _moved(self, row: Claimed, chat: int) -> bool:
        return await self._store.write(lambda c: self._aftermath.moved(c, row, chat))

    async def _topic_gone(self, row: Claimed) -> bool:
        now = self._now()
        return await self._store.write(lambda c: self._aftermath.topic_gone(c, row, now))

    # --- writing ----------------------------------------------------------------------------------

    async def _settle(self, row: Claimed, settled: Settled) -> None:
        await self._written(
            row, lambda: self._store.write(lambda c: ledger.settle(c, row, settled))
        )

    async def _written(self, row: Claimed, write: Callable[[], Awaitable[bool]]) -> None:
        """Write down what became of it, however long the database can't be written to."""
        while True:
            try:
                mine = await write()
            except (StoreBusyError, StoreFullError):
                await asyncio.sleep(_WRITE)
                continue
            if not mine:
                _LOG.warning("delivery was no longer ours", id=row.id, kind=row.kind)
            return

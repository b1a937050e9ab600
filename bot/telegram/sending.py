"""The sender: due rows of the ledger are claimed one by one and go out, several at a time.

One process at a time holds the sender's lease. No call runs inside of a transaction, and what
became of each is written only while the row is still ours.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from bot.logs import Log
from bot.store import leases, ledger
from bot.store.claiming import Taken, Ways, take
from bot.store.ledger import BROADCAST, Claimed, Settled, State
from bot.store.worker import Store
from bot.telegram.calling import Calling
from bot.telegram.leading import Leading
from bot.telegram.messages import Call
from bot.telegram.pace import Pace
from bot.telegram.settling import Settling
from bot.telegram.transport import Transport
from bot.telegram.ways import Composed

_LOG: Final = Log(__name__)
_LATER: Final = timedelta(minutes=10)
"""When a row is looked at again whose words could not be found."""
_ROUSE: Final = 1.0
"""Seconds between two looks at what has become due while a beat goes on."""
_PATIENCE: Final = 2.0
"""Seconds that a beat waits for the next chat to be free, or row to be due; what takes longer is
the next beat's."""
_LOOK: Final = 1.0
"""Seconds between two looks for rows while calls are on their way."""


class Sender:
    """Beats every few seconds; a beat goes on until nothing is due any more."""

    def __init__(
        self,
        *,
        store: Store,
        settling: Settling,
        ways: Ways[Composed],
        transport: Transport,
        pace: Pace,
        slots: int,
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._settling = settling
        self._ways = ways
        self._calling = Calling(transport, settling.moved, settling.topic_gone)
        self._pace = pace
        self._slots = slots
        self._now = now
        self._leading = Leading(store, leases.SENDER)
        self._roused = 0.0
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = asyncio.Event()
        self._beating: asyncio.Task[None] | None = None

    @property
    def trouble(self) -> str:
        """Why nothing can be sent: "offline" or "token"; empty while it works."""
        return self._settling.trouble

    async def beat(self) -> None:
        """Send what is due. Not to be cut short: a row between claim and call would be unclear."""
        if self._closing.is_set() or self._pause():
            return
        self._beating = asyncio.create_task(self._work())
        await asyncio.shield(self._beating)

    async def close(self, grace: float) -> None:
        """Begin nothing more, and let what is on its way come to its end."""
        self._closing.set()
        if self._beating is not None:
            await asyncio.wait({self._beating}, timeout=grace)
            if self._beating.done() and (error := self._beating.exception()) is not None:
                _LOG.error("sending ended badly", error=error)
        await self._leading.release()

    def _pause(self) -> bool:
        return self._pace.paused > 0

    async def _work(self) -> None:
        if not await self._is_up():
            return
        if not await self._leading.leads():
            return
        await self._wake()
        await self._drain()

    async def _is_up(self) -> bool:
        return await self._store.read(lambda c: ledger.is_up(c, self._now()))

    async def _wake(self) -> bool:
        """Whether that moved anything."""
        return await self._store.write(lambda c: ledger.wake(c, self._now()))

    async def _drain(self) -> None:
        try:
            while await self._goes():
                if len(self._tasks) >= self._slots:
                    await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
                    continue
                taken = await self._take()
                if isinstance(taken, Taken):
                    await self._start(taken)
                elif taken == 0 and not await self._rest():
                    break
        finally:
            if self._tasks:
                await asyncio.wait(self._tasks)

    async def _goes(self) -> bool:
        if self._closing.is_set() or self._pause():
            return False
        return await self._leading.leads()

    async def _take(self) -> Taken[Composed] | int:
        """Claimed while those before it wait for their places or answers, so that the database's
        time costs no rate."""
        busy, rouses = self._pace.busy(), self._rouses()
        return await self._store.write(
            lambda c: take(c, self._leading.holder, self._now(), busy, self._ways, rouses=rouses)
        )

    def _rouses(self) -> bool:
        """Whether it is time to see what has become due: a reminder does not wait for the end of a
        broadcast that began before."""
        time = asyncio.get_running_loop().time()
        if time < self._roused + _ROUSE:
            return False
        self._roused = time
        return True

    async def _start(self, taken: Taken[Composed]) -> None:
        composed = self._composed(taken)
        if isinstance(composed, Settled):
            await self._settling.settle(taken.row, composed)
            return
        self._pace.claim(taken.row.chat)
        task = asyncio.create_task(self._slot(taken.row, composed))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _rest(self) -> bool:
        """Nothing can be claimed: wait until something can; False when that isn't soon."""
        is_up = await self._is_up()
        if is_up and await self._wake():
            return True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_LOOK, return_when=asyncio.FIRST_COMPLETED)
            return True
        wait = self._pace.rest() if is_up else await self._next_up()
        if wait is None or wait > _PATIENCE:
            return False  # nothing is due, or it is held back: by a chat, by a quarantine
        with suppress(TimeoutError):
            await asyncio.wait_for(self._closing.wait(), wait)
        return True

    async def _next_up(self) -> float | None:
        """Seconds until the next row is due, if that is soon: one that Telegram held up."""
        now = self._now()
        within = timedelta(seconds=_PATIENCE)
        at = await self._store.read(lambda c: ledger.next_up(c, now, within))
        return None if at is None else (at - now).total_seconds()

    def _composed(self, taken: Taken[Composed]) -> Composed:
        row = taken.row
        try:
            return taken.compose()
        except Exception as error:  # noqa: BLE001 - nothing was sent: it is looked at again later
            _LOG.error("delivery not composed", id=row.id, kind=row.kind, error=error)
            return Settled(state=State.PENDING, not_before=self._now() + _LATER)

    async def _slot(self, row: Claimed, call: Call) -> None:
        try:
            await self._pace.turn(unpaid=row.kind != BROADCAST)
            self._pace.begin(row.chat)
            if self._pause():  # asked for while it waited for its place
                await self._settling.settle(row, Settled(state=State.PENDING))
            else:
                await self._settling.follow(row, await self._calling.send(row, call))
        except Exception as error:  # noqa: BLE001 - one row must not keep the others
            _LOG.error("delivery failed", id=row.id, kind=row.kind, error=error)
        finally:
            self._pace.end(row.chat)

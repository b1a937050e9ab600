"""One lane per person and chat: what one person sends is handled in order, one unit at a time;
lanes run side by side, so nobody waits for anybody else. An empty lane is dropped."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from bot.logs import Log
from bot.telegram.arrivals import Arrival, LaneKey
from bot.telegram.gathering import Pace, Tempo, Unit, gather
from bot.telegram.looks import Seen
from bot.telegram.rehearsals import Rehearse, Tried
from conversations.events import Offered

_LOG: Final = Log(__name__)


@dataclass(frozen=True, slots=True)
class Again:
    """The card of this lane is to be shown (again)."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """It has been quiet: replies held back may go out."""


@dataclass(frozen=True, slots=True)
class Named:
    """A chat was named for linking: the person of this lane is asked."""

    event: Offered


Note = Again | Quiet | Named | Seen | Rehearse | Tried


class Lane:
    """What waits for one person and chat."""

    __slots__ = ("_bell", "_items", "_notes", "key")

    def __init__(self, key: LaneKey) -> None:
        self.key = key
        self._items: deque[Arrival] = deque()
        self._notes: list[Note] = []
        self._bell: asyncio.Future[None] | None = None

    def put(self, item: Arrival | Note) -> None:
        """Let it wait; a note comes after all arrivals."""
        if isinstance(item, Arrival):
            self._items.append(item)
        elif item not in self._notes:
            self._notes.append(item)
        if self._bell is not None and not self._bell.done() and self._items:
            self._bell.set_result(None)

    def has_arrival(self) -> bool:
        """Whether an update waits."""
        return bool(self._items)

    def note(self) -> Note | None:
        """The next note, taken."""
        return self._notes.pop(0) if self._notes else None

    def take(self) -> Arrival:
        """The first update, which is there."""
        return self._items.popleft()

    async def peek(self, seconds: float) -> Arrival | None:
        """The next update, waiting for it so long."""
        if not self._items:
            self._bell = asyncio.get_running_loop().create_future()
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._bell
            self._bell = None
        return self._items[0] if self._items else None


class Lanes:
    """All lanes. `handle` gets one unit (or note) of a lane at a time and must not raise."""

    def __init__(
        self,
        *,
        handle: Callable[[LaneKey, Unit], Awaitable[None]],
        note: Callable[[LaneKey, Note], Awaitable[None]],
        tempo: Tempo,
        room: int = 2000,
    ) -> None:
        self._handle = handle
        self._note = note
        self._tempo = tempo
        self._room = room
        self._lanes: dict[LaneKey, tuple[Lane, asyncio.Task[None]]] = {}
        self._busy: set[LaneKey] = set()
        self._paces: dict[LaneKey, tuple[float, Pace]] = {}
        self._sweep: asyncio.TimerHandle | None = None
        self._fewer = asyncio.Event()
        self._closing = False

    def put(self, key: LaneKey, item: Arrival | Note) -> None:
        """Queue an update or a note; nothing is begun any more while closing."""
        if self._closing:
            return
        found = self._lanes.get(key)
        if found is None:
            lane = Lane(key)
            lane.put(item)
            self._lanes[key] = (lane, asyncio.create_task(self._run(lane)))
        else:
            found[0].put(item)

    async def room(self) -> None:
        """Wait until not too many lanes are at work (one person fills one lane only)."""
        while len(self._lanes) >= self._room:
            self._fewer.clear()
            await self._fewer.wait()

    def pace(self, key: LaneKey) -> Pace:
        """What is remembered of the lane; forgotten when it has been quiet for two windows."""
        loop = asyncio.get_running_loop()
        found = self._paces.get(key)
        pace = found[1] if found else Pace()
        self._paces[key] = (loop.time(), pace)
        if self._sweep is None:
            self._sweep = loop.call_later(self._tempo.window, self._forget)
        return pace

    async def close(self, grace: float) -> None:
        """Begin nothing more; let what is running finish within `grace` seconds."""
        self._closing = True
        if self._sweep is not None:
            self._sweep.cancel()
        waiting = [task for key, (_, task) in self._lanes.items() if key not in self._busy]
        for task in waiting:
            task.cancel()
        running = {task for _, task in self._lanes.values()}
        if running:
            _, late = await asyncio.wait(running, timeout=grace)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late, timeout=1.0)

    async def _run(self, lane: Lane) -> None:
        try:
            while not self._closing:
                if lane.has_arrival():
                    unit = await gather(lane, self.pace(lane.key), self._tempo)
                    await self._at_work(lane.key, self._handle(lane.key, unit))
                elif (note := lane.note()) is not None:
                    await self._at_work(lane.key, self._note(lane.key, note))
                else:
                    break
        finally:
            del self._lanes[lane.key]
            self._fewer.set()

    async def _at_work(self, key: LaneKey, work: Awaitable[None]) -> None:
        self._busy.add(key)
        try:
            await work
        except Exception as error:  # noqa: BLE001 - what waits behind it goes on
            _LOG.error("lane stumbled", error=error)
        finally:
            self._busy.discard(key)

    def _forget(self) -> None:
        loop = asyncio.get_running_loop()
        self._sweep = None
        before = loop.time() - 2 * self._tempo.window
        for key in [k for k, (used, _) in self._paces.items() if used < before]:
            del self._paces[key]
        if self._paces and not self._closing:
            self._sweep = loop.call_later(self._tempo.window, self._forget)

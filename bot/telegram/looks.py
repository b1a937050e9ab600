"""Calendars that a dialogue asks for: a document read before the turn, an address looked at after
it. Nobody else waits meanwhile, and what was found comes as a turn of its own."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Protocol

from bot.telegram.arrivals import LaneKey
from bot.telegram.files import FileLostError, Files
from bot.telegram.transport import UnreachableError
from conversations.agenda import CalendarTrouble, ReadCalendar
from conversations.events import Looked, Uploaded
from conversations.rules.deadlines import BERLIN

_LARGEST: Final = 2 * 1024 * 1024


class Reading(Protocol):
    """Reads other people's calendars; every trouble is in the answer."""

    async def read(self, data: bytes, today: date) -> ReadCalendar:
        """What the bytes hold."""

    async def look(self, url: str, today: date) -> ReadCalendar:
        """What stands at an address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A calendar was looked at for a lane that asked for it at this step."""

    url: str
    flow: str
    step: str
    calendar: ReadCalendar

    @property
    def event(self) -> Looked:
        """What it is to the dialogue."""
        return Looked(url=self.url)


class Looks:
    """Reads documents; looks at addresses beside the lanes."""

    def __init__(self, *, reading: Reading, files: Files, now: Callable[[], datetime]) -> None:
        self._reading = reading
        self._files = files
        self._now = now
        self._tasks: set[asyncio.Task[None]] = set()
        self._put: Callable[[LaneKey, Seen], None] | None = None

    def attach(self, put: Callable[[LaneKey, Seen], None]) -> None:
        """Where a calendar goes that was looked at."""
        self._put = put

    async def document(self, file: Uploaded) -> ReadCalendar:
        """What a document holds that was sent."""
        if file.size > _LARGEST:
            return ReadCalendar(trouble=CalendarTrouble.LARGE)
        try:
            data = await self._files.fetch(file.file, _LARGEST)
        except (FileLostError, UnreachableError):
            return ReadCalendar(trouble=CalendarTrouble.LOST)
        return await self._reading.read(data, self._today())

    def begin(self, key: LaneKey, url: str, flow: str, step: str) -> None:
        """Look at an address; the lane hears of it when it is read."""
        task = asyncio.create_task(self._look(key, url, flow, step))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def close(self) -> None:
        """Give up what is being looked at."""
        for task in self._tasks:
            task.cancel()

    async def _look(self, key: LaneKey, url: str, flow: str, step: str) -> None:
        found = await self._reading.look(url, self._today())
        assert self._put is not None, "attached when the bot was built"
        self._put(key, Seen(url=url, flow=flow, step=step, calendar=found))

    def _today(self) -> date:
        return self._now().astimezone(BERLIN).date()

"""A calendar on the web, fetched and read: both within ten seconds."""

import time
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.calendars.fetching import Fetcher
from bot.calendars.reading import Reader
from conversations.agenda import ReadCalendar

_SECONDS: Final = 10.0
_LEAST: Final = 2.0
"""What reading gets at least: a process has to be begun."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What stands at an address; None when it is what it was."""

    calendar: ReadCalendar | None
    etag: str = ""


class Calendars:
    """Reads what people send and what their addresses hold."""

    def __init__(self, *, reader: Reader, fetcher: Fetcher) -> None:
        self._reader = reader
        self._fetcher = fetcher

    async def read(self, data: bytes, today: date) -> ReadCalendar:
        """What the bytes hold."""
        return await self._reader.read(data, today)

    async def look(self, url: str, today: date) -> ReadCalendar:
        """What stands at an address."""
        found = (await self.again(url, "", today)).calendar
        assert found is not None, "nothing was known before"
        return found

    async def again(self, url: str, etag: str, today: date) -> Looked:
        """What stands there now, if it changed since that mark."""
        begun = time.monotonic()
        fetched = await self._fetcher.fetch(url, etag)
        if fetched.trouble:
            return Looked(calendar=ReadCalendar(trouble=fetched.trouble))
        if fetched.unchanged and etag:
            return Looked(calendar=None, etag=etag)
        left = max(_SECONDS - (time.monotonic() - begun), _LEAST)
        found = await self._reader.read(fetched.content, today, seconds=left)
        return Looked(calendar=found, etag="" if found.trouble else fetched.etag)

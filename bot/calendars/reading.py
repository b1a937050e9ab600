"""Calendars read in a process that can be killed: no file takes more than 10 seconds or 64 MiB."""

import asyncio
import os
import sys
from datetime import date
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from bot.logs import Log
from conversations.agenda import CalendarTrouble, ReadCalendar

_LOG: Final = Log(__name__)
LARGEST: Final = 2 * 1024 * 1024
"""Bytes of a calendar at most."""
_ROOT: Final = Path(__file__).resolve().parents[2]
_START: Final = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); from bot.calendars.child import main; main()"
)
_READ: Final = TypeAdapter(ReadCalendar)
_KEPT: Final = ("SYSTEMROOT",)
"""What a process needs to start on Windows; nothing else of the environment is handed on."""


class Reader:
    """Reads two calendars at a time."""

    def __init__(self, *, seconds: float = 10.0) -> None:
        self._seconds = seconds
        self._room = asyncio.Semaphore(2)

    async def read(self, data: bytes, today: date, *, seconds: float | None = None) -> ReadCalendar:
        """What it holds; every trouble is in the answer. `seconds` replaces the usual limit."""
        if len(data) > LARGEST:
            return ReadCalendar(trouble=CalendarTrouble.LARGE)
        async with self._room:
            return await self._in_child(data, today, seconds or self._seconds)

    async def _in_child(self, data: bytes, today: date, seconds: float) -> ReadCalendar:
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-c", _START, str(_ROOT), today.isoformat()),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={name: os.environ[name] for name in _KEPT if name in os.environ},
        )
        try:
            async with asyncio.timeout(seconds):
                answer, _ = await child.communicate(data)
        except TimeoutError:
            return ReadCalendar(trouble=CalendarTrouble.SLOW)
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()
        if child.returncode:
            _LOG.info("calendar not read", code=child.returncode)
            return ReadCalendar(trouble=CalendarTrouble.BROKEN)
        try:
            return _READ.validate_json(answer)
        except ValidationError:
            return ReadCalendar(trouble=CalendarTrouble.BROKEN)

"""Recurring work in the running loop: late runs are made up for once, none overlaps itself."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.logs import Log

_LOG: Final = Log(__name__)

Work = Callable[[], Awaitable[object]]


class Pulse:
    """Beats from `start` to `stop`."""

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone="UTC",
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self._stopped = False

    def every(self, seconds: float, name: str, work: Work) -> None:
        """Do the work every so many seconds; a failure is logged and the next beat comes."""

        async def beat() -> None:
            try:
                await work()
            except asyncio.CancelledError:
                if not self._stopped:
                    raise
            except Exception as error:  # noqa: BLE001 - the next beat tries again
                _LOG.error("recurring work failed", work=name, error=error)

        self._scheduler.add_job(beat, "interval", seconds=seconds, id=name)

    def start(self) -> None:
        """Begin to beat, in the running loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """Beat no more; what runs is cancelled."""
        self._stopped = True
        self._scheduler.shutdown(wait=False)

"""The bot never goes quiet unnoticed: a thread that looks whether the loop still tries.

When nothing was attempted for `limit` seconds the process ends at once, so that whoever runs it
(systemd, a container) starts it anew; what was taken stands in the inbox.
"""

import os
import threading
import time
from collections.abc import Callable
from typing import Final

from bot.logs import Log

_LOG: Final = Log(__name__)
EXIT_CODE: Final = 70
"""EX_SOFTWARE of sysexits.h."""


class Watchdog:
    """`attempted` gives the monotonic time of the last attempt."""

    def __init__(
        self,
        attempted: Callable[[], float],
        *,
        limit: float = 180.0,
        end: Callable[[int], object] = os._exit,
    ) -> None:
        self._attempted = attempted
        self._limit = limit
        self._end = end
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """Watch no more."""
        self._stop.set()

    def _watch(self) -> None:
        while not self._stop.wait(min(5.0, self._limit / 4)):
            quiet = time.monotonic() - self._attempted()
            if quiet > self._limit:
                _LOG.critical("no attempt to get updates, ending", seconds=round(quiet))
                self._end(EXIT_CODE)
                return

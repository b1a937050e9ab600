"""One bot per SQLite file: a lock of the operating system, gone when the process ends."""

import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.store.opening import StoreError


class FileLock:
    """Held from entering to leaving. Raises StoreError when another process holds it."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._path = database.with_name(database.name + ".lock")
        self._handle: int | None = None

    def __enter__(self) -> Self:
        try:
            self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StoreError(f"{self._path} can't be written to: {error.strerror}.") from error
        try:
            _lock(self._handle)
        except OSError as error:
            self.__exit__(None, None, None)
            raise StoreError(
                f"Another kimbot is already running on {self._database}. "
                "Stop it first, or give this one its own KIMBOT_DATA_DIR."
            ) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - exists on Windows only

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415 - exists elsewhere only

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

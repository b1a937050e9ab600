"""Who may work on a database: one bot per SQLite file, by a lock of the operating system; on
PostgreSQL several bots, or one `rekey` alone, by a lock of the server. Both go with the process.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from bot.store.opening import StoreError, check_health, engine_for, unreachable

_ADVISORY: Final = 0x6B696D626F74  # "kimbot"


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


class ServerLock:
    """Held on a PostgreSQL server, by a connection of its own, from entering to leaving: shared by
    bots, or `alone`. On SQLite it does nothing. Raises StoreError when it can't be had."""

    def __init__(self, engine: Engine, *, alone: bool = False) -> None:
        self._engine = engine
        self._alone = alone
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        if self._engine.dialect.name != "postgresql":
            return self
        kind = "" if self._alone else "_shared"
        try:
            plain = self._engine.connect()
            self._connection = plain.execution_options(isolation_level="AUTOCOMMIT")
            lock = text(f"SELECT pg_try_advisory_lock{kind}(:key)")
            got = self._connection.execute(lock, {"key": _ADVISORY}).scalar_one()
        except DBAPIError as error:
            self.__exit__(None, None, None)
            raise unreachable(error) from error
        if not got:
            self.__exit__(None, None, None)
            raise StoreError(
                "A kimbot is still running on this database: stop every one of them first."
                if self._alone
                else "`kimbot rekey` is at work on this database. Start again when it is done."
            )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._connection is not None:
            self._connection.invalidate()  # closed for good: in the pool it would keep the lock
            self._connection.close()
            self._connection = None


@contextmanager
def claimed(url: str, path: Path | None, *, alone: bool = False) -> Iterator[Engine]:
    """A healthy database for a command that changes it while no bot runs on its file (`path`);
    with `alone` none on the server either. Raises StoreError."""
    with FileLock(path) if path else nullcontext():
        if path:
            check_health(path)
        engine = engine_for(url)
        try:
            with ServerLock(engine, alone=alone):
                yield engine
        finally:
            engine.dispose()


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - exists on Windows only

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415 - exists elsewhere only

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

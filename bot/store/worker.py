"""The store's own thread: jobs are functions of a connection, writes that wait share a commit.

A job may run more than once (its group is rolled back when one of it fails): it must do nothing
but read and write through its connection.
"""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, OperationalError

Result = TypeVar("Result")
_GROUP = 64
"""Jobs that share a commit at most."""
_DEADLOCK = "40P01"
"""SQLSTATE of PostgreSQL."""


class StoreBusyError(Exception):
    """The database stayed locked by somebody else; nothing was written."""


class StoreFullError(Exception):
    """No space left for the database; nothing was written."""


class LostRaceError(Exception):
    """Somebody else changed the row meanwhile; nothing was written. Load and decide again."""


@dataclass(slots=True, eq=False)
class _Job(Generic[Result]):
    work: Callable[[Connection], Result]
    writes: bool
    future: asyncio.Future[Result]
    result: Result | None = None
    error: BaseException | None = None


class Store:
    """Runs jobs on the database, in one thread for SQLite, in several for PostgreSQL."""

    def __init__(self, engine: Engine, *, threads: int = 1) -> None:
        self._engine = engine
        self._group = _GROUP if threads == 1 else 1
        self._jobs: queue.SimpleQueue[_Job[object] | None] = queue.SimpleQueue()
        self._loop = asyncio.get_running_loop()
        self._here = self._reader() if engine.dialect.name == "sqlite" else None
        if self._here is not None:
            self._here.exec_driver_sql("PRAGMA busy_timeout = 50")  # the loop can't wait longer
        self._threads = [
            threading.Thread(target=self._work, name=f"store-{n}", daemon=True)
            for n in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def shared(self) -> bool:
        """Whether other processes may work on the same database."""
        return self._here is None

    async def read(self, work: Callable[[Connection], Result]) -> Result:
        """Run a job that only reads what is committed.

        On SQLite at once, in the loop's thread: a few rows cost less than waking another thread,
        and writers never keep readers waiting (WAL).
        """
        if self._here is not None:
            try:
                return work(self._here)
            except (DBAPIError, sqlite3.Error) as error:
                if not isinstance(_named(error), StoreBusyError):
                    raise
        return await self._put(work, writes=False)

    async def read_aside(self, work: Callable[[Connection], Result]) -> Result:
        """Run a long job that only reads, in a thread and on a connection of its own: neither the
        loop nor those who write wait for it."""

        def job() -> Result:
            with self._reader() as connection:
                return work(connection)

        try:
            return await asyncio.to_thread(job)
        except DBAPIError as error:
            raise _named(error) from error

    def write(self, work: Callable[[Connection], Result]) -> asyncio.Future[Result]:
        """Run a job in a transaction; done when it is committed.

        Raises StoreBusyError, StoreFullError, or what the job raised: nothing was written then.
        """
        return self._put(work, writes=True)

    async def close(self) -> None:
        """Finish what waits, and close the connections."""
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            await asyncio.to_thread(thread.join)
        if self._here is not None:
            self._here.close()
        self._engine.dispose()

    def _reader(self) -> Connection:
        return self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")

    def _put(self, work: Callable[[Connection], Result], *, writes: bool) -> asyncio.Future[Result]:
        future: asyncio.Future[Result] = self._loop.create_future()
        self._jobs.put(cast("_Job[object]", _Job(work=work, writes=writes, future=future)))
        return future

    def _work(self) -> None:
        with self._engine.connect() as writer, self._reader() as reader:
            while (jobs := self._waiting()) is not None:
                reads = [job for job in jobs if not job.writes]
                writes = [job for job in jobs if job.writes]
                for job in reads:
                    _try(job, reader)
                self._settle(reads)
                if writes:
                    _commit(writes, writer)
                    self._settle(writes)

    def _waiting(self) -> list[_Job[object]] | None:
        first = self._jobs.get()
        if first is None:
            return None
        jobs = [first]
        while len(jobs) < self._group:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                break
            if job is None:
                self._jobs.put(None)
                break
            jobs.append(job)
        return jobs

    def _settle(self, jobs: list[_Job[object]]) -> None:
        if jobs and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(_deliver, jobs)


def _try(job: _Job[object], connection: Connection) -> None:
    """One job, once more if nothing of it counts."""
    for again in (True, False):
        try:
            job.result, job.error = job.work(connection), None
        except Exception as error:  # noqa: BLE001 - handed to the one who waits
            job.error = _named(error)
            connection.rollback()  # a lost connection is replaced then
            if again and _is_lost(error):
                continue
        return


def _commit(jobs: list[_Job[object]], connection: Connection) -> None:
    """All jobs in one transaction; when one fails, each in its own."""
    if len(jobs) > 1 and _together(jobs, connection):
        return
    for job in jobs:
        for again in (True, False):
            try:
                with connection.begin():
                    job.result = job.work(connection)
                job.error = None
            except Exception as error:  # noqa: BLE001 - handed to the one who waits
                job.error = _named(error)
                if again and _is_lost(error):
                    continue
            break


def _together(jobs: list[_Job[object]], connection: Connection) -> bool:
    try:
        with connection.begin():
            for job in jobs:
                job.result = job.work(connection)
    except Exception as error:  # noqa: BLE001 - each gets its own answer in its own transaction
        if isinstance(named := _named(error), StoreBusyError):
            for job in jobs:
                job.error = named
            return True
        return False
    return True


def _named(error: Exception) -> Exception:
    """Locked and full as errors of their own; everything else as it is."""
    original = error.orig if isinstance(error, OperationalError) else error
    if isinstance(original, sqlite3.OperationalError):
        code = getattr(original, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return StoreBusyError("database is locked")
        if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
            return StoreFullError("no space left for the database")
    if getattr(original, "sqlstate", None) == "53100":
        return StoreFullError("no space left for the database")
    if _is_away(error):
        return StoreBusyError("the database's server can't be reached")
    return error


def _is_lost(error: Exception) -> bool:
    """The connection broke (a restarted server), or the job and another one waited for each other
    and this one was given up: the whole job may be done once more."""
    if not isinstance(error, DBAPIError):
        return False
    return error.connection_invalidated or getattr(error.orig, "sqlstate", None) == _DEADLOCK


def _is_away(error: Exception) -> bool:
    """The server of the database is down, starting or stopping (SQLSTATE 57P01 to 57P05)."""
    if not isinstance(error, DBAPIError) or isinstance(error.orig, sqlite3.Error):
        return False
    state = getattr(error.orig, "sqlstate", None) or ""
    unreached = isinstance(error, OperationalError) and not state
    return error.connection_invalidated or unreached or state.startswith(("08", "57P"))


def _deliver(jobs: Iterable[_Job[object]]) -> None:
    for job in jobs:
        if job.future.done():
            continue
        if job.error is not None:
            job.future.set_exception(job.error)
        else:
            job.future.set_result(job.result)

"""The database for a command that works beside a running bot: nothing is made, nothing migrated.

Each job is one short transaction, since the bot waits meanwhile.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from bot.store.opening import StoreError, engine_for, is_current, unreachable
from bot.store.sealing import Pseudonyms, Seal
from bot.store.secrets import unlocked
from bot.store.worker import StoreFullError

Result = TypeVar("Result")


class Beside:
    """A database whose key is there."""

    def __init__(self, engine: Engine, pseudonyms: Pseudonyms) -> None:
        self._engine = engine
        self.pseudonyms = pseudonyms

    def write(self, work: Callable[[Connection], Result]) -> Result:
        """Do a job in a transaction. Raises StoreError when it can't be done now."""
        try:
            with self._engine.begin() as connection:
                return work(connection)
        except DBAPIError as error:
            raise unreachable(error) from error
        except StoreFullError as error:
            raise StoreError(f"Nothing was changed: {error}.") from error

    def look(self, work: Callable[[Connection], Result]) -> Result:
        """Do a job that only reads, or that needs to be in no transaction. Raises StoreError."""
        try:
            alone = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            with alone as connection:
                return work(connection)
        except DBAPIError as error:
            raise unreachable(error) from error


def look_for(path: Path | None) -> None:
    """Whether the file is there (None: the database is on a server), said before a key is asked
    for. Raises StoreError."""
    if path is not None and not path.exists():
        raise StoreError(f"There is no database {path} yet: nothing is stored.")


@contextmanager
def beside(url: str, path: Path | None, seal: Seal) -> Iterator[Beside]:
    """The database at this address, or in this file. Raises StoreError."""
    look_for(path)
    engine = engine_for(url)
    try:
        if not is_current(engine):
            raise StoreError(
                "The database is of another version than this program. Run `kimbot migrate` with "
                "the bot stopped, or use the program that runs the bot."
            )
        pseudonyms, _ = unlocked(engine, seal)
        yield Beside(engine, pseudonyms)
    finally:
        engine.dispose()

"""Councils by file, for whoever sits at the machine and has the key: read all, put one.

Not for the chat: nobody is asked who they are. People, letters and invitations stay untouched.
"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, Row, insert, select, update
from sqlalchemy.exc import DBAPIError

from bot.store.codec import Codec, stamp
from bot.store.lock import FileLock, ServerLock
from bot.store.opening import StoreError, check_health, check_version, engine_for, unreachable
from bot.store.schema import FORMAT, audit, council
from bot.store.scope import queue_up
from bot.store.sealing import Seal
from bot.store.secrets import prove, pseudonyms_in, unlocked
from conversations.rules.profile import Profile

_NOBODY: Final = 0
"""Who did it, in the audit log: nobody has this number in Telegram."""
_ID_BYTES: Final = 12


class Outcome(StrEnum):
    """What becomes of a council of the file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


Change = Callable[[Profile | None], Profile]
"""From the profile that is stored, if one is, to the one that shall be."""


class CouncilFiles:
    """The councils of a database. Every method is one transaction; all raise StoreError."""

    def __init__(self, engine: Engine, codec: Codec) -> None:
        self._engine = engine
        self._codec = codec

    def all(self) -> tuple[Profile, ...]:
        """Every council, by key of the municipality."""
        with _told(), self._engine.connect() as connection:
            rows = connection.execute(select(council).order_by(council.c.ags, council.c.id))
            return tuple(self._profile(row) for row in rows)

    def put(self, ags: str, change: Change, now: datetime, *, trial: bool = False) -> Outcome:
        """Begin the municipality's council or change it; with `trial` only say what would be.

        What stays the same keeps its revision. A bot that runs beside decides anew what it was
        about to change there.
        """
        with _told(), self._engine.begin() as connection:
            queue_up(connection)
            pseudonyms = pseudonyms_in(connection, self._codec.seal)
            row = _stored(connection, ags)
            old = self._profile(row) if row else None
            new = change(old)
            if new == old:
                return Outcome.UNCHANGED
            if not trial:
                id_ = self._write(connection, row, new, now)
                _note(connection, pseudonyms.of(_NOBODY), id_, now)
            return Outcome.CHANGED if row else Outcome.NEW

    def _profile(self, row: Row[Any]) -> Profile:
        return self._codec.council.read(row.body, row.format, row.id)

    def _write(
        self, connection: Connection, row: Row[Any] | None, new: Profile, now: datetime
    ) -> str:
        id_: str = row.id if row else secrets.token_urlsafe(_ID_BYTES)
        values = {"format": FORMAT, "body": self._codec.council.write(new, id_)}
        if row:
            values["revision"] = row.revision + 1
            connection.execute(update(council).where(council.c.id == id_).values(**values))
        else:
            begun = {"id": id_, "ags": new.ags, "revision": 1, "created": stamp(now)}
            connection.execute(insert(council).values(**begun, **values))
        return id_


@contextmanager
def opened(url: str, path: Path | None, seal: Seal) -> Iterator[CouncilFiles]:
    """The councils of a database; `path` is its file, if it is one. A bot may be running on it;
    if none is, the database is brought to this version. Raises StoreError."""
    with ExitStack() as stack:
        alone = path is None or _locked(stack, path)
        if path is not None:
            check_health(path)
        engine = engine_for(url)
        stack.callback(engine.dispose)
        stack.enter_context(ServerLock(engine))
        if alone:
            unlocked(engine, seal)
        else:
            check_version(engine)
            prove(engine, seal)
        yield CouncilFiles(engine, Codec(seal))


def _locked(stack: ExitStack, path: Path) -> bool:
    try:
        stack.enter_context(FileLock(path))
    except StoreError:
        return False  # a running bot holds it: it has migrated, and writers queue up
    return True


def _stored(connection: Connection, ags: str) -> Row[Any] | None:
    query = select(council).where(council.c.ags == ags).with_for_update()
    return connection.execute(query).first()


def _note(connection: Connection, actor: str, id_: str, now: datetime) -> None:
    line = {"at": stamp(now), "actor": actor, "council": id_, "action": "import", "object": ""}
    connection.execute(insert(audit).values(**line))


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise unreachable(error) from error

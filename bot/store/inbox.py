"""The inbox: every update that Telegram handed over, by its id.

Before an update is confirmed it is either done, its turn committed, or kept here with its content
for a turn to come. The content goes with that turn; the id stays a while, against duplicates.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, text

from bot.store.codec import stamp
from bot.store.prepared import Prepared
from bot.store.schema import inbox
from bot.store.sealing import Seal


class AlreadyDoneError(Exception):
    """The update was handled before: nothing was written, also for others of the same unit."""

    def __init__(self, update_id: int) -> None:
        super().__init__(update_id)
        self.update_id = update_id


KEPT = timedelta(days=7)
"""How long ids of handled updates are kept."""

_keep = Prepared(
    text(
        "INSERT INTO inbox (update_id, content, received) VALUES (:id, :raw, :at) "
        "ON CONFLICT (update_id) DO NOTHING"
    )
)
_done = Prepared(
    text(
        "INSERT INTO inbox (update_id, received, done, error, code) "
        "VALUES (:id, :at, :at, :kind, :told) ON CONFLICT (update_id) DO UPDATE "
        "SET content = NULL, done = :at, error = :kind, code = :told WHERE inbox.done IS NULL"
    )
)
_pending = (
    select(inbox.c.update_id, inbox.c.content)
    .where(inbox.c.done.is_(None))
    .order_by(inbox.c.received, inbox.c.update_id)
)


def keep(
    connection: Connection, seal: Seal, rows: Sequence[tuple[int, str]], now: datetime
) -> set[int]:
    """Store raw updates (id, JSON) that aren't handled yet, sealed; returns the ids that were
    new."""
    at = stamp(now)
    return {
        key
        for key, content in rows
        if _keep.run(
            connection, {"id": key, "raw": seal.close_text(content, f"inbox:{key}"), "at": at}
        ).rowcount
    }


def done(connection: Connection, ids: Iterable[int], now: datetime) -> None:
    """Mark updates as handled, kept before or not, and forget their content. Part of the turn's
    transaction. Raises AlreadyDoneError: nothing may take effect twice."""
    _finish(connection, ids, {"at": stamp(now), "kind": None, "told": None})


def park(connection: Connection, ids: Iterable[int], kind: str, code: str, now: datetime) -> None:
    """Give up on updates: their id, the exception's class and the code told stay, no content."""
    _finish(connection, ids, {"at": stamp(now), "kind": kind, "told": code})


def _finish(connection: Connection, ids: Iterable[int], values: Mapping[str, object]) -> None:
    for key in ids:
        if not _done.run(connection, {"id": key, **values}).rowcount:
            raise AlreadyDoneError(key)


def pending(connection: Connection, seal: Seal) -> list[tuple[int, str]]:
    """Updates that were taken and not handled yet (id, JSON), oldest first."""
    return [
        (row.update_id, seal.open_text(row.content, f"inbox:{row.update_id}"))
        for row in connection.execute(_pending)
    ]


def sweep(connection: Connection, now: datetime) -> int:
    """Drop ids of updates handled more than `KEPT` ago; returns how many."""
    old = delete(inbox).where(inbox.c.done < stamp(now - KEPT))
    return connection.execute(old).rowcount

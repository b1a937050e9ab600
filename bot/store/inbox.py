"""The inbox: every update that Telegram handed over, by its id.

Before an update is confirmed it is either done, its turn committed, or kept here with its content
for a turn to come. The content goes with that turn; the id stays a while, against duplicates.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, or_, select, text, update

from bot.store.codec import stamp
from bot.store.leases import Holder
from bot.store.prepared import Prepared
from bot.store.replicas import Replica, living, owner
from bot.store.schema import inbox
from bot.store.sealing import Seal


class AlreadyDoneError(Exception):
    """The update was handled before: nothing was written, also for others of the same unit."""

    def __init__(self, update_id: int) -> None:
        super().__init__(update_id)
        self.update_id = update_id


_NOBODY: Final = Holder("")
KEPT = timedelta(days=7)
"""How long ids of handled updates are kept."""

_keep = Prepared(
    text(
        "INSERT INTO inbox (update_id, content, received, holder) "
        "VALUES (:id, :raw, :at, :holder) "
        "ON CONFLICT (update_id) DO NOTHING"
    )
)
_done = Prepared(
    text(
        "INSERT INTO inbox (update_id, received, done, error, code) "
        "VALUES (:id, :at, :at, :kind, :told) ON CONFLICT (update_id) DO UPDATE "
        "SET content = NULL, done = :at, error = :kind, code = :told, holder = NULL "
        "WHERE inbox.done IS NULL"
    )
)
_begin = text(
    "INSERT INTO inbox (update_id, content, received, holder, starts) "
    "VALUES (:id, :raw, :at, :holder, 1) ON CONFLICT (update_id) DO UPDATE "
    "SET starts = inbox.starts + 1, holder = :holder WHERE inbox.done IS NULL "
    "RETURNING starts"
)
_pending = (
    select(inbox.c.update_id, inbox.c.content)
    .where(inbox.c.done.is_(None))
    .order_by(inbox.c.received, inbox.c.update_id)
)


def keep(
    connection: Connection,
    seal: Seal,
    rows: Sequence[tuple[int, str]],
    now: datetime,
    holder: Holder = _NOBODY,
) -> set[int]:
    """Store raw updates (id, JSON) that aren't handled yet, sealed, for the process that will
    handle them; returns the ids that were new."""
    at = stamp(now)
    return {
        key
        for key, content in rows
        if _keep.run(
            connection,
            {
                "id": key,
                "raw": seal.close_text(content, f"inbox:{key}"),
                "at": at,
                "holder": holder,
            },
        ).rowcount
    }


def begin(
    connection: Connection,
    seal: Seal,
    rows: Sequence[tuple[int, str]],
    now: datetime,
    holder: Holder,
) -> int:
    """Keep updates and count that their turn begins, for the case that it ends the process; how
    often it began at most."""
    starts = 0
    for key, content in rows:
        raw = seal.close_text(content, f"inbox:{key}")
        values = {"id": key, "raw": raw, "at": stamp(now), "holder": holder}
        starts = max(starts, connection.execute(_begin, values).scalar() or 0)
    return starts


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


def hand_over(
    connection: Connection,
    seal: Seal,
    me: Replica,
    rows: Sequence[tuple[tuple[int, int], int, str]],
    now: datetime,
) -> set[int]:
    """Of updates (lane, id, JSON), keep those for others whose lanes they look after; their
    ids."""
    owners = {lane: owner(connection, me, *lane) for lane in sorted({row[0] for row in rows})}
    foreign = [row for row in rows if owners[row[0]] != me.holder]
    for lane, key, content in foreign:
        keep(connection, seal, [(key, content)], now, owners[lane])
    return {key for _, key, _ in foreign}


def handed(connection: Connection, seal: Seal, holder: Holder) -> list[tuple[int, str]]:
    """Updates (id, JSON) that wait for this process, oldest first."""
    return [
        (row.update_id, seal.open_text(row.content, f"inbox:{row.update_id}"))
        for row in connection.execute(_pending.where(inbox.c.holder == holder))
    ]


def adopt(connection: Connection, holder: Holder) -> int:
    """Take over what waits for processes that live no more; returns how many."""
    lost = or_(inbox.c.holder.is_(None), inbox.c.holder.not_in(living()))
    taken = update(inbox).where(inbox.c.done.is_(None), lost).values(holder=holder)
    return connection.execute(taken).rowcount


def sweep(connection: Connection, now: datetime) -> int:
    """Drop ids of updates handled more than `KEPT` ago; returns how many."""
    old = delete(inbox).where(inbox.c.done < stamp(now - KEPT))
    return connection.execute(old).rowcount

"""The inbox: every update that Telegram handed over, kept before it is confirmed.

The content goes with the turn that handles it; the id stays a while, against duplicates.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from bot.store.codec import stamp
from bot.store.schema import inbox

KEPT = timedelta(days=7)
"""How long ids of handled updates are kept."""

_known = select(inbox.c.update_id).where(inbox.c.update_id.in_(bindparam("ids", expanding=True)))
_keep = insert(inbox)
_done = (
    update(inbox)
    .where(inbox.c.update_id == bindparam("id"))
    .values(content=None, done=bindparam("at"))
)
_park = (
    update(inbox)
    .where(inbox.c.update_id == bindparam("id"))
    .values(content=None, done=bindparam("at"), error=bindparam("kind"), code=bindparam("told"))
)
_pending = (
    select(inbox.c.update_id, inbox.c.content)
    .where(inbox.c.done.is_(None))
    .order_by(inbox.c.received, inbox.c.update_id)
)


def keep(connection: Connection, rows: Sequence[tuple[int, str]], now: datetime) -> set[int]:
    """Store raw updates (id, JSON); returns the ids that were new."""
    contents = dict(rows)
    known = set(connection.execute(_known, {"ids": list(contents)}).scalars())
    new = [key for key in contents if key not in known]
    if new:
        received = stamp(now)
        connection.execute(
            _keep,
            [{"update_id": key, "content": contents[key], "received": received} for key in new],
        )
    return set(new)


def done(connection: Connection, ids: Iterable[int], now: datetime) -> None:
    """Mark updates as handled and forget their content. Part of the turn's transaction."""
    rows = [{"id": key, "at": stamp(now)} for key in ids]
    if len(rows) == 1:
        connection.execute(_done, rows[0])
    elif rows:
        connection.execute(_done, rows)


def park(connection: Connection, ids: Iterable[int], kind: str, code: str, now: datetime) -> None:
    """Give up on updates: their id, the exception's class and the code told stay, no content."""
    connection.execute(
        _park, [{"id": key, "at": stamp(now), "kind": kind, "told": code} for key in ids]
    )


def pending(connection: Connection) -> list[tuple[int, str]]:
    """Updates that were taken and not handled yet (id, JSON), oldest first."""
    return [(row.update_id, row.content or "") for row in connection.execute(_pending)]


def sweep(connection: Connection, now: datetime) -> int:
    """Drop ids of updates handled more than `KEPT` ago; returns how many."""
    old = delete(inbox).where(inbox.c.done < stamp(now - KEPT))
    return connection.execute(old).rowcount

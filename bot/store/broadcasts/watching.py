"""What the message rests on that shows an author how far a broadcast is, and where it stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Row, bindparam, or_, select, update

from bot.store import quarantine
from bot.store.broadcasts import reading
from bot.store.codec import Codec, stamp
from bot.store.schema import broadcast, member
from conversations.broadcasts import OPEN, Broadcast, BroadcastId, Stage

GIVEN_UP: Final = 0
"""In place of a message's id: there is none, and none comes any more."""
_LATELY: Final = timedelta(days=30)
"""So long after its end it is looked at whether something changed."""


class Watched(NamedTuple):
    """A broadcast that may have changed, and what tells whether it did."""

    id: BroadcastId
    stage: Stage
    mark: tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What its message is made of."""

    broadcast: Broadcast
    chat: int
    language: str
    message: int | None
    shown: str
    """What it says now, as a hash."""


def goes_on(connection: Connection) -> bool:
    """Whether any is confirmed and not over, whoever sees it or nobody; no after a restore."""
    going = select(broadcast.c.id).where(broadcast.c.stage.in_(OPEN)).limit(1)
    return connection.execute(going).first() is not None and quarantine.since(connection) is None


def watched(connection: Connection, now: datetime) -> tuple[Watched, ...]:
    """All that are confirmed and not over for long; none after a restore (nothing is sent then)."""
    rows = connection.execute(_WATCHED, {"since": stamp(now - _LATELY)}).all()
    if not rows or quarantine.since(connection) is not None:
        return ()
    return tuple(
        Watched(id=BroadcastId(row.id), stage=Stage(row.stage), mark=tuple(row)) for row in rows
    )


def shown(connection: Connection, codec: Codec, id_: BroadcastId) -> Shown | None:
    """One of them as it is now; None when nobody is to see it."""
    row = connection.execute(
        select(broadcast, member.c.format.label("form"), member.c.body.label("person"))
        .join(member, member.c.person == broadcast.c.author)
        .where(broadcast.c.id == id_, member.c.blocked.is_(None), member.c.withdrawn.is_(None))
    ).one_or_none()
    if row is None or row.progress == GIVEN_UP:
        return None
    return Shown(
        broadcast=reading.read(connection, codec, row),
        chat=row.author,
        language=_language(codec, row),
        message=row.progress,
        shown=row.shown,
    )


def note(connection: Connection, shown: Shown, message: int, words: str) -> None:
    """Its message says this now; nothing of it counts for somebody who took it over meanwhile."""
    same = (broadcast.c.id == shown.broadcast.id, broadcast.c.author == shown.chat)
    connection.execute(update(broadcast).where(*same).values(progress=message, shown=words))


def _language(codec: Codec, row: Row[Any]) -> str:
    return codec.member.read(row.person, row.form, row.author).language


_WATCHED: Final = select(
    *(broadcast.c[name] for name in ("id", "stage", "why", "due", "ended", "edition", "retracted"))
).where(
    broadcast.c.author.is_not(None),
    or_(broadcast.c.progress.is_(None), broadcast.c.progress != GIVEN_UP),
    or_(
        broadcast.c.stage.in_(OPEN),
        broadcast.c.ended >= bindparam("since"),
        broadcast.c.retracted >= bindparam("since"),
    ),
)

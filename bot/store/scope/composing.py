"""Drafts of broadcasts: one's own, changed by compare-and-set on their revision."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, insert, update
from sqlalchemy.exc import IntegrityError

from bot.store.codec import stamp
from bot.store.schema import FORMAT, broadcast
from bot.store.scope.known import composes
from bot.store.scope.principal import ForbiddenError, Principal
from bot.store.worker import LostRaceError
from conversations.broadcasts import Stage
from conversations.deeds import Compose, Discard, Rehearse


def compose(principal: Principal, deed: Compose, now: datetime) -> None:
    """Begin a draft, or change it if nobody did meanwhile."""
    if not composes(principal, deed.council):
        raise ForbiddenError("neither operator nor admin of the council")
    values: dict[str, object] = {
        "revision": deed.revision + 1,
        "touched": stamp(now),
        "pinned": int(deed.content.pinned),
        "format": FORMAT,
        "body": principal.codec.broadcast.write(deed.content, deed.id),
    }
    if deed.revision == 0:
        _begin(principal, deed, values, now)
        return
    _change(principal, deed, deed.revision, values)


def rehearse(principal: Principal, deed: Rehearse, now: datetime) -> None:
    """Telegram took the preview of this revision, if it is still the one."""
    _change(principal, deed, deed.revision, {"rehearsed": deed.revision, "touched": stamp(now)})


def discard(principal: Principal, deed: Discard) -> str:
    """The draft goes."""
    gone = principal.connection.execute(delete(broadcast).where(_draft(principal, deed)))
    if not gone.rowcount:
        raise ForbiddenError("no such draft")
    return f"broadcast:{deed.id}"


def _begin(principal: Principal, deed: Compose, values: dict[str, object], now: datetime) -> None:
    fresh: dict[str, object] = {
        "id": deed.id,
        "council": deed.council,
        "author": principal.person,
        "stage": Stage.DRAFT,
        "rehearsed": 0,
        "made": stamp(now),
        "why": "",
        "edition": 1,
        "shown": "",
    }
    try:
        principal.connection.execute(insert(broadcast), {**fresh, **values})
    except IntegrityError as error:
        raise ForbiddenError("a broadcast of this id is there") from error


def _change(
    principal: Principal, deed: Compose | Rehearse, revision: int, values: dict[str, object]
) -> None:
    same = and_(_draft(principal, deed), broadcast.c.revision == revision)
    changed = principal.connection.execute(update(broadcast).where(same).values(**values))
    if not changed.rowcount:
        raise LostRaceError("the draft was changed meanwhile")


def _draft(principal: Principal, deed: Compose | Rehearse | Discard) -> ColumnElement[bool]:
    return and_(
        broadcast.c.id == deed.id,
        broadcast.c.author == principal.person,
        broadcast.c.stage == Stage.DRAFT,
        broadcast.c.council.is_(None)
        if deed.council is None
        else broadcast.c.council == deed.council,
    )

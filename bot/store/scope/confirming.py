"""A broadcast confirmed: by its author, and where the instance wants it by a second person. Then
its audience is frozen, once, however often and by how many it is pressed."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, update

from bot.store.broadcasts import asking, freezing
from bot.store.codec import moment, stamp
from bot.store.schema import broadcast
from bot.store.scope import addressing
from bot.store.scope.known import composes, stored
from bot.store.scope.principal import ForbiddenError, Principal
from bot.store.worker import LostRaceError
from conversations.broadcasts import Addressee, BroadcastId, Content, Stage
from conversations.deeds import Confirm, Decline, Second
from conversations.rules.audience import chosen
from conversations.rules.sending_hours import is_open, latest, opening


def confirm(principal: Principal, deed: Confirm, now: datetime) -> str | None:
    """The author's word. None when it would reach nobody: it stays a draft."""
    row = stored(principal, deed.id, deed.council)
    if row.author != principal.person or not _is_checked(principal, deed):
        raise ForbiddenError("somebody else's word is needed")
    _in_time(deed.due, now)
    same = (row.stage, row.revision, row.rehearsed)
    if same != (Stage.DRAFT, deed.revision, deed.revision):
        raise LostRaceError("the draft was changed meanwhile, or its preview not seen")
    content = _content(principal, row)
    addressees = _addressees(principal, row, content, now)
    if not addressees:
        return None
    if deed.check:
        _move(principal, row, Stage.DRAFT, stage=Stage.CHECK, due=deed.due and stamp(deed.due))
        asking.ask(principal.connection, row, now, but=principal.person)
    else:
        _start(principal, row, (content, addressees), deed.due, now)
    return f"broadcast:{deed.id}"


def second(principal: Principal, deed: Second, now: datetime) -> str | None:
    """The second person's word. None when it would reach nobody any more."""
    row = stored(principal, deed.id, deed.council)
    if row.author == principal.person or not composes(principal, row.council):
        raise ForbiddenError("nobody confirms what is their own, or not theirs")
    if (row.stage, row.revision) != (Stage.CHECK, deed.revision):
        raise LostRaceError("somebody else was quicker, or it is another text by now")
    content = _content(principal, row)
    addressees = _addressees(principal, row, content, now)
    if not addressees:
        return None
    due = moment(row.due) if row.due is not None else None
    _start(principal, row, (content, addressees), due, now)
    return f"broadcast:{deed.id}"


def decline(principal: Principal, deed: Decline, now: datetime) -> str:
    """It is its author's draft again, whose preview still counts. When it is confirmed once more
    it is another one to look at, and to ask about."""
    row = stored(principal, deed.id, deed.council)
    if not composes(principal, row.council):
        raise ForbiddenError("not theirs to judge")
    revision = row.revision + 1
    values = {"due": None, "revision": revision, "rehearsed": revision}
    _move(principal, row, Stage.CHECK, stage=Stage.DRAFT, **values)
    if row.author != principal.person:
        asking.tell_returned(principal.connection, row, revision, now)
    return f"broadcast:{deed.id}"


def _is_checked(principal: Principal, deed: Confirm) -> bool:
    """Whether as many people look at it as the instance wants."""
    needed = principal.broadcasting.four_eyes and deed.council is None
    return composes(principal, deed.council) and (deed.check or not needed)


def _in_time(due: datetime | None, now: datetime) -> None:
    if due is not None and due > now and (not is_open(due) or due > latest(now)):
        raise ForbiddenError("no time for broadcasts")


def _content(principal: Principal, row: Row[Any]) -> Content:
    content = principal.codec.broadcast.read(row.body, row.format, row.id)
    if not content.posts:
        raise ForbiddenError("it says nothing")
    return content


def _addressees(
    principal: Principal, row: Row[Any], content: Content, now: datetime
) -> tuple[Addressee, ...]:
    public = addressing.of(principal, row.council, now)
    return chosen(content.audience, public)


def _start(
    principal: Principal,
    row: Row[Any],
    frozen: tuple[Content, tuple[Addressee, ...]],
    due: datetime | None,
    now: datetime,
) -> None:
    content, addressees = frozen
    start = opening(max(due or now, now))
    waits = start > now
    _move(
        principal,
        row,
        Stage(row.stage),
        stage=Stage.WAITING if waits else Stage.RUNNING,
        due=stamp(start),
        confirmed=stamp(now),
        begun=None if waits else stamp(now),
    )
    freezing.freeze(principal.connection, BroadcastId(row.id), content, addressees, start)


def _move(principal: Principal, row: Row[Any], before: Stage, **values: object) -> None:
    same = and_(
        broadcast.c.id == row.id,
        broadcast.c.stage == before,
        broadcast.c.revision == row.revision,
    )
    moved = principal.connection.execute(update(broadcast).where(same).values(**values))
    if not moved.rowcount:
        raise LostRaceError("somebody else was quicker")

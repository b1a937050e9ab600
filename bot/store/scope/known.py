"""Broadcasts as a person may see them: operators all, admins those of the council in hand; drafts
only one's own."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, and_, false, or_, select

from bot.store.broadcasts import reading
from bot.store.schema import broadcast, membership
from bot.store.scope.principal import ForbiddenError, Principal
from conversations.broadcasts import OPEN, Broadcast, Stage
from conversations.standing import CouncilId, PersonId, Role

_MOST: Final = 50
_DRAFTED: Final = broadcast.c.stage == Stage.DRAFT


def known(principal: Principal, council: CouncilId | None) -> tuple[Broadcast, ...]:
    """The newest first; open ones are there however old they are."""
    order = (broadcast.c.made.desc(), broadcast.c.id)
    mine = _seen(principal, council)
    newest = select(broadcast.c.id).where(mine).order_by(*order).limit(_MOST)
    these = or_(broadcast.c.id.in_(newest), and_(mine, broadcast.c.stage.in_(OPEN)))
    rows = principal.connection.execute(select(broadcast).where(these).order_by(*order)).all()
    names = _names(principal, rows)
    return tuple(_read(principal, row, names) for row in rows)


def one(principal: Principal, id_: str) -> Broadcast | None:
    """One of them, of whichever council the person runs."""
    row = _row(principal, id_)
    return _read(principal, row, _names(principal, [row])) if row is not None else None


def stored(principal: Principal, id_: str, council: CouncilId | None) -> Row[Any]:
    """The row that a deed is about. Raises ForbiddenError when it is not there, not the person's
    to steer, or another council's than the deed says."""
    row = _row(principal, id_)
    if row is None or row.council != council:
        raise ForbiddenError("no such broadcast")
    return row


def composes(principal: Principal, council: str | None) -> bool:
    """Whether the person may speak there: an operator to all councils, an admin to theirs."""
    if council is None:
        return principal.standing.operator
    seat = principal.standing.seat(council)
    return seat is not None and seat.role is Role.ADMIN


def _row(principal: Principal, id_: str) -> Row[Any] | None:
    query = select(broadcast).where(broadcast.c.id == id_)
    row = principal.connection.execute(query).one_or_none()
    if row is None or not (principal.standing.operator or composes(principal, row.council)):
        return None
    if row.stage == Stage.DRAFT and (
        row.author != principal.person or not composes(principal, row.council)
    ):
        return None
    return row


def _seen(principal: Principal, council: CouncilId | None) -> ColumnElement[bool]:
    if principal.standing.operator:
        return or_(~_DRAFTED, _own_drafts(principal))
    if council is None or not composes(principal, council):
        return false()
    return and_(broadcast.c.council == council, or_(~_DRAFTED, _own_drafts(principal)))


def _own_drafts(principal: Principal) -> ColumnElement[bool]:
    """Those of a council that the person does not run any more are not theirs to see."""
    seats = principal.standing.seats
    speaks: ColumnElement[bool] = broadcast.c.council.in_(
        [one.council for one in seats if one.role is Role.ADMIN]
    )
    if principal.standing.operator:
        speaks = or_(speaks, broadcast.c.council.is_(None))
    return and_(broadcast.c.author == principal.person, speaks)


def _read(
    principal: Principal, row: Row[Any], names: Mapping[tuple[str, PersonId], str]
) -> Broadcast:
    by = names.get((row.council, row.author), "")
    return reading.read(principal.connection, principal.codec, row, by)


def _names(principal: Principal, rows: Sequence[Row[Any]]) -> Mapping[tuple[str, PersonId], str]:
    """Of authors in councils whose admin the person is."""
    here = {row.council for row in rows if row.council and composes(principal, row.council)}
    if not here:
        return {}
    columns = ("council", "person", "format", "body")
    query = select(*(membership.c[name] for name in columns)).where(
        membership.c.council.in_(here),
        membership.c.person.in_({row.author for row in rows if row.author is not None}),
    )
    read = principal.codec.badge.read
    return {
        (id_, person): read(body, form, f"{id_}/{person}").name
        for id_, person, form, body in principal.connection.execute(query)
    }

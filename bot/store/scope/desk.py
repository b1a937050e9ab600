"""The desk: what admins see of the council in hand, members of its admins, operators of all."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from bot.store.codec import moment
from bot.store.prepared import Prepared
from bot.store.schema import member, membership
from bot.store.scope import board, instance, invitations, records
from bot.store.scope.principal import Principal
from bot.store.scope.seats import REACHABLE
from conversations.standing import (
    Badge,
    Colleague,
    CouncilId,
    Desk,
    Invitation,
    PersonId,
    Role,
    Seat,
)

_seats = (
    select(
        membership.c.person,
        membership.c.role,
        membership.c.since,
        membership.c.format,
        membership.c.body,
        REACHABLE,
    )
    .select_from(membership.outerjoin(member, member.c.person == membership.c.person))
    .where(membership.c.council == bindparam("council_"), membership.c.ended.is_(None))
)
_everybody = Prepared(_seats)
_of_role = Prepared(_seats.where(membership.c.role == bindparam("role_")))


def read(principal: Principal, council: CouncilId | None, now: datetime) -> Desk:
    """All that the person may see; an empty desk for a stranger."""
    desk = Desk()
    seat = principal.standing.seat(council) if council is not None else None
    if seat is not None:
        desk = _of_council(principal, seat, now)
    if principal.standing.operator:
        desk = replace(
            desk,
            councils=instance.councils(principal, now),
            operators=instance.operators(principal),
            board=board.read(principal, now),
            invitations=_both(desk, principal, now),
            taken=instance.taken(principal),
        )
    return desk


def _both(desk: Desk, principal: Principal, now: datetime) -> tuple[Invitation, ...]:
    known = {one.id for one in desk.invitations}
    others = invitations.open_of_instance(principal, now)
    return (*desk.invitations, *(one for one in others if one.id not in known))


def _of_council(principal: Principal, seat: Seat, now: datetime) -> Desk:
    if seat.role is not Role.ADMIN:
        return Desk(colleagues=tuple(map(_by_name_alone, _people(principal, seat, Role.ADMIN))))
    people = _people(principal, seat)
    names = {principal.pseudonyms.of(one.person): one.badge.name for one in people}
    operators = instance.pseudonyms_of_operators(principal)
    return Desk(
        colleagues=people,
        invitations=invitations.open_of(principal, seat.council, now),
        records=records.latest(principal, seat.council, names, operators),
        taken=instance.taken(principal),
    )


def _people(principal: Principal, seat: Seat, role: Role | None = None) -> tuple[Colleague, ...]:
    """The council's people, admins first, then by name; `role` only those."""
    values = {"council_": seat.council, "role_": role}
    rows = (_everybody if role is None else _of_role).run(principal.connection, values).fetchall()
    people = [_colleague(principal, seat, row) for row in rows]
    people.sort(key=lambda one: (one.role is not Role.ADMIN, one.badge.name.casefold(), one.person))
    return tuple(people)


def _colleague(principal: Principal, seat: Seat, row: Sequence[Any]) -> Colleague:
    person, role, since, form, body, reachable = row
    return Colleague(
        person=PersonId(person),
        role=Role(role),
        badge=principal.codec.badge.read(body, form, f"{seat.council}/{person}"),
        since=moment(since),
        reachable=bool(reachable),
    )


def _by_name_alone(one: Colleague) -> Colleague:
    return replace(one, person=PersonId(0), badge=Badge(name=one.badge.name), reachable=True)

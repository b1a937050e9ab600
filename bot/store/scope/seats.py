"""Seats: taken, changed, ended, moved to a new account. A seat that ended keeps its row a while."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, insert, select, update

from bot.store.codec import stamp
from bot.store.schema import FORMAT, answer, broadcast, draft, letter, member, membership
from bot.store.scope.principal import ForbiddenError, Principal
from conversations.deeds import TakeOver
from conversations.standing import Badge, CouncilId, PersonId, Role

REACHABLE: Final = (
    member.c.person.is_not(None) & member.c.blocked.is_(None) & member.c.withdrawn.is_(None)
)
"""Whether a person who has a seat (joined to their row as a member) can be written to."""

_Stored = Row[Any, Any, Any, Any]


def take(principal: Principal, council: CouncilId, role: Role, badge: Badge, now: datetime) -> None:
    """Give the person a seat, or the one they have a higher role. One that ended begins anew."""
    person = principal.person
    found = _row(principal, council, person)
    values: dict[str, object] = {"role": role}
    if found is None or found.ended is not None:
        body = principal.codec.badge.write(badge, f"{council}/{person}")
        values |= {"since": stamp(now), "ended": None, "format": FORMAT, "body": body}
    if found is None:
        key = {"council": council, "person": person}
        principal.connection.execute(insert(membership), {**key, **values})
    else:
        _change(principal, council, person, values, ended=found.ended is not None)


def had_until(principal: Principal, council: CouncilId) -> int | None:
    """When the person's seat ended (as stored); None without one that ended."""
    found = _row(principal, council, principal.person)
    return found.ended if found is not None else None


def wear(principal: Principal, council: CouncilId, badge: Badge) -> None:
    """Change the person's own badge."""
    body = principal.codec.badge.write(badge, f"{council}/{principal.person}")
    _change(principal, council, principal.person, {"format": FORMAT, "body": body})


def appoint(principal: Principal, council: CouncilId, person: PersonId, role: Role) -> None:
    """Give a person of the council another role there."""
    if role is Role.OPERATOR:
        raise ForbiddenError("no role in a council")
    _change(principal, council, person, {"role": role})


def end(principal: Principal, council: CouncilId, person: PersonId, now: datetime) -> None:
    """End a seat."""
    _change(principal, council, person, {"ended": stamp(now)})


def end_all_but(
    principal: Principal, council: CouncilId, stay: tuple[PersonId, ...], now: datetime
) -> None:
    """End all seats of a council but some, and never the person's own."""
    principal.connection.execute(
        update(membership)
        .where(
            membership.c.council == council,
            membership.c.ended.is_(None),
            membership.c.person.not_in((*stay, principal.person)),
        )
        .values(ended=stamp(now))
    )


def take_over(principal: Principal, deed: TakeOver, now: datetime) -> None:
    """Role, badge, drafts, letters and broadcasts of the old account go to the new one; its seat
    ends."""
    old, new = (_row(principal, deed.council, one) for one in (deed.old, deed.new))
    if deed.old == deed.new or old is None or new is None or old.ended or new.ended:
        raise ForbiddenError("both need a seat")
    codec = principal.codec.badge
    badge = codec.read(old.body, old.format, f"{deed.council}/{deed.old}")
    values = {
        "role": Role.ADMIN if Role.ADMIN in (old.role, new.role) else Role.MEMBER,
        "format": FORMAT,
        "body": codec.write(badge, f"{deed.council}/{deed.new}"),
    }
    _change(principal, deed.council, deed.new, values)
    end(principal, deed.council, deed.old, now)
    for table in (draft, letter):
        principal.connection.execute(
            update(table)
            .where(table.c.person == deed.old, table.c.council == deed.council)
            .values(person=deed.new)
        )
    _hand_over(principal, deed)


def _hand_over(principal: Principal, deed: TakeOver) -> None:
    """The council's broadcasts, and what was answered to them. A progress message stays with the
    old account: the new one gets its own."""
    sent = {"author": deed.new, "progress": None, "shown": ""}
    its = broadcast.c.council == deed.council
    principal.connection.execute(
        update(broadcast).where(its, broadcast.c.author == deed.old).values(**sent)
    )
    of_council = answer.c.broadcast.in_(select(broadcast.c.id).where(its))
    principal.connection.execute(
        update(answer).where(of_council, answer.c.person == deed.old).values(person=deed.new)
    )


def _row(principal: Principal, council: CouncilId, person: PersonId) -> _Stored | None:
    return principal.connection.execute(
        select(membership.c.role, membership.c.format, membership.c.body, membership.c.ended).where(
            membership.c.council == council, membership.c.person == person
        )
    ).one_or_none()


def _change(
    principal: Principal,
    council: CouncilId,
    person: PersonId,
    values: Mapping[str, object],
    *,
    ended: bool = False,
) -> None:
    """Change a seat of somebody who has it (or had it, with `ended`)."""
    when = membership.c.ended.is_not(None) if ended else membership.c.ended.is_(None)
    changed = principal.connection.execute(
        update(membership)
        .where(membership.c.council == council, membership.c.person == person, when)
        .values(**values)
    )
    if not changed.rowcount:
        raise ForbiddenError("nobody of the council")

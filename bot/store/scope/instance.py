"""The instance, as operators see it: operators, and councils with counts, no names of people."""

from datetime import datetime

from sqlalchemy import delete, func, insert, select

from bot.store.codec import moment, stamp
from bot.store.prepared import Prepared
from bot.store.schema import council, invitation, member, membership, operator
from bot.store.scope.principal import ForbiddenError, Principal
from bot.store.scope.seats import REACHABLE
from conversations.standing import CouncilEntry, CouncilId, Operator, PersonId, Role

_operators = Prepared(select(operator.c.person))


def become_operator(principal: Principal, now: datetime) -> None:
    """The person is an operator from now on."""
    principal.connection.execute(
        insert(operator), {"person": principal.person, "since": stamp(now)}
    )


def dismiss(principal: Principal, person: PersonId) -> None:
    """An operator is one no longer; the last one stays."""
    count = principal.connection.execute(select(func.count()).select_from(operator)).scalar_one()
    if count < 2:
        raise ForbiddenError("the last operator stays")
    gone = principal.connection.execute(delete(operator).where(operator.c.person == person))
    if not gone.rowcount:
        raise ForbiddenError("no operator")


def operators(principal: Principal) -> tuple[Operator, ...]:
    """All, the longest-serving first."""
    query = (
        select(operator.c.person, operator.c.since, member.c.format, member.c.body)
        .select_from(operator.outerjoin(member, member.c.person == operator.c.person))
        .order_by(operator.c.since, operator.c.person)
    )
    codec = principal.codec.member
    return tuple(
        Operator(
            person=PersonId(person),
            name=codec.read(body, form, person).called if body else "",
            since=moment(since),
        )
        for person, since, form, body in principal.connection.execute(query)
    )


def pseudonyms_of_operators(principal: Principal) -> frozenset[str]:
    """All operators, as the audit log names them; with whoever sits at the machine (number 0)."""
    rows = _operators.run(principal.connection, {}).fetchall()
    return frozenset(principal.pseudonyms.of(person) for (person,) in (*rows, (0,)))


def taken(principal: Principal) -> frozenset[str]:
    """Keys of the municipalities that have a council."""
    return frozenset(principal.connection.execute(select(council.c.ags)).scalars())


def councils(principal: Principal, now: datetime) -> tuple[CouncilEntry, ...]:
    """All councils with their counts, by key of the municipality."""
    admin = membership.c.role == Role.ADMIN
    waiting = (
        select(func.count())
        .where(
            invitation.c.council == council.c.id,
            invitation.c.left > 0,
            invitation.c.expires > stamp(now),
        )
        .scalar_subquery()
    )
    query = (
        select(
            council.c.id,
            council.c.ags,
            council.c.created,
            func.count(membership.c.person),
            func.count(membership.c.person).filter(admin),
            func.count(membership.c.person).filter(admin & REACHABLE),
            waiting,
        )
        .select_from(
            council.outerjoin(
                membership,
                (membership.c.council == council.c.id) & membership.c.ended.is_(None),
            ).outerjoin(member, member.c.person == membership.c.person)
        )
        .group_by(council.c.id, council.c.ags, council.c.created)
        .order_by(council.c.ags, council.c.id)
    )
    return tuple(
        CouncilEntry(
            id=CouncilId(id_),
            ags=ags,
            created=moment(created),
            people=people,
            admins=admins,
            reachable_admins=reached,
            open_invitations=open_,
        )
        for id_, ags, created, people, admins, reached, open_ in principal.connection.execute(query)
    )

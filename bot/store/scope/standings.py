"""What a person is, read in one statement: operator, and the seats that have not ended."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Connection,
    bindparam,
    exists,
    literal_column,
    or_,
    select,
)

from bot.store.codec import Codec, moment
from bot.store.prepared import Prepared
from bot.store.schema import council, membership, operator
from conversations.standing import CouncilId, PersonId, Role, Seat, Standing

_person = bindparam("p", type_=BigInteger)
_standing = Prepared(
    select(
        operator.c.person,
        membership.c.council,
        council.c.ags,
        membership.c.role,
        membership.c.since,
        membership.c.format,
        membership.c.body,
    )
    .select_from(
        select(literal_column("1").label("one"))
        .subquery("stub")
        .outerjoin(operator, operator.c.person == _person)
        .outerjoin(
            membership.join(council, council.c.id == membership.c.council),
            (membership.c.person == _person) & membership.c.ended.is_(None),
        )
    )
    .order_by(membership.c.since, membership.c.council)
)


def holds(person: BindParameter[int]) -> ColumnElement[bool]:
    """Whether there is any standing to be read: for most people there is none."""
    seat = exists().where(membership.c.person == person, membership.c.ended.is_(None))
    return or_(seat, exists().where(operator.c.person == person))


def read(connection: Connection, codec: Codec, person: PersonId) -> Standing:
    """The person's standing now."""
    rows = _standing.run(connection, {"p": person}).fetchall()
    seats = tuple(_seat(codec, person, row[1:]) for row in rows if row[1] is not None)
    return Standing(operator=rows[0][0] is not None, seats=seats)


def _seat(codec: Codec, person: PersonId, row: Sequence[Any]) -> Seat:
    council_id, ags, role, since, form, body = row
    return Seat(
        council=CouncilId(council_id),
        ags=ags,
        role=Role(role),
        badge=codec.badge.read(body, form, f"{council_id}/{person}"),
        since=moment(since),
    )

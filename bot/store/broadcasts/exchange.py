"""Who exchanges words about a broadcast: its author, and a member who got it; read as it is now."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from bot.store.codec import Codec
from bot.store.schema import answer, broadcast, member, membership, operator
from conversations.core import Member
from conversations.flows.consent import VERSION
from conversations.standing import Badge, CouncilId, PersonId, Role

_MEMBERS: Final = select(member.c.format, member.c.body).where(
    member.c.withdrawn.is_(None), member.c.blocked.is_(None)
)
_BROADCASTS: Final = select(
    *(broadcast.c[name] for name in ("id", "council", "author", "format", "body"))
)
_ANSWERS: Final = select(
    *(answer.c[name] for name in ("id", "broadcast", "person", "back", "at", "format", "body"))
)
_SEATS: Final = select(
    *(membership.c[name] for name in ("council", "person", "role", "format", "body"))
).where(membership.c.ended.is_(None))


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody who can be written to, with the badge worn in the broadcast's council, if any."""

    member: Member
    badge: Badge = Badge()


def broadcast_of(connection: Connection, id_: str) -> Row[Any] | None:
    """A broadcast's own row."""
    return connection.execute(_BROADCASTS.where(broadcast.c.id == id_)).one_or_none()


def answer_of(connection: Connection, id_: str) -> Row[Any] | None:
    """The row of an answer."""
    return connection.execute(_ANSWERS.where(answer.c.id == id_)).one_or_none()


def author(connection: Connection, codec: Codec, sent: Row[Any]) -> Party | None:
    """Who reads answers to the broadcast; None: erased, without that right by now, out of reach,
    or nothing shall come (/stopp)."""
    if sent.author is None:
        return None
    person, council = PersonId(sent.author), sent.council
    seat = _seat(connection, person, council)
    admin = seat is not None and seat.role == Role.ADMIN
    sends = _operates(connection, person) if council is None else admin
    known = _reachable(connection, codec, person) if sends else None
    if known is None or known.stopped is not None:
        return None
    return Party(member=known, badge=_worn(codec, seat))


def asker(
    connection: Connection, codec: Codec, person: PersonId, council: CouncilId | None
) -> Party | None:
    """A member who answered to a broadcast of that council (None: an operator's) and is written
    back to: who asks is told, even after /stopp. None: left, or out of reach."""
    seat = _seat(connection, person, council)
    anywhere = council is None and _belongs(connection, person)
    known = _reachable(connection, codec, person) if seat is not None or anywhere else None
    return Party(member=known, badge=_worn(codec, seat)) if known else None


def badge(
    connection: Connection, codec: Codec, person: PersonId, council: CouncilId | None
) -> Badge:
    """What the person is called in the broadcast's council; nothing where it is an operator's."""
    return _worn(codec, _seat(connection, person, council))


def _seat(connection: Connection, person: PersonId, council: CouncilId | None) -> Row[Any] | None:
    if council is None:
        return None
    here = (membership.c.person == person) & (membership.c.council == council)
    return connection.execute(_SEATS.where(here)).one_or_none()


def _worn(codec: Codec, seat: Row[Any] | None) -> Badge:
    if seat is None:
        return Badge()
    return codec.badge.read(seat.body, seat.format, f"{seat.council}/{seat.person}")


def _belongs(connection: Connection, person: PersonId) -> bool:
    """Whether the person has a seat anywhere, or operates the bot."""
    seated = _SEATS.where(membership.c.person == person).limit(1)
    return connection.execute(seated).first() is not None or _operates(connection, person)


def _operates(connection: Connection, person: PersonId) -> bool:
    there = select(operator.c.person).where(operator.c.person == person)
    return connection.execute(there).first() is not None


def _reachable(connection: Connection, codec: Codec, person: PersonId) -> Member | None:
    """A person who agreed to the present text and has not blocked the bot."""
    row = connection.execute(_MEMBERS.where(member.c.person == person)).one_or_none()
    known = codec.member.read(row.body, row.format, person) if row is not None else None
    return known if known is not None and known.consent.version == VERSION else None

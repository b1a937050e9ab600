"""Who exchanges words about a broadcast: its author, and a member who got it; read as it is now."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from bot.store.codec import Codec
from bot.store.schema import answer, broadcast, member
from bot.store.scope import standings
from conversations.core import Member
from conversations.flows.consent import VERSION
from conversations.standing import Badge, CouncilId, PersonId, Role, Standing

_MEMBERS: Final = select(member.c.format, member.c.body).where(
    member.c.withdrawn.is_(None), member.c.blocked.is_(None)
)
_BROADCASTS: Final = select(
    *(broadcast.c[name] for name in ("id", "council", "author", "format", "body"))
)
_ANSWERS: Final = select(
    *(answer.c[name] for name in ("id", "broadcast", "person", "back", "at", "format", "body"))
)


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


def sends(standing: Standing, council: CouncilId | str | None) -> bool:
    """Whether somebody of this standing may send broadcasts there, and read the answers."""
    if council is None:
        return standing.operator
    seat = standing.seat(council)
    return seat is not None and seat.role is Role.ADMIN


def author(connection: Connection, codec: Codec, sent: Row[Any]) -> Party | None:
    """Who reads answers to the broadcast; None: erased, without that right by now, out of reach,
    or nothing shall come (/stopp)."""
    if sent.author is None:
        return None
    person = PersonId(sent.author)
    known = reachable(connection, codec, person)
    standing = standings.read(connection, codec, person)
    if known is None or known.stopped is not None or not sends(standing, sent.council):
        return None
    return Party(member=known, badge=badge(standing, sent.council))


def asker(
    connection: Connection, codec: Codec, person: PersonId, council: CouncilId | None
) -> Party | None:
    """A member who answered to a broadcast of that council (None: an operator's) and is written
    back to: who asks is told, even after /stopp. None: left, or out of reach."""
    standing = standings.read(connection, codec, person)
    belongs = standing.seats if council is None else standing.seat(council)
    known = reachable(connection, codec, person) if belongs else None
    return Party(member=known, badge=badge(standing, council)) if known else None


def badge(standing: Standing, council: CouncilId | str | None) -> Badge:
    """What the person is called in the broadcast's council; nothing where it is an operator's."""
    seat = standing.seat(council) if council else None
    return seat.badge if seat else Badge()


def reachable(connection: Connection, codec: Codec, person: PersonId) -> Member | None:
    """A person who agreed to the present text and has not blocked the bot."""
    row = connection.execute(_MEMBERS.where(member.c.person == person)).one_or_none()
    known = codec.member.read(row.body, row.format, person) if row is not None else None
    return known if known is not None and known.consent.version == VERSION else None

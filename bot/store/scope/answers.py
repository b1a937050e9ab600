"""What members answered to broadcasts: only a broadcast's author sees it. And what somebody's own
message replies to."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import BigInteger, bindparam, func, or_, select

from bot.store.codec import Codec, moment
from bot.store.ledger import BROADCAST, WROTE_BACK
from bot.store.ledger.campaigns import subject
from bot.store.prepared import Prepared
from bot.store.schema import answer, broadcast, delivery, member, membership, operator
from bot.store.scope.principal import Principal
from conversations.broadcasts import Answer, AnswerId, BroadcastId, Replied
from conversations.standing import Badge, CouncilId, PersonId, Role

_MOST: Final = 100
_person = bindparam("p", type_=BigInteger)
_to_me = Prepared(
    select(
        answer.c.id,
        answer.c.broadcast,
        answer.c.person,
        answer.c.back,
        answer.c.at,
        answer.c.format,
        answer.c.body,
        broadcast.c.council,
        membership.c.format,
        membership.c.body,
    )
    .select_from(
        answer.join(broadcast, broadcast.c.id == answer.c.broadcast).outerjoin(
            membership,
            (membership.c.council == broadcast.c.council)
            & (membership.c.person == answer.c.person),
        )
    )
    .where(broadcast.c.author == _person)
    .order_by(answer.c.at.desc(), answer.c.id)
    .limit(_MOST)
)
_got = Prepared(
    select(delivery.c.kind, delivery.c.subject).where(
        delivery.c.chat == bindparam("c", type_=BigInteger),
        delivery.c.message == bindparam("m", type_=BigInteger),
        delivery.c.person == _person,
        or_(delivery.c.kind == BROADCAST, delivery.c.kind == WROTE_BACK),
    )
)
_of_answer = Prepared(select(answer.c.broadcast).where(answer.c.id == bindparam("id")))
_from = Prepared(
    select(
        broadcast.c.council,
        broadcast.c.author,
        membership.c.role,
        membership.c.format,
        membership.c.body,
        operator.c.person,
        member.c.person,
    )
    .select_from(
        broadcast.outerjoin(operator, operator.c.person == broadcast.c.author)
        .outerjoin(
            membership,
            (membership.c.council == broadcast.c.council)
            & (membership.c.person == broadcast.c.author)
            & membership.c.ended.is_(None),
        )
        .outerjoin(
            member,
            (member.c.person == broadcast.c.author)
            & member.c.blocked.is_(None)
            & member.c.withdrawn.is_(None),
        )
    )
    .where(broadcast.c.id == bindparam("id"))
)


def of(principal: Principal) -> tuple[Answer, ...]:
    """To the person's own broadcasts, where they still may send any; the newest first."""
    rows = _to_me.run(principal.connection, {"p": principal.person}).fetchall()
    return tuple(_answer(principal, row) for row in rows if _sends(principal, row[7]))


def replied(principal: Principal, chat: int, message: int) -> Replied | None:
    """The broadcast that a message of the chat belongs to, if the person got it in private."""
    values = {"c": chat, "m": message, "p": principal.person}
    found = _got.run(principal.connection, values).fetchone()
    id_ = _broadcast_of(principal, *found) if found is not None else None
    row = _from.run(principal.connection, {"id": id_}).fetchone() if id_ else None
    if id_ is None or row is None:
        return None
    council, author, role, form, body, operates, reachable = row
    may = operates is not None if council is None else role == Role.ADMIN
    badge = _badge(principal.codec, council, author, form, body)
    known = badge is not None and principal.standing.seat(council) is not None
    return Replied(
        broadcast=id_,
        by=" ".join(filter(None, (badge.function, badge.name))) if badge and known else "",
        reachable=may and reachable is not None,
    )


def _sends(principal: Principal, council: str | None) -> bool:
    if council is None:
        return principal.standing.operator
    seat = principal.standing.seat(council)
    return seat is not None and seat.role is Role.ADMIN


def _answer(principal: Principal, row: Sequence[Any]) -> Answer:
    id_, of_, person, back, at, form, body, council, worn, badge = row
    known = _badge(principal.codec, council, person, worn, badge)
    return Answer(
        id=AnswerId(id_),
        broadcast=BroadcastId(of_),
        person=PersonId(person),
        name=known.name if known else "",
        council=CouncilId(council) if council else _council(principal, of_, person),
        text=principal.codec.answer.read(body, form, id_).text,
        at=moment(at),
        back=bool(back),
    )


def _badge(
    codec: Codec, council: str | None, person: int | None, form: int | None, body: str | None
) -> Badge | None:
    if body is None or form is None:
        return None
    return codec.badge.read(body, form, f"{council}/{person}")


def _council(principal: Principal, id_: str, person: int) -> CouncilId | None:
    """The council as whose member somebody got an operator's broadcast."""
    found = principal.connection.execute(
        select(func.min(delivery.c.council)).where(
            delivery.c.subject == subject(id_),
            delivery.c.kind == BROADCAST,
            delivery.c.person == person,
        )
    ).scalar()
    return CouncilId(found) if found else None


def _broadcast_of(principal: Principal, kind: str, about: str) -> BroadcastId | None:
    id_ = about.partition(":")[2]
    if kind == BROADCAST:
        return BroadcastId(id_)
    row = _of_answer.run(principal.connection, {"id": id_}).fetchone()
    return BroadcastId(row[0]) if row else None

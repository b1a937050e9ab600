"""Answers to broadcasts as their author reads them, and what a message that somebody replies to
is about."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, and_, exists, false, or_, select

from bot.store.broadcasts import exchange
from bot.store.codec import moment
from bot.store.ledger import ANSWERED, BROADCAST, WROTE_BACK
from bot.store.schema import answer, broadcast, delivery, member, membership
from bot.store.scope import answering
from bot.store.scope.known import composes
from bot.store.scope.principal import Principal
from conversations.broadcasts import Answer, AnswerId, BroadcastId, Replied
from conversations.flows.consent import VERSION
from conversations.standing import Badge, CouncilId, PersonId, Role

_MOST: Final = 100
_seat: Final = membership.alias()
_belongs: Final = exists().where(
    _seat.c.person == answer.c.person,
    _seat.c.ended.is_(None),
    or_(broadcast.c.council.is_(None), _seat.c.council == broadcast.c.council),
)
_COLUMNS: Final = (
    *(answer.c[name] for name in ("id", "broadcast", "person", "back", "at", "format", "body")),
    broadcast.c.council,
    membership.c.format.label("seat_format"),
    membership.c.body.label("seat_body"),
    member.c.format.label("member_format"),
    member.c.body.label("member_body"),
)
_FOUND: Final = (
    select(*(column for column in _COLUMNS))
    .join(broadcast, broadcast.c.id == answer.c.broadcast)
    .outerjoin(
        membership,
        and_(
            membership.c.person == answer.c.person,
            membership.c.council == broadcast.c.council,
            membership.c.ended.is_(None),
        ),
    )
    .outerjoin(
        member,
        and_(
            member.c.person == answer.c.person,
            member.c.withdrawn.is_(None),
            member.c.blocked.is_(None),
            _belongs,
        ),
    )
    .order_by(answer.c.at.desc(), answer.c.id)
    .limit(_MOST)
)


def of(principal: Principal) -> tuple[Answer, ...]:
    """Answers to the person's own broadcasts, as long as they may send such."""
    seats = principal.standing.seats
    own = [one.council for one in seats if one.role is Role.ADMIN]
    to_all = broadcast.c.council.is_(None) if principal.standing.operator else false()
    found = _FOUND.where(
        broadcast.c.author == principal.person, or_(broadcast.c.council.in_(own), to_all)
    )
    reachable: dict[int, bool] = {}
    rows = principal.connection.execute(found).all()
    for row in rows:
        if row.person not in reachable:
            reachable[row.person] = _is_reachable(principal, row)
    return tuple(_answer(principal, row, reachable=reachable[row.person]) for row in rows)


def _is_reachable(principal: Principal, row: Row[Any]) -> bool:
    if row.member_body is None:
        return False
    known = principal.codec.member.read(row.member_body, row.member_format, row.person)
    return known.consent.version == VERSION


def _answer(principal: Principal, row: Row[Any], *, reachable: bool) -> Answer:
    words = principal.codec.answer.read(row.body, row.format, row.id)
    badge = Badge()
    if row.seat_body is not None:
        key = f"{row.council}/{row.person}"
        badge = principal.codec.badge.read(row.seat_body, row.seat_format, key)
    return Answer(
        id=AnswerId(row.id),
        broadcast=BroadcastId(row.broadcast),
        person=PersonId(row.person),
        name=badge.name,
        function=badge.function,
        ags=words.ags,
        council=CouncilId(row.council) if row.council else None,
        text=words.text,
        at=moment(row.at),
        back=bool(row.back),
        reachable=reachable,
    )


def replied(principal: Principal, chat: int, message: int, now: datetime) -> Replied | None:
    """What the message in the person's own chat is about; None for any other message."""
    if chat != principal.person:
        return None
    row = principal.connection.execute(
        select(delivery.c.kind, delivery.c.subject).where(
            delivery.c.chat == chat,
            delivery.c.message == message,
            delivery.c.person == principal.person,
            delivery.c.kind.in_((BROADCAST, WROTE_BACK, ANSWERED)),
        )
    ).first()
    if row is None:
        return None
    id_ = row.subject.partition(":")[2]
    if row.kind == ANSWERED:
        return _to_member(principal, id_, now)
    asked = exchange.answer_of(principal.connection, id_) if row.kind == WROTE_BACK else None
    return _to_author(principal, asked.broadcast if asked is not None else id_, now)


def _to_author(principal: Principal, id_: str, now: datetime) -> Replied | None:
    """A member replies to a broadcast, or to a word back; None from who left the council."""
    sent = exchange.broadcast_of(principal.connection, id_)
    if sent is None or not answering.belongs(principal, sent.council):
        return None
    reader = exchange.author(principal.connection, principal.codec, sent)
    badge = reader.badge if reader else None
    return Replied(
        broadcast=BroadcastId(id_),
        council=sent.council,
        own=sent.author == principal.person,
        by=badge.name if badge else "",
        function=badge.function if badge else "",
        reachable=reader is not None,
        left=answering.left(principal, id_, principal.person, now),
    )


def _to_member(principal: Principal, id_: str, now: datetime) -> Replied | None:
    """The author replies to an answer that was brought; None once they lost that right."""
    asked = exchange.answer_of(principal.connection, id_)
    sent = exchange.broadcast_of(principal.connection, asked.broadcast) if asked else None
    if asked is None or sent is None or sent.author != principal.person:
        return None
    if not composes(principal, sent.council):
        return None
    person = PersonId(asked.person)
    party = exchange.asker(principal.connection, principal.codec, person, sent.council)
    return Replied(
        broadcast=BroadcastId(sent.id),
        council=sent.council,
        answer=AnswerId(id_),
        by=party.badge.name if party else "",
        reachable=party is not None,
        left=answering.left(principal, sent.id, person, now, back=True),
    )

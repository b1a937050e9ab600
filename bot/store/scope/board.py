"""The board of operators: what is due, unclear or held back; and their word on it."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Select, func, select

from bot.store import ledger, marks, quarantine
from bot.store.codec import moment, stamp
from bot.store.ledger.rows import RANKS, State
from bot.store.schema import chat_link, council, delivery, inbox
from bot.store.scope.principal import Principal
from conversations.board import Board, DisabledChat, Unclear
from conversations.deeds import LetBe, OperatingDeed, Release, Resend

_MOST: Final = 50
_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
_WAITING: Final = (State.PLANNED, State.PENDING)
_at: Final = delivery.c.not_before
_ranked: Final = delivery.c.rank.in_(RANKS)
"""Named so that the index is used, whose second column it is."""


def read(principal: Principal, now: datetime) -> Board:
    """How the instance does; each count looks only at what is due, not at all that is stored."""
    connection = principal.connection
    return Board(
        due=_due(principal, now),
        soon=_count(principal, *_WAITING, after=now, before=now + _DAY),
        next=_next(principal, now),
        sending=_count(principal, State.SENDING),
        failed=_count(principal, State.FAILED, after=now - _WEEK),
        waiting=_number(principal, select(func.count()).where(inbox.c.done.is_(None))),
        unclear=_unclear(principal),
        disabled=_disabled(principal),
        backup=marks.when(connection, marks.BACKUP),
        quarantine=quarantine.since(connection),
    )


def do(principal: Principal, deed: OperatingDeed, now: datetime) -> str | None:
    """Write it; what somebody else decided before stays as it is."""
    connection = principal.connection
    match deed:
        case Resend(deliveries=ids):
            done = [ledger.resend(connection, one, now) for one in ids]
        case LetBe(deliveries=ids):
            done = [ledger.let_be(connection, one, now) for one in ids]
        case Release():
            done = [quarantine.release(connection)]
    return f"deliveries:{sum(done)}" if any(done) else None


def _due(principal: Principal, now: datetime) -> tuple[tuple[str, int], ...]:
    query = (
        select(delivery.c.kind, func.count())
        .where(delivery.c.state.in_(_WAITING), _ranked, _at <= stamp(now))
        .group_by(delivery.c.kind)
        .order_by(delivery.c.kind)
    )
    return tuple((kind, count) for kind, count in principal.connection.execute(query))


def _next(principal: Principal, now: datetime) -> datetime | None:
    """One look into the index for each state and rank."""
    found = [
        principal.connection.execute(
            select(func.min(_at)).where(
                delivery.c.state == state, delivery.c.rank == rank, _at > stamp(now)
            )
        ).scalar()
        for state in _WAITING
        for rank in RANKS
    ]
    return min((moment(at) for at in found if at is not None), default=None)


def _count(
    principal: Principal,
    *states: State,
    after: datetime | None = None,
    before: datetime | None = None,
) -> int:
    query = select(func.count()).where(delivery.c.state.in_(states), _ranked)
    if after is not None:
        query = query.where(_at > stamp(after))
    if before is not None:
        query = query.where(_at <= stamp(before))
    return _number(principal, query)


def _number(principal: Principal, query: Select[int]) -> int:
    return principal.connection.execute(query).scalar_one()


def _unclear(principal: Principal) -> tuple[Unclear, ...]:
    query = (
        select(delivery.c.id, delivery.c.kind, delivery.c.chat, delivery.c.due)
        .where(delivery.c.state == State.UNCERTAIN, _ranked)
        .order_by(delivery.c.due, delivery.c.id)
        .limit(_MOST)
    )
    return tuple(
        Unclear(id=id_, kind=kind, chat=chat, due=moment(due))
        for id_, kind, chat, due in principal.connection.execute(query)
    )


def _disabled(principal: Principal) -> tuple[DisabledChat, ...]:
    query = (
        select(chat_link.c.chat, chat_link.c.kind, chat_link.c.disabled, council.c.ags)
        .join(council, council.c.id == chat_link.c.council)
        .where(chat_link.c.disabled != "")
        .order_by(council.c.ags, chat_link.c.chat)
        .limit(_MOST)
    )
    return tuple(
        DisabledChat(chat=chat, kind=kind, reason=reason, ags=ags)
        for chat, kind, reason, ags in principal.connection.execute(query)
    )

"""The way of a row from due to settled, by compare-and-set: whoever claims it sends it."""

import secrets
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Connection,
    Update,
    and_,
    bindparam,
    func,
    select,
    update,
)

from bot.store import leases, quarantine
from bot.store.codec import moment, stamp
from bot.store.leases import Clock, Holder
from bot.store.ledger.rows import (
    AGAIN,
    IDEMPOTENT,
    RANKS,
    REMINDERS,
    UNCLEAR,
    WAITING,
    Claimed,
    Settled,
    State,
)
from bot.store.schema import delivery

TERM: Final = timedelta(seconds=60)
"""How long a claim holds without an answer: three times as long as a call may take."""


def is_up(connection: Connection, now: datetime) -> bool:
    """Whether there is anything to do."""
    values = {"now": stamp(now)}
    return any(connection.execute(one, values).first() is not None for one in _UP)


def next_up(connection: Connection, now: datetime, within: timedelta) -> datetime | None:
    """When the next row is due that isn't yet, if that is so soon."""
    values = {"now": stamp(now), "until": stamp(now + within)}
    found = (connection.execute(one, values).scalar() for one in _NEXT)
    return min((moment(at) for at in found if at is not None), default=None)


def wake(connection: Connection, now: datetime) -> bool:
    """Bring rows to where time has brought them: due, useless, left by a process that died, to be
    sent once more. Whether there were any."""
    return _moved(connection, (*_ROUSE, *_END), now)


def rouse(connection: Connection, now: datetime) -> bool:
    """The same without those that became useless, which takes a look at all that wait: while
    thousands do, a reminder that becomes due need not wait for them."""
    return _moved(connection, _ROUSE, now)


def _moved(connection: Connection, statements: Iterable[Update], now: datetime) -> bool:
    values = {"now": stamp(now)}
    return sum(connection.execute(statement, values).rowcount for statement in statements) > 0


def claim(
    connection: Connection, holder: Holder, now: datetime, busy: Collection[int] = ()
) -> Claimed | None:
    """The next row that may go, in no chat of `busy`; None without one, in quarantine, or when
    somebody else holds the sender's lease."""
    if not leases.holds(connection, leases.SENDER, holder):
        return None
    if quarantine.since(connection) is not None:
        return None
    values = {"now": stamp(now), "claim_": secrets.token_urlsafe(12), "busy": list(busy)}
    for statement in _CLAIM:
        row = connection.execute(statement, values).one_or_none()
        if row is not None:
            return Claimed(
                **{name: getattr(row, name) for name in _PLAIN},
                thread=row.thread or None,
                due=moment(row.due),
                expires=moment(row.expires),
                again=row.reason == AGAIN,
            )
    return None


def disown(connection: Connection) -> None:
    """Whatever is being sent is nobody's any more, and so unclear: only where nobody else can be
    alive (SQLite, whose file is locked)."""
    connection.execute(
        update(delivery).where(delivery.c.state == State.SENDING).values(lease_until=0)
    )


def settle(connection: Connection, row: Claimed, settled: Settled) -> bool:
    """Write down what became of it, while it is still ours; else False and nothing is written."""
    state, reason = _followed(row, settled)
    values: dict[str, object] = {
        "state": state,
        "reason": reason,
        "claim": None,
        "lease_until": None,
    }
    if settled.message is not None:
        values["message"] = settled.message
    if settled.not_before is not None:
        values["not_before"] = stamp(settled.not_before)
    mine = and_(
        delivery.c.id == row.id, delivery.c.claim == row.claim, delivery.c.state == State.SENDING
    )
    return bool(connection.execute(update(delivery).where(mine).values(**values)).rowcount)


def is_at(connection: Connection, row: Claimed, chat: int, thread: int | None = None) -> bool:
    """Whether a claimed row is still ours, and goes to this chat now."""
    there = select(delivery.c.id).where(
        delivery.c.id == row.id, delivery.c.claim == row.claim, delivery.c.chat == chat
    )
    if thread is not None:
        there = there.where(delivery.c.thread == thread)
    return connection.execute(there).first() is not None


def delay(connection: Connection, chat: int, until: datetime) -> None:
    """Nothing goes to the chat before that moment; what waits keeps its order."""
    connection.execute(
        update(delivery)
        .where(
            delivery.c.chat == chat,
            delivery.c.state.in_(WAITING),
            delivery.c.not_before < stamp(until),
        )
        .values(not_before=stamp(until))
    )


def _followed(row: Claimed, settled: Settled) -> tuple[State, str]:
    """A row that may have arrived already stays one; a reminder is repeated once, not for ever."""
    match settled.state:
        case State.PENDING | State.HELD if row.again:
            return settled.state, AGAIN
        case State.CANCELLED if row.again:
            return State.CLOSED, UNCLEAR
        case State.UNCERTAIN if row.again and row.rank == REMINDERS:
            return State.CLOSED, UNCLEAR
    return settled.state, settled.reason


# --- statements -----------------------------------------------------------------------------------

_PLAIN: Final = (
    *("id", "claim", "kind", "rank", "subject", "version", "slot"),
    *("chat", "council", "person", "attempt", "nth", "of"),
)
_now: Final[BindParameter[int]] = bindparam("now", type_=BigInteger)
_lost: Final = and_(delivery.c.state == State.SENDING, delivery.c.lease_until <= Clock())
_useless: Final = and_(delivery.c.state == State.PENDING, delivery.c.expires <= _now)
_free: Final = {"claim": None, "lease_until": None}


def _due(state: State, rank: int) -> ColumnElement[bool]:
    return and_(delivery.c.state == state, delivery.c.rank == rank, delivery.c.not_before <= _now)


def _next(rank: int) -> Update:
    """On PostgreSQL rows that another process is looking at are skipped; on SQLite BEGIN IMMEDIATE
    lets only one look."""
    free = delivery.c.chat.not_in(bindparam("busy", expanding=True))
    chosen = (
        select(delivery.c.id)
        .where(_due(State.PENDING, rank), delivery.c.expires > _now, free)
        .order_by(delivery.c.not_before, delivery.c.due, delivery.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return (
        update(delivery)
        .where(delivery.c.id == chosen.scalar_subquery())
        .values(
            state=State.SENDING,
            claim=bindparam("claim_"),
            lease_until=Clock() + TERM // timedelta(milliseconds=1),
            attempt=delivery.c.attempt + 1,
        )
        .returning(delivery)
    )


_CLAIM: Final = tuple(_next(rank) for rank in RANKS)
_uncertain: Final = and_(_due(State.UNCERTAIN, REMINDERS), delivery.c.reason == "")
_UP: Final = tuple(
    select(delivery.c.id).where(which).limit(1)
    for which in (
        *(_due(state, rank) for state in WAITING for rank in RANKS),
        _lost,
        _uncertain,
    )
)
_NEXT: Final = tuple(
    select(func.min(delivery.c.not_before)).where(
        delivery.c.state == state,
        delivery.c.rank == rank,
        delivery.c.not_before > _now,
        delivery.c.not_before <= bindparam("until", type_=BigInteger),
    )
    for state in WAITING
    for rank in RANKS
)
_ROUSE: Final = (
    *(
        update(delivery).where(_due(State.PLANNED, rank)).values(state=State.PENDING)
        for rank in RANKS
    ),
    update(delivery)
    .where(_lost, delivery.c.reason == AGAIN, delivery.c.rank == REMINDERS)
    .values(state=State.CLOSED, reason=UNCLEAR, **_free),
    update(delivery)
    .where(_lost, delivery.c.kind.in_(IDEMPOTENT))
    .values(state=State.PENDING, **_free),
    update(delivery).where(_lost).values(state=State.UNCERTAIN, reason="", **_free),
    update(delivery).where(_uncertain).values(state=State.PENDING, reason=AGAIN),
)
_END: Final = (
    update(delivery)
    .where(_useless, delivery.c.reason == AGAIN)
    .values(state=State.CLOSED, reason=UNCLEAR),
    update(delivery).where(_useless).values(state=State.EXPIRED, not_before=_now),
)

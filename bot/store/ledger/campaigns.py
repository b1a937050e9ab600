"""All rows of one broadcast at once: counted, held, freed, dropped, decided on."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, case, func, select, tuple_, update

from bot.store.codec import stamp
from bot.store.ledger.rows import AGAIN, BROADCAST, ORIGINAL, UNCLEAR, WAITING, State
from bot.store.schema import delivery

USEFUL: Final = timedelta(days=3)
"""So long after its start a broadcast may still arrive."""
_CHUNK: Final = 1000


class Count(NamedTuple):
    """Rows that stand alike."""

    state: State
    reason: str
    last: bool
    """Whether they are the last part of their message."""


def subject(broadcast: str) -> str:
    """The ledger's subject of a broadcast."""
    return f"{BROADCAST}:{broadcast}"


def counts(
    connection: Connection, broadcast: str, kind: str = BROADCAST, version: int = ORIGINAL
) -> Mapping[Count, int]:
    """How many rows stand where. A message of several parts counts by its last one.

    It is asked every few seconds while thousands go out: in the order of its index, which holds
    all that is asked for, the database neither looks at the rows nor sorts.
    """
    groups = (delivery.c.state, delivery.c.reason, delivery.c.nth, delivery.c.of)
    found = select(*groups, func.count()).where(_of(broadcast, kind, version)).group_by(*groups)
    counted: dict[Count, int] = {}
    for state, reason, nth, of, count in connection.execute(found):
        alike = Count(State(state), reason, nth == of)
        counted[alike] = counted.get(alike, 0) + count
    return counted


def hold(connection: Connection, broadcast: str) -> int:
    """What waits is held; what is on its way is not called back."""
    return _turn(connection, broadcast, WAITING, state=State.HELD)


def free(connection: Connection, broadcast: str, now: datetime) -> int:
    """What was held may go from now on, however long it was held."""
    values = {"state": State.PLANNED, "not_before": stamp(now), "expires": useful(now)}
    return _turn(connection, broadcast, (State.HELD,), **values)


def put_off(connection: Connection, broadcast: str, until: datetime) -> int:
    """What waits goes then, for example in the morning."""
    late = delivery.c.not_before < stamp(until)
    return _turn(connection, broadcast, WAITING, late, not_before=stamp(until))


def drop(connection: Connection, broadcast: str) -> int:
    """What was not begun never goes. What perhaps arrived before stays unclear, and is let be."""
    states = (*WAITING, State.HELD)
    perhaps = delivery.c.reason == AGAIN
    closed = {"state": State.CLOSED, "reason": UNCLEAR}
    count = _turn(connection, broadcast, states, perhaps, **closed)
    gone = {"state": State.CANCELLED, "reason": "broadcast"}
    return count + _turn(connection, broadcast, states, **gone)


def resend_all(connection: Connection, broadcast: str, now: datetime) -> int:
    """All that is unclear goes once more, however long it was unclear; with the parts behind it
    that meanwhile became too late, or half a message would arrive."""
    values = {"state": State.PENDING, "not_before": stamp(now), "expires": useful(now)}
    _turn(connection, broadcast, (State.EXPIRED,), _behind_unclear(), **values)
    return _turn(connection, broadcast, (State.UNCERTAIN,), reason=AGAIN, **values)


def let_all(connection: Connection, broadcast: str) -> int:
    """All that is unclear stays as it is."""
    return _turn(connection, broadcast, (State.UNCERTAIN,), state=State.CLOSED, reason="let")


def sent(connection: Connection, broadcast: str) -> Iterator[Any]:
    """The rows that arrived, or are on their way (state, chat, thread, slot, council, person, nth,
    of, due, sent: when, as stored), a thousand at a time: in the order of their key, so that none
    is looked at twice."""
    place = tuple_(delivery.c.slot, delivery.c.chat, delivery.c.thread)
    after: tuple[str, int, int] = ("", 0, 0)
    while True:
        rows = connection.execute(
            select(
                *(delivery.c[name] for name in ("state", "chat", "thread", "slot", "council")),
                *(delivery.c[name] for name in ("person", "nth", "of", "due")),
                delivery.c.not_before.label("sent"),
            )
            .where(
                _of(broadcast),
                delivery.c.state.in_((State.SENT, State.SENDING)),
                place > after,
            )
            .order_by(*place)
            .limit(_CHUNK)
        ).all()
        if not rows:
            return
        yield from rows
        after = (rows[-1].slot, rows[-1].chat, rows[-1].thread)


def _behind_unclear() -> ColumnElement[bool]:
    """Whether an earlier part of the message is unclear."""
    before = delivery.alias()
    same = ("subject", "kind", "version", "chat", "thread")
    unclear = select(before.c.id).where(
        *(before.c[name] == delivery.c[name] for name in same),
        before.c.nth < delivery.c.nth,
        before.c.state == State.UNCERTAIN,
    )
    return unclear.exists()


def useful(now: datetime) -> ColumnElement[int]:
    """When it stops being of use, seen from a moment at which somebody wants it sent."""
    at_least = stamp(now + USEFUL)
    return case((delivery.c.expires < at_least, at_least), else_=delivery.c.expires)


def _of(broadcast: str, kind: str = BROADCAST, version: int = ORIGINAL) -> ColumnElement[bool]:
    return and_(
        delivery.c.subject == subject(broadcast),
        delivery.c.kind == kind,
        delivery.c.version == version,
    )


def _turn(
    connection: Connection,
    broadcast: str,
    states: tuple[State, ...],
    *more: ColumnElement[bool],
    **values: object,
) -> int:
    these = and_(_of(broadcast), delivery.c.state.in_(states), *more)
    return connection.execute(update(delivery).where(these).values(**values)).rowcount

"""Rows as the rules want them: new ones are added, moved ones follow, the rest is cancelled.

Idempotent, whoever plans how often: a row's key says which message it is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Row, bindparam, select, text, update

from bot.store.codec import moment, stamp
from bot.store.ledger.rows import AGAIN, KEY, REMINDERS, UNCLEAR, WAITING, State, new_id
from bot.store.schema import delivery
from conversations.rules.reminding import ReminderKind
from conversations.standing import CouncilId, PersonId

_RECENT: Final = timedelta(days=30)
"""So long it is looked for rows that became useless and were not reported yet."""
_TOLD: Final = "missed/"
"""Reason of a row that became useless, with the version of the notice that tells of it."""


class Key(NamedTuple):
    """Which message it is."""

    kind: str
    subject: str
    version: int
    slot: str
    chat: int
    thread: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A row as it should be."""

    kind: str
    subject: str
    version: int
    slot: str
    chat: int
    thread: int | None = None
    council: CouncilId | None
    person: PersonId | None = None
    due: datetime
    expires: datetime
    start: datetime | None = None
    """From when on it may go, where `due` only says the order among those of one start."""
    nth: int = 1
    of: int = 1
    rank: int = REMINDERS

    @property
    def key(self) -> Key:
        """Its key in the ledger."""
        return Key(self.kind, self.subject, self.version, self.slot, self.chat, self.thread or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """How many rows were added, moved and cancelled."""

    added: int = 0
    moved: int = 0
    cancelled: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.moved or self.cancelled)


def reconcile(
    connection: Connection,
    council: CouncilId,
    wishes: Sequence[Wish],
    now: datetime,
    *,
    keeps: Callable[[Key], bool] = lambda _: False,
    write: bool = True,
) -> Changes:
    """Bring the council's reminders to what is wished. `keeps`: whether a row that nobody wished
    for stays as it is (put off by a person). Without `write` it only says what would change."""
    there = _there(connection, council, now)
    wanted = {wish.key: wish for wish in wishes if wish.expires > now}
    added = [
        wish for key, wish in wanted.items() if key not in there or there[key].state == "cancelled"
    ]
    waiting = {key: row for key, row in there.items() if row.state in WAITING}
    moved = [
        (row, wanted[key])
        for key, row in waiting.items()
        if key in wanted and _differs(row, wanted[key])
    ]
    gone = [row for key, row in waiting.items() if key not in wanted and not keeps(key)]
    if write:
        insert(connection, added)
        _move(connection, moved, now)
        _cancel(connection, gone)
    return Changes(added=len(added), moved=len(moved), cancelled=len(gone))


def insert(connection: Connection, wishes: Iterable[Wish]) -> None:
    """Add rows. One that is there stays, unless it was cancelled: then it is planned anew."""
    values = [
        {**wish.key._asdict(), "id": new_id(), "rank": wish.rank, "council": wish.council}
        | {"person": wish.person, "due": stamp(wish.due), "expires": stamp(wish.expires)}
        | {"nth": wish.nth, "of": wish.of, "start": stamp(wish.start or wish.due)}
        for wish in wishes
    ]
    if values:
        connection.execute(_INSERT, values)


def reported(connection: Connection, ids: Iterable[str], version: int) -> None:
    """Those are told of by the notice of this version."""
    connection.execute(
        update(delivery).where(delivery.c.id.in_(list(ids))).values(reason=f"{_TOLD}{version}")
    )


def told(
    connection: Connection, council: CouncilId, version: int
) -> Sequence[tuple[ReminderKind, datetime]]:
    """What a notice of missed reminders tells of: each once, however many it was for."""
    found = select(delivery.c.kind, delivery.c.due).where(
        delivery.c.council == council, delivery.c.reason == f"{_TOLD}{version}"
    )
    rows = connection.execute(found.distinct().order_by(delivery.c.due, delivery.c.kind))
    return [(ReminderKind(kind), moment(due)) for kind, due in rows]


def missed(
    connection: Connection, now: datetime
) -> Mapping[CouncilId, Sequence[tuple[str, ReminderKind, datetime]]]:
    """Reminders that became useless before they were sent, and of which the admins don't know yet:
    id, kind and due moment, by council."""
    found: dict[CouncilId, list[tuple[str, ReminderKind, datetime]]] = {}
    for row in connection.execute(_MISSED, {"since": stamp(now - _RECENT)}):
        found.setdefault(row.council, []).append((row.id, ReminderKind(row.kind), moment(row.due)))
    return found


def _there(connection: Connection, council: CouncilId, now: datetime) -> dict[Key, Row[Any]]:
    rows = connection.execute(_THERE, {"council_": council, "now": stamp(now)})
    return {Key(*(getattr(row, name) for name in KEY)): row for row in rows}


def _differs(row: Row[Any], wish: Wish) -> bool:
    stored = (row.due, row.expires, row.nth, row.of)
    return stored != (stamp(wish.due), stamp(wish.expires), wish.nth, wish.of)


def _move(connection: Connection, moved: Iterable[tuple[Row[Any], Wish]], now: datetime) -> None:
    for row, wish in moved:
        values: dict[str, object] = {
            "due": stamp(wish.due),
            "expires": stamp(wish.expires),
            "nth": wish.nth,
            "of": wish.of,
        }
        if row.state == State.PLANNED or wish.due > now:
            values |= {"not_before": stamp(wish.due), "state": State.PLANNED}
        connection.execute(_still(row).values(**values))


def _cancel(connection: Connection, gone: Iterable[Row[Any]]) -> None:
    for row in gone:
        state, reason = (
            (State.CLOSED, UNCLEAR) if row.reason == AGAIN else (State.CANCELLED, "moot")
        )
        connection.execute(_still(row).values(state=state, reason=reason))


def _still(row: Row[Any]) -> Any:
    return update(delivery).where(delivery.c.id == row.id, delivery.c.state.in_(WAITING))


_KINDS: Final = tuple(ReminderKind)
_THERE: Final = select(
    delivery.c.id,
    *(delivery.c[name] for name in (*KEY, "due", "expires", "nth", "of", "state", "reason")),
).where(
    delivery.c.council == bindparam("council_"),
    delivery.c.expires > bindparam("now"),
    delivery.c.kind.in_(_KINDS),
)
_MISSED: Final = (
    select(delivery.c.id, delivery.c.council, delivery.c.kind, delivery.c.due)
    .where(
        delivery.c.state == State.EXPIRED,
        delivery.c.rank == REMINDERS,
        delivery.c.not_before >= bindparam("since"),
        delivery.c.reason == "",
        delivery.c.kind.in_(_KINDS),
        delivery.c.council.is_not(None),
    )
    .order_by(delivery.c.council, delivery.c.due)
)
_INSERT: Final = text(
    "INSERT INTO delivery (id, kind, rank, subject, version, slot, chat, thread, council, person, "
    'due, expires, not_before, state, attempt, reason, nth, "of") '
    "VALUES (:id, :kind, :rank, :subject, :version, :slot, :chat, :thread, :council, :person, "
    ":due, :expires, :start, 'planned', 0, '', :nth, :of) "
    "ON CONFLICT (kind, subject, version, slot, chat, thread) DO UPDATE SET state = 'planned', "
    "reason = '', due = excluded.due, expires = excluded.expires, "
    "not_before = excluded.not_before, "
    'nth = excluded.nth, "of" = excluded."of" WHERE delivery.state = \'cancelled\''
)

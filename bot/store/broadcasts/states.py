"""A broadcast's stages as the bot itself or whoever sits at the machine moves them.

Nobody is asked who they are: what a person may do is judged by the scope, which then comes here.
Each move is a compare-and-set on the stage, so two at once count as one.
"""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, func, literal, select, update

from bot.store.codec import moment, stamp
from bot.store.ledger import campaigns
from bot.store.ledger.rows import AGAIN, BROADCAST, ORIGINAL, WAITING, State
from bot.store.schema import broadcast, delivery
from conversations.broadcasts import OPEN, Stage

_GOING: Final = frozenset({Stage.WAITING, Stage.RUNNING})
_LEFT: Final = (*WAITING, State.SENDING, State.HELD)
_CONFIRMED: Final = (OPEN - {Stage.CHECK}) | {Stage.DONE}


def pause(connection: Connection, id_: str, why: str = "person") -> bool:
    """Nothing more of it goes out; False when it neither runs nor waits."""
    if not _move(connection, id_, _GOING, stage=Stage.PAUSED, why=why):
        return False
    campaigns.hold(connection, id_)
    return True


def resume(connection: Connection, id_: str, now: datetime) -> bool:
    """It goes on, at its time if that is still to come; False when it isn't paused."""
    row = _locked(connection, id_)
    if row is None or row.due is None:
        return False
    due = max(moment(row.due), now)
    stage = Stage.WAITING if due > now else Stage.RUNNING
    if not _move(connection, id_, {Stage.PAUSED}, stage=stage, why=""):
        return False
    campaigns.free(connection, id_, due)
    return True


def cancel(connection: Connection, id_: str, now: datetime) -> bool:
    """What is not sent yet never will be; False when it is over, or was never confirmed."""
    if not _move(connection, id_, OPEN, stage=Stage.CANCELLED, why="", ended=stamp(now)):
        return False
    campaigns.drop(connection, id_)
    return True


def again(connection: Connection, id_: str, now: datetime) -> int:
    """All of it that is unclear goes once more; how many messages. None of one that was cancelled
    or taken back."""
    row = _locked(connection, id_)
    if row is None or Stage(row.stage) not in _CONFIRMED or row.retracted is not None:
        return 0
    count = campaigns.resend_all(connection, id_, now)
    if count:
        _move(connection, id_, {Stage.DONE}, stage=Stage.RUNNING, ended=None)
    return count


def let_be(connection: Connection, id_: str) -> int:
    """All of it that is unclear stays as it is; how many messages."""
    return campaigns.let_all(connection, id_)


def settled(connection: Connection, now: datetime) -> int:
    """Bring stages to where time and the ledger have brought them; how many changed. What came
    later for newcomers opens nothing again; what is sent once more does."""
    at = stamp(now)
    begun = func.coalesce(broadcast.c.begun, at)
    moves = (
        (Stage.WAITING, broadcast.c.due <= at, {"stage": Stage.RUNNING, "begun": begun}),
        (Stage.RUNNING, ~_left(), {"stage": Stage.DONE, "ended": at}),
        (Stage.DONE, _left(AGAIN), {"stage": Stage.RUNNING, "ended": None}),
    )
    return sum(
        connection.execute(
            update(broadcast).where(broadcast.c.stage == stage, when).values(**values)
        ).rowcount
        for stage, when, values in moves
    )


def _left(reason: str | None = None) -> ColumnElement[bool]:
    """Whether something of it waits, is held or is on its way (for this reason)."""
    rows = select(delivery.c.id).where(
        delivery.c.subject == literal(campaigns.subject("")).concat(broadcast.c.id),
        delivery.c.state.in_(_LEFT),
        delivery.c.kind == BROADCAST,
        delivery.c.version == ORIGINAL,
    )
    return (rows if reason is None else rows.where(delivery.c.reason == reason)).exists()


def _locked(connection: Connection, id_: str) -> Row[Any, Any] | None:
    """Its row, which nobody else changes meanwhile."""
    found = select(*(broadcast.c[name] for name in ("stage", "due", "retracted")))
    found = found.where(broadcast.c.id == id_)
    return connection.execute(found.with_for_update()).first()


def _move(
    connection: Connection,
    id_: str,
    before: frozenset[Stage] | set[Stage],
    **values: object,
) -> bool:
    still = (broadcast.c.id == id_, broadcast.c.stage.in_(before))
    return bool(connection.execute(update(broadcast).where(*still).values(**values)).rowcount)

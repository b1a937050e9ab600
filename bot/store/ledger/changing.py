"""What operators decide about rows of which nobody knows whether they arrived."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select, update

from bot.store.codec import stamp
from bot.store.ledger.campaigns import useful
from bot.store.ledger.rows import AGAIN, BROADCASTS, State
from bot.store.schema import delivery


def unclear(connection: Connection) -> Sequence[str]:
    """Ids of rows that wait for a person's word: broadcasts, which are never repeated unasked."""
    found = select(delivery.c.id).where(
        delivery.c.state == State.UNCERTAIN, delivery.c.rank == BROADCASTS
    )
    return connection.execute(found.order_by(delivery.c.due, delivery.c.id)).scalars().all()


def resend(connection: Connection, id_: str, now: datetime) -> bool:
    """Send an unclear row once more, however long it was unclear; False when it isn't (any
    more)."""
    values = {"state": State.PENDING, "reason": AGAIN, "expires": useful(now)}
    return _from_uncertain(connection, id_, now, **values)


def let_be(connection: Connection, id_: str, now: datetime) -> bool:
    """Leave an unclear row as it is; False when it isn't unclear (any more)."""
    return _from_uncertain(connection, id_, now, state=State.CLOSED, reason="let")


def _from_uncertain(connection: Connection, id_: str, now: datetime, **values: object) -> bool:
    changed = connection.execute(
        update(delivery)
        .where(delivery.c.id == id_, delivery.c.state == State.UNCERTAIN)
        .values(not_before=stamp(now), **values)
    )
    return bool(changed.rowcount)

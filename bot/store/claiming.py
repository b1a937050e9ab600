"""The next row to be sent, with what it rests on: claimed and looked at in one transaction.

What turns out not to be sent is settled there, too, and costs no call.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final, Generic, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.logs import Log
from bot.store import ledger
from bot.store.leases import Holder
from bot.store.ledger import Claimed, Settled, State

Found = TypeVar("Found")
Result = TypeVar("Result")

Look = Callable[[Connection, Claimed, datetime], Found | Settled]
"""Reads what a row rests on now, or says what becomes of it without a call."""
Way = Callable[[Connection, Claimed, datetime], Callable[[], Result] | Settled]
"""How rows of one kind come to their calls: looked at in the transaction, composed after it."""
Ways = Mapping[str, Way[Result]]
"""By kind of row."""

MOOT: Final = Settled(state=State.CANCELLED, reason="moot")
_LOG: Final = Log(__name__)
_LATER: Final = timedelta(minutes=10)
"""When a row is looked at again that could not be read."""
_MOST: Final = 100
"""Rows that are settled without a call in one transaction at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken(Generic[Result]):
    """A claimed row; `compose` says what is to be called."""

    row: Claimed
    compose: Callable[[], Result]


def way(look: Look[Found], compose: Callable[[Claimed, Found, datetime], Result]) -> Way[Result]:
    """A way of a reader in the store and a writer of calls, who need not know one another."""

    def looked(
        connection: Connection, row: Claimed, now: datetime
    ) -> Callable[[], Result] | Settled:
        found = look(connection, row, now)
        return found if isinstance(found, Settled) else partial(compose, row, found, now)

    return looked


def unless_moot(look: Callable[[Connection, Claimed, datetime], Found | None]) -> Look[Found]:
    """For a reader that finds nothing where there is nothing to send any more."""

    def looked(connection: Connection, row: Claimed, now: datetime) -> Found | Settled:
        found = look(connection, row, now)
        return MOOT if found is None else found

    return looked


def take(
    connection: Connection,
    holder: Holder,
    now: datetime,
    busy: Collection[int],
    ways: Ways[Result],
    *,
    rouses: bool = False,
) -> Taken[Result] | int:
    """The next row that is to be sent; or how many were settled instead, 0 when there is none.
    `rouses`: what has become due meanwhile is among them."""
    if rouses:
        ledger.rouse(connection, now)
    for count in range(_MOST):
        row = ledger.claim(connection, holder, now, busy)
        if row is None:
            return count
        found = _looked(connection, row, now, ways)
        if not isinstance(found, Settled):
            return Taken(row=row, compose=found)
        ledger.settle(connection, row, found)
    return _MOST


def _looked(
    connection: Connection, row: Claimed, now: datetime, ways: Ways[Result]
) -> Callable[[], Result] | Settled:
    try:
        return ways[row.kind](connection, row, now)
    except SQLAlchemyError:
        raise  # nothing of this transaction counts
    except Exception as error:  # noqa: BLE001 - one row must not keep the others
        _LOG.error("delivery not read", id=row.id, kind=row.kind, error=error)
        return Settled(state=State.PENDING, not_before=now + _LATER)

"""Leases: what only one process may do at a time, for as long as it keeps saying that it lives.

They run out by the database's clock, since the processes' own may differ.
"""

import secrets
from datetime import timedelta
from typing import Final, NewType

from sqlalchemy import BigInteger, Connection, FunctionElement, delete, select, text
from sqlalchemy.ext.compiler import compiles

from bot.store.schema import lease

Holder = NewType("Holder", str)
"""A process, by an id of its own."""

SENDER: Final = "sender"
"""Sends what is due (the ledger)."""
POLLER: Final = "poller"
"""Asks Telegram for updates."""

PROGRESS: Final = "progress"
"""Shows authors how far their broadcasts are."""

TERM: Final = timedelta(seconds=30)
"""Renew it three times as often."""


class Clock(FunctionElement[int]):
    """UTC milliseconds since 1970 by the database's clock, for statements."""

    inherit_cache = True
    type = BigInteger()
    name = "clock"


@compiles(Clock, "sqlite")
def _on_sqlite(_element: Clock, _compiler: object, **_: object) -> str:
    return "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"


@compiles(Clock)
def _on_a_server(_element: Clock, _compiler: object, **_: object) -> str:
    return "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)"


def new_holder() -> Holder:
    """An id for this process."""
    return Holder(secrets.token_urlsafe(12))


def acquire(connection: Connection, name: str, holder: Holder, term: timedelta = TERM) -> bool:
    """Take the lease when it is free, has run out, or is held already (then it is renewed);
    whether it is held now."""
    clock = str(Clock().compile(dialect=connection.dialect))
    taken = connection.execute(
        text(
            f"INSERT INTO lease (name, holder, until) VALUES (:name, :holder, {clock} + :term) "  # noqa: S608 - our own expression
            "ON CONFLICT (name) DO UPDATE SET holder = :holder, until = excluded.until "
            f"WHERE lease.holder = :holder OR lease.until <= {clock}"
        ),
        {"name": name, "holder": holder, "term": term // timedelta(milliseconds=1)},
    )
    return bool(taken.rowcount)


def holds(connection: Connection, name: str, holder: Holder) -> bool:
    """Whether the lease is held, and has not run out."""
    mine = select(lease.c.name).where(
        lease.c.name == name, lease.c.holder == holder, lease.c.until > Clock()
    )
    return connection.execute(mine).first() is not None


def release(connection: Connection, name: str, holder: Holder) -> None:
    """Give the lease back, if it is held."""
    connection.execute(delete(lease).where(lease.c.name == name, lease.c.holder == holder))


def forget(connection: Connection) -> None:
    """Drop all leases: only where nobody else can be alive (SQLite, whose file is locked)."""
    connection.execute(delete(lease))

"""Several processes on one database: who lives, and who looks after which lane.

On SQLite there is one process alone, by the file's lock; none of this is asked there.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import ColumnElement, Connection, Select, delete, select

from bot.store.leases import Clock, Holder, acquire
from bot.store.schema import lease
from bot.store.sealing import Pseudonyms

LANE: Final = timedelta(seconds=10)
"""A lane stays with its process for so long after its last update."""
_NAME: Final = "replica:"
_REST: Final = 60_000
"""Leases that ran out so long ago (milliseconds) are cleared away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replica:
    """This process among others. `shared`: there may be others on its database."""

    holder: Holder
    shared: bool
    pseudonyms: Pseudonyms
    term: timedelta = timedelta(seconds=15)
    """Silent for so long, it is taken for dead."""

    def lane(self, chat: int, person: int) -> str:
        """The name of a lane's lease, by which nobody can be found."""
        return f"lane:{self.pseudonyms.of(chat)}/{self.pseudonyms.of(person)}"


def beat(connection: Connection, me: Replica) -> int:
    """Say that this process lives; how many others were found dead. Each is found by one alone,
    and what they held is free."""
    acquire(connection, _NAME + me.holder, me.holder, me.term)
    dead = connection.scalars(
        delete(lease).where(_is_replica(), lease.c.until <= Clock()).returning(lease.c.holder)
    ).all()
    connection.execute(delete(lease).where(lease.c.holder.in_(dead)))
    connection.execute(delete(lease).where(lease.c.until <= Clock() - _REST))
    return len(dead)


def is_alone(connection: Connection, me: Replica) -> bool:
    """Whether no other process lives."""
    others = living().where(lease.c.holder != me.holder)
    return connection.execute(others).first() is None


def leave(connection: Connection, me: Replica) -> None:
    """Stopped in good order: the others need not wait for what this one held."""
    connection.execute(delete(lease).where(lease.c.holder == me.holder))


def living() -> Select[tuple[str]]:
    """The holders that live, as a statement."""
    return select(lease.c.holder).where(_is_replica(), lease.c.until > Clock())


def owner(connection: Connection, me: Replica, chat: int, person: int) -> Holder:
    """Who looks after a lane: this process, unless another one did a moment ago."""
    name = me.lane(chat, person)
    if acquire(connection, name, me.holder, LANE):
        return me.holder
    found = connection.execute(select(lease.c.holder).where(lease.c.name == name)).scalar()
    return Holder(found) if found else me.holder


def _is_replica() -> ColumnElement[bool]:
    return lease.c.name.startswith(_NAME, autoescape=True)

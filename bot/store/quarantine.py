"""Quarantine: after a restore nothing is sent unasked until an operator has seen what is due.

What was sent since the backup was made is not known any more, so everything due might be a repeat.
"""

from datetime import datetime

from sqlalchemy import Connection

from bot.store import marks


def begin(connection: Connection, made: datetime) -> None:
    """The database is as it was when this backup was made."""
    marks.put(connection, marks.QUARANTINE, made)


def since(connection: Connection) -> datetime | None:
    """When the backup was made that was restored; None when nothing is held back."""
    return marks.when(connection, marks.QUARANTINE)


def release(connection: Connection) -> bool:
    """An operator has seen what is due: sending goes on; whether it was held back."""
    return marks.clear(connection, marks.QUARANTINE)

"""Quarantine: after a restore nothing is sent unasked until an operator has seen what is due.

What was sent since the backup was made is not known any more, so everything due might be a repeat.
"""

from datetime import datetime

from sqlalchemy import Connection, delete, update

from bot.store import marks
from bot.store.codec import stamp
from bot.store.schema import dialogue, errand, inbox


def begin(connection: Connection, made: datetime, now: datetime) -> None:
    """The database is as it was when this backup was made. What was in hand at that moment came
    to its end long ago: no waiting update is answered, no card or letter sent again."""
    marks.put(connection, marks.QUARANTINE, made)
    waiting = update(inbox).where(inbox.c.done.is_(None))
    connection.execute(waiting.values(done=stamp(now), content=None))
    connection.execute(update(dialogue).values(shown=dialogue.c.version))
    connection.execute(delete(errand))


def since(connection: Connection) -> datetime | None:
    """When the backup was made that was restored; None when nothing is held back."""
    return marks.when(connection, marks.QUARANTINE)


def release(connection: Connection) -> bool:
    """An operator has seen what is due: sending goes on; whether it was held back."""
    return marks.clear(connection, marks.QUARANTINE)

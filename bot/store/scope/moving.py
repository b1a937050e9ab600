"""A broadcast on its way: paused, resumed, cancelled, its unclear messages decided on. Operators
steer all, admins those of their council."""

from datetime import datetime
from typing import Final

from sqlalchemy import update

from bot.store.broadcasts import states
from bot.store.schema import broadcast
from bot.store.scope.known import composes, stored
from bot.store.scope.principal import ForbiddenError, Principal
from bot.store.worker import LostRaceError
from conversations.deeds import Cancel, Pause, Resume, Settle

_ROLE: Final = "role"
"""Why a broadcast is paused whose author lost the right to send it."""


def pause(principal: Principal, deed: Pause) -> str:
    """Nothing more of it goes out for now."""
    row = stored(principal, deed.id, deed.council)
    return _done(deed, moved=states.pause(principal.connection, row.id))


def resume(principal: Principal, deed: Resume, now: datetime) -> str:
    """It goes on. One whose author lost the right is answered for by whoever resumes it; it is
    another revision then, so that others are asked again if that happens once more."""
    row = stored(principal, deed.id, deed.council)
    if row.why == _ROLE and not composes(principal, row.council):
        raise ForbiddenError("nobody here may send it")
    moved = states.resume(principal.connection, row.id, now)
    if moved and row.why == _ROLE:
        values: dict[str, object] = {"revision": row.revision + 1}
        if row.author != principal.person:
            values |= {"author": principal.person, "progress": None, "shown": ""}
        mine = update(broadcast).where(broadcast.c.id == row.id).values(**values)
        principal.connection.execute(mine)
    return _done(deed, moved=moved)


def cancel(principal: Principal, deed: Cancel, now: datetime) -> str:
    """What is not sent yet never will be."""
    row = stored(principal, deed.id, deed.council)
    return _done(deed, moved=states.cancel(principal.connection, row.id, now))


def settle(principal: Principal, deed: Settle, now: datetime) -> str | None:
    """All that is unclear goes once more, or stays as it is; what somebody else decided before
    stays so."""
    row = stored(principal, deed.id, deed.council)
    if deed.again:
        count = states.again(principal.connection, row.id, now)
    else:
        count = states.let_be(principal.connection, row.id)
    return f"broadcast:{deed.id}" if count else None


def _done(deed: Pause | Resume | Cancel, *, moved: bool) -> str:
    if not moved:
        raise LostRaceError("somebody else was quicker")
    return f"broadcast:{deed.id}"

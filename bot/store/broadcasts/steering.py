"""Broadcasts for whoever sits at the machine, beside a running bot: seen, held, freed, stopped.

Not for the chat: nobody is asked who they are. What they say, to whom, is shown to nobody here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, insert, select

from bot.store.beside import Beside
from bot.store.broadcasts import reading, states
from bot.store.broadcasts.reaching import Reaching
from bot.store.codec import Codec, stamp
from bot.store.schema import audit, broadcast, council
from conversations.broadcasts import OPEN, Broadcast, Stage

_NOBODY: Final = 0
"""Who did it, in the audit log: nobody has this number in Telegram."""
_RECENT: Final = 20
_rows: Final = select(broadcast, council.c.ags).outerjoin(
    council, council.c.id == broadcast.c.council
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """A broadcast as it is seen from the machine."""

    broadcast: Broadcast
    ags: str
    """Key of the municipality whose council it is for; empty: all councils."""


Move = Callable[[Connection, str], int]
"""A change of stage, or of rows; how much was changed."""


class Steering:
    """The broadcasts of a database. Every method is one transaction; all raise StoreError."""

    def __init__(self, found: Beside, codec: Codec) -> None:
        self._beside = found
        self._codec = codec
        self._reaching = Reaching(codec)

    def latest(self) -> tuple[Sight, ...]:
        """What goes on or waits, and the latest of the rest; drafts are their authors' own."""
        going = _rows.where(broadcast.c.stage.in_(OPEN))
        over = _rows.where(broadcast.c.stage.in_((Stage.DONE, Stage.CANCELLED)))
        return (*self._seen(going), *self._seen(over.limit(_RECENT)))

    def one(self, id_: str) -> Sight | None:
        """This one, if it is there."""
        return next(iter(self._seen(_rows.where(broadcast.c.id == id_))), None)

    def pause(self, id_: str, now: datetime) -> bool:
        """Nothing more of it goes out."""
        return bool(self._moved(id_, "pause", now, states.pause))

    def resume(self, id_: str, now: datetime) -> bool:
        """It goes on, unless its author may not send it any more: somebody who may has to take it
        over, in the chat."""
        return bool(self._moved(id_, "resume", now, partial(self._resume, now=now)))

    def cancel(self, id_: str, now: datetime) -> bool:
        """What is not sent yet never will be."""
        return bool(self._moved(id_, "cancel", now, lambda c, i: states.cancel(c, i, now)))

    def resend(self, id_: str, now: datetime) -> int:
        """All that is unclear goes once more; how many messages."""
        return self._moved(id_, "settle", now, lambda c, i: states.again(c, i, now))

    def let_be(self, id_: str, now: datetime) -> int:
        """All that is unclear stays as it is; how many messages."""
        return self._moved(id_, "settle", now, states.let_be)

    def _resume(self, connection: Connection, id_: str, *, now: datetime) -> bool:
        found = select(broadcast.c.author, broadcast.c.council).where(broadcast.c.id == id_)
        row = connection.execute(found).one_or_none()
        if row is None or not self._reaching.entitled(connection, row.author, row.council):
            return False
        return states.resume(connection, id_, now)

    def _moved(self, id_: str, action: str, now: datetime, move: Move) -> int:
        return self._beside.write(partial(self._move, id_=id_, action=action, now=now, move=move))

    def _move(
        self, connection: Connection, id_: str, action: str, now: datetime, move: Move
    ) -> int:
        """Do it, with a line in the audit log if there was anything to do."""
        changed = move(connection, id_)
        if changed:
            where = select(broadcast.c.council).where(broadcast.c.id == id_)
            line = {
                "at": stamp(now),
                "actor": self._beside.pseudonyms.of(_NOBODY),
                "council": connection.execute(where).scalar(),
                "action": action,
                "object": f"broadcast:{id_}",
            }
            connection.execute(insert(audit), line)
        return int(changed)

    def _seen(self, query: Select[Any]) -> tuple[Sight, ...]:
        newest = query.order_by(broadcast.c.made.desc(), broadcast.c.id)
        return self._beside.look(
            lambda c: tuple(self._sight(c, row) for row in c.execute(newest).all())
        )

    def _sight(self, connection: Connection, row: Row[Any]) -> Sight:
        return Sight(broadcast=reading.read(connection, self._codec, row), ags=row.ags or "")

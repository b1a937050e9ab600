"""The question to a second person whether a broadcast may go: looked at anew before it is sent."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, select

from bot.store.broadcasts import reading
from bot.store.broadcasts.reaching import Reaching
from bot.store.codec import Codec
from bot.store.ledger import Claimed, Settled, State
from bot.store.schema import broadcast
from conversations.broadcasts import Broadcast, Stage
from conversations.planning import rested


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked about, and in which language."""

    broadcast: Broadcast
    language: str


class Asking:
    """Jobs for the store."""

    def __init__(self, codec: Codec) -> None:
        self._codec = codec
        self._reaching = Reaching(codec)

    def asked(self, connection: Connection, row: Claimed, now: datetime) -> Asked | Settled:
        """While it waits for a second person, and this one may say yes."""
        id_ = row.subject.partition(":")[2]
        found = connection.execute(select(broadcast).where(broadcast.c.id == id_)).one_or_none()
        if found is None or found.stage != Stage.CHECK or found.revision != row.version:
            return Settled(state=State.CANCELLED, reason="broadcast")
        if not self._reaching.entitled(connection, row.person, found.council):
            return Settled(state=State.CANCELLED, reason="role")
        reader = self._reaching.known(connection, row.person)
        if reader is None or reader.stopped is not None:
            return Settled(state=State.CANCELLED, reason="stopped")
        until = rested(replace(reader.reminding, paused=None), now, row.expires)
        if until is not None:
            return Settled(state=State.PENDING, not_before=until)
        return Asked(
            broadcast=reading.read(connection, self._codec, found), language=reader.language
        )

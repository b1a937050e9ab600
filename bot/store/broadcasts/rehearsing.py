"""What a preview of a broadcast rests on, in the scope of whoever asks for it."""

from datetime import datetime

from sqlalchemy import Connection

from bot.store.codec import Codec
from bot.store.planning import Planning
from bot.store.scope import Scope
from bot.store.sealing import Pseudonyms
from conversations.broadcasts import Broadcast, BroadcastId
from conversations.facts import CouncilFacts
from conversations.standing import CouncilId, PersonId


class Rehearsing:
    """Jobs for the store."""

    def __init__(self, codec: Codec, pseudonyms: Pseudonyms, planning: Planning) -> None:
        self._codec = codec
        self._pseudonyms = pseudonyms
        self._planning = planning

    def read(
        self,
        connection: Connection,
        person: PersonId,
        id_: BroadcastId,
        council: CouncilId | None,
        now: datetime,
    ) -> tuple[Broadcast, CouncilFacts | None] | None:
        """The broadcast, if it is the person's to see, and the facts of its council, else of the
        one in hand; None for them when the person sits in neither."""
        scope = Scope.enter(connection, self._codec, self._pseudonyms, person)
        one = scope.broadcast(id_)
        if one is None:
            return None
        where = one.council or council
        if where is None or not scope.opens(where):
            return one, None
        return one, self._planning.facts(connection, where, now)

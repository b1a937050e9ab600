"""The list of those whom a broadcast did not reach, in the scope of whoever asks for it."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from bot.store.codec import Codec
from bot.store.schema import member
from bot.store.scope import Scope
from bot.store.sealing import Pseudonyms
from conversations.broadcasts import Broadcast, BroadcastId
from conversations.broadcasts.unreached import Missed
from conversations.standing import PersonId


class Missing:
    """Jobs for the store."""

    def __init__(self, codec: Codec, pseudonyms: Pseudonyms) -> None:
        self._codec = codec
        self._pseudonyms = pseudonyms

    def read(
        self, connection: Connection, person: PersonId, id_: BroadcastId
    ) -> tuple[Broadcast, Sequence[Missed], str] | None:
        """The broadcast, whom it did not reach, and the reader's language; None when it is not
        theirs to see (any more)."""
        scope = Scope.enter(connection, self._codec, self._pseudonyms, person)
        one = scope.broadcast(id_)
        if one is None:
            return None
        return one, scope.unreached(id_), self._language(connection, person)

    def _language(self, connection: Connection, person: PersonId) -> str:
        found = select(member.c.body, member.c.format).where(member.c.person == person)
        body, form = connection.execute(found).one()
        return self._codec.member.read(body, form, person).language

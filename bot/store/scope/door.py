"""A scope: what one person may see and do in councils, checked against what is stored now."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Final, Self

from sqlalchemy import Connection, text

from bot.store.codec import Codec
from bot.store.scope import (
    agendas,
    broadcasts,
    chats,
    councils,
    desk,
    filings,
    invitations,
    known,
    records,
    reminders,
    standings,
    unreached,
)
from bot.store.scope.doing import council_of, do
from bot.store.scope.principal import PLAIN, Broadcasting, ForbiddenError, Principal
from bot.store.sealing import Pseudonyms
from conversations.agenda import Agenda, LinkedChat, Reminded
from conversations.broadcasts import Broadcast, Broadcasts
from conversations.broadcasts.unreached import Missed
from conversations.core import Need
from conversations.deeds import Deed, Refused, may
from conversations.standing import (
    CouncilId,
    Desk,
    Invited,
    PersonId,
    Standing,
    StoredCouncil,
)

_LOCK: Final = text("SELECT pg_advisory_xact_lock(5141512)")


class Scope:
    """Belongs to one person and one transaction. Missing and forbidden look alike: empty."""

    def __init__(self, principal: Principal) -> None:
        """Made by `enter`: only what is read there may be trusted."""
        self._principal = principal

    @classmethod
    def enter(
        cls,
        connection: Connection,
        codec: Codec,
        pseudonyms: Pseudonyms,
        person: PersonId,
        broadcasting: Broadcasting = PLAIN,
    ) -> Self:
        """The person's scope; their standing is read here."""
        return cls(
            Principal(
                connection=connection,
                codec=codec,
                pseudonyms=pseudonyms,
                person=person,
                standing=standings.read(connection, codec, person),
                broadcasting=broadcasting,
            )
        )

    @classmethod
    def of_nobody(
        cls, connection: Connection, codec: Codec, pseudonyms: Pseudonyms, person: PersonId
    ) -> Self:
        """The scope of somebody who holds nothing (`holds`): nothing is read."""
        return cls(
            Principal(
                connection=connection,
                codec=codec,
                pseudonyms=pseudonyms,
                person=person,
                standing=Standing(),
            )
        )

    @property
    def person(self) -> PersonId:
        """Whose scope it is."""
        return self._principal.person

    @property
    def standing(self) -> Standing:
        """What the person is."""
        return self._principal.standing

    def opens(self, council: CouncilId | str | None) -> bool:
        """Whether something of this council is the person's to see; without one it always is."""
        return not council or self.standing.seat(council) is not None

    def in_hand(self, active: str) -> CouncilId | None:
        """The council in hand: `active`, or the first one without a seat there (any more)."""
        seat = self.standing.in_hand(active)
        return seat.council if seat else None

    def council(self, id_: CouncilId | None) -> StoredCouncil | None:
        """A council the person has a seat in."""
        return councils.of_member(self._principal, id_) if id_ is not None else None

    def invited(self, token_hash: str, now: datetime) -> Invited | None:
        """What the token with this hash invites to, if it is good."""
        return invitations.good(self._principal, token_hash, now) if token_hash else None

    def desk(self, council: CouncilId | None, now: datetime) -> Desk:
        """The desk with this council in hand."""
        return desk.read(self._principal, council, now)

    def agenda(self, council: CouncilId | None, now: datetime) -> Agenda:
        """The agenda of the council in hand."""
        return agendas.read(self._principal, council, now)

    def broadcasts(
        self,
        council: CouncilId | None,
        wanted: Collection[Need],
        reply_to: tuple[int, int] | None,
        now: datetime,
    ) -> Broadcasts:
        """What is wanted of broadcasts with this council in hand."""
        if reply_to is None and not {Need.BROADCASTS, Need.PUBLIC} & set(wanted):
            return Broadcasts()
        return broadcasts.read(self._principal, council, wanted, reply_to, now)

    def broadcast(self, id_: str) -> Broadcast | None:
        """One broadcast, if it is the person's to see: of all, or of any council they run."""
        return known.one(self._principal, id_)

    def unreached(self, broadcast: str) -> tuple[Missed, ...]:
        """Whom a broadcast did not reach, if it is the person's to see."""
        return unreached.unreached(self._principal, broadcast)

    def reminder(self, delivery: str) -> Reminded | None:
        """A reminder that was sent, if it is one of the person's councils."""
        return reminders.reminded(self._principal, delivery) if delivery else None

    def named_chat(self, council: CouncilId, chat: LinkedChat, now: datetime) -> LinkedChat:
        """A chat that the person named for a council they run: stored, it waits for their yes in
        private. Raises ForbiddenError."""
        return chats.name(self._principal, council, chat, now)

    def file(self, letter: str, day: date | None) -> None:
        """The person's own letter was filed on this day, or (None) was not after all."""
        filings.file_on(self._principal, letter, day)

    def perform(self, deeds: Iterable[Deed], now: datetime) -> None:
        """Do them in order, each judged by what the ones before made of the person's standing.

        Raises ForbiddenError and LostRaceError: then nothing of the transaction may be kept.
        """
        for deed in deeds:
            if not may(self.standing, deed):
                raise ForbiddenError(type(deed).__name__)
            thing = do(self._principal, deed, now)
            if isinstance(deed, Refused):
                records.note_refused(self._principal, deed.what, deed.council, now)
            elif thing is not None:
                action = type(deed).__name__.lower()
                records.note(self._principal, action, thing, council_of(deed), now)
                self._look_again()

    def _look_again(self) -> None:
        before = self._principal
        standing = standings.read(before.connection, before.codec, before.person)
        self._principal = replace(before, standing=standing)


def queue_up(connection: Connection) -> None:
    """Wait until nobody else does deeds: first in a transaction that will. On SQLite writers queue
    up anyway; on PostgreSQL two admins could else dismiss each other."""
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK)

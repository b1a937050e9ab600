"""Chats that are named from within: by a link, used once by whoever has it, or by an admin who
writes there; a council's admin confirms after, in private."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, or_, select

from bot.store import chats, inbox
from bot.store.codec import Codec, stamp
from bot.store.planning import Planning
from bot.store.schema import chat_link, link_offer
from bot.store.scope import Scope, queue_up
from bot.store.sealing import Pseudonyms
from bot.store.worker import LostRaceError
from conversations.agenda import LinkedChat
from conversations.deeds import is_admin
from conversations.facts import CouncilFacts
from conversations.standing import CouncilId, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Whose link it was: this admin confirms in private (and may have lost the role since)."""

    council: CouncilId
    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """A chat, the council it is named for and the admin who is asked in private."""

    offer: Offer
    chat: LinkedChat
    token_hash: str = ""
    """Of the link that is used up by it; empty when the admin named it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgraded:
    """A group became a supergroup, with another number."""

    old: int
    new: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """The bot was thrown out of a chat ("kicked"), or may not write there any more ("rights")."""

    chat: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """That person let the bot write in a chat (again)."""

    chat: int
    person: PersonId


Change = Upgraded | Lost | Back


def find_offer(connection: Connection, token_hash: str, now: datetime) -> Offer | None:
    """Whose link it is; None for wrong, used and expired alike."""
    good = (link_offer.c.token_hash == token_hash) & (link_offer.c.expires > stamp(now))
    row = connection.execute(select(link_offer.c.council, link_offer.c.person).where(good))
    return _offer(row.one_or_none())


def take_offer(connection: Connection, token_hash: str, now: datetime) -> Offer | None:
    """Use a link; None for wrong, used and expired alike."""
    good = (link_offer.c.token_hash == token_hash) & (link_offer.c.expires > stamp(now))
    row = connection.execute(
        delete(link_offer).where(good).returning(link_offer.c.council, link_offer.c.person)
    )
    return _offer(row.one_or_none())


class Linking:
    """Jobs for the store."""

    def __init__(self, codec: Codec, pseudonyms: Pseudonyms) -> None:
        self._codec = codec
        self._pseudonyms = pseudonyms
        self._planning = Planning(codec, pseudonyms)

    def offered(self, connection: Connection, token_hash: str, now: datetime) -> Offer | None:
        """Whose link it is, while that person runs the council; looked at, not used."""
        offer = find_offer(connection, token_hash, now)
        return offer if offer is not None and self._runs(connection, offer) else None

    def name(
        self,
        connection: Connection,
        named: Naming,
        updates: Sequence[int],
        now: datetime,
    ) -> LinkedChat:
        """Name a chat, by a link that is used up by it or by an admin's own word; the updates that
        it came with are done.

        Raises LostRaceError when the link was used meanwhile (ForbiddenError: the role lost),
        AlreadyDoneError when the update was handled meanwhile.
        """
        queue_up(connection)
        if updates:
            inbox.done(connection, updates, now)
        offer = named.offer
        if named.token_hash and take_offer(connection, named.token_hash, now) != offer:
            raise LostRaceError("the link was used meanwhile")
        return self._scope(connection, offer.person).named_chat(offer.council, named.chat, now)

    def councils(
        self, connection: Connection, chat: int, thread: int | None, now: datetime
    ) -> tuple[CouncilFacts, ...]:
        """The councils of a chat: those of the topic, else those of the whole group."""
        links = and_(chat_link.c.chat == chat, chat_link.c.confirmed == 1)
        places = or_(chat_link.c.thread == 0, chat_link.c.thread == (thread or 0))
        rows = connection.execute(
            select(chat_link.c.council, chat_link.c.thread)
            .where(links, places)
            .order_by(chat_link.c.since, chat_link.c.id)
        ).all()
        of_topic = [row for row in rows if row.thread]
        found = (
            self._planning.facts(connection, CouncilId(row.council), now)
            for row in of_topic or rows
        )
        return tuple(facts for facts in found if facts is not None)

    def happened(
        self, connection: Connection, change: Change | None, updates: Sequence[int], now: datetime
    ) -> tuple[CouncilId, LinkedChat] | None:
        """Something became of a chat; its updates are done. A chat that was out of reach is given
        back when an admin of its council let the bot in again: only their yes links it anew.

        Raises AlreadyDoneError when the update was handled meanwhile.
        """
        inbox.done(connection, updates, now)
        match change:
            case Upgraded(old=old, new=new):
                chats.upgraded(connection, old, new)
            case Lost(chat=chat, reason=reason):
                chats.out_of_reach(connection, self._planning, chat, reason, now)
            case Back(chat=chat, person=person):
                return self._back(connection, chat, person, now)
        return None

    def _back(
        self, connection: Connection, chat: int, person: PersonId, now: datetime
    ) -> tuple[CouncilId, LinkedChat] | None:
        lost = (chat_link.c.chat == chat) & (chat_link.c.disabled != "")
        query = select(chat_link.c.council, chat_link.c.id).where(lost).order_by(chat_link.c.since)
        rows = connection.execute(query).all()
        scope = self._scope(connection, person) if rows else None
        for council, id_ in rows:
            if scope is not None and is_admin(scope.standing, council):
                there = scope.agenda(council, now).chats
                return council, next(one for one in there if one.id == id_)
        return None

    def _runs(self, connection: Connection, offer: Offer) -> bool:
        standing = self._scope(connection, offer.person).standing
        return is_admin(standing, offer.council)

    def _scope(self, connection: Connection, person: PersonId) -> Scope:
        return Scope.enter(connection, self._codec, self._pseudonyms, person)


def _offer(row: Sequence[Any] | None) -> Offer | None:
    if row is None:
        return None
    return Offer(council=CouncilId(row[0]), person=PersonId(row[1]))

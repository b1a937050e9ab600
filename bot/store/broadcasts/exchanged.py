"""Answers to broadcasts and words back, as they are brought: looked up anew when they are sent."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from bot.store.broadcasts import exchange
from bot.store.codec import Codec, Words
from bot.store.ledger import Claimed, Settled, State
from bot.store.schema import member
from conversations.broadcasts import AnswerId, Broadcast, BroadcastId
from conversations.broadcasts.exchange import Brought, BroughtBack, Party
from conversations.core import Member
from conversations.planning import rested
from conversations.standing import PersonId


class Exchanged:
    """Jobs for the store."""

    def __init__(self, codec: Codec) -> None:
        self._codec = codec

    def answered(self, connection: Connection, row: Claimed, now: datetime) -> Brought | Settled:
        """A member's answer, for who sent the broadcast and may (still) read it."""
        asked, sent = self._rows(connection, row)
        if asked is None or sent is None or _withdrew(connection, asked.person):
            return _moot("answer")
        reader = exchange.author(connection, self._codec, sent)
        if reader is None or reader.member.id != row.person:
            return _moot("role")
        if (wait := _rests(reader.member, row, now)) is not None:
            return wait
        badge = exchange.badge(connection, self._codec, PersonId(asked.person), sent.council)
        words = self._words(asked)
        return Brought(
            id=AnswerId(asked.id),
            broadcast=Broadcast(
                id=BroadcastId(sent.id),
                content=self._codec.broadcast.read(sent.body, sent.format, sent.id),
                made=now,
            ),
            who=Party(name=badge.name, function=badge.function, ags=words.ags),
            text=words.text,
            language=reader.member.language,
            again=row.again,
        )

    def wrote_back(
        self, connection: Connection, row: Claimed, now: datetime
    ) -> BroughtBack | Settled:
        """The author's word back. It goes although its author may have lost the role since; the
        member asked."""
        back, sent = self._rows(connection, row)
        if back is None or sent is None or back.person != row.person or sent.author is None:
            return _moot("answer")
        party = exchange.asker(connection, self._codec, PersonId(back.person), sent.council)
        if party is None:
            return _moot("seat")
        if (wait := _rests(party.member, row, now)) is not None:
            return wait
        words = self._words(back)
        asked = exchange.answer_of(connection, words.to)
        return BroughtBack(
            asked=self._words(asked).text if asked is not None else "",
            who=self._author(connection, sent, words.ags),
            text=words.text,
            language=party.member.language,
            again=row.again,
        )

    def _author(self, connection: Connection, sent: Row[Any], ags: str) -> Party:
        if sent.council is None:
            return Party()
        badge = exchange.badge(connection, self._codec, PersonId(sent.author), sent.council)
        return Party(name=badge.name, function=badge.function, ags=ags)

    def _rows(
        self, connection: Connection, row: Claimed
    ) -> tuple[Row[Any] | None, Row[Any] | None]:
        """The answer, and the broadcast it belongs to."""
        found = exchange.answer_of(connection, row.subject.partition(":")[2])
        if found is None:
            return None, None
        return found, exchange.broadcast_of(connection, found.broadcast)

    def _words(self, row: Row[Any]) -> Words:
        return self._codec.answer.read(row.body, row.format, row.id)


def _withdrew(connection: Connection, person: int) -> bool:
    """Whether nothing of the person's may be used any more."""
    agrees = select(member.c.person).where(member.c.person == person, member.c.withdrawn.is_(None))
    return connection.execute(agrees).first() is None


def _rests(reader: Member, row: Claimed, now: datetime) -> Settled | None:
    """At night and in the reader's quiet hours it waits; a pause of reminders is none of these."""
    until = rested(replace(reader.reminding, paused=None), now, row.expires)
    return Settled(state=State.PENDING, not_before=until) if until is not None else None


def _moot(reason: str) -> Settled:
    return Settled(state=State.CANCELLED, reason=reason)

"""The question to others what is to become of a broadcast: whether it may go (a second person has
to say so), or go on (its author lost the right). Looked at anew before it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from bot.store import ledger
from bot.store.broadcasts import reading
from bot.store.broadcasts.reaching import Reaching
from bot.store.codec import Codec
from bot.store.ledger import Claimed, Settled, State, Wish, campaigns
from bot.store.schema import broadcast, member, membership, operator
from conversations.broadcasts import Broadcast, Stage
from conversations.planning import rested
from conversations.standing import CouncilId, PersonId, Role

WITHOUT_AUTHOR: Final = "role"
"""Slot of the rows about a broadcast that stands because its author lost the right; the others'
is empty."""
RETURNED: Final = "returned"
"""Slot of the row that tells an author that the second person gave it back."""
_ASKED_FOR: Final = timedelta(days=3)
"""So long somebody may still be asked."""


def ask(
    connection: Connection,
    row: Row[Any],
    now: datetime,
    *,
    but: PersonId | None,
    slot: str = "",
) -> None:
    """Everybody who could say so hears of the broadcast (`row`: id, council, revision)."""
    people = (person for person in _entitled(connection, row.council) if person != but)
    wishes = [_wish(row, person, slot, row.revision, now) for person in people]
    ledger.insert(connection, wishes)


def tell_returned(connection: Connection, row: Row[Any], revision: int, now: datetime) -> None:
    """Its author hears that it is a draft again, of this revision."""
    ledger.insert(connection, [_wish(row, row.author, RETURNED, revision, now)])


def _wish(row: Row[Any], person: int, slot: str, version: int, now: datetime) -> Wish:
    return Wish(
        kind=ledger.ASKED,
        subject=campaigns.subject(row.id),
        version=version,
        slot=slot,
        chat=person,
        council=CouncilId(row.council) if row.council else None,
        person=PersonId(person),
        due=now,
        expires=now + _ASKED_FOR,
    )


def _entitled(connection: Connection, council: str | None) -> Sequence[int]:
    """Who may send it, and can be written to."""
    if council is None:
        people = select(member.c.person).join(operator, operator.c.person == member.c.person)
    else:
        seats = membership.c.person == member.c.person
        people = select(member.c.person).join(membership, seats)
        people = people.where(
            membership.c.council == council,
            membership.c.role == Role.ADMIN,
            membership.c.ended.is_(None),
        )
    reached = people.where(member.c.blocked.is_(None), member.c.withdrawn.is_(None))
    return connection.execute(reached.order_by(member.c.person)).scalars().all()


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
        """While it waits for somebody's word, and this person may say it."""
        id_ = row.subject.partition(":")[2]
        found = connection.execute(select(broadcast).where(broadcast.c.id == id_)).one_or_none()
        if found is None or not _waits(found, row):
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


def _waits(found: Row[Any], row: Claimed) -> bool:
    if row.slot == WITHOUT_AUTHOR:
        return bool(found.stage == Stage.PAUSED and found.why == WITHOUT_AUTHOR)
    stage = Stage.DRAFT if row.slot == RETURNED else Stage.CHECK
    return bool(found.stage == stage and found.revision == row.version)

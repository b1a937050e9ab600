"""Drafts that nobody touches: one note a week before they go, and a day at least to keep them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, select

from bot.store import ledger
from bot.store.codec import Codec, moment, stamp
from bot.store.ledger import Claimed, State, Wish
from bot.store.schema import delivery, draft, member
from bot.store.scope import Scope
from bot.store.sealing import Pseudonyms
from conversations.core import DraftState, Member
from conversations.flows.consent import VERSION
from conversations.planning import rested
from conversations.rules.deadlines import BERLIN
from conversations.rules.retention import GRACE, draft_goes, limits
from conversations.standing import PersonId

KIND: Final = "draft"
"""Of a row that tells of one draft; its version says when that was touched last."""
_USEFUL: Final = timedelta(days=30)
"""A note that can't go out for so long keeps its draft no longer."""
_TOLD: Final = (State.SENT, State.CLOSED)
_IN_VAIN: Final = (State.FAILED, State.EXPIRED, State.CANCELLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Idle:
    """What a note says."""

    title: str
    gone: date
    """Local day on which the draft is deleted."""
    language: str
    wait: datetime | None
    """Until when the note has to wait: for the morning, quiet hours, the end of a pause."""


class Notes:
    """Jobs for the store."""

    def __init__(self, codec: Codec, pseudonyms: Pseudonyms) -> None:
        self._codec = codec
        self._pseudonyms = pseudonyms

    def plan(self, connection: Connection, now: datetime) -> None:
        """One row for each idle draft whose person can be told."""
        ledger.insert(
            connection,
            [
                _wish(row, now)
                for row in _older(connection, limits(now).note)
                if self._reader(connection, row) is not None
            ],
        )

    def sweep(self, connection: Connection, now: datetime) -> None:
        """Drafts go in their time: a day after the note at the earliest, or without any where
        nobody can be told."""
        for row in _older(connection, limits(now).draft):
            if self._reader(connection, row) is None or _is_told(connection, row, now):
                unchanged = (draft.c.id == row.id) & (draft.c.touched == row.touched)
                connection.execute(delete(draft).where(unchanged))

    def look(self, connection: Connection, row: Claimed, now: datetime) -> Idle | None:
        """What a claimed note says now; None when it is of no use: the draft is gone or was
        touched, or its person must not be written to."""
        found = connection.execute(
            _DRAFTS.where(
                draft.c.id == row.subject.partition(":")[2],
                draft.c.person == row.person,
                draft.c.touched == row.version,
            )
        ).one_or_none()
        reader = self._reader(connection, found) if found is not None else None
        if found is None or reader is None:
            return None
        return Idle(
            title=self._codec.draft.read(found.body, found.format, found.id).title,
            gone=draft_goes(moment(found.touched), now).astimezone(BERLIN).date(),
            language=reader.language,
            wait=rested(reader.reminding, now, row.expires),
        )

    def _reader(self, connection: Connection, row: Row[Any]) -> Member | None:
        """The draft's person, if they see it and may be written to unasked."""
        if self._codec.draft.read(row.body, row.format, row.id).state is not DraftState.OPEN:
            return None
        stored = connection.execute(_MEMBERS.where(member.c.person == row.person)).one_or_none()
        if stored is None:
            return None
        person = PersonId(row.person)
        known = self._codec.member.read(stored.body, stored.format, person)
        scope = Scope.enter(connection, self._codec, self._pseudonyms, person)
        agrees = known.consent.version == VERSION
        return known if agrees and scope.opens(row.council) else None


def _older(connection: Connection, than: datetime) -> Sequence[Row[Any]]:
    found = _DRAFTS.where(draft.c.touched < stamp(than))
    return connection.execute(found.order_by(draft.c.touched, draft.c.id)).all()


def _wish(row: Row[Any], now: datetime) -> Wish:
    return Wish(
        kind=KIND,
        subject=f"{KIND}:{row.id}",
        version=row.touched,
        slot="",
        chat=row.person,
        council=None,
        person=PersonId(row.person),
        due=now,
        expires=now + _USEFUL,
    )


def _is_told(connection: Connection, row: Row[Any], now: datetime) -> bool:
    """Whether the note went out long enough ago, or never will."""
    found = connection.execute(
        select(delivery.c.state, delivery.c.not_before, delivery.c.expires).where(
            delivery.c.kind == KIND,
            delivery.c.subject == f"{KIND}:{row.id}",
            delivery.c.version == row.touched,
        )
    ).one_or_none()
    if found is None:
        return False
    if found.state in _TOLD:
        return bool(found.not_before <= stamp(now - GRACE))
    return found.state in _IN_VAIN or bool(found.expires <= stamp(now))


_DRAFTS: Final = select(
    *(draft.c[name] for name in ("id", "person", "touched", "format", "body", "council"))
)
_MEMBERS: Final = select(member.c.format, member.c.body).where(
    member.c.stopped.is_(None), member.c.withdrawn.is_(None), member.c.blocked.is_(None)
)

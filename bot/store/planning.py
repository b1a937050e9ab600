"""What the bot reads and writes by itself, on nobody's behalf: councils' facts for the planner and
the sender, calendars that are followed, feeds that are read.

A council is read in a transaction of its own, so that a member never waits for all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select, update

from bot.store.codec import Codec, moment, stamp
from bot.store.prepared import Prepared
from bot.store.schema import FORMAT, calendar, council, feed, member, membership
from bot.store.scope import calendars, chats, filings, meetings, reports
from bot.store.scope.principal import Principal
from bot.store.sealing import Pseudonyms
from bot.store.worker import LostRaceError
from conversations.agenda import CalendarSource
from conversations.deeds import Schedule
from conversations.facts import CouncilFacts, Reachable
from conversations.flows.consent import VERSION
from conversations.rules.deadlines import BERLIN
from conversations.standing import CouncilId, PersonId, Role, Standing, StoredCouncil

_ITSELF: Final = PersonId(0)
"""No person has this number."""
_council = Prepared(
    select(council.c.format, council.c.body, council.c.revision, council.c.created).where(
        council.c.id == bindparam("c")
    )
)
_people = Prepared(
    select(membership.c.person, membership.c.role, member.c.format, member.c.body)
    .join(member, member.c.person == membership.c.person)
    .where(
        membership.c.council == bindparam("c"),
        membership.c.ended.is_(None),
        member.c.blocked.is_(None),
        member.c.withdrawn.is_(None),
    )
    .order_by(membership.c.since, membership.c.person)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A council whose calendar is followed, and when it was looked at last."""

    council: CouncilId
    source: CalendarSource


class Planning:
    """Jobs for the store."""

    def __init__(self, codec: Codec, pseudonyms: Pseudonyms) -> None:
        self._codec = codec
        self._pseudonyms = pseudonyms

    def councils(self, connection: Connection) -> tuple[CouncilId, ...]:
        """All of them, to be read one by one."""
        found = connection.execute(select(council.c.id).order_by(council.c.id)).scalars()
        return tuple(CouncilId(id_) for id_ in found)

    def facts(self, connection: Connection, id_: CouncilId, now: datetime) -> CouncilFacts | None:
        """All that reminders of a council rest on; None when it is gone."""
        found = self.agenda(connection, id_, now)
        return replace(found, people=self._reachable(connection, id_)) if found else None

    def agenda(self, connection: Connection, id_: CouncilId, now: datetime) -> CouncilFacts | None:
        """The same without its people; None when it is gone."""
        row = _council.run(connection, {"c": id_}).fetchone()
        if row is None:
            return None
        form, body, revision, created = row
        profile = self._codec.council.read(body, form, id_)
        itself = self._itself(connection)
        return CouncilFacts(
            council=StoredCouncil(id=id_, profile=profile, revision=revision),
            since=moment(created).astimezone(BERLIN).date(),
            meetings=meetings.of(itself, id_, now),
            reports=reports.of(itself, id_),
            steering=reports.steering_of(itself, id_),
            filed=filings.of(itself, id_),
            chats=tuple(one for one in chats.of(itself, id_) if one.confirmed),
        )

    def followed(self, connection: Connection) -> tuple[Followed, ...]:
        """Councils that follow a calendar, the longest not looked at first."""
        query = select(calendar.c.council).order_by(
            calendar.c.checked.is_not(None), calendar.c.checked, calendar.c.council
        )
        itself = self._itself(connection)
        found = ((id_, calendars.of(itself, id_)) for id_ in connection.execute(query).scalars())
        return tuple(
            Followed(council=CouncilId(id_), source=source)
            for id_, source in found
            if source is not None
        )

    def looked(
        self,
        connection: Connection,
        id_: CouncilId,
        source: CalendarSource,
        schedule: Schedule | None,
    ) -> bool:
        """A calendar was looked at: how it went, and what changed in it. False when the council
        follows another one meanwhile: nothing is written then.

        Raises LostRaceError when a meeting went meanwhile.
        """
        itself = self._itself(connection)
        known = calendars.of(itself, id_)
        if known is None or known.url != source.url:
            return False
        if schedule is not None:
            if schedule.council != id_:
                raise LostRaceError("another council's meetings")
            meetings.schedule(itself, schedule)
        connection.execute(
            update(calendar)
            .where(calendar.c.council == id_)
            .values(
                checked=stamp(source.checked) if source.checked else None,
                format=FORMAT,
                body=self._codec.calendar.write(source, id_),
            )
        )
        return True

    def fed(self, connection: Connection, token_hash: str, now: datetime) -> CouncilFacts | None:
        """The council whose feed has this token; None for every wrong one."""
        id_ = connection.execute(
            select(feed.c.council).where(feed.c.token_hash == token_hash)
        ).scalar()
        return self.facts(connection, CouncilId(id_), now) if id_ else None

    def _reachable(self, connection: Connection, id_: CouncilId) -> tuple[Reachable, ...]:
        rows = _people.run(connection, {"c": id_}).fetchall()
        return tuple(one for row in rows if (one := self._person(row)) is not None)

    def _person(self, row: Sequence[Any]) -> Reachable | None:
        person, role, form, body = row
        known = self._codec.member.read(body, form, person)
        if known.consent.version != VERSION:
            return None
        return Reachable(
            person=PersonId(person),
            role=Role(role),
            language=known.language,
            stopped=known.stopped is not None,
            reminding=known.reminding,
        )

    def _itself(self, connection: Connection) -> Principal:
        return Principal(
            connection=connection,
            codec=self._codec,
            pseudonyms=self._pseudonyms,
            person=_ITSELF,
            standing=Standing(),
        )

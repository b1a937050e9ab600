"""A calendar that a council follows was looked at: what becomes of its meetings, and who hears of
it. One job, so that nothing is stored untold."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.store import chats, leases
from bot.store.leases import Holder
from bot.store.planning import Followed, Planning
from conversations.agenda import CalendarSource, ReadCalendar
from conversations.deeds import Schedule
from conversations.facts import CouncilFacts
from conversations.rules.deadlines import BERLIN
from conversations.rules.schedule import Merged, merge

EVERY: Final = timedelta(hours=6)
"""Between two looks at a calendar."""
_LEASE: Final = "calendars"
_TERM: Final = timedelta(minutes=5)
_PATIENCE: Final = 10
"""Looks in a row that may go wrong before the admins hear of it, once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a look brought: None when nothing changed since the last one."""

    calendar: ReadCalendar | None
    etag: str
    seed: str
    """Of the ids of new meetings: unguessable."""


class FollowedCalendars:
    """Jobs for the store."""

    def __init__(self, planning: Planning) -> None:
        self._planning = planning

    def due(self, connection: Connection, holder: Holder, now: datetime) -> tuple[Followed, ...]:
        """Calendars to be looked at, the longest waiting first; none while another process is at
        it."""
        if not leases.acquire(connection, _LEASE, holder, _TERM):
            return ()
        return tuple(
            one
            for one in self._planning.followed(connection)
            if one.source.checked is None or now - one.source.checked >= EVERY
        )

    def settle(self, connection: Connection, one: Followed, seen: Seen, now: datetime) -> bool:
        """Store what changed and tell the admins. False when the council follows it no longer.

        Raises LostRaceError when a meeting went meanwhile.
        """
        facts = self._planning.facts(connection, one.council, now)
        if facts is None:
            return False
        source = looked(one.source, seen, now)
        merged = _merged(facts, source, seen, now)
        changes = bool(merged.kept or merged.dropped)
        deed = Schedule(council=one.council, kept=merged.kept, dropped=merged.dropped)
        if not self._planning.looked(connection, one.council, source, deed if changes else None):
            return False
        if what := _told(merged, source):
            chats.tell(connection, facts, f"calendar:{one.council}", what, now)
        return True


def looked(source: CalendarSource, seen: Seen, now: datetime) -> CalendarSource:
    """The source after a look."""
    trouble = seen.calendar.trouble if seen.calendar else ""
    if trouble:
        return replace(source, checked=now, trouble=trouble, failures=source.failures + 1)
    return replace(source, checked=now, trouble="", failures=0, etag=seen.etag)


def _merged(facts: CouncilFacts, source: CalendarSource, seen: Seen, now: datetime) -> Merged:
    if seen.calendar is None or seen.calendar.trouble:
        return Merged()
    today = now.astimezone(BERLIN).date()
    return merge(facts.meetings, seen.calendar, source.bodies, today, seed=seen.seed)


def _told(merged: Merged, source: CalendarSource) -> str:
    """Key of the notice with its numbers: new, moved, cancelled, back, gone; empty without news."""
    if source.failures == _PATIENCE:
        return f"calendar_failing:{source.trouble}"
    if not merged.news:
        return ""
    lists = (merged.new, merged.moved, merged.cancelled, merged.restored, merged.gone)
    return f"calendar:{'.'.join(str(len(one)) for one in lists)}"

"""Which reminders a council's facts ask for: the rows of the coming sixty days.

Slots and due moments follow from the facts alone, so that planning again changes nothing.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from conversations.agenda import CouncilMeeting, KimItem
from conversations.facts import CouncilFacts
from conversations.kim_clock import months_after
from conversations.planning.chances import (
    ASKED_AFTER,
    Chance,
    Outlook,
    filed_papers,
    local,
    outlook,
    target,
)
from conversations.planning.dates import asked_from
from conversations.rules.deadlines import deadline
from conversations.rules.profile import CouncilRule, PaperKind
from conversations.rules.reminding import Planned, Recipients, ReminderKind
from conversations.rules.reporting import Rhythm

AHEAD = timedelta(days=60)
"""How far ahead rows are planned."""
UNKNOWN_DAYS = (21, 10, 8)
"""Days before the meeting while the council's filing deadline is unknown."""
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_FORTNIGHT = timedelta(days=14)
_STALE = timedelta(days=30)
_EARLIEST, _LATEST, _EVENING = time(8), time(19, 59), time(19)
_NOON = time(12)
"""When a meeting without a known hour is taken to have begun."""


def plan(facts: CouncilFacts, now: datetime) -> tuple[Planned, ...]:
    """All reminders that are due within sixty days and still of use, by their due moment."""
    view = _View(facts, now)
    wanted = facts.council.profile.reminding.kinds
    found = [one for one in view.everything() if one.kind in wanted]
    near = (one for one in found if one.due <= now + AHEAD and one.due < one.expires)
    return tuple(sorted((one for one in near if one.expires > now), key=lambda one: one.due))


def still(planned: Iterable[Planned], key: tuple[str, str, int, str]) -> Planned | None:
    """The plan's row for a key (kind, subject, version, slot), if it is still wanted. A row that
    somebody put off has its slot with a mark: "14/2"."""
    kind, subject, version, slot = key
    base = slot.partition("/")[0]
    for one in planned:
        if (one.kind, one.subject, one.version, one.slot) == (kind, subject, version, base):
            return one
    return None


class _View:
    """The facts at one moment, and what follows from them for each kind."""

    def __init__(self, facts: CouncilFacts, now: datetime) -> None:
        self._facts = facts
        self._now = now
        self._outlook: Outlook = outlook(facts, now)
        self._filed = filed_papers(facts)
        settings = facts.council.profile.reminding
        self._at = min(max(settings.at, _EARLIEST), _LATEST)
        self._days = tuple(sorted({day for day in settings.days if day >= 0}, reverse=True))

    def everything(self) -> Iterator[Planned]:
        """Rows of all kinds, whenever they are due."""
        if (chance := target(self._facts, self._now)) and not self._settled_by(chance.meeting):
            yield from self._deadlines(chance)
        for meeting in self._expected():
            yield from self._around(meeting)
        yield from self._overdue()
        yield from self._filings()
        yield from self._dates()

    # --- before the filing deadline -----------------------------------------------------------

    def _settled_by(self, meeting: CouncilMeeting) -> bool:
        """Whether KIM comes up by this meeting anyway: listed, or a paper is filed for it."""
        coming = (one for one in self._outlook.coming if one.day <= meeting.day)
        return any(self._is_listed(one) for one in coming)

    def _is_listed(self, meeting: CouncilMeeting) -> bool:
        return meeting.kim is KimItem.LISTED or meeting.id in self._filed

    def _deadlines(self, chance: Chance) -> Iterator[Planned]:
        """One for each of the set days; each is of use until the next one comes."""
        known = chance.deadline
        days = self._days if known else UNKNOWN_DAYS
        last = known.day if known else chance.meeting.day
        dues = [self._before(last - day * _DAY, chance.ends) for day in days]
        until = [*dues, chance.ends][1:]
        for nth, (day, due, expires) in enumerate(zip(days, dues, until, strict=True), 1):
            yield self._of_meeting(
                ReminderKind.DEADLINE,
                chance.meeting,
                slot=str(day) if known else f"{day}-before-meeting",
                due=due,
                expires=expires,
                nth=nth,
                of=len(days),
            )

    def _before(self, day: date, ends: datetime) -> datetime:
        """At the council's hour; the evening before where the deadline ends earlier that day."""
        due = local(day, self._at)
        return due if due < ends else local(day - _DAY, _EVENING)

    # --- around the meeting -------------------------------------------------------------------

    def _expected(self) -> list[CouncilMeeting]:
        """Meetings at which KIM should come up: the next one where it is due, every one where it
        is listed or filed for, and those of the last days of which nobody said how it went."""
        found, seen, today = [], False, self._outlook.today
        for meeting in self._outlook.meetings:
            due = self._outlook.is_due_at(meeting)
            asked = today - ASKED_AFTER <= meeting.day < today and self._facts.since < meeting.day
            next_one = due and meeting.day >= today and not seen
            seen = seen or next_one
            if next_one or self._is_listed(meeting) or (due and asked):
                found.append(meeting)
        return found

    def _around(self, meeting: CouncilMeeting) -> Iterator[Planned]:
        begins = local(meeting.day, meeting.start or _NOON)
        tomorrow, after = (local(meeting.day + n * _DAY, self._at) for n in (-1, 1))
        kinds = ReminderKind
        yield self._of_meeting(kinds.TOMORROW, meeting, due=tomorrow, expires=begins)
        yield self._of_meeting(kinds.REPORTED, meeting, due=after, expires=after + ASKED_AFTER)
        if (day := self._agenda_day(meeting)) and meeting.kim is KimItem.UNKNOWN:
            due = local(day, self._at)
            yield self._of_meeting(kinds.AGENDA, meeting, due=due, expires=tomorrow)

    def _agenda_day(self, meeting: CouncilMeeting) -> date | None:
        """The day after the one on which the invitation has to be sent; None without a rule."""
        rules = self._facts.council.profile.rules
        rule = rules.get(PaperKind.INVITATION, CouncilRule()).count
        return deadline(meeting.day, rule).day + _DAY if rule else None

    # --- the report, the papers, the dates ----------------------------------------------------

    def _overdue(self) -> Iterator[Planned]:
        """Once, on the first such day; where each meeting counts, a week after it, since the day
        after it is asked anyway whether KIM was reported."""
        clock = self._outlook.clock
        if clock.overdue is not None:
            patience = _WEEK if clock.rule.rhythm is Rhythm.EVERY_MEETING else timedelta(0)
            due = local(clock.overdue + patience, self._at)
            slot = clock.overdue.isoformat()
            yield self._of_council(ReminderKind.OVERDUE, slot, due, due + _STALE)

    def _filings(self) -> Iterator[Planned]:
        for filed in self._facts.filed:
            if filed.answered is not None:
                continue
            days = {}
            if filed.receipt is None:
                days[ReminderKind.RECEIPT] = filed.day + _WEEK
            if filed.promised is not None:
                days[ReminderKind.PROMISED] = filed.promised + _DAY
            for kind, day in days.items():
                due = local(day, self._at)
                yield Planned(
                    kind=kind,
                    subject=f"filed:{filed.letter}",
                    version=filed.version,
                    slot=day.isoformat(),
                    to=Recipients.COUNCIL,
                    due=due,
                    expires=due + _STALE,
                )

    def _dates(self) -> Iterator[Planned]:
        """Once a month, from the day on which the missing dates are asked for; the first time not
        twice within a fortnight."""
        begin = asked_from(self._facts, self._outlook)
        if begin is None:
            return
        first = self._outlook.today.replace(day=1)
        for month in (months_after(first, count) for count in range(3)):
            day, end = max(month, begin), months_after(month, 1)
            if day < end and not timedelta(0) < month - begin < _FORTNIGHT:
                slot, due = f"{month:%Y-%m}", local(day, self._at)
                yield self._of_council(ReminderKind.DATES, slot, due, local(end))

    # --- rows ---------------------------------------------------------------------------------

    def _of_meeting(
        self,
        kind: ReminderKind,
        meeting: CouncilMeeting,
        *,
        due: datetime,
        expires: datetime,
        slot: str = "1",
        nth: int = 1,
        of: int = 1,
    ) -> Planned:
        return Planned(
            kind=kind,
            subject=f"meeting:{meeting.id}",
            version=meeting.version,
            slot=slot,
            to=Recipients.COUNCIL,
            due=due,
            expires=expires,
            nth=nth,
            of=of,
        )

    def _of_council(
        self, kind: ReminderKind, slot: str, due: datetime, expires: datetime
    ) -> Planned:
        asks = kind is ReminderKind.DATES
        return Planned(
            kind=kind,
            subject=f"council:{self._facts.council.id}",
            version=1,
            slot=slot,
            to=Recipients.ADMINS if asks else Recipients.COUNCIL,
            due=due,
            expires=expires,
        )

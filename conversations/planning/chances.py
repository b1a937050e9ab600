"""Which meeting a reminder is about: the key rule of the KIM clock (domain: section 6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from conversations.agenda import CouncilMeeting, Filed, KimItem, MeetingId, Report
from conversations.facts import CouncilFacts
from conversations.kim_clock import clock, last_before, usable
from conversations.rules.deadlines import BERLIN, Deadline, deadline
from conversations.rules.profile import CouncilRule, PaperKind, Profile
from conversations.rules.reporting import Clock, ClockState

UNKNOWN_ENDS = timedelta(days=7)
"""Without a rule nothing is known of the deadline; so near to the meeting it is taken for over."""
ASKED_AFTER = timedelta(days=14)
"""So long it is asked whether KIM was reported at a meeting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """A meeting at which KIM can still be put on the agenda, or not any more."""

    meeting: CouncilMeeting
    deadline: Deadline | None
    """None while the council's rule for inquiries is unknown."""
    ends: datetime
    """The first moment that is too late, UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """The council's clock and its usable meetings, as they stand at a moment."""

    clock: Clock
    today: date
    meetings: tuple[CouncilMeeting, ...]
    """Those at which the next report can be given, past ones among them."""

    @property
    def coming(self) -> tuple[CouncilMeeting, ...]:
        """From today on."""
        return tuple(one for one in self.meetings if one.day >= self.today)

    @property
    def last_chance(self) -> CouncilMeeting | None:
        """The last meeting on or before the due date."""
        due = self.clock.due
        return last_before(self.meetings, due) if due else None

    def is_due_at(self, meeting: CouncilMeeting) -> bool:
        """Whether KIM is due at this meeting: the last one before the due date, or a later one."""
        if self.clock.state is ClockState.NEVER:
            return True
        due = self.clock.due
        return due is not None and (meeting.day >= due or meeting == self.last_chance)


def outlook(facts: CouncilFacts, now: datetime) -> Outlook:
    """How the council stands at a moment."""
    today = now.astimezone(BERLIN).date()
    rule = facts.council.profile.reporting
    found = clock(rule, facts.reports, facts.meetings, facts.steering, today)
    left = (one for one in usable(facts.meetings, found.last) if not reported(facts.reports, one))
    return Outlook(clock=found, today=today, meetings=tuple(left))


def reported(reports: Sequence[Report], meeting: CouncilMeeting) -> bool:
    """Whether a report is recorded for the meeting."""
    return any(one.meeting == meeting.id or one.day == meeting.day for one in reports)


def chance(profile: Profile, meeting: CouncilMeeting) -> Chance:
    """The filing deadline of a meeting by the council's rule for inquiries, if it is known."""
    rule = profile.rules.get(PaperKind.INQUIRY, CouncilRule()).count
    if rule is None:
        return Chance(meeting=meeting, deadline=None, ends=local(meeting.day - UNKNOWN_ENDS))
    found = deadline(meeting.day, rule)
    return Chance(meeting=meeting, deadline=found, ends=found.ends)


def target(facts: CouncilFacts, now: datetime) -> Chance | None:
    """The key rule: the meeting whose filing deadline is reminded of.

    The last meeting on or before the due date while its deadline can be met; else (overdue, never
    reported, missed) the next one whose deadline can.
    """
    found = outlook(facts, now)
    if found.clock.due is None and found.clock.state is not ClockState.NEVER:
        return None
    profile, last = facts.council.profile, found.last_chance
    if last is not None and chance(profile, last).ends > now:
        return chance(profile, last)
    due = found.clock.due
    if last is None and due is not None and found.today < due and _ends_by(found.coming, due):
        return None  # the dates up to the due date are not entered yet: they are asked for
    return next((one for m in found.coming if (one := chance(profile, m)).ends > now), None)


def _ends_by(meetings: Sequence[CouncilMeeting], day: date) -> bool:
    return all(one.day <= day for one in meetings)


def next_chance(facts: CouncilFacts, now: datetime) -> Chance | None:
    """The next meeting whose filing deadline can still be met, whether KIM is due there or not."""
    met = (chance(facts.council.profile, one) for one in outlook(facts, now).coming)
    return next((one for one in met if one.ends > now), None)


def filed_papers(facts: CouncilFacts) -> Mapping[MeetingId, Filed]:
    """The paper filed for each meeting. One that names no meeting is for the next it was in time
    for; a cancelled or postponed meeting passes its paper on to the next."""
    found = ((_meeting_of(facts, one), one) for one in facts.filed)
    return {meeting.id: filed for meeting, filed in found if meeting is not None}


def _meeting_of(facts: CouncilFacts, filed: Filed) -> CouncilMeeting | None:
    named = next((one for one in facts.meetings if one.id == filed.meeting), None)
    if named is None:
        begun = local(filed.day)
        left = usable(facts.meetings, filed.day - timedelta(days=1))
        return next((m for m in left if chance(facts.council.profile, m).ends > begun), None)
    if named.cancelled or named.kim is KimItem.POSTPONED:
        return next(iter(usable(facts.meetings, named.day)), None)
    return named


def local(day: date, at: time = time(0)) -> datetime:
    """A local moment (Europe/Berlin) in UTC."""
    return datetime.combine(day, at, tzinfo=BERLIN).astimezone(UTC)

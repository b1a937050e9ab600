"""From a council's filing rule to the day: pure calendar arithmetic in Europe/Berlin.

A rule is always the council's own (domain: rules of procedure); nothing here knows a default.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from conversations.rules.answers import FilingRule, Unit
from conversations.rules.days_off import counts, skipped

BERLIN = ZoneInfo("Europe/Berlin")
MOST_UNITS = 180
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The last moment to file, with what explains it (the words are the templates')."""

    day: date
    cutoff: time | None
    """Local time on that day; None is the end of the day."""
    ends: datetime
    """The first moment that is too late, aware, UTC."""
    rule: FilingRule
    computed: date
    """The day before it was moved to a working day; equals `day` otherwise."""
    holidays: tuple[date, ...] = ()
    """Holidays and eves that the count stepped over, or that the deadline moved off."""

    @property
    def moved(self) -> bool:
        """Whether the computed day was no working day and moved earlier."""
        return self.day != self.computed

    def passed(self, now: datetime) -> bool:
        """Whether it is too late at `now` (aware)."""
        return now >= self.ends

    def days_left(self, today: date) -> int:
        """Calendar days from `today` to the deadline's day; negative when it is over."""
        return (self.day - today).days


def deadline(meeting: date, rule: FilingRule) -> Deadline:
    """The filing deadline for a meeting under the council's rule; never after the meeting.

    "21 kalendertag" is the 21st day before the meeting; "volle tage" lie wholly between both.
    Raises ValueError for a number below 0 or above 180.
    """
    if not 0 <= rule.number <= MOST_UNITS:
        raise ValueError(f"number out of range: {rule.number}")
    computed = _count(meeting, rule)
    day = computed
    while rule.earlier and not counts(day, Unit.WORKING, rule):
        day -= _DAY
    return Deadline(
        day=day,
        cutoff=rule.cutoff,
        ends=_end(day, rule.cutoff),
        rule=rule,
        computed=computed,
        holidays=tuple(_skipped(day, computed, meeting, rule)),
    )


def _count(meeting: date, rule: FilingRule) -> date:
    """Back from the meeting by as many counting days as lie before it, the deadline's included."""
    if rule.unit is Unit.CLEAR:
        return meeting - (rule.number + 1) * _DAY
    counted = rule.meeting_day and counts(meeting, rule.unit, rule)
    day = meeting
    for _ in range(rule.number + 1 - rule.filing_day - counted):
        day -= _DAY
        while not counts(day, rule.unit, rule):
            day -= _DAY
    return day


def _skipped(day: date, computed: date, meeting: date, rule: FilingRule) -> list[date]:
    """Holidays and eves after the deadline that made it earlier, oldest first."""
    counted = rule.unit in {Unit.WORKING, Unit.WEEKDAY}
    end = meeting if counted else computed + _DAY
    found = []
    for offset in range(1, (end - day).days):
        one = day + offset * _DAY
        unit = rule.unit if counted and one > computed else Unit.WORKING
        if skipped(one, unit, rule):
            found.append(one)
    return found


def _end(day: date, cutoff: time | None) -> datetime:
    if cutoff is None:
        return datetime.combine(day + _DAY, time(0), tzinfo=BERLIN).astimezone(UTC)
    return datetime.combine(day, cutoff, tzinfo=BERLIN).astimezone(UTC)

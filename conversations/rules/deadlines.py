"""From a council's filing rule to the day: pure calendar arithmetic in Europe/Berlin.

A rule is always the council's own (domain: rules of procedure); nothing here knows a default.
"""

from collections.abc import Container
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from conversations.rules.answers import FilingRule, Unit

BERLIN = ZoneInfo("Europe/Berlin")
MOST_UNITS = 180
_DAY = timedelta(days=1)
_SATURDAY, _SUNDAY = 5, 6


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
    """NRW holidays between deadline and meeting that the count stepped over, or moved off."""

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
    """The filing deadline for a meeting under the council's rule.

    "21 kalendertag" is the 21st day before the meeting; "volle tage" lie wholly between both.
    Raises ValueError for a number below 0 or above 180.
    """
    if not 0 <= rule.number <= MOST_UNITS:
        raise ValueError(f"number out of range: {rule.number}")
    free = _holidays(meeting.year)
    computed = _count(meeting, rule, free)
    day = computed
    while rule.earlier and not _counts(day, Unit.WORKING, free):
        day -= _DAY
    return Deadline(
        day=day,
        cutoff=rule.cutoff,
        ends=_end(day, rule.cutoff),
        rule=rule,
        computed=computed,
        holidays=_skipped(day, meeting, rule, free),
    )


def _count(meeting: date, rule: FilingRule, free: Container[date]) -> date:
    match rule.unit:
        case Unit.CALENDAR:
            return meeting - rule.number * _DAY
        case Unit.CLEAR:
            return meeting - (rule.number + 1) * _DAY
        case Unit.WORKING | Unit.WEEKDAY:
            day = meeting
            for _ in range(rule.number):
                day = _previous(day, rule.unit, free)
            return day


def _previous(day: date, unit: Unit, free: Container[date]) -> date:
    day -= _DAY
    while not _counts(day, unit, free):
        day -= _DAY
    return day


def _counts(day: date, unit: Unit, free: Container[date]) -> bool:
    last = _SATURDAY if unit is Unit.WEEKDAY else _SATURDAY - 1
    return day.weekday() <= last and day not in free


def _skipped(day: date, meeting: date, rule: FilingRule, free: Container[date]) -> tuple[date, ...]:
    counted = rule.unit in {Unit.WORKING, Unit.WEEKDAY}
    days = (day + n * _DAY for n in range(1, (meeting - day).days))
    return tuple(
        one
        for one in days
        if one in free and one.weekday() != _SUNDAY and (counted or rule.earlier)
    )


def _end(day: date, cutoff: time | None) -> datetime:
    if cutoff is None:
        return datetime.combine(day + _DAY, time(0), tzinfo=BERLIN).astimezone(UTC)
    return datetime.combine(day, cutoff, tzinfo=BERLIN).astimezone(UTC)


@cache
def _holidays(year: int) -> Container[date]:
    """Public holidays of North Rhine-Westphalia in a year and the one before."""
    from holidays import country_holidays  # noqa: PLC0415 - slow to import, needed by few turns

    return country_holidays("DE", subdiv="NW", years=(year - 1, year))

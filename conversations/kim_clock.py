"""The KIM clock: from the council's rule and what was reported to where it stands on a day.

Pure calendar arithmetic on local days; the rules are domain: section 6.
"""

import calendar
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from conversations.agenda import CouncilMeeting, KimItem, Report
from conversations.rules.reporting import Clock, ClockState, ReportingRule, Rhythm

_DAY = timedelta(days=1)
_YEAR = 12
_WHOLE = timedelta(days=180)
"""A last known meeting so long before the due date, with none after it, is no last one: the dates
of the next half-year are not entered yet."""
_NEAR = timedelta(days=60)


def clock(
    rule: ReportingRule,
    reports: Iterable[Report],
    meetings: Sequence[CouncilMeeting],
    steering: Iterable[date],
    today: date,
) -> Clock:
    """Where the KIM clock stands on a local day. Never reported: due at once, without a date."""
    last = max((one.day for one in reports if one.day <= today), default=None)
    if last is None:
        return Clock(state=ClockState.NEVER, rule=rule)
    due = _due(rule, last, meetings, [day for day in steering if day <= today])
    if due is None:
        return Clock(state=ClockState.OK, rule=rule, last=last)
    graced = rule.rhythm in {Rhythm.INTERVAL, Rhythm.STEERING}
    overdue = due + (max(rule.grace, 1) if graced else 1) * _DAY
    state = _state(due, overdue, usable(meetings, last), today)
    return Clock(state=state, rule=rule, last=last, due=due, overdue=overdue)


def usable(meetings: Iterable[CouncilMeeting], last: date | None) -> list[CouncilMeeting]:
    """Meetings at which the next report can be given: after the last one, neither cancelled nor
    without KIM because it was postponed; by day."""
    found = (one for one in meetings if not one.cancelled and one.kim is not KimItem.POSTPONED)
    return sorted((one for one in found if last is None or one.day > last), key=lambda m: m.day)


def last_before(meetings: Sequence[CouncilMeeting], due: date) -> CouncilMeeting | None:
    """The last of the usable meetings on or before the due date, past or coming; None when none
    is entered, or when the dates up to the due date are clearly not entered yet."""
    before = [one for one in meetings if one.day <= due]
    if not before or (len(before) == len(meetings) and due - before[-1].day > _WHOLE):
        return None
    return before[-1]


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the month's last day where it has no such day."""
    month = day.month - 1 + months
    year, month = day.year + month // _YEAR, month % _YEAR + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _state(due: date, overdue: date, meetings: list[CouncilMeeting], today: date) -> ClockState:
    if today >= overdue:
        return ClockState.OVERDUE
    if today >= due:
        return ClockState.DUE
    ahead = sum(today <= one.day <= due for one in meetings)
    if last_before(meetings, due) is not None:
        return ClockState.SOON if ahead <= 1 else ClockState.OK
    return ClockState.SOON if ahead == 0 and due - today <= _NEAR else ClockState.OK


def _due(
    rule: ReportingRule, last: date, meetings: Iterable[CouncilMeeting], steering: list[date]
) -> date | None:
    match rule.rhythm:
        case Rhythm.EVERY_MEETING:
            return next((one.day for one in usable(meetings, last)), None)
        case Rhythm.INTERVAL:
            return months_after(last, max(rule.months, 1))
        case Rhythm.PER_YEAR:
            return _stretch_after(last, _YEAR // min(max(rule.times, 1), _YEAR))
        case Rhythm.MONTHS:
            return _month_after(last, rule.in_months)
        case Rhythm.STEERING:
            return min((day for day in steering if day > last), default=None)


def _stretch_after(last: date, months: int) -> date:
    """The last day of the stretch of the year after the one with the last report."""
    begun = (last.month - 1) // months * months
    return months_after(date(last.year, 1, 1), begun + 2 * months) - _DAY


def _month_after(last: date, in_months: Sequence[int]) -> date | None:
    """The last day of the next of the rule's months; a report within one counts for that one."""
    first = last.replace(day=1)
    ahead = (months_after(first, count) for count in range(1, _YEAR + 1))
    begun = next((one for one in ahead if one.month in in_months), None)
    return months_after(begun, 1) - _DAY if begun else None

"""The KIM clock: every rhythm, at its edges."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.agenda import KimItem
from conversations.kim_clock import clock, months_after
from conversations.rules.reporting import Clock, ClockState, ReportingRule, Rhythm
from tests.conversations.agendas import meeting, report

_RANK = [ClockState.OK, ClockState.SOON, ClockState.DUE, ClockState.OVERDUE]
_EVERY = ReportingRule(rhythm=Rhythm.EVERY_MEETING)
_STEERING = ReportingRule(rhythm=Rhythm.STEERING)
_DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


def _clock(
    rule: ReportingRule, last: str, today: str, *meetings: str, steering: tuple[str, ...] = ()
) -> Clock:
    return clock(
        rule,
        [report(last)] if last else [],
        [meeting(day) for day in meetings],
        [date.fromisoformat(day) for day in steering],
        date.fromisoformat(today),
    )


@pytest.mark.parametrize(
    ("last", "months", "due"),
    [
        ("2023-10-18", 12, "2024-10-18"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-12-31", 2, "2027-02-28"),
    ],
)
def test_an_interval_counts_months_and_stops_at_the_months_end(
    last: str, months: int, due: str
) -> None:
    """A month without such a day has its last day instead, leap years included."""
    rule = ReportingRule(rhythm=Rhythm.INTERVAL, months=months)
    assert _clock(rule, last, last).due == date.fromisoformat(due)


def test_never_reported_is_due_at_once_whatever_the_rhythm() -> None:
    """Without any report no rhythm makes it wait."""
    rules = [ReportingRule(rhythm=rhythm) for rhythm in Rhythm]
    assert {_clock(rule, "", "2026-11-22").state for rule in rules} == {ClockState.NEVER}


@pytest.mark.parametrize(
    ("today", "state"),
    [
        ("2026-12-10", ClockState.SOON),
        ("2027-01-21", ClockState.SOON),
        ("2027-01-22", ClockState.DUE),
        ("2027-03-04", ClockState.DUE),
        ("2027-03-05", ClockState.OVERDUE),
    ],
)
def test_an_interval_is_due_on_its_day_and_overdue_after_its_grace(
    today: str, state: ClockState
) -> None:
    """22.01.2026 and a year: due on 22.01.2027, overdue 42 days later."""
    meetings = ("2026-12-03", "2027-01-14", "2027-03-11")
    assert _clock(ReportingRule(), "2026-01-22", today, *meetings).state is state


def test_it_is_ok_while_more_than_one_meeting_is_left_before_the_due_date() -> None:
    """Two meetings before the due date leave time."""
    meetings = ("2026-12-03", "2027-01-14", "2027-03-11")
    assert _clock(ReportingRule(), "2026-01-22", "2026-12-01", *meetings).state is ClockState.OK


def test_it_is_soon_at_the_last_meeting_before_a_summer_without_meetings() -> None:
    """Due on 1 August, no meeting from 20 June to 10 September: the June meeting is the last."""
    meetings = ("2027-05-02", "2027-06-20", "2027-09-10")
    assert _clock(ReportingRule(), "2026-08-01", "2027-05-03", *meetings).state is ClockState.SOON


def test_dates_that_are_not_entered_yet_do_not_make_it_soon() -> None:
    """The only known meeting is ten months before the due date: others will follow."""
    found = _clock(ReportingRule(), "2026-10-18", "2026-11-22", "2026-12-03")
    assert found.state is ClockState.OK


def test_every_meeting_is_due_at_the_next_one_and_overdue_the_day_after() -> None:
    """The meeting after the last report counts."""
    found = _clock(_EVERY, "2026-11-05", "2026-11-22", "2026-11-05", "2027-01-14", "2027-03-11")
    assert (found.due, found.overdue) == (date(2027, 1, 14), date(2027, 1, 15))


def test_every_meeting_passes_over_cancelled_and_postponed_ones() -> None:
    """A meeting that fell out, or from which KIM was put off, is none to report at."""
    gone = [meeting("2027-01-14", cancelled=True), meeting("2027-02-11", kim=KimItem.POSTPONED)]
    meetings = [*gone, meeting("2027-03-11")]
    found = clock(_EVERY, [report("2026-11-05")], meetings, [], date(2026, 11, 22))
    assert found.due == date(2027, 3, 11)


def test_every_meeting_names_no_day_while_none_is_entered() -> None:
    """Without meetings it is ok, and without a date."""
    found = _clock(_EVERY, "2026-11-05", "2026-11-22")
    assert (found.state, found.due) == (ClockState.OK, None)


@pytest.mark.parametrize(
    ("times", "last", "due"),
    [
        (1, "2026-03-02", "2027-12-31"),
        (2, "2026-03-02", "2026-12-31"),
        (2, "2026-07-01", "2027-06-30"),
        (4, "2026-03-31", "2026-06-30"),
        (4, "2026-12-31", "2027-03-31"),
        (6, "2026-01-15", "2026-04-30"),
    ],
)
def test_so_often_a_year_is_due_by_the_end_of_the_next_stretch(
    times: int, last: str, due: str
) -> None:
    """A report counts for the stretch of the year it was given in."""
    rule = ReportingRule(rhythm=Rhythm.PER_YEAR, times=times)
    assert _clock(rule, last, last).due == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("last", "due"),
    [
        ("2026-10-18", "2027-03-31"),
        ("2027-03-01", "2027-09-30"),
        ("2027-02-28", "2027-03-31"),
        ("2027-09-30", "2028-03-31"),
    ],
)
def test_fixed_months_are_due_by_the_months_end(last: str, due: str) -> None:
    """March and September; a report within one counts for that one."""
    rule = ReportingRule(rhythm=Rhythm.MONTHS, in_months=(3, 9))
    assert _clock(rule, last, last).due == date.fromisoformat(due)


def test_fixed_months_without_a_month_name_no_day() -> None:
    """An empty rule asks for nothing."""
    rule = ReportingRule(rhythm=Rhythm.MONTHS)
    assert _clock(rule, "2026-10-18", "2026-11-22").due is None


def test_after_the_steering_group_met_a_report_is_due() -> None:
    """The first day on which it met after the last report counts, with grace."""
    days = ("2026-05-19", "2026-11-03", "2026-11-20")
    found = _clock(_STEERING, "2026-06-18", "2026-11-22", steering=days)
    assert (found.state, found.due, found.overdue) == (
        ClockState.DUE,
        date(2026, 11, 3),
        date(2026, 12, 15),
    )


def test_a_steering_group_that_will_meet_makes_nothing_due_yet() -> None:
    """What is to be reported has not happened."""
    found = _clock(_STEERING, "2026-06-18", "2026-11-22", steering=("2026-12-01",))
    assert (found.state, found.due) == (ClockState.OK, None)


def test_a_report_of_a_later_day_is_none_yet() -> None:
    """A day in the future, typed by mistake, does not stop the clock."""
    found = _clock(ReportingRule(), "2027-02-01", "2026-11-22")
    assert found.state is ClockState.NEVER


_RULES = st.builds(
    ReportingRule,
    rhythm=st.sampled_from([Rhythm.INTERVAL, Rhythm.PER_YEAR, Rhythm.MONTHS, Rhythm.EVERY_MEETING]),
    months=st.integers(1, 60),
    grace=st.integers(0, 120),
    times=st.sampled_from([1, 2, 3, 4, 6]),
    in_months=st.lists(st.integers(1, 12), max_size=4, unique=True).map(lambda m: tuple(sorted(m))),
)


@given(rule=_RULES, last=_DAYS, days=st.lists(_DAYS, max_size=8), first=_DAYS, more=st.integers(0))
def test_time_alone_never_makes_it_better(
    rule: ReportingRule, last: date, days: list[date], first: date, more: int
) -> None:
    """With the same facts a later day has the same state or a worse one."""
    meetings = [meeting(day.isoformat()) for day in sorted(set(days))]
    start = max(first, last)
    ranks = [
        _RANK.index(clock(rule, [report(last.isoformat())], meetings, [], day).state)
        for day in (start, start + timedelta(days=more % 900))
    ]
    assert ranks == sorted(ranks)


@given(rule=_RULES, last=_DAYS, meetings=st.lists(_DAYS, max_size=6))
def test_the_due_date_lies_after_the_last_report(
    rule: ReportingRule, last: date, meetings: list[date]
) -> None:
    """No rhythm asks for a report before the one that was given; overdue comes after due."""
    known = [meeting(day.isoformat()) for day in sorted(set(meetings))]
    found = clock(rule, [report(last.isoformat())], known, [], last)
    assert found.due is None or found.overdue is None or last < found.due < found.overdue


@given(day=_DAYS, months=st.integers(0, 240))
def test_months_after_keep_the_day_or_the_months_last(day: date, months: int) -> None:
    """Never the month after, never earlier than the day allows."""
    found = months_after(day, months)
    whole = (found.year - day.year) * 12 + found.month - day.month
    last = (found + timedelta(days=1)).day == 1
    assert whole == months
    assert found.day == day.day or (last and found.day < day.day)

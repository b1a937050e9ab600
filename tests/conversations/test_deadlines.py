"""From filing rules to days, with the rules of real councils."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from conversations.rules.answers import FilingRule, Unit
from conversations.rules.days_off import DayKind, counts
from conversations.rules.deadlines import deadline
from conversations.rules.explaining import explain


def day(meeting: str, number: int, unit: Unit, *, earlier: bool = False) -> str:
    """The deadline's day, in ISO form."""
    rule = FilingRule(number=number, unit=unit, earlier=earlier)
    return deadline(date.fromisoformat(meeting), rule).day.isoformat()


@pytest.mark.parametrize(
    ("meeting", "number", "unit", "expected"),
    [
        ("2027-01-14", 21, Unit.CALENDAR, "2026-12-24"),  # Bonn: by the 21st day before
        ("2027-01-14", 14, Unit.CALENDAR, "2026-12-31"),
        ("2027-03-11", 10, Unit.WORKING, "2027-02-25"),  # Köln: 10th Arbeitstag
        ("2027-03-08", 2, Unit.WEEKDAY, "2027-03-05"),  # Waldbröl: 2 Werktage, Saturday counts
        ("2027-03-09", 2, Unit.WEEKDAY, "2027-03-06"),
        ("2027-03-09", 2, Unit.WORKING, "2027-03-05"),
        ("2027-03-09", 7, Unit.CLEAR, "2027-03-01"),  # seven full days lie between
        ("2027-03-09", 0, Unit.CALENDAR, "2027-03-09"),
        ("2027-03-09", 0, Unit.CLEAR, "2027-03-08"),
    ],
)
def test_units(meeting: str, number: int, unit: Unit, expected: str) -> None:
    """Each unit counts in its own way."""
    assert day(meeting, number, unit) == expected


@pytest.mark.parametrize(
    ("meeting", "number", "unit", "expected"),
    [
        ("2026-06-05", 1, Unit.WORKING, "2026-06-03"),  # Corpus Christi, a holiday in NRW
        ("2026-11-02", 1, Unit.WEEKDAY, "2026-10-31"),  # All Saints' is a Sunday; Reformation none
        ("2027-01-04", 2, Unit.WORKING, "2026-12-30"),  # over New Year into the year before
        ("2026-12-28", 1, Unit.WEEKDAY, "2026-12-24"),  # both Christmas days, one a Saturday
        ("2026-04-07", 1, Unit.WORKING, "2026-04-02"),  # Good Friday and Easter Monday
    ],
)
def test_holidays_of_the_state_do_not_count(
    meeting: str, number: int, unit: Unit, expected: str
) -> None:
    """Working days and weekdays step over the holidays of North Rhine-Westphalia."""
    assert day(meeting, number, unit) == expected


def test_a_day_off_stays_unless_the_rule_moves_it() -> None:
    """The 21st day may be a Sunday; only some rules move it to the Friday before."""
    assert day("2027-01-10", 21, Unit.CALENDAR) == "2026-12-20"
    assert day("2027-01-10", 21, Unit.CALENDAR, earlier=True) == "2026-12-18"


def test_moving_earlier_steps_over_holidays() -> None:
    """From Second Christmas Day the deadline moves to Christmas Eve."""
    assert day("2027-01-16", 21, Unit.CALENDAR, earlier=True) == "2026-12-24"


def test_what_moved_says_so() -> None:
    """The computed day and the skipped holidays stay known, for the explanation."""
    found = deadline(date(2027, 1, 16), FilingRule(number=21, earlier=True))
    assert found.moved
    assert found.computed == date(2026, 12, 26)
    assert date(2026, 12, 25) in found.holidays


def test_calendar_days_name_no_holidays() -> None:
    """Who counts every day stepped over none."""
    assert deadline(date(2027, 1, 14), FilingRule(number=21)).holidays == ()


def test_without_cutoff_the_whole_day_counts() -> None:
    """The last moment is midnight in Germany, in winter 23:00 UTC."""
    found = deadline(date(2027, 1, 14), FilingRule(number=21))
    assert found.ends == datetime(2026, 12, 24, 23, 0, tzinfo=UTC)
    assert not found.passed(datetime(2026, 12, 24, 22, 59, tzinfo=UTC))
    assert found.passed(datetime(2026, 12, 24, 23, 0, tzinfo=UTC))


@pytest.mark.parametrize(("meeting", "utc_hour"), [(date(2026, 4, 9), 11), (date(2026, 4, 19), 10)])
def test_cutoff_is_local_time(meeting: date, utc_hour: int) -> None:
    """Noon in Germany is 11:00 UTC before the clocks go forward on 29 March, 10:00 after."""
    found = deadline(meeting, FilingRule(number=20, cutoff=time(12)))
    assert found.ends.hour == utc_hour


def test_clock_change_between_deadline_and_meeting_costs_no_day() -> None:
    """Days are counted, not spans of 24 hours: 25 October 2026 has 25 hours."""
    assert day("2026-10-26", 7, Unit.CALENDAR) == "2026-10-19"


def test_days_left() -> None:
    """Counted in calendar days, negative when it is over."""
    found = deadline(date(2027, 1, 14), FilingRule(number=21))
    assert found.days_left(date(2026, 11, 22)) == 32
    assert found.days_left(date(2026, 12, 25)) == -1


@pytest.mark.parametrize("number", [-1, 181])
def test_absurd_numbers_are_refused(number: int) -> None:
    """A rule outside 0 to 180 is an error of the caller."""
    with pytest.raises(ValueError, match="out of range"):
        deadline(date(2027, 1, 14), FilingRule(number=number))


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ((True, False), "2027-03-09"),  # the usual: 10 back from the 19th
        ((True, True), "2027-03-10"),
        ((False, True), "2027-03-09"),
        ((False, False), "2027-03-08"),  # ten days lie between
    ],
)
def test_each_end_counted_brings_the_deadline_a_day_nearer(
    ends: tuple[bool, bool], expected: str
) -> None:
    """Calendar days, counting the day of filing and the day of the meeting or not."""
    rule = FilingRule(number=10, filing_day=ends[0], meeting_day=ends[1])
    assert deadline(date(2027, 3, 19), rule).day.isoformat() == expected


@pytest.mark.parametrize(
    ("meeting", "expected"),
    [
        (date(2027, 1, 6), "2027-01-05"),  # a Wednesday: itself and Tuesday
        (date(2027, 1, 9), "2027-01-07"),  # a Saturday is no Arbeitstag: it cannot count
    ],
)
def test_a_meeting_day_off_is_not_counted(meeting: date, expected: str) -> None:
    """Only a day of the unit can be one of the days."""
    rule = FilingRule(number=2, unit=Unit.WORKING, meeting_day=True)
    assert deadline(meeting, rule).day.isoformat() == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (FilingRule(number=1, unit=Unit.WORKING, holidays=False), "2027-01-01"),
        (FilingRule(number=1, unit=Unit.WORKING), "2026-12-31"),
        (FilingRule(number=1, unit=Unit.WORKING, eves=True), "2026-12-30"),
        (FilingRule(number=1, unit=Unit.WORKING, eves=True, holidays=False), "2027-01-01"),
    ],
)
def test_holidays_and_eves_count_as_the_rule_says(rule: FilingRule, expected: str) -> None:
    """The working day before Monday, 4 January 2027."""
    assert deadline(date(2027, 1, 4), rule).day.isoformat() == expected


def test_a_rule_stored_before_still_counts_the_same() -> None:
    """What an older version wrote lacks the newer fields."""
    stored = TypeAdapter(FilingRule).validate_json('{"number":21,"unit":"kalendertag"}')
    assert stored == FilingRule(number=21)


RULES = st.builds(
    FilingRule,
    number=st.integers(0, 180),
    unit=st.sampled_from(Unit),
    earlier=st.booleans(),
    filing_day=st.booleans(),
    meeting_day=st.booleans(),
    holidays=st.booleans(),
    eves=st.booleans(),
)
DAYS = st.dates(date(2026, 1, 1), date(2032, 12, 31))


@given(rule=RULES, meeting=DAYS, later=st.integers(0, 40))
def test_a_later_meeting_never_has_an_earlier_deadline(
    rule: FilingRule, meeting: date, later: int
) -> None:
    """True of every rule that can be expressed."""
    assert deadline(meeting, rule).day <= deadline(meeting + timedelta(days=later), rule).day


@given(rule=RULES, meeting=DAYS)
def test_a_deadline_is_never_after_the_meeting(rule: FilingRule, meeting: date) -> None:
    """Not even with both ends counted and nothing in between."""
    found = deadline(meeting, rule)
    assert found.day <= found.computed <= meeting


@given(rule=RULES, meeting=DAYS)
def test_a_working_day_rule_ends_on_a_working_day(rule: FilingRule, meeting: date) -> None:
    """As soon as one day has to be counted back."""
    assume(rule.number > 1 and rule.unit in {Unit.WORKING, Unit.WEEKDAY})
    assert counts(deadline(meeting, rule).day, rule.unit, rule)


@given(rule=RULES, meeting=DAYS)
def test_a_moved_deadline_is_a_working_day(rule: FilingRule, meeting: date) -> None:
    """The day before that is one, with nothing but days off in between."""
    found = deadline(meeting, replace(rule, earlier=True))
    assert counts(found.day, Unit.WORKING, rule)
    between = (found.day + timedelta(days=n) for n in range(1, (found.computed - found.day).days))
    assert not any(counts(day, Unit.WORKING, rule) for day in between)


@given(rule=RULES, meeting=DAYS)
def test_one_day_more_is_never_a_later_deadline(rule: FilingRule, meeting: date) -> None:
    """A longer rule asks for the paper earlier, or on the same day."""
    assume(rule.number < 180)
    assert (
        deadline(meeting, replace(rule, number=rule.number + 1)).day <= deadline(meeting, rule).day
    )


@given(rule=RULES, meeting=DAYS)
def test_everything_left_out_is_between_deadline_and_meeting(
    rule: FilingRule, meeting: date
) -> None:
    """The explanation names no day that had nothing to do with it."""
    found = explain(meeting, rule)
    assert all(found.deadline.day < one.day < meeting for one in found.left_out)
    assert all(one.kind in {DayKind.HOLIDAY, DayKind.EVE} and one.key for one in found.left_out)

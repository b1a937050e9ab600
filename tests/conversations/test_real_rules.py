"""Every filing rule found in a real council, over the holidays, the change of clocks and the year's
end. The days are worked out by hand on a calendar, not by the code.

Sources: Geschäftsordnungen and their drafts, as collected for the project; rules change, so none
of them is a default of the program.
"""

from datetime import UTC, date, datetime, time

import pytest

from conversations.rules.answers import FilingRule, Unit
from conversations.rules.deadlines import deadline
from conversations.rules.filing import read_rule

BONN = FilingRule(number=21)
FOURTEEN = FilingRule(number=14)
ERFTSTADT_INVITATION = FilingRule(number=12, meeting_day=True)
COLOGNE = FilingRule(number=10, unit=Unit.WORKING, cutoff=time(12))
WALDBROEL = FilingRule(number=2, unit=Unit.WEEKDAY)
DUESSELDORF = FilingRule(number=7)

CASES = [
    # Bonn, Integrationsrat: by the 21st day before the meeting
    ("Bonn", BONN, "2027-01-14", "2026-12-24"),  # Christmas Eve, a Thursday
    ("Bonn", BONN, "2027-01-15", "2026-12-25"),  # a holiday stays the deadline
    ("Bonn", BONN, "2027-04-15", "2027-03-25"),  # over Easter and the change of clocks
    ("Bonn", BONN, "2027-01-10", "2026-12-20"),  # a Sunday stays, too
    # Bonn, Integrationsrat and Rat: the invitation, 14th day before
    ("Bonn, invitation", FOURTEEN, "2027-01-14", "2026-12-31"),
    ("Bonn, invitation", FOURTEEN, "2027-01-08", "2026-12-25"),
    ("Bonn, invitation", FOURTEEN, "2026-11-05", "2026-10-22"),  # the clocks go back in between
    # Erftstadt: 21st day; the invitation 12 days, counting the day of sending and the meeting's
    ("Erftstadt", BONN, "2027-04-01", "2027-03-11"),
    ("Erftstadt", BONN, "2026-11-12", "2026-10-22"),
    ("Erftstadt", BONN, "2027-01-05", "2026-12-15"),
    ("Erftstadt, invitation", ERFTSTADT_INVITATION, "2027-01-14", "2027-01-03"),
    ("Erftstadt, invitation", ERFTSTADT_INVITATION, "2027-01-05", "2026-12-25"),
    ("Erftstadt, invitation", ERFTSTADT_INVITATION, "2027-04-06", "2027-03-26"),  # Good Friday
    ("Erftstadt, invitation", ERFTSTADT_INVITATION, "2026-11-05", "2026-10-25"),  # 25 hours long
    # Erkelenz: two weeks (a Fraktion's proposal)
    ("Erkelenz", FOURTEEN, "2027-01-12", "2026-12-29"),
    ("Erkelenz", FOURTEEN, "2027-04-15", "2027-04-01"),
    ("Erkelenz", FOURTEEN, "2027-05-20", "2027-05-06"),  # Ascension Day stays
    # Köln, Bezirksvertretungen: 10th Arbeitstag, 12:00
    ("Köln", COLOGNE, "2027-01-14", "2026-12-30"),  # New Year and two weekends
    ("Köln", COLOGNE, "2027-01-05", "2026-12-18"),  # Christmas Day and New Year's Day are Fridays
    ("Köln", COLOGNE, "2027-04-01", "2027-03-16"),  # Good Friday and Easter Monday
    ("Köln", COLOGNE, "2026-11-05", "2026-10-22"),  # All Saints' Day is a Sunday
    ("Köln", COLOGNE, "2026-06-11", "2026-05-27"),  # Corpus Christi; Whit Monday lies before
    # Waldbröl: 2 Werktage, Saturday is one
    ("Waldbröl", WALDBROEL, "2027-01-05", "2027-01-02"),  # a Saturday
    ("Waldbröl", WALDBROEL, "2026-12-29", "2026-12-24"),  # both Christmas days and a Sunday
    ("Waldbröl", WALDBROEL, "2027-03-30", "2027-03-25"),  # Easter, but Saturday counts
    ("Waldbröl", WALDBROEL, "2026-10-27", "2026-10-24"),  # the clocks go back on the Sunday
    # Düsseldorf: invitation 7 days before
    ("Düsseldorf", DUESSELDORF, "2027-01-05", "2026-12-29"),
    ("Düsseldorf", DUESSELDORF, "2027-01-08", "2027-01-01"),
    ("Düsseldorf", DUESSELDORF, "2027-03-30", "2027-03-23"),
]


@pytest.mark.parametrize(("_town", "rule", "meeting", "expected"), CASES)
def test_a_real_rule_leads_to_the_day_worked_out_by_hand(
    _town: str,
    rule: FilingRule,
    meeting: str,
    expected: str,
) -> None:
    """Town by town, meeting by meeting."""
    assert deadline(date.fromisoformat(meeting), rule).day.isoformat() == expected


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("spätestens am 21. Tag vor der Sitzung", BONN),
        ("14 Tage", FOURTEEN),
        ("2 Wochen", FOURTEEN),
        ("12 Tage, Absende- und Sitzungstag werden mitgezählt", ERFTSTADT_INVITATION),
        ("10. Arbeitstag, 12:00 Uhr", COLOGNE),
        ("2 Werktage", WALDBROEL),
        ("7 Tage", DUESSELDORF),
    ],
)
def test_a_real_rule_can_be_typed_as_it_is_written(words: str, rule: FilingRule) -> None:
    """In the words of the Geschäftsordnung."""
    assert read_rule(words) == rule


@pytest.mark.parametrize(
    ("meeting", "ends"),
    [
        (date(2026, 11, 5), datetime(2026, 10, 22, 10, tzinfo=UTC)),  # still summer time
        (date(2026, 11, 12), datetime(2026, 10, 29, 11, tzinfo=UTC)),  # winter time again
        (date(2027, 4, 6), datetime(2027, 3, 19, 11, tzinfo=UTC)),  # before the change
        (date(2027, 4, 15), datetime(2027, 4, 1, 10, tzinfo=UTC)),  # after it
    ],
)
def test_d12_noon_in_cologne_is_noon_on_the_clock(meeting: date, ends: datetime) -> None:
    """12:00 is local time, whatever changes between deadline and meeting."""
    assert deadline(meeting, COLOGNE).ends == ends


@pytest.mark.parametrize(
    ("meeting", "hours"),
    [(date(2026, 11, 15), 25), (date(2027, 4, 18), 23), (date(2027, 5, 2), 24)],
)
def test_d12_a_deadline_on_the_day_of_the_change_ends_at_midnight(
    meeting: date, hours: int
) -> None:
    """25 October 2026 has 25 hours, 28 March 2027 has 23; the deadline is the end of that day."""
    on_the_day = deadline(meeting, BONN)
    before = deadline(meeting, FilingRule(number=22))
    assert (on_the_day.ends - before.ends).total_seconds() == hours * 3600

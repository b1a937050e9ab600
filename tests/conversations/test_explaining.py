"""How a deadline is counted, in words: what a member can check against the Geschäftsordnung."""

from datetime import date, time

import pytest

from conversations.rules.answers import FilingRule, Unit
from conversations.rules.explaining import explain
from conversations.rules.knowledge import Knowledge

JANUARY = date(2027, 1, 14)
COLOGNE = FilingRule(number=10, unit=Unit.WORKING, cutoff=time(12))


def told(
    know: Knowledge,
    rule: FilingRule,
    meeting: date = JANUARY,
    checked: date | None = None,
    *,
    sending: bool = False,
) -> str:
    """The explanation in German."""
    it = explain(meeting, rule, checked)
    return know.texts.plain("rules/explained", "de", it=it, sending=sending)


def test_the_21st_day(know: Knowledge) -> None:
    """The issue's own example."""
    assert "21. Tag vor dem 14.01.: Do 24.12.2026, muss kein Werktag sein" in told(
        know, FilingRule(number=21)
    )


@pytest.mark.parametrize(
    ("rule", "meeting", "words"),
    [
        (COLOGNE, JANUARY, "10. Arbeitstag vor dem 14.01.: Mi 30.12.2026, 12:00 Uhr"),
        (COLOGNE, JANUARY, "Nicht mitgezählt: Samstage und Sonntage, Neujahr (01.01.)"),
        (
            COLOGNE,
            date(2027, 1, 5),
            "Samstage und Sonntage, 1. Weihnachtstag (25.12.), Neujahr (01.01.)",
        ),
        (
            FilingRule(number=10, unit=Unit.WORKING, eves=True),
            JANUARY,
            "Samstage und Sonntage, Silvester (31.12.), Neujahr (01.01.)",
        ),
        (
            FilingRule(number=2, unit=Unit.WEEKDAY),
            date(2026, 12, 29),
            "Nicht mitgezählt: Sonntage, 1. Weihnachtstag (25.12.), 2. Weihnachtstag (26.12.)",
        ),
        (
            FilingRule(number=21, earlier=True),
            date(2027, 1, 16),
            "Der 26.12. ist ein Feiertag (2. Weihnachtstag), also schon am Do 24.12.2026",
        ),
        (
            FilingRule(number=21, earlier=True, eves=True),
            date(2027, 1, 16),
            "Der 26.12. ist ein Feiertag (2. Weihnachtstag), also schon am Mi 23.12.2026",
        ),
        (
            FilingRule(number=21, earlier=True, eves=True),
            JANUARY,
            "Der 24.12. (Heiligabend) zählt als frei, also schon am Mi 23.12.2026",
        ),
        (
            FilingRule(number=21, earlier=True),
            date(2027, 1, 10),
            "Der 20.12. ist ein Sonntag, also schon am Fr 18.12.2026",
        ),
        (
            FilingRule(number=12, filing_day=False),
            JANUARY,
            "12 Tage zwischen Abgabetag und dem 14.01.: Fr 01.01.2027",
        ),
        (
            FilingRule(number=3, unit=Unit.CLEAR),
            JANUARY,
            "3 volle Tage zwischen der Frist und dem 14.01.: So 10.01.2027",
        ),
    ],
)
def test_what_decided_it_is_said(
    know: Knowledge, rule: FilingRule, meeting: date, words: str
) -> None:
    """Days left out, a day that moved, the hour: each in one line."""
    assert words in told(know, rule, meeting)


def test_both_ends_counted_is_said_of_sending(know: Knowledge) -> None:
    """Erftstadt's invitation."""
    said = told(know, FilingRule(number=12, meeting_day=True), sending=True)
    assert "12 Tage vor dem 14.01., Sendetag und Sitzungstag mitgezählt: So 03.01.2027" in said


def test_holidays_that_do_not_matter_are_not_named(know: Knowledge) -> None:
    """Who counts every day left nothing out."""
    assert "Nicht mitgezählt" not in told(know, FilingRule(number=21))


@pytest.mark.parametrize(
    ("checked", "words"),
    [(date(2026, 11, 3), "geprüft am 03.11.2026"), (None, "Die Regel ist ungeprüft.")],
)
def test_whether_somebody_checked_it_is_said(
    know: Knowledge, checked: date | None, words: str
) -> None:
    """With the day, where there is one."""
    assert words in told(know, FilingRule(number=21), checked=checked)


@pytest.mark.parametrize("year", range(2026, 2041))
def test_every_holiday_has_its_name(know: Knowledge, year: int) -> None:
    """None of the holidays of a year is just "Feiertag"."""
    rule = FilingRule(number=180, unit=Unit.WEEKDAY)
    for meeting in (date(year, 6, 30), date(year, 12, 31)):
        assert "Feiertag (" not in told(know, rule, meeting)

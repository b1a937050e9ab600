"""Filing rules as people type them."""

from dataclasses import replace
from datetime import time

import pytest

from conversations.rules.answers import FilingRule, Unit
from conversations.rules.filing import read_hour, read_rule

BOTH = FilingRule(number=12, meeting_day=True)
NEITHER = FilingRule(number=12, filing_day=False)
NOON = FilingRule(number=10, unit=Unit.WORKING, cutoff=time(12))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("21", FilingRule(number=21)),
        ("21 Tage", FilingRule(number=21)),
        ("am 21. Tag vor der Sitzung", FilingRule(number=21)),
        ("spätestens am 21. Tag vor der Sitzung", FilingRule(number=21)),
        ("spätestens 21 Tage vor dem Sitzungstag", FilingRule(number=21)),
        ("10 Arbeitstage, 12 Uhr", NOON),
        ("10 Arbeitstage 12 Uhr", NOON),
        ("10. Arbeitstag 12:00", NOON),
        ("zehn Arbeitstage vorher, 12 Uhr", NOON),
        ("2 Werktage", FilingRule(number=2, unit=Unit.WEEKDAY)),
        ("3 volle Tage", FilingRule(number=3, unit=Unit.CLEAR)),
        ("ein voller Tag", FilingRule(number=1, unit=Unit.CLEAR)),
        ("zwei Wochen vorher", FilingRule(number=14)),
        ("2 Wochen", FilingRule(number=14)),
        ("vierzehn Tage", FilingRule(number=14)),
        ("14 kalendertag", FilingRule(number=14)),
        ("bis 12 Uhr am 7. Tag", FilingRule(number=7, cutoff=time(12))),
    ],
)
def test_a_rule_is_read_and_stays_unchecked(text: str, rule: FilingRule) -> None:
    """Number, unit and hour are taken as said; nobody has checked them yet."""
    assert read_rule(text) == rule
    assert rule.checked is False


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("12 Tage, Sende- und Sitzungstag mitgezählt", BOTH),
        ("12 Tage, Absende- und Sitzungstag werden mitgezählt", BOTH),
        ("12 Tage, Tag der Absendung und Sitzungstag zählen mit", BOTH),
        ("12 days, counting sending and meeting day", BOTH),
        ("12 Tage (beide Tage mitgerechnet)", BOTH),
        ("12 Tage, Sitzungstag mitgezählt", BOTH),
        ("12 Tage, Abgabe- und Sitzungstag nicht mitgezählt", NEITHER),
        ("12 Tage, ohne Abgabetag zu zählen", NEITHER),
        ("12 Tage, Sitzungstag nicht mitgezählt", FilingRule(number=12)),
        ("3 volle Werktage", FilingRule(number=3, unit=Unit.WEEKDAY, filing_day=False)),
    ],
)
def test_which_ends_count_is_taken_as_said(text: str, rule: FilingRule) -> None:
    """Counting sending and meeting day, one of them, or neither."""
    assert read_rule(text) == rule


@pytest.mark.parametrize(
    "text",
    [
        "14 Tage, wenn Feiertag dann vorher",
        "14 Tage, fällt der Tag auf einen Sonntag oder Feiertag, dann der Werktag davor",
        "14 Tage; am Wochenende früher",
        "14 days, on a holiday the working day before",
    ],
)
def test_moving_to_the_day_before_is_taken_as_said(text: str) -> None:
    """The words on the moved day are no other unit and no other number."""
    assert read_rule(text) == FilingRule(number=14, earlier=True)


@pytest.mark.parametrize(
    "text",
    [
        "10 Arbeitstage, 24. und 31.12. nicht",
        "10 Arbeitstage ohne Heiligabend und Silvester",
        "10 Arbeitstage, 24.12./31.12. keine Arbeitstage",
    ],
)
def test_the_two_eves_are_taken_as_said(text: str) -> None:
    """24 and 31 December are no number of days."""
    assert read_rule(text) == FilingRule(number=10, unit=Unit.WORKING, eves=True)


def test_holidays_may_count() -> None:
    """Some rules know no holidays."""
    rule = read_rule("10 Arbeitstage, Feiertage zählen mit")
    assert rule == FilingRule(number=10, unit=Unit.WORKING, holidays=False)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("14", replace(NOON, number=14)),
        ("14 Tage", replace(NOON, number=14, unit=Unit.CALENDAR)),
        ("5 Arbeitstage, 10 Uhr", replace(NOON, number=5, cutoff=time(10))),
        ("12 Tage, Sitzungstag mitgezählt", replace(BOTH, cutoff=time(12))),
    ],
)
def test_what_is_not_said_stays(text: str, rule: FilingRule) -> None:
    """A new number keeps the hour that was set before."""
    assert read_rule(text, NOON) == rule


@pytest.mark.parametrize(
    "text", ["", "weiß nicht", "bald", "0 Tage", "999 Tage", "12 Uhr", "7 Affen", "am 24.12."]
)
def test_a_rule_is_never_invented(text: str) -> None:
    """Without number and kind of day there is no rule."""
    assert read_rule(text) is None


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("12", time(12)),
        ("12 Uhr", time(12)),
        ("bis 12:30", time(12, 30)),
        ("4 pm", time(16)),
        ("25", None),
        ("mittags", None),
        ("12:75", None),
    ],
)
def test_an_hour_is_read_or_refused(text: str, hour: time | None) -> None:
    """The last hour of the day as people type it."""
    assert read_hour(text) == hour

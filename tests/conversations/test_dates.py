"""Dates as people type them, seen from Sunday, 22 November 2026."""

from datetime import date, time

import pytest

from conversations.rules.dates import Contradicts, Impossible, Unclear, Understood, read

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "day", "start"),
    [
        ("12.3.", date(2027, 3, 12), None),
        ("12.03.27", date(2027, 3, 12), None),
        ("١٢.٣.", date(2027, 3, 12), None),
        ("12.03.2027", date(2027, 3, 12), None),
        ("Fr 12.03.27, 17 Uhr", date(2027, 3, 12), time(17)),
        ("Do., 14.01.2027 um 17:30 Uhr", date(2027, 1, 14), time(17, 30)),
        ("14.1. um 17.30 Uhr", date(2027, 1, 14), time(17, 30)),
        ("14. Januar 2027 17:30", date(2027, 1, 14), time(17, 30)),
        ("14 Jan", date(2027, 1, 14), None),
        ("1. März", date(2027, 3, 1), None),
        ("2027-01-14", date(2027, 1, 14), None),
        ("heute", TODAY, None),
        ("morgen", date(2026, 11, 23), None),
        ("übermorgen 9 Uhr", date(2026, 11, 24), time(9)),
        ("tomorrow", date(2026, 11, 23), None),
        ("nächsten Dienstag 17:30", date(2026, 11, 24), time(17, 30)),
        ("Sonntag", date(2026, 11, 29), None),
        ("sonnabend", date(2026, 11, 28), None),
        ("Freitag, den 12. März", date(2027, 3, 12), None),
        ("22.11.", TODAY, None),
        ("21.11.", date(2027, 11, 21), None),
    ],
)
def test_a_typed_day_is_understood(text: str, day: date, start: time | None) -> None:
    """A day without year is the next such day; today counts."""
    assert read(text, TODAY) == Understood(day=day, start=start)


@pytest.mark.parametrize(
    "text",
    ["", "bla", "12", "12.3. 13.4.", "45.13.", "Fr 45.13.", "14/1", "14.1.27 25 Uhr", "Fr Do",
     "1.1.1027", "12.3. vielleicht", "in drei Tagen", "17 Uhr", "99.99.9999"],
)  # fmt: skip
def test_what_is_not_sure_is_not_guessed(text: str) -> None:
    """Anything that is no single day is unclear."""
    assert read(text, TODAY) == Unclear()


def test_a_day_the_month_does_not_have_offers_its_neighbours() -> None:
    """31 February offers the last of February and the first of March."""
    assert read("31.02.", TODAY) == Impossible(
        day=31, month=2, near=(date(2027, 2, 28), date(2027, 3, 1))
    )


def test_a_leap_day_is_only_impossible_without_a_leap_year() -> None:
    """29.2. exists in 2028, not in 2027."""
    assert isinstance(read("29.2.", TODAY), Impossible)
    assert read("29.2.28", TODAY) == Understood(day=date(2028, 2, 29))


def test_weekday_and_day_that_do_not_fit_are_asked_about() -> None:
    """14 January 2027 is a Thursday; the nearest Monday is offered, too."""
    assert read("Mo 14.1.2027 17 Uhr", TODAY) == Contradicts(
        said=0, day=date(2027, 1, 14), start=time(17), near=date(2027, 1, 11)
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("10.11.", date(2026, 11, 10)),
        ("24.12.", date(2025, 12, 24)),
        ("22.11.", TODAY),
        ("24.12.2026", date(2026, 12, 24)),
        ("Dienstag", date(2026, 11, 17)),
        ("Sonntag", TODAY),
        ("nächsten Dienstag", date(2026, 11, 24)),
        ("gestern", date(2026, 11, 21)),
    ],
)
def test_where_it_has_been_a_day_is_the_latest_one(text: str, day: date) -> None:
    """Asked when something was, nobody means next year."""
    assert read(text, TODAY, past=True) == Understood(day=day)

"""Filing rules as people type them."""

from datetime import time

import pytest

from conversations.rules.answers import FilingRule, Unit
from conversations.rules.filing import read_rule


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("21", FilingRule(number=21)),
        ("21 Tage", FilingRule(number=21)),
        ("am 21. Tag vor der Sitzung", FilingRule(number=21)),
        ("10 Arbeitstage, 12 Uhr", FilingRule(number=10, unit=Unit.WORKING, cutoff=time(12))),
        ("10. Arbeitstag 12:00", FilingRule(number=10, unit=Unit.WORKING, cutoff=time(12))),
        ("2 Werktage", FilingRule(number=2, unit=Unit.WEEKDAY)),
        ("3 volle Tage", FilingRule(number=3, unit=Unit.CLEAR)),
        ("zwei Wochen vorher", FilingRule(number=14)),
        ("2 Wochen", FilingRule(number=14)),
        ("14 kalendertag", FilingRule(number=14)),
        ("bis 12 Uhr am 7. Tag", FilingRule(number=7, cutoff=time(12))),
    ],
)
def test_a_rule_is_read_and_stays_unchecked(text: str, rule: FilingRule) -> None:
    """Number, unit and hour are taken as said; nobody has checked them yet."""
    assert read_rule(text) == rule
    assert rule.checked is False


@pytest.mark.parametrize(
    "text", ["", "weiß nicht", "bald", "0 Tage", "999 Tage", "12 Uhr", "7 Affen"]
)
def test_a_rule_is_never_invented(text: str) -> None:
    """Without number and kind of day there is no rule."""
    assert read_rule(text) is None

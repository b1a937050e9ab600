"""What admins read about their calendar on the web."""

import pytest

from bot.production import read_knowledge
from bot.wording import folder
from conversations.agenda import CalendarTrouble
from conversations.notices import of_calendar


@pytest.fixture(scope="module")
def know():
    return read_knowledge(folder())


def test_only_what_changed_is_counted(know):
    """Nothing is said of what there is none of."""
    html = of_calendar(know, "calendar:3.1.0.0.1", "", "de").html
    assert "3 neu · 1 verschoben · 1 steht nicht mehr darin" in html


def test_the_place_tells_councils_apart(know):
    """For those who run several."""
    assert "Stadt Gladbeck" in of_calendar(know, "calendar:1.0.0.0.0", "Stadt Gladbeck", "de").html


def test_every_trouble_has_words_of_its_own(know):
    """But for the two that cannot happen to an address."""
    there = set(CalendarTrouble) - {CalendarTrouble.LOST}
    said = {of_calendar(know, f"calendar_failing:{one}", "", "de").html for one in there}
    assert len(said) == len(there)

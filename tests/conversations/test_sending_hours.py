"""When broadcasts go out: from 8 in Berlin on, and before 20."""

from datetime import UTC, datetime

import pytest

from conversations.rules.sending_hours import is_open, opening


def utc(day, hour, minute=0, month=11):
    """A moment of 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "open_"),
    [
        (utc(22, 6, 59), False),
        (utc(22, 7), True),
        (utc(22, 18, 59), True),
        (utc(22, 19), False),
        (utc(22, 6, month=7), True),
        (utc(22, 18, month=7), False),
    ],
)
def test_the_hours_are_those_of_berlin(moment, open_):
    """Winter and summer; the first minute counts, the last one doesn't."""
    assert is_open(moment) is open_


@pytest.mark.parametrize(
    ("moment", "goes"),
    [
        (utc(22, 12), utc(22, 12)),
        (utc(22, 19), utc(23, 7)),
        (utc(22, 23, 30), utc(23, 7)),
        (utc(22, 5), utc(22, 7)),
    ],
)
def test_what_falls_into_the_night_goes_in_the_morning_after_it(moment, goes):
    """Of the same day when midnight is over."""
    assert opening(moment) == goes

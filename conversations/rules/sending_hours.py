"""When broadcasts may go out: by day, and how long one may be planned ahead."""

from datetime import UTC, datetime, time, timedelta
from typing import Final

from conversations.rules.deadlines import BERLIN

FIRST: Final = time(8)
LAST: Final = time(20)
"""Local times: from `FIRST` on and before `LAST` broadcasts go out."""
AHEAD: Final = timedelta(days=90)
"""The furthest moment for which one may be planned."""


def is_open(moment: datetime) -> bool:
    """Whether broadcasts go out at this moment (aware)."""
    return FIRST <= moment.astimezone(BERLIN).time() < LAST


def opening(moment: datetime) -> datetime:
    """The moment itself, or the next morning's first one when it lies in the night."""
    if is_open(moment):
        return moment
    there = moment.astimezone(BERLIN)
    day = there.date() + timedelta(days=int(there.time() >= LAST))
    return datetime.combine(day, FIRST, BERLIN).astimezone(UTC)


def closing(moment: datetime) -> datetime:
    """When the day's sending ends, for a moment at which broadcasts go out."""
    day = moment.astimezone(BERLIN).date()
    return datetime.combine(day, LAST, BERLIN).astimezone(UTC)


def latest(now: datetime) -> datetime:
    """The last moment for which a broadcast may be planned."""
    return now + AHEAD

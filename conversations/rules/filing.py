"""A filing rule as people say it: "21 Tage", "10 Arbeitstage, 12 Uhr", "5 working days, 4 pm"."""

import re
from datetime import time

from conversations.rules.answers import FilingRule, Unit
from conversations.rules.dates import half_day
from conversations.rules.deadlines import MOST_UNITS

_UNITS = (
    ("arbeitstag", Unit.WORKING),
    ("working day", Unit.WORKING),
    ("business day", Unit.WORKING),
    ("werktag", Unit.WEEKDAY),
    ("weekday", Unit.WORKING),
    ("volle tag", Unit.CLEAR),
    ("clear day", Unit.CLEAR),
    ("full day", Unit.CLEAR),
    ("kalendertag", Unit.CALENDAR),
    ("tag", Unit.CALENDAR),
    ("day", Unit.CALENDAR),
)
_NUMBER = re.compile(r"(?<![\d:.])(\d{1,3})\.?(?!\s*(?:uhr|[:.]\d|\d))")
_WEEKS = re.compile(r"(\d{1,2}|eine?|zwei|drei|vier)\s*(?:woche(?!nt)|week(?!d))")
_WORDS = {"ein": 1, "eine": 1, "zwei": 2, "drei": 3, "vier": 4}
_CUTOFF = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*uhr|(\d{1,2}):(\d{2})")


def read_rule(text: str) -> FilingRule | None:
    """The rule a typed text means, unchecked; None when number or unit cannot be told."""
    folded, half = half_day(text.casefold())
    cutoff = half if isinstance(half, time) else _cutoff(folded)
    if weeks := _WEEKS.search(folded):
        number = _WORDS.get(weeks[1]) or int(weeks[1])
        return FilingRule(number=7 * number, cutoff=cutoff)
    number_found = _NUMBER.search(folded)
    unit = next((unit for word, unit in _UNITS if word in folded), None)
    if number_found is None or (unit is None and not folded.strip(" .").isdecimal()):
        return None
    if not 0 < int(number_found[1]) <= MOST_UNITS:
        return None
    return FilingRule(number=int(number_found[1]), unit=unit or Unit.CALENDAR, cutoff=cutoff)


def _cutoff(text: str) -> time | None:
    match = _CUTOFF.search(text)
    if match is None:
        return None
    hour, minute = int(match[1] or match[3]), int(match[2] or match[4] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None

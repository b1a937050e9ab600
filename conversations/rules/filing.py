"""A filing rule as people say it: "21 Tage", "10 Arbeitstage, 12 Uhr", "12 Tage, Sende- und
Sitzungstag mitgezählt", "5 working days, 4 pm".
"""

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
    ("voller tag", Unit.CLEAR),
    ("volle kalendertag", Unit.CLEAR),
    ("clear day", Unit.CLEAR),
    ("full day", Unit.CLEAR),
    ("kalendertag", Unit.CALENDAR),
    ("tag", Unit.CALENDAR),
    ("day", Unit.CALENDAR),
)
_SAID = (
    *("ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn"),
    *("elf", "zwölf", "dreizehn", "vierzehn"),
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen"),
)
_NUMBERS = {word: place % 14 + 1 for place, word in enumerate(_SAID)}
_NUMBERS |= {"eine": 1, "einen": 1, "einundzwanzig": 21, "twenty-one": 21}
_WORDS = re.compile(rf"\b({'|'.join(sorted(_NUMBERS, key=len, reverse=True))})\b")
_NUMBER = re.compile(r"(?<![\d:.])(\d{1,3})\.?(?!\s*(?:uhr|[:.]\d|\d))")
_COUNTED = re.compile(
    r"(?<![\d:.])(\d{1,3})(?:\.|st|nd|rd|th)?\s+(?:"
    r"(?P<full>voller?|clear|full)\s+)?(?P<unit>arbeitstag|werktag|kalendertag|tag"
    r"|(?:working|business|calendar) ?days?|weekday|day)"
)
_FULL = re.compile(r"(?:volle[rn]?|full|clear) (?:arbeits|werk|working|business|week)")
_WEEKS = re.compile(r"(\d{1,2})\s*(?:woche(?!nt)|week(?!d))")
_CUTOFF = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*uhr|(\d{1,2}):(\d{2})")
_EVES = re.compile(
    r"heilig\w*|silvester|christmas eve|new year'?s eve"
    r"|24\.?\s*(?:12\.?)?\s*(?:/|u\.|und|and)\s*31\.?\s*(?:12\.?|dez\w*\.?|dec\w*\.?)?"
)
_EARLIER = re.compile(
    r"(?:feiertag|sonn|wochenende|holiday|weekend|sunday)[^,;]*?,?\s*[^,;]*"
    r"\b(?:vorher|davor|früher|vorangehend\w*|vorhergehend\w*|before|earlier)\b"
)
_KEPT = re.compile(r"feiertage?\s+(?:werden\s|zählen\s)?(?:mit|mitgezählt)\b|holidays\scount\b")
_CLAUSE = re.compile(r"[,;()]")
_BOTH = re.compile(r"(?:beide|both)\b")
_ENDS = {
    "filing_day": re.compile(r"(?:ab)?sende|abgabe|einreich|versand|filing|sending"),
    "meeting_day": re.compile(r"sitzungstag|(?:und|oder) sitzung|tag der sitzung|meeting"),
}
_COUNTS = re.compile(r"mitgez|mitger|mitzähl|zähl|gerechnet|count")
_NOT = re.compile(r"nicht|kein|ohne|weder|not|neither|without")


def read_rule(text: str, old: FilingRule | None = None) -> FilingRule | None:
    """The rule a typed text means, unchecked; None when number or unit cannot be told.

    Which ends count, moving to the day before, the eves and the hour are taken when they are
    said, and stay as in `old` otherwise; so does the unit beside a bare number.
    """
    folded, half = half_day(text.casefold())
    folded = _WORDS.sub(lambda word: str(_NUMBERS[word[0]]), folded)
    bare = _EVES.sub(" ", _EARLIER.sub(" ", folded))
    base = old or FilingRule(number=0)
    found = _count(bare, base.unit)
    if found is None or not 0 < found[0] <= MOST_UNITS:
        return None
    ends = dict.fromkeys(_ENDS, False) if _FULL.search(bare) else {}
    ends |= _ends(bare)
    return FilingRule(
        number=found[0],
        unit=found[1],
        cutoff=(half if isinstance(half, time) else _cutoff(bare)) or base.cutoff,
        earlier=base.earlier or _EARLIER.search(folded) is not None,
        filing_day=ends.get("filing_day", base.filing_day),
        meeting_day=ends.get("meeting_day", base.meeting_day),
        holidays=base.holidays and _KEPT.search(folded) is None,
        eves=base.eves or _EVES.search(folded) is not None,
    )


def read_hour(text: str) -> time | None:
    """A cut-off as typed: "12", "12 Uhr", "12:30", "4 pm"; None when it is no time of day."""
    folded, half = half_day(text.casefold().strip(" ."))
    if isinstance(half, time):
        return half
    if folded.isdecimal() and len(folded) <= 2 and int(folded) < 24:
        return time(int(folded))
    return _cutoff(folded)


def _count(text: str, usual: Unit) -> tuple[int, Unit] | None:
    """Number and unit: weeks are seven calendar days each; a bare number is of the usual unit."""
    if weeks := _WEEKS.search(text):
        return 7 * int(weeks[1]), Unit.CALENDAR
    if counted := _COUNTED.search(text):
        return int(counted[1]), _unit(counted[0]) or usual
    number, unit = _NUMBER.search(text), _unit(text)
    if number is None or (unit is None and not text.strip(" .").isdecimal()):
        return None
    return int(number[1]), unit or usual


def _unit(text: str) -> Unit | None:
    return next((unit for word, unit in _UNITS if word in text), None)


def _ends(text: str) -> dict[str, bool]:
    """Which of the two ends are said to count, or not to."""
    said: dict[str, bool] = {}
    for clause in _CLAUSE.split(text):
        if _COUNTS.search(clause):
            counts = _NOT.search(clause) is None
            for end, words in _ENDS.items():
                if words.search(clause) or _BOTH.search(clause):
                    said[end] = counts
    return said


def _cutoff(text: str) -> time | None:
    match = _CUTOFF.search(text)
    if match is None:
        return None
    hour, minute = int(match[1] or match[3]), int(match[2] or match[4] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None

"""Dates and times as people type them in German or English.

Strict: what is not sure is asked, not guessed.
"""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta

_WEEKDAYS = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    ("januar", "jan", "january", "jänner"),
    ("februar", "feb", "february"),
    ("märz", "mrz", "mär", "maerz", "march", "mar"),
    ("april", "apr"),
    ("mai", "may"),
    ("juni", "jun", "june"),
    ("juli", "jul", "july"),
    ("august", "aug"),
    ("september", "sep", "sept"),
    ("oktober", "okt", "october", "oct"),
    ("november", "nov"),
    ("dezember", "dez", "december", "dec"),
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_NEAR = {
    "heute": 0,
    "today": 0,
    "morgen": 1,
    "tomorrow": 1,
    "übermorgen": 2,
    "uebermorgen": 2,
    "gestern": -1,
    "yesterday": -1,
    "vorgestern": -2,
}
_NUMERIC = re.compile(r"(?<![\d.])(\d{1,2})\s*\.\s*(\d{1,2})\s*\.?\s*(\d{4}|\d{2})?(?![\d:])")
_NAMED = re.compile(
    r"(?<!\d)(\d{1,2})(?:\s*\.|st\b|nd\b|rd\b|th\b)?\s+(?:of\s+)?"
    r"([a-zäöü]{3,9})\.?(?:,?\s+(\d{4}|\d{2})(?![\d:]))?"
)
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_TIME = re.compile(r"(?<![\d.:])(\d{1,2})(?:[:.](\d{2}))?\s*(?:uhr|h)\b(?:\s*(\d{2})\b)?")
_HALVES = re.compile(r"(?<![\d.:])(\d{1,2})(?:[:.](\d{2}))?\s*([ap])\.?\s?m\b\.?")
_COLON = re.compile(r"(?<![\d.:])(\d{1,2}):(\d{2})(?![\d.])")
_WORD = re.compile(r"[a-zäöüß]+")
_FILLERS = frozenset(
    {"am", "den", "der", "um", "ab", "uhr", "h", "kommenden", "kommender", "nächsten", "nächster"}
    | {"nächste", "naechsten", "diesen", "dieser", "sitzung", "on", "next", "at", "the"}
)
_CENTURY = 2000
_SPAN_YEARS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A day, perhaps with a time of day."""

    day: date
    start: time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Impossible:
    """A day that the calendar does not have, with the nearest ones that it has."""

    day: int
    month: int
    near: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradicts:
    """Weekday and day do not fit: `day` is what the numbers say, `near` what the weekday says."""

    said: int
    """The weekday that was typed, Monday is 0."""
    day: date
    start: time | None
    near: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """Not a date, or more than one."""


Reading = Understood | Impossible | Contradicts | Unclear


_AHEAD = re.compile(r"\b(n(ä|ae)chst|kommend|next)")
"""Such a weekday lies ahead, whatever is asked for."""


def read(text: str, today: date, *, past: bool = False) -> Reading:
    """What a typed date means, seen from `today`: a day without year is the next such day, and the
    latest one where only days that have been are asked for (`past`).

    Understands "12.3.", "12.03.27", "Fr 12.03.27, 17 Uhr", "14. Januar 2027 17:30", "morgen",
    "nächsten Dienstag 17:30", "2027-01-14", "14th January 2027, 5 pm".
    """
    folded = text.casefold().strip()
    rest, start = _take_time(folded)
    rest, day = _take_day(rest, today, past=past)
    words = [word for word in _WORD.findall(rest) if word not in _FILLERS]
    weekday = _weekday(words[0]) if words else None
    if isinstance(start, Unclear) or re.search(r"\d", rest) or len(words) > (weekday is not None):
        return Unclear()
    if isinstance(day, Impossible):
        return day
    if day is None:
        return _near_weekday(weekday, start, today, past=past and not _AHEAD.search(folded))
    return _checked(day, start, weekday)


def _checked(day: date, start: time | None, weekday: int | None) -> Understood | Contradicts:
    if weekday is None or day.weekday() == weekday:
        return Understood(day=day, start=start)
    away = (weekday - day.weekday() + 3) % 7 - 3
    return Contradicts(said=weekday, day=day, start=start, near=day + timedelta(days=away))


def _near_weekday(weekday: int | None, start: time | None, today: date, *, past: bool) -> Reading:
    if weekday is None:
        return Unclear()
    if past:
        return Understood(day=today - timedelta(days=(today.weekday() - weekday) % 7), start=start)
    ahead = (weekday - today.weekday() - 1) % 7 + 1
    return Understood(day=today + timedelta(days=ahead), start=start)


def _weekday(word: str) -> int | None:
    for names in (_WEEKDAYS, _ENGLISH):
        for number, name in enumerate(names):
            if word == name or (2 <= len(word) <= 4 and name.startswith(word)):
                return number
    return 5 if word == "sonnabend" else None


def half_day(text: str) -> tuple[str, time | Unclear | None]:
    """The text without an English hour of the half day in it, and that hour: "5 pm" is 17:00."""
    match = _HALVES.search(text)
    if match is None:
        return text, None
    hour, minute = int(match[1]), int(match[2] or 0)
    if not 1 <= hour <= 12 or minute > 59:
        return text, Unclear()
    start = time(hour % 12 + (12 if match[3] == "p" else 0), minute)
    return text[: match.start()] + " " + text[match.end() :], start


def _take_time(text: str) -> tuple[str, time | Unclear | None]:
    rest, half = half_day(text)
    if half is not None:
        return rest, half
    match = _COLON.search(text) or _TIME.search(text)
    if match is None:
        return text, None
    hour, minute = int(match[1]), int(match[2] or (match[3] if match.re is _TIME else None) or 0)
    if hour > 23 or minute > 59:
        return text, Unclear()
    return text[: match.start()] + " " + text[match.end() :], time(hour, minute)


def _take_day(text: str, today: date, *, past: bool) -> tuple[str, date | Impossible | None]:
    if match := _ISO.search(text):
        found = _make(int(match[3]), int(match[2]), int(match[1]), today, past=past)
    elif match := _NUMERIC.search(text):
        found = _make(int(match[1]), int(match[2]), _year(match[3]), today, past=past)
    elif (match := _NAMED.search(text)) and match[2] in _MONTH:
        found = _make(int(match[1]), _MONTH[match[2]], _year(match[3]), today, past=past)
    else:
        return _take_near(text, today)
    return (text if found is None else text[: match.start()] + " " + text[match.end() :]), found


def _take_near(text: str, today: date) -> tuple[str, date | None]:
    for word in _WORD.findall(text):
        if word in _NEAR:
            return text.replace(word, " ", 1), today + timedelta(days=_NEAR[word])
    return text, None


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if len(text) == 4 else _CENTURY + int(text)


def _make(
    day: int, month: int, year: int | None, today: date, *, past: bool
) -> date | Impossible | None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    if year is not None and not (abs(year - today.year) <= _SPAN_YEARS):
        return None
    other = today.year - 1 if past else today.year + 1
    for candidate in (year,) if year is not None else (today.year, other):
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if year is not None or (found <= today if past else found >= today):
            return found
    return _impossible(day, month, year or today.year, today)


def _impossible(day: int, month: int, year: int, today: date) -> Impossible:
    first_after = date(year + month // 12, month % 12 + 1, 1)
    near = (first_after - timedelta(days=1), first_after)
    if near[0] < today:
        near = (near[0].replace(year=year + 1), near[1].replace(year=near[1].year + 1))
    return Impossible(day=day, month=month, near=near)

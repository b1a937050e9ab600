"""Calendars as councils have them: four to eight meetings a year, none in the school holidays."""

from datetime import date, time, timedelta
from functools import cache
from random import Random

from holidays import country_holidays

STARTS = (time(16), time(17), time(17, 30), time(18))


@cache
def days_off(kind: str, year: int) -> frozenset[date]:
    """School or public holidays of North Rhine-Westphalia."""
    return frozenset(country_holidays("DE", subdiv="NW", years=year, categories=(kind,)))


def known_until(years: range) -> date | None:
    """The last school holiday that the library knows, if it ends within these years."""
    known = [day for year in years for day in days_off("school", year)]
    last = max(known, default=None)
    whole = last is not None and last.year == years[-1] and last.month == 12
    return None if whole else last


def is_free(day: date) -> bool:
    """Whether a council may meet on this day."""
    return (
        day.weekday() < 4
        and day not in days_off("public", day.year)
        and day not in days_off("school", day.year)
    )


def meetings_of(year: int, dice: Random) -> list[date]:
    """A year's meetings, spread over it and at least three weeks apart."""
    count = dice.randint(4, 8)
    step = 340 // count
    found: list[date] = []
    for n in range(count):
        day = date(year, 1, 10) + timedelta(days=n * step + dice.randint(0, step // 3))
        while not is_free(day):
            day += timedelta(days=1)
        if day.year == year and (not found or (day - found[-1]).days >= 21):
            found.append(day)
    return found

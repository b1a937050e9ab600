"""What kind of day a day is for a filing rule: working day, weekend, holiday of North
Rhine-Westphalia, or one of the two eves that some rules leave out.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from conversations.rules.answers import FilingRule, Unit

_SATURDAY, _SUNDAY = 5, 6
_EVES = {(12, 24), (12, 31)}


class DayKind(StrEnum):
    """Why a day is no working day, or that it is one."""

    WORKING = "working"
    SATURDAY = "saturday"
    SUNDAY = "sunday"
    HOLIDAY = "holiday"
    EVE = "eve"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A day with its kind, and the holiday's or eve's key: its words are the templates'."""

    day: date
    kind: DayKind
    key: str = ""
    """E.g. "good_friday", "eve_24"; empty for weekends and working days."""


def named(day: date, rule: FilingRule) -> Named:
    """What a day is under the rule; a holiday on a weekend is a holiday."""
    if off := _off(day, rule):
        return off
    kinds = {_SATURDAY: DayKind.SATURDAY, _SUNDAY: DayKind.SUNDAY}
    return Named(day=day, kind=kinds.get(day.weekday(), DayKind.WORKING))


def counts(day: date, unit: Unit, rule: FilingRule) -> bool:
    """Whether the day is one of the days that the unit counts."""
    if unit not in {Unit.WORKING, Unit.WEEKDAY}:
        return True
    last = _SATURDAY if unit is Unit.WEEKDAY else _SATURDAY - 1
    return day.weekday() <= last and _off(day, rule) is None


def _off(day: date, rule: FilingRule) -> Named | None:
    """The holiday or eve that the rule leaves out on this day, on whichever weekday."""
    if rule.holidays and (key := _holidays(day.year).get(day)):
        return Named(day=day, kind=DayKind.HOLIDAY, key=key)
    if rule.eves and (day.month, day.day) in _EVES:
        return Named(day=day, kind=DayKind.EVE, key=f"eve_{day.day}")
    return None


def skipped(day: date, unit: Unit, rule: FilingRule) -> Named | None:
    """The holiday or eve because of which the unit leaves out a day it would count otherwise."""
    last = _SATURDAY if unit is Unit.WEEKDAY else _SATURDAY - 1
    return _off(day, rule) if day.weekday() <= last else None


def is_holiday(day: date) -> bool:
    """Whether it is a public holiday of North Rhine-Westphalia."""
    return day in _holidays(day.year)


def is_school_holiday(day: date) -> bool:
    """Whether schools of North Rhine-Westphalia are closed, as far as that is known."""
    return day in _school(day.year)


def knows_school(day: date) -> bool:
    """Whether the school holidays around the day are known: the library's dates end somewhere."""
    return any(one >= day for year in (day.year, day.year + 1) for one in _school(year))


@cache
def _school(year: int) -> frozenset[date]:
    """The school holidays of a year; empty where they are not known yet, or not any more."""
    from holidays import country_holidays  # noqa: PLC0415 - slow to import, needed by few turns

    return frozenset(country_holidays("DE", subdiv="NW", years=year, categories="school"))


@cache
def _holidays(year: int) -> dict[date, str]:
    """The public holidays of a year, each with a key of its own."""
    from holidays import country_holidays  # noqa: PLC0415 - slow to import, needed by few turns

    found = country_holidays("DE", subdiv="NW", years=year, language="en_US")
    return {day: _key(name) for day, name in found.items()}


def _key(name: str) -> str:
    """The holiday's name as a key, e.g. "new_years_day"."""
    return name.casefold().replace("'", "").replace(" ", "_")

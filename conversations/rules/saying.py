"""How dates, times and numbers are said: Jinja2 filters for the chat, in the person's language."""

from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any, Protocol

from babel.dates import format_date, format_time
from babel.numbers import format_decimal

_LOCALES = {"en": "en_150"}
"""English as in Europe: the day before the month, and 24 hours, as councils write them."""


class InstallsGettext(Protocol):
    """The part of jinja2's i18n extension that has no types of its own."""

    def install_gettext_callables(
        self,
        gettext: Callable[[str], str],
        ngettext: Callable[[str, str, int], str],
        newstyle: bool,
    ) -> None:
        """Make `{% trans %}` use these."""


def day(value: date, language: str) -> str:
    """A day with its weekday: "Do 14.01.2027", "Thu 14 Jan 2027"."""
    if language == "de":
        return format_date(value, "EEEEEE dd.MM.yyyy", locale="de").replace(".", "", 1)
    return format_date(value, "EEE d MMM yyyy", locale=_locale(language))


def long_day(value: date, language: str) -> str:
    """A day in words: "Donnerstag, 14. Januar 2027"."""
    return format_date(value, "full", locale=_locale(language))


def clock(value: time, language: str) -> str:
    """A time of day: "17:00 Uhr", "17:00"."""
    if language == "de":
        return f"{value:%H:%M} Uhr"
    return format_time(value, "short", locale=_locale(language))


def month(value: date, language: str) -> str:
    """A month: "Januar 2027"."""
    return format_date(value, "LLLL yyyy", locale=_locale(language))


def short_month(value: date, language: str) -> str:
    """A month on a button: "Jan"."""
    return format_date(value, "LLL", locale=_locale(language))


def bare_day(value: date, language: str) -> str:
    """A day without its weekday, for the date of a statement: "18.12.2024"."""
    pattern = "dd.MM.yyyy" if language == "de" else "d MMM yyyy"
    return format_date(value, pattern, locale=_locale(language))


def short_day(value: date, language: str) -> str:
    """A day without weekday and year, beside a full date: "14.01.", "14 Jan"."""
    pattern = "dd.MM." if language == "de" else "d MMM"
    return format_date(value, pattern, locale=_locale(language))


def number(value: float, language: str) -> str:
    """A number with its groups: "5.210", "29,8"; "5,210", "29.8" in English."""
    return format_decimal(value, locale=_locale(language))


def _named_month(value: int, language: str) -> str:
    """1 is "Januar"."""
    return format_date(date(2000, value, 1), "LLLL", locale=_locale(language))


def _locale(language: str) -> str:
    return _LOCALES.get(language, language)


def filters(language: str) -> Mapping[str, Callable[..., Any]]:
    """The filters `day`, `bare_day`, `short_day`, `clock`, `month` and others for one language."""
    return {
        "day": lambda value: day(value, language),
        "bare_day": lambda value: bare_day(value, language),
        "short_day": lambda value: short_day(value, language),
        "long_day": lambda value: long_day(value, language),
        "clock": lambda value: clock(value, language),
        "month": lambda value: month(value, language),
        "month_name": lambda value: format_date(value, "LLLL", locale=_locale(language)),
        "named_month": lambda value: _named_month(value, language),
        "number": lambda value: number(value, language),
    }

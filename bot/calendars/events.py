"""One event of a calendar, as the library gives it, made plain: local day and hour, body, place."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any, Final

import icalendar
from icalendar.prop import vDDDTypes

from bot.calendars.naming import named
from conversations.agenda import CalendarEvent
from conversations.rules.cleaning import clean
from conversations.rules.deadlines import BERLIN

Zones = Mapping[str, tzinfo]
_STAMP: Final = re.compile(r"^(?:DTSTAMP|LAST-MODIFIED)[^:]*:(\d{8}T\d{6})", re.MULTILINE)
_TIMES: Final = ("DTSTART", "DTEND", "RECURRENCE-ID")
_LISTS: Final = ("EXDATE", "RDATE")
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An event with its identity; of two with the same one the higher rank counts."""

    uid: str
    recurrence: str
    rank: tuple[int, str, int]
    event: icalendar.Component

    @property
    def recurs(self) -> bool:
        """Whether it stands for several days, or for a changed one of them."""
        return bool(self.recurrence) or "RRULE" in self.event or "RDATE" in self.event


def found(block: str, place: int, zones: Zones) -> Found | None:
    """The event of a block of text; None when it has no day. Its times know their zone."""
    event = icalendar.Event.from_ical(block)
    for name in _TIMES:
        if name in event:
            event[name] = _zoned(event[name], zones)
    for name in _LISTS:
        for several in _listed(event.get(name)):
            several.dts = [_zoned(one, zones) for one in several.dts]
    start = _moment(event.get("DTSTART"))
    if start is None:
        return None
    uid = str(event.get("UID", "")).strip() or _made_up(event, start)
    event["UID"] = uid
    recurrence = _moment(event.get("RECURRENCE-ID"))
    return Found(
        uid=uid,
        recurrence=_local(recurrence)[0].isoformat() if recurrence else "",
        rank=(_sequence(event), max(_STAMP.findall(block), default=""), place),
        event=event,
    )


def plain(event: icalendar.Component, *, uid: str, cancelled: bool) -> CalendarEvent:
    """What counts of it."""
    start = _moment(event["DTSTART"])
    assert start is not None
    day, hour = _local(start)
    if hour == time() and _is_whole_day(event, start):
        hour = None
    name, off = named(str(event.get("SUMMARY", "")))
    said = str(event.get("STATUS", "")).strip().upper() == "CANCELLED"
    return CalendarEvent(
        uid=uid,
        day=day,
        start=hour,
        name=name,
        place=" ".join(clean(str(event.get("LOCATION", ""))).split())[:200],
        cancelled=cancelled or off or said,
    )


def recurrence_of(event: icalendar.Component) -> str:
    """The day that an occurrence of a series was meant for, wherever it was moved."""
    meant = _moment(event.get("RECURRENCE-ID")) or _moment(event["DTSTART"])
    assert meant is not None
    return _local(meant)[0].isoformat()


def _zoned(value: Any, zones: Zones) -> Any:
    """Times of an unknown zone, and of none, are local ones."""
    moment = getattr(value, "dt", None)
    if not isinstance(moment, datetime) or moment.tzinfo is not None:
        return value
    zone = zones.get(str(value.params.get("TZID", "")), BERLIN)
    return vDDDTypes(moment.replace(tzinfo=zone))


def _listed(value: Any) -> list[Any]:
    several = value if isinstance(value, list) else [value]
    return [one for one in several if hasattr(one, "dts")]


def _moment(value: Any) -> date | datetime | None:
    moment = getattr(value, "dt", None)
    return moment if isinstance(moment, date) else None


def _local(moment: date | datetime) -> tuple[date, time | None]:
    if not isinstance(moment, datetime):
        return moment, None
    here = moment.astimezone(BERLIN)
    return here.date(), here.time().replace(second=0, microsecond=0)


def _is_whole_day(event: icalendar.Component, start: date | datetime) -> bool:
    """Whether it begins at midnight only because its hour is not known."""
    end = _moment(event.get("DTEND"))
    return end is None or type(end) is not type(start) or (end - start) % _DAY == timedelta()


def _sequence(event: icalendar.Component) -> int:
    try:
        return int(event.get("SEQUENCE", 0))
    except (TypeError, ValueError):
        return 0


def _made_up(event: icalendar.Component, start: date | datetime) -> str:
    """The same for the same words on the same day."""
    words = f"{start.isoformat()}|{event.get('SUMMARY', '')}"
    return hashlib.sha256(words.encode()).hexdigest()[:20]

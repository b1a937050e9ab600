"""A council's timetable as iCalendar (RFC 5545), for a file or a feed."""

from datetime import UTC, datetime, timedelta
from typing import Final

from conversations.timetable import Timetable, TimetableEntry

MIME: Final = "text/calendar"
_ALL_DAY_ALARM: Final = timedelta(hours=-15)
"""At nine o'clock on the day before."""
_TIMED_ALARM: Final = timedelta(days=-1)
_REFRESH: Final = timedelta(hours=6)
"""How often a programme that follows the feed should look (RFC 7986)."""


def write(timetable: Timetable, now: datetime) -> bytes:
    """The calendar. Times are in UTC, so that no programme has to know a zone."""
    import icalendar  # noqa: PLC0415 - an idle bot does without it

    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//KIM-Bot//Meetings//DE")
    calendar.add("version", "2.0")
    calendar.add("name", timetable.name)
    calendar.add("x-wr-calname", timetable.name)
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    for entry in timetable.entries:
        event = icalendar.Event()
        for name, value in _properties(entry, now).items():
            event.add(name, value)
        if entry.deadline:
            alarm = icalendar.Alarm()
            for name, value in _alarm(entry).items():
                alarm.add(name, value)
            event.add_component(alarm)
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _properties(entry: TimetableEntry, now: datetime) -> dict[str, object]:
    start = entry.start
    found: dict[str, object] = {
        "uid": entry.uid,
        "dtstamp": now.replace(microsecond=0),
        "sequence": entry.version - 1,
        "dtstart": start.astimezone(UTC) if isinstance(start, datetime) else start,
        "summary": entry.title,
        "status": "CANCELLED" if entry.cancelled else "CONFIRMED",
        "transp": "TRANSPARENT" if entry.deadline or entry.cancelled else "OPAQUE",
    }
    if entry.description:
        found["description"] = entry.description
    if entry.place:
        found["location"] = entry.place
    return found


def _alarm(entry: TimetableEntry) -> dict[str, object]:
    timed = isinstance(entry.start, datetime)
    return {
        "action": "DISPLAY",
        "description": entry.title,
        "trigger": _TIMED_ALARM if timed else _ALL_DAY_ALARM,
    }

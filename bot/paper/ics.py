"""The letter's dates as calendar entries (RFC 5545): the filing deadline and the meeting."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

from conversations.rules.letter import CalendarEntry, Letter, Occasion

_ALL_DAY_ALARM = timedelta(hours=-15)
"""At nine o'clock on the day before."""
_TIMED_ALARM = timedelta(days=-1)

_BERLIN = b"""BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
"""
"""The rule in force since 1996 (Directive 2000/84/EC), open to the future."""


def write_calendar(letter: Letter) -> bytes | None:
    """The calendar file, None when the letter has no dates. An entry keeps its UID when its date
    moves, so that a newer file replaces the older entry."""
    import icalendar  # noqa: PLC0415 (an idle bot does without it)

    if not letter.calendar:
        return None
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//KIM-Bot//Letter//DE")
    calendar.add("version", "2.0")
    calendar.add_component(icalendar.Timezone.from_ical(_BERLIN))
    seen: Counter[Occasion] = Counter()
    for entry in letter.calendar:
        seen[entry.occasion] += 1
        event = icalendar.Event()
        event.add("uid", _uid(letter, entry, seen[entry.occasion]))
        event.add("dtstamp", datetime.combine(letter.dated, time(), UTC))
        event.add("dtstart", entry.start)
        event.add("summary", entry.title)
        for name, text in (("description", entry.description), ("location", entry.location)):
            if text:
                event.add(name, text)
        if entry.occasion is Occasion.DEADLINE:
            event.add("transp", "TRANSPARENT")
            alarm = icalendar.Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", entry.title)
            alarm.add("trigger", _alarm(entry.start))
            event.add_component(alarm)
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _uid(letter: Letter, entry: CalendarEntry, number: int) -> str:
    again = f"-{number}" if number > 1 else ""
    return f"{letter.slug}-{entry.occasion}{again}@kim-bot"


def _alarm(start: date | datetime) -> timedelta:
    return _TIMED_ALARM if isinstance(start, datetime) else _ALL_DAY_ALARM

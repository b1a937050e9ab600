"""A calendar that was read, kept in the small things of a step until a person has decided."""

import json
from collections.abc import Iterable
from datetime import date, time

from conversations.agenda import CalendarEvent, ReadCalendar


def pack(read: ReadCalendar, events: Iterable[CalendarEvent]) -> str:
    """These events of it as one text; names and places once each."""
    kept = list(events)
    words = sorted({word for one in kept for word in (one.name, one.place)})
    rows = [
        [
            one.uid,
            one.day.isoformat(),
            one.start.isoformat("minutes") if one.start else "",
            words.index(one.name),
            words.index(one.place),
            int(one.cancelled),
        ]
        for one in kept
    ]
    return json.dumps([read.skipped, words, rows], ensure_ascii=False, separators=(",", ":"))


def unpack(text: str) -> ReadCalendar:
    """The calendar again; an empty text is an empty one."""
    if not text:
        return ReadCalendar()
    skipped, words, rows = json.loads(text)
    events = (
        CalendarEvent(
            uid=uid,
            day=date.fromisoformat(day),
            start=time.fromisoformat(start) if start else None,
            name=words[name],
            place=words[place],
            cancelled=bool(cancelled),
        )
        for uid, day, start, name, place, cancelled in rows
    )
    return ReadCalendar(events=tuple(events), skipped=skipped)

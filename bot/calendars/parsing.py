"""From the bytes of a calendar to its meetings. Runs in a process of its own (`child`), since a
file may be made to take all time and memory there is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import Any, Final

import icalendar
import recurring_ical_events

from bot.calendars.events import Found, Zones, found, plain, recurrence_of
from bot.calendars.text import CalendarText, cut
from conversations.agenda import CalendarEvent, CalendarTrouble, ReadCalendar

MOST: Final = 500
"""Events in the window at most."""
_MOST_BLOCKS: Final = 5000
"""Events in the file at most, the past ones included."""
_BACK, _AHEAD = timedelta(days=731), timedelta(days=1096)
_TOO_OFTEN: Final = {"SECONDLY", "MINUTELY", "HOURLY"}
_WITHIN_A_DAY: Final = ("BYHOUR", "BYMINUTE", "BYSECOND")


class TooManyError(Exception):
    """More events than a body of a council can have."""


def parse(data: bytes, today: date) -> ReadCalendar:
    """What the calendar holds between two years back and three years ahead, by day."""
    text = cut(data)
    if text is None:
        return ReadCalendar(trouble=CalendarTrouble.FOREIGN)
    if not text.whole:
        return ReadCalendar(trouble=CalendarTrouble.BROKEN)
    if len(text.events) > _MOST_BLOCKS:
        return ReadCalendar(trouble=CalendarTrouble.MANY)
    try:
        return _read(text, today)
    except TooManyError:
        return ReadCalendar(trouble=CalendarTrouble.MANY)


def _read(text: CalendarText, today: date) -> ReadCalendar:
    events, unread = _found(text)
    kept: dict[tuple[object, ...], CalendarEvent] = {}
    series: dict[str, list[Found]] = defaultdict(list)
    for one in events:
        series[one.uid].append(one)
    for uid, ones in series.items():
        try:
            several = list(_meetings(uid, ones, today, cancelled=text.cancelled))
        except TooManyError:
            raise
        except Exception:  # noqa: BLE001 - whatever a broken series does to the library
            unread += len(ones)
            continue
        for meeting in several:
            kept.setdefault((meeting.day, meeting.start, meeting.name, meeting.cancelled), meeting)
        if len(kept) > MOST:
            raise TooManyError
    if unread and not kept and unread >= len(text.events):
        return ReadCalendar(skipped=unread, trouble=CalendarTrouble.BROKEN)
    by_day = sorted(kept.values(), key=lambda one: (one.day, str(one.start or ""), one.name))
    return ReadCalendar(events=tuple(by_day), skipped=unread)


def _found(text: CalendarText) -> tuple[list[Found], int]:
    """The newest version of each event, and how many could not be read."""
    zones, unread = _zones(text.zones), 0
    newest: dict[tuple[str, str], Found] = {}
    for place, block in enumerate(text.events):
        try:
            one = found(block, place, zones)
        except Exception:  # noqa: BLE001 - one broken event must not cost the others
            one = None
        if one is None:
            unread += 1
            continue
        key = one.uid, one.recurrence
        if key not in newest or newest[key].rank < one.rank:
            newest[key] = one
    return list(newest.values()), unread


def _zones(blocks: Iterable[str]) -> Zones:
    """Zones that the calendar itself describes, as far as they can be understood."""
    zones = {}
    for block in blocks:
        with suppress(Exception):  # broken ones are common, and can be done without
            zone: Any = icalendar.Timezone.from_ical(block)
            zones[str(zone["TZID"])] = zone.to_tz()
    return zones


def _meetings(
    uid: str, ones: Sequence[Found], today: date, *, cancelled: bool
) -> Iterator[CalendarEvent]:
    first, last = today - _BACK, today + _AHEAD
    if not any(one.recurs for one in ones):
        several = ((uid, one.event) for one in ones)
    else:
        several = (
            (f"{uid}/{recurrence_of(event)}", event) for event in _occurrences(ones, first, last)
        )
    for key, event in several:
        meeting = plain(event, uid=key, cancelled=cancelled)
        if first <= meeting.day <= last:
            yield meeting


def _occurrences(ones: Sequence[Found], first: date, last: date) -> list[icalendar.Component]:
    if any(_is_too_often(one.event.get("RRULE")) for one in ones):
        raise TooManyError
    calendar = icalendar.Calendar()
    for one in ones:
        calendar.add_component(one.event)
    query = recurring_ical_events.of(calendar)
    occurrences: list[icalendar.Component] = query.between(first, last + timedelta(days=1))
    return occurrences


def _is_too_often(rule: Any) -> bool:
    """Whether it has several times on one day: no meeting has."""
    if rule is None:
        return False
    if isinstance(rule, list):
        return any(_is_too_often(one) for one in rule)
    often = {str(one).upper() for one in rule.get("FREQ", ())} & _TOO_OFTEN
    return bool(often) or any(len(rule.get(name, ())) > 1 for name in _WITHIN_A_DAY)

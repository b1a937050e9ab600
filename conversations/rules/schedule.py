"""A calendar that was read, taken into the meetings that are stored: what is new, moved, cancelled
or gone. Pure; the same for a file, an address and the looks that follow by themselves.
"""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Final

from conversations.agenda import (
    CalendarEvent,
    CouncilMeeting,
    MeetingId,
    Origin,
    ReadCalendar,
)
from conversations.rules.answers import FilingRule
from conversations.rules.deadlines import BERLIN, deadline
from conversations.rules.names import fold

_ID_LENGTH: Final = 16
_BY_HAND: Final = Origin.TYPED


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A meeting before and after."""

    old: CouncilMeeting
    new: CouncilMeeting


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What a calendar changes. `kept` and `dropped` are to be stored, the rest is to be told."""

    kept: tuple[CouncilMeeting, ...] = ()
    """New and changed ones, by day."""
    dropped: tuple[MeetingId, ...] = ()
    new: tuple[CouncilMeeting, ...] = ()
    moved: tuple[Moved, ...] = ()
    """Another day or hour."""
    cancelled: tuple[CouncilMeeting, ...] = ()
    restored: tuple[CouncilMeeting, ...] = ()
    """They were cancelled and take place after all."""
    gone: tuple[CouncilMeeting, ...] = ()
    """The calendar has them no longer: the ones that are dropped."""
    held: tuple[CouncilMeeting, ...] = ()
    """Changed by hand and otherwise in the calendar: they stay as they are."""
    same: int = 0
    """Events that changed nothing that is told."""

    @property
    def news(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.new or self.moved or self.cancelled or self.restored or self.gone)


def is_of(name: str, bodies: Iterable[str]) -> bool:
    """Whether a calendar's name is one of these bodies': case, umlauts and marks aside."""
    return fold(name) in {fold(body) for body in bodies}


def merge(
    stored: Sequence[CouncilMeeting],
    read: ReadCalendar,
    bodies: Sequence[str],
    today: date,
    *,
    origin: Origin = Origin.FEED,
    seed: str = "",
) -> Merged:
    """What the events of these bodies change in the stored meetings.

    An event is known by its uid; without such a one by day and hour (another export), and a typed
    meeting by its day alone. What was typed is never dropped, and a change by hand stands until
    the calendar says the same or cancels. A calendar in which the body has no event at all drops
    nothing. `seed` makes the ids of new meetings: `State.fresh`, or anything as unguessable.
    """
    if read.trouble:
        return Merged()
    events = _once(one for one in read.events if is_of(one.name, bodies))
    known = _known(stored, events)
    told = _Told(origin=origin, seed=seed, today=today)
    for event in events:
        _take(event, known.get(event.uid), told)
    met = {one.id for one in known.values()}
    gone = [one for one in stored if one.id not in met and _ends(one, events, origin, today)]
    return told.merged(gone)


def twin(
    stored: Iterable[CouncilMeeting], day: date, start: time | None = None
) -> CouncilMeeting | None:
    """The meeting that is stored already: that day, at that hour when both have one."""
    there = (one for one in stored if one.day == day)
    return next((one for one in there if None in {start, one.start} or one.start == start), None)


def next_in_time(
    stored: Iterable[CouncilMeeting], rule: FilingRule | None, now: datetime
) -> CouncilMeeting | None:
    """The next meeting a paper can still be filed for under the rule; while the rule is unknown,
    the next one after today. Meetings by day, `now` aware."""
    today = now.astimezone(BERLIN).date()
    ahead = (one for one in stored if not one.cancelled and one.day > today)
    return next((one for one in ahead if not rule or not deadline(one.day, rule).passed(now)), None)


def changed_by_hand(meeting: CouncilMeeting) -> CouncilMeeting:
    """A meeting that a person changed: the calendar does not lead it any more."""
    return replace(meeting, origin=_BY_HAND)


@dataclass(slots=True)
class _Told:
    """What piles up while the events are gone through."""

    origin: Origin
    seed: str
    today: date
    kept: list[CouncilMeeting] = field(default_factory=list)
    new: list[CouncilMeeting] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    cancelled: list[CouncilMeeting] = field(default_factory=list)
    restored: list[CouncilMeeting] = field(default_factory=list)
    held: list[CouncilMeeting] = field(default_factory=list)
    same: int = 0

    def merged(self, gone: list[CouncilMeeting]) -> Merged:
        return Merged(
            kept=tuple(sorted(self.kept, key=_moment)),
            dropped=tuple(one.id for one in gone),
            new=tuple(self.new),
            moved=tuple(self.moved),
            cancelled=tuple(self.cancelled),
            restored=tuple(self.restored),
            gone=tuple(gone),
            held=tuple(self.held),
            same=self.same,
        )


def _take(event: CalendarEvent, old: CouncilMeeting | None, told: _Told) -> None:
    """One event's change. A cancelled one that nobody knew is news only while it lies ahead."""
    if old is None:
        if event.cancelled and event.day < told.today:
            return
        fresh = _fresh(event, told.origin, told.seed)
        told.kept.append(fresh)
        (told.cancelled if event.cancelled else told.new).append(fresh)
        return
    now = _led(old, event, told.origin)
    if now != old:
        told.kept.append(now)
    _tell(old, now, event, told)


def _tell(old: CouncilMeeting, now: CouncilMeeting, event: CalendarEvent, told: _Told) -> None:
    if now.cancelled and not old.cancelled:
        told.cancelled.append(now)
    elif old.cancelled and not now.cancelled:
        told.restored.append(now)
    elif (old.day, old.start) != (now.day, now.start):
        told.moved.append(Moved(old=old, new=now))
    elif not _agrees(now, event):
        told.held.append(now)
    else:
        told.same += 1


def _led(old: CouncilMeeting, event: CalendarEvent, origin: Origin) -> CouncilMeeting:
    """The stored meeting as the calendar has it now; only a cancellation overrules a person's own
    change (a typed meeting that is met for the first time is no such change)."""
    by_hand = old.origin is _BY_HAND and bool(old.uid)
    if by_hand and not _agrees(old, event):
        return replace(old, uid=event.uid, cancelled=old.cancelled or event.cancelled)
    leads = Origin.FEED if old.origin is Origin.FEED else origin
    return replace(
        old,
        day=event.day,
        start=event.start or old.start,
        place=event.place or old.place,
        name=event.name,
        cancelled=event.cancelled,
        origin=leads,
        uid=event.uid,
    )


def _agrees(one: CouncilMeeting, event: CalendarEvent) -> bool:
    hour = event.start is None or one.start == event.start
    return one.day == event.day and hour and one.cancelled == event.cancelled


def _fresh(event: CalendarEvent, origin: Origin, seed: str) -> CouncilMeeting:
    return CouncilMeeting(
        id=MeetingId(derived_id(seed, event.uid)),
        day=event.day,
        start=event.start,
        place=event.place,
        name=event.name,
        cancelled=event.cancelled,
        origin=origin,
        uid=event.uid,
    )


def derived_id(seed: str, part: str) -> str:
    """One of several new ids of a turn (URL-safe, 16 characters), made from its unguessable one."""
    digest = hashlib.sha256(f"{seed}\n{part}".encode()).digest()
    return base64.urlsafe_b64encode(digest).decode()[:_ID_LENGTH]


def _once(events: Iterable[CalendarEvent]) -> list[CalendarEvent]:
    """Each uid once, the last word; each moment once, too (a body under its old and its new name):
    there, one that takes place wins over one that is cancelled."""
    by_uid = {one.uid: one for one in events}
    found: dict[tuple[date, time | None], CalendarEvent] = {}
    for one in by_uid.values():
        there = found.get((one.day, one.start))
        if there is None or (there.cancelled and not one.cancelled):
            found[one.day, one.start] = one
    return sorted(found.values(), key=_moment)


def _known(
    stored: Sequence[CouncilMeeting], events: Sequence[CalendarEvent]
) -> dict[str, CouncilMeeting]:
    """The stored meeting of each event's uid: by uid first, then what else fits."""
    by_uid = {one.uid: one for one in stored if one.uid}
    known = {event.uid: by_uid[event.uid] for event in events if event.uid in by_uid}
    taken = {one.id for one in known.values()}
    for fits in (_same_moment, _typed_that_day):
        for event in events:
            left = (one for one in stored if one.id not in taken and fits(one, event))
            if event.uid not in known and (one := next(left, None)) is not None:
                known[event.uid] = one
                taken.add(one.id)
    return known


def _same_moment(one: CouncilMeeting, event: CalendarEvent) -> bool:
    return (one.day, one.start) == (event.day, event.start)


def _typed_that_day(one: CouncilMeeting, event: CalendarEvent) -> bool:
    return one.day == event.day and not one.uid


def _ends(
    one: CouncilMeeting, events: Sequence[CalendarEvent], origin: Origin, today: date
) -> bool:
    """Whether a meeting that the calendar does not have goes: a coming one, led by this kind of
    calendar; a file only speaks for the days from its first event to its last."""
    if not events or one.day < today or one.origin is _BY_HAND:
        return False
    within = events[0].day <= one.day <= events[-1].day
    return within if one.origin is Origin.FILE else origin is Origin.FEED


def _moment(one: CalendarEvent | CouncilMeeting) -> tuple[date, str]:
    return one.day, one.start.isoformat() if one.start else ""

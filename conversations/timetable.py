"""A council's meetings and filing deadlines as they stand in people's own calendars."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from conversations.agenda import CouncilMeeting
from conversations.flows.naming import Named, named
from conversations.rules.deadlines import BERLIN, Deadline, deadline
from conversations.rules.knowledge import Knowledge
from conversations.rules.profile import CouncilRule, PaperKind
from conversations.standing import StoredCouncil

_FILED: Final = (PaperKind.INQUIRY, PaperKind.MOTION)
"""Papers of members; the invitation is the administration's to send."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimetableEntry:
    """One entry. `uid` stays the same however the meeting moves; `version` grows with it."""

    uid: str
    start: date | datetime
    """A day (all day), or an aware moment."""
    title: str
    description: str = ""
    place: str = ""
    version: int = 1
    cancelled: bool = False
    deadline: bool = False
    """Of a deadline one is reminded the day before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """A calendar of one council, with its name."""

    name: str
    entries: tuple[TimetableEntry, ...] = ()


def timetable(
    know: Knowledge,
    council: StoredCouncil,
    meetings: tuple[CouncilMeeting, ...],
    today: date,
    language: str,
) -> Timetable:
    """Every meeting, and before the coming ones the days until which papers can be filed."""
    called = named(know, council.profile.ags, today, council.profile)
    entries: list[TimetableEntry] = []
    for one in meetings:
        writer = _Writer(know=know, council=council, meeting=one, language=language)
        entries.append(writer.meeting_entry())
        if not one.cancelled and one.day >= today:
            entries.extend(writer.deadlines())
    title = know.texts.plain("timetable/name", language, named=called)
    return Timetable(name=title, entries=tuple(entries))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writer:
    """One meeting's entries."""

    know: Knowledge
    council: StoredCouncil
    meeting: CouncilMeeting
    language: str

    def meeting_entry(self) -> TimetableEntry:
        one = self.meeting
        at = datetime.combine(one.day, one.start, BERLIN) if one.start else one.day
        return TimetableEntry(
            uid=f"{one.id}@kim-bot",
            start=at,
            title=self._say("meeting"),
            place=one.place,
            version=one.version,
            cancelled=one.cancelled,
        )

    def deadlines(self) -> Iterator[TimetableEntry]:
        """One day with one entry, though several kinds of paper have the same rule."""
        found: dict[Deadline, list[PaperKind]] = {}
        for kind in _FILED:
            rule = self.council.profile.rules.get(kind, CouncilRule()).count
            if rule is not None:
                found.setdefault(deadline(self.meeting.day, rule), []).append(kind)
        for until, kinds in found.items():
            yield self._deadline(until, tuple(kinds))

    def _deadline(self, until: Deadline, kinds: tuple[PaperKind, ...]) -> TimetableEntry:
        cutoff = until.cutoff
        return TimetableEntry(
            uid=f"{self.meeting.id}-{kinds[0]}@kim-bot",
            start=datetime.combine(until.day, cutoff, BERLIN) if cutoff else until.day,
            title=self._say("deadline", kinds=kinds),
            description=self._say("deadline_note", meeting=self.meeting),
            version=self.meeting.version,
            deadline=True,
        )

    def _say(self, name: str, **values: object) -> str:
        one = self.meeting
        values = {"named": self._named(), "cancelled": one.cancelled, "kim": one.kim, **values}
        return self.know.texts.plain(f"timetable/{name}", self.language, **values)

    def _named(self) -> Named:
        profile = self.council.profile
        return named(self.know, profile.ags, self.meeting.day, profile)

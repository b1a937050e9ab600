"""Meetings are entered: typed, one per line, or picked from a month."""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Final

from conversations.agenda import CouncilMeeting, MeetingId
from conversations.flows.calendar import MOST_AHEAD, PickDay
from conversations.flows.flow import Line, Move, Row, Scene, Step, button, line
from conversations.flows.meetings.shown import scheduled
from conversations.rules import dates
from conversations.rules.schedule import derived_id, twin

TOO_OLD: Final = "meetings/too_old"
_MOST = 40
"""Lines that are read at once."""
_BACK = timedelta(days=730)
"""Older meetings are not shown any more."""
_LONGEST = 60
"""Characters of a line that is shown again."""


class AddMeeting(PickDay):
    """A day from a month, or typed days; the hour is asked when none was typed."""

    any_day = True
    adds = True

    def ask(self, scene: Scene) -> Line:
        """Which days."""
        return line("meetings/add", doubt=bool(scene.text("doubt")))

    def near(self, scene: Scene) -> date | None:
        """The month of the day picked last."""
        latest = scene.text("latest")
        return date.fromisoformat(latest) if latest else None

    def others(self, scene: Scene) -> tuple[Row, ...]:
        """The other way to many meetings at once."""
        return ((button("meet_calendar"),),)

    def take(self, scene: Scene, day: date, start: time | None) -> Move:
        """Entered; then the hour, if it is unknown."""
        if too_old(scene, day):
            return Move(step="add", hint=line(TOO_OLD))
        if there := twin(scene.state.agenda.meetings, day, start):
            hint = line("meetings/known", meetings=[there])
            return Move(step="add", args={"latest": day.isoformat()}, hint=hint)
        one = CouncilMeeting(id=MeetingId(derived_id(scene.state.fresh, "0")), day=day, start=start)
        move = Move(step="list", deeds=scheduled(scene, one), hint=_told([one]))
        return move if start else replace(move, step="hour", args={"meeting": one.id, "added": 1})

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """A day, another month, or back to the list."""
        match name:
            case "meet_calendar":
                return Move(step="calendar")
            case "back" if not scene.text("doubt"):
                return Move(step="list")
        return super().pressed(scene, name, value)

    def typed(self, scene: Scene, text: str) -> Move | None:
        """One day, or one per line."""
        several = len(_lines(text)) > 1
        return entered(scene, text, "add") if several else super().typed(scene, text)

    def expects(self, scene: Scene) -> Line:
        """Days, with examples."""
        return line("meetings/expects")


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What typed lines mean."""

    new: tuple[CouncilMeeting, ...] = ()
    known: tuple[CouncilMeeting, ...] = ()
    """Already there."""
    unread: tuple[str, ...] = ()
    """Lines that are no day, or no sure one."""


def too_old(scene: Scene, day: date) -> bool:
    """Whether the day is so long ago that a meeting on it would not be shown."""
    return day < scene.today - _BACK


def entered(scene: Scene, text: str, step: str) -> Move | None:
    """The typed days as meetings; what was there already and what was not understood is told.
    None when not a single line is a day; one doubtful line alone is asked back."""
    lines = _lines(text)
    if len(lines) == 1:
        return _single(scene, lines[0])
    if len(lines) > _MOST:
        return Move(step=step, hint=line("meetings/too_many", count=len(lines), most=_MOST))
    read = _read(scene, lines)
    if not read.new and not read.known:
        return None
    return Move(
        step=step if read.unread else "list",
        deeds=scheduled(scene, *read.new),
        hint=_told(read.new, read.known, read.unread),
    )


def _single(scene: Scene, text: str) -> Move | None:
    """A single line is read, and asked back, as on the card of the month."""
    there = replace(scene, position=replace(scene.position, step="add", args={}))
    move = PickDay.typed(_ADD, there, text)
    unread = move is None or (move.hint is not None and move.hint.key == "meetings/expects")
    return None if unread else move


def _lines(text: str) -> list[str]:
    parts = text.replace(";", "\n").splitlines()
    return [part.strip(" •*–-") for part in parts if part.strip(" •*–-")]


def _read(scene: Scene, lines: list[str]) -> Read:
    new: list[CouncilMeeting] = []
    known: list[CouncilMeeting] = []
    unread: list[str] = []
    for nth, text in enumerate(lines):
        reading = dates.read(text, scene.today)
        if not isinstance(reading, dates.Understood) or not _near(scene, reading.day):
            unread.append(text[:_LONGEST])
        elif there := twin((*scene.state.agenda.meetings, *new), reading.day, reading.start):
            known.append(there)
        else:
            id_ = MeetingId(derived_id(scene.state.fresh, str(nth)))
            new.append(CouncilMeeting(id=id_, day=reading.day, start=reading.start))
    return Read(new=tuple(new), known=tuple(dict.fromkeys(known)), unread=tuple(unread))


def _near(scene: Scene, day: date) -> bool:
    return not too_old(scene, day) and day <= scene.today + MOST_AHEAD


def _told(
    new: tuple[CouncilMeeting, ...] | list[CouncilMeeting],
    known: tuple[CouncilMeeting, ...] = (),
    unread: tuple[str, ...] = (),
) -> Line:
    """Everything with its weekday, so that a slip is seen."""
    if not known and not unread:
        return line("meetings/entered", meetings=list(new))
    return line("meetings/read", new=new, known=known, unread=unread)


_ADD = AddMeeting()
STEPS: dict[str, Step] = {"add": _ADD}

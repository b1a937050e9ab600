"""The first or last day of a body's name: usual days as buttons, others typed."""

from dataclasses import replace
from datetime import date, timedelta

from conversations.flows.council.names import body_in_hand, changed, named
from conversations.flows.council.parts import NAMES, profile_of
from conversations.flows.council.ways import staying
from conversations.flows.flow import Button, Card, Line, Move, Scene, Step, button, foot, line
from conversations.rules import dates, saying
from conversations.rules.bodies import lawful_since, renamed

_DAY = timedelta(days=1)
_AHEAD = timedelta(days=60)
_NEW, _SINCE, _UNTIL = "new", "since", "until"
_OPEN = {_NEW: "open_new", _SINCE: "open_since", _UNTIL: "open_until"}


class NameDay(Step):
    """From when a new name holds, or when the one in hand begins or ends."""

    def card(self, scene: Scene) -> Card:
        """The question, with the usual days."""
        which, body = _which(scene), body_in_hand(scene)
        now = None if body is None else (body.until if which == _UNTIL else body.since)
        said = line("council/name_day", which=which, name=_name(scene), now=now, today=scene.today)
        rows = tuple((one,) for one in _usual(scene, which))
        return Card(line=said, rows=(*rows, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """A usual day, none, or back."""
        match name:
            case "open_day":
                return self._take(scene, None)
            case "day":
                return self._take(scene, date.fromisoformat(value))
            case "back" if _which(scene) == _NEW:
                return Move(step="name_text", args=staying(scene))
            case "back":
                return Move(step="name", args=staying(scene, body=scene.text("body")))
        return None

    def typed(self, scene: Scene, text: str) -> Move | None:
        """A day, read strictly; one the calendar does not have is told."""
        match dates.read(text, scene.today):
            case dates.Understood(day=day):
                return self._take(scene, day)
            case dates.Impossible(day=wrong, month=month):
                return _asked(scene, line("dates/impossible", day=wrong, month=_month(month)))
            case dates.Contradicts(said=said, day=day):
                weekday = saying.long_day(date(2024, 1, 1) + said * _DAY, scene.language)
                words = weekday.partition(",")[0]
                return _asked(scene, line("dates/contradicts", said=words, day=day))
        return None

    def expects(self, scene: Scene) -> Line:
        """A date, with an example."""
        return line("dates/expects", example=scene.today + _AHEAD)

    def _take(self, scene: Scene, day: date | None) -> Move:
        which, body = _which(scene), body_in_hand(scene)
        if which == _NEW:
            return named(scene, renamed(profile_of(scene).bodies, _name(scene), day))
        if body is None:
            return Move(step=NAMES, args=staying(scene), hint=line("council/name_gone"))
        ends = (day, body.until) if which == _SINCE else (body.since, day)
        if ends[0] and ends[1] and ends[1] < ends[0]:
            return _asked(scene, line("council/day_order", since=ends[0], until=ends[1]))
        return changed(scene, lambda one: replace(one, since=ends[0], until=ends[1]))


def _usual(scene: Scene, which: str) -> tuple[Button, ...]:
    frame = scene.know.letters.texts.frame
    law, today = lawful_since(frame), scene.today
    if which == _UNTIL:
        days = [*([law - _DAY] if law else []), today]
        words = "until_day"
    else:
        days = [*([law] if law else []), today]
        words = "from_day"
    shown = ((day, saying.bare_day(day, scene.language)) for day in days)
    open_ = button("open_day", _OPEN[which])
    return (*(button(f"day:{day}", words, day=said) for day, said in shown), open_)


def _asked(scene: Scene, hint: Line) -> Move:
    return Move(step="name_day", args=scene.args, hint=hint)


def _which(scene: Scene) -> str:
    which = scene.text("day")
    return which if which in {_SINCE, _UNTIL} else _NEW


def _name(scene: Scene) -> str:
    body = body_in_hand(scene)
    return body.name if body else scene.text("text")


def _month(number: int) -> date:
    return date(2024, number, 1)


STEPS = {"name_day": NameDay()}

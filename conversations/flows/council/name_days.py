"""The first or last day of a body's name: usual days as buttons, others typed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from conversations.flows.council.names import body_in_hand, changed, named
from conversations.flows.council.parts import NAMES, profile_of
from conversations.flows.council.ways import staying
from conversations.flows.flow import Button, Card, Line, Move, Scene, Step, button, foot, line
from conversations.rules import dates, saying
from conversations.rules.bodies import lawful_since, renamed
from conversations.rules.profile import NamedBody

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
        since, until = _ends(body, which, day)
        if not _ordered(since, until):
            return _asked(scene, line("council/day_order", since=since, until=until))
        return changed(scene, lambda one: replace(one, since=since, until=until))


def _usual(scene: Scene, which: str) -> Iterator[Button]:
    """Where the law changed the name, and today, as far as the name's other end allows it."""
    law, body = lawful_since(scene.know.letters.texts.frame), body_in_hand(scene)
    last = which == _UNTIL
    for day in dict.fromkeys(((law - _DAY if last else law) if law else scene.today, scene.today)):
        if body is None or _ordered(*_ends(body, which, day)):
            said = saying.bare_day(day, scene.language)
            yield button(f"day:{day}", "until_day" if last else "from_day", day=said)
    yield button("open_day", _OPEN[which])


def _ends(body: NamedBody, which: str, day: date | None) -> tuple[date | None, date | None]:
    return (body.since, day) if which == _UNTIL else (day, body.until)


def _ordered(since: date | None, until: date | None) -> bool:
    return since is None or until is None or since <= until


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

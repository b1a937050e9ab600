"""A council's reminders: which kinds, how many days before the filing deadline, at which hour."""

from dataclasses import replace
from datetime import time

from conversations.flows.council.parts import REMINDING, administers, amended, profile_of
from conversations.flows.flow import Button, Card, Move, Row, Scene, Step, button, foot, line
from conversations.flows.placed import place_in_hand
from conversations.rules import saying
from conversations.rules.reminding import ReminderKind, Reminding

_DAYS = (28, 21, 14, 10, 7, 5, 3, 2, 1)
_MOST = 4
"""Reminders before one deadline; more would not be read."""
_HOURS = range(8, 20)


class OfCouncil(Step):
    """All settings at a glance, each with its way to change it."""

    def card(self, scene: Scene) -> Card:
        """Members read, admins change."""
        it, admin = profile_of(scene).reminding, administers(scene)
        said = line("reminding/council", place=place_in_hand(scene), it=it, admin=admin)
        rows: tuple[Row, ...] = ()
        if admin:
            kinds = [_kind(scene, kind) for kind in ReminderKind]
            ways = (button("days", "reminding_days"), button("hour", "reminding_hour"))
            rows = (*(tuple(kinds[n : n + 2]) for n in range(0, len(kinds), 2)), ways)
        onward = (button("own", "reminding_own"), button("home"))
        return Card(line=said, rows=(*rows, onward))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Switched at once, or to the question."""
        match name:
            case "own":
                return Move(step="own")
            case "home":
                return Move(flow="home", step="home")
        if not administers(scene):
            return Move(step="council")
        match name:
            case "kind":
                now = profile_of(scene).reminding
                return _set(scene, replace(now, kinds=now.kinds ^ {ReminderKind(value)}))
            case "days" | "hour":
                return Move(step=name)
        return None


class Days(Step):
    """How many days before the filing deadline."""

    def card(self, scene: Scene) -> Card:
        """Each a switch."""
        if not administers(scene):
            return OfCouncil().card(scene)
        now = profile_of(scene).reminding.days
        offered = sorted({*_DAYS, *now}, reverse=True)
        days = [_day(scene, day) for day in offered]
        rows = tuple(tuple(days[n : n + 3]) for n in range(0, len(days), 3))
        said = line("reminding/days", days=now)
        return Card(line=said, rows=(*rows, (button("done"),), *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Switched; one must be left, and no more than are read."""
        if name in {"done", "back"} or not administers(scene):
            return Move(step="council")
        if name != "day":
            return None
        now = profile_of(scene).reminding
        days = tuple(sorted({*now.days} ^ {int(value)}, reverse=True))
        if not 0 < len(days) <= _MOST:
            return Move(step="days", hint=line("reminding/days_limit", most=_MOST))
        return _set(scene, replace(now, days=days), "days")


class Hour(Step):
    """At which hour reminders come."""

    def card(self, scene: Scene) -> Card:
        """The hours of the day."""
        if not administers(scene):
            return OfCouncil().card(scene)
        hours = [
            button(f"at:{hour}", text=saying.clock(time(hour), scene.language)) for hour in _HOURS
        ]
        rows = tuple(tuple(hours[n : n + 3]) for n in range(0, len(hours), 3))
        said = line("reminding/hour", now=profile_of(scene).reminding.at)
        return Card(line=said, rows=(*rows, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Set."""
        if name == "back" or not administers(scene):
            return Move(step="council")
        if name != "at":
            return None
        return _set(scene, replace(profile_of(scene).reminding, at=time(int(value))))


def _set(scene: Scene, reminding: Reminding, step: str = "council") -> Move:
    new = replace(profile_of(scene), reminding=reminding)
    return amended(scene, REMINDING, new, Move(step=step))


def _kind(scene: Scene, kind: ReminderKind) -> Button:
    words = scene.know.texts.label(f"reminding_{kind}", scene.language)
    on = kind in profile_of(scene).reminding.kinds
    return button(f"kind:{kind}", "part_on" if on else "part_off", words=words)


def _day(scene: Scene, day: int) -> Button:
    key = "reminding_before" if day > 1 else "reminding_before_one"
    words = scene.know.texts.label(key, scene.language, days=day)
    on = day in profile_of(scene).reminding.days
    return button(f"day:{day}", "part_on" if on else "part_off", words=words)


STEPS: dict[str, Step] = {"council": OfCouncil(), "days": Days(), "hour": Hour()}

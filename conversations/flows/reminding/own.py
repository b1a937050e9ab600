"""What a person gets unasked: reminders in private or not, broadcasts, quiet hours, a pause."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from conversations.flows.calendar import PickDay
from conversations.flows.council.parts import administers, looking
from conversations.flows.flow import Card, Line, Move, Row, Scene, Step, button, foot, line
from conversations.planning.chances import local
from conversations.rules import saying
from conversations.rules.deadlines import BERLIN
from conversations.rules.reminding import OwnReminding

_WEEK = timedelta(days=7)
_FROM = range(16, 21)
_TO = range(8, 13)
"""The nights are quiet for everybody; a person may only have longer ones."""


class Own(Step):
    """All settings at a glance."""

    def card(self, scene: Scene) -> Card:
        """What comes in private now."""
        own, until = scene.member.reminding, paused(scene)
        said = line(
            "reminding/own",
            private=wanted(scene),
            by_role=own.private is None,
            own=own,
            until=until,
            stopped=scene.member.stopped is not None,
        )
        switch = button("private_off" if wanted(scene) else "private_on")
        pause = (
            button("resume_now", "reminding_on") if until else button("pause", "reminding_pause")
        )
        casts = button("own_casts_off" if own.broadcasts else "own_casts_on")
        quiet = (button("quiet_from", "reminding_from"), button("quiet_to", "reminding_to"))
        ways: Row = (button("council", "reminding_council"), button("settings"))
        return Card(line=said, rows=((switch,), (casts,), (pause,), quiet, ways, (button("home"),)))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Switched at once, or to the question."""
        match name:
            case "private_on" | "private_off":
                return _set(scene, private=name == "private_on")
            case "own_casts_on" | "own_casts_off":
                return _set(scene, broadcasts=name == "own_casts_on")
            case "resume_now":
                return _set(scene, paused=None)
            case "pause" | "quiet_from" | "quiet_to":
                return Move(step=name)
            case "council":
                return Move(step=name, args=looking(scene))
            case "settings" | "home":
                return Move(flow=name, step=name)
        return None


class Pause(PickDay):
    """Until which day nothing comes."""

    def ask(self, scene: Scene) -> Line:
        """Until when."""
        return line("reminding/pause", doubt=bool(scene.text("doubt")))

    def usual(self, scene: Scene) -> tuple[Row, ...]:
        """A week or four."""
        return ((button("weeks:1", "pause_week"), button("weeks:4", "pause_month")),)

    def take(self, scene: Scene, day: date, start: time | None) -> Move:
        """The day itself is the first with reminders again."""
        return _set(scene, paused=local(day))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Weeks, a day, another month, or back."""
        if name == "weeks":
            return self.take(scene, scene.today + int(value) * _WEEK, None)
        if name == "back" and not scene.text("doubt"):
            return Move(step="own")
        return super().pressed(scene, name, value)


class Quiet(Step):
    """From which hour, or until which hour nothing comes."""

    def __init__(self, part: str, hours: range, key: str) -> None:
        self._part, self._hours, self._key = part, hours, key

    def card(self, scene: Scene) -> Card:
        """The hours."""
        hours = [
            button(f"at:{hour}", text=saying.clock(time(hour), scene.language))
            for hour in self._hours
        ]
        now = getattr(scene.member.reminding, self._part)
        said = line(self._key, now=now)
        return Card(line=said, rows=(tuple(hours), *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Set."""
        match name:
            case "at":
                return _set(scene, **{self._part: time(int(value))})
            case "back":
                return Move(step="own")
        return None


def wanted(scene: Scene) -> bool:
    """Whether reminders come in private."""
    private = scene.member.reminding.private
    return administers(scene) if private is None else private


def paused(scene: Scene) -> datetime | None:
    """Until when nothing comes, in local time; None while it does."""
    until = scene.member.reminding.paused
    return until.astimezone(BERLIN) if until and until > scene.state.now else None


def _set(scene: Scene, **changes: object) -> Move:
    own: OwnReminding = replace(scene.member.reminding, **changes)  # type: ignore[arg-type]
    return Move(step="own", member=replace(scene.member, reminding=own))


STEPS: dict[str, Step] = {
    "own": Own(),
    "pause": Pause(),
    "quiet_from": Quiet("quiet_from", _FROM, "reminding/quiet_from"),
    "quiet_to": Quiet("quiet_to", _TO, "reminding/quiet_to"),
}

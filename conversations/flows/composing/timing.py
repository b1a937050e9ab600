"""When a broadcast begins: a day and an hour by day, at most ninety days ahead."""

from datetime import UTC, date, datetime, time, timedelta

from conversations.flows.calendar import PickDay
from conversations.flows.composing.kept import away, draft_of, gone, here
from conversations.flows.flow import Button, Card, Line, Move, Row, Scene, Step, button, foot, line
from conversations.planning.chances import local
from conversations.rules import saying
from conversations.rules.deadlines import BERLIN
from conversations.rules.filing import read_hour
from conversations.rules.sending_hours import FIRST, LAST, is_open, latest, opening

_IN_A_ROW = 4
_EVENING = time(18)


class WhichDay(PickDay):
    """A day from a month, or typed, with its hour if one was typed, too."""

    def ask(self, scene: Scene) -> Line:
        """Which day."""
        return line("composing/time", doubt=bool(scene.text("doubt")))

    def usual(self, scene: Scene) -> tuple[Row, ...]:
        """What is chosen most often."""
        evening = local(scene.today, _EVENING)
        tomorrow = local(scene.today + timedelta(days=1), FIRST)
        near = [one for one in (evening, tomorrow) if one > scene.state.now]
        return (tuple(_moment(scene, one) for one in near),)

    def others(self, scene: Scene) -> tuple[Row, ...]:
        """No moment after all."""
        return ((button("comp_untimed"),),) if scene.text("at") else ()

    def card(self, scene: Scene) -> Card:
        """The month."""
        return super().card(scene) if draft_of(scene) else gone()

    def take(self, scene: Scene, day: date, start: time | None) -> Move:
        """On to the hour, or back to the last question with both."""
        one = draft_of(scene)
        assert one is not None
        if local(day) > latest(scene.state.now):
            return _too_far(scene, day)
        if start is None:
            return Move(step="hour", args={**here(scene, one), "day": day.isoformat()})
        return planned(scene, day, start)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """A moment, a day, another month, or back."""
        one = draft_of(scene)
        if one is None:
            return away(name)
        if name == "at":
            return _at(scene, value)
        if name == "comp_untimed":
            return Move(step="confirm", args={"id": one.id})
        if name == "back" and not scene.text("doubt"):
            return Move(step="confirm", args=here(scene, one))
        return super().pressed(scene, name, value)

    def typed(self, scene: Scene, text: str) -> Move | None:
        """A day, a day and an hour, or an hour alone: the next time it strikes."""
        if draft_of(scene) is None:
            return None
        move = super().typed(scene, text)
        if move is None and (start := read_hour(text)):
            over = local(scene.today, start) <= scene.state.now
            return planned(scene, scene.today + timedelta(days=over), start)
        return move

    def expects(self, scene: Scene) -> Line:
        """Both, with an example."""
        return line("composing/expects_time")


class WhichHour(Step):
    """The hour of the chosen day."""

    def card(self, scene: Scene) -> Card:
        """Each full hour by day that lies ahead; the nearest one for one that does not."""
        if draft_of(scene) is None:
            return gone()
        day, near = _day(scene), scene.text("near")
        hours = [time(hour) for hour in range(FIRST.hour, LAST.hour)]
        ahead = [at for at in hours if local(day, at) > scene.state.now]
        buttons = [button(f"hour:{at:%H.%M}", text=f"{at:%H:%M}") for at in ahead]
        rows = (tuple(buttons[nth : nth + _IN_A_ROW]) for nth in range(0, len(ahead), _IN_A_ROW))
        nearest: Row = (_moment(scene, datetime.fromisoformat(near)),) if near else ()
        return Card(line=line("composing/hour", day=day), rows=(nearest, *rows, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """An hour, or another day."""
        one = draft_of(scene)
        if one is None:
            return away(name)
        match name:
            case "hour":
                return planned(scene, _day(scene), time.fromisoformat(value.replace(".", ":")))
            case "at":
                return _at(scene, value)
        return Move(step="time", args=here(scene, one))

    def typed(self, scene: Scene, text: str) -> Move | None:
        """An hour such as "17 Uhr" or "17:30"."""
        start = read_hour(text)
        return planned(scene, _day(scene), start) if start and draft_of(scene) else None

    def expects(self, scene: Scene) -> Line:
        """An hour."""
        return line("dates/expects_time")


def planned(scene: Scene, day: date, start: time) -> Move:
    """Back to the last question with that moment; one at night or over gets the nearest one."""
    one = draft_of(scene)
    assert one is not None
    moment, now = local(day, start), scene.state.now
    if moment > latest(now):
        return _too_far(scene, day)
    if moment > now and is_open(moment):
        return Move(step="confirm", args={**here(scene, one), "at": moment.isoformat()})
    near = opening(max(moment, now))
    hint = line("composing/night" if moment > now else "composing/over")
    shown = {"near": near.isoformat()} if near > now else {}
    args = {**here(scene, one), "day": max(day, scene.today).isoformat(), **shown}
    return Move(step="hour", args=args, hint=hint)


def _too_far(scene: Scene, day: date) -> Move:
    last = latest(scene.state.now).astimezone(BERLIN)
    args = {key: value for key, value in scene.args.items() if key in {"id", "at"}}
    return Move(step="time", args=args, hint=line("composing/too_far", day=day, last=last))


def _at(scene: Scene, value: str) -> Move:
    moment = datetime.fromtimestamp(int(value), UTC).astimezone(BERLIN)
    return planned(scene, moment.date(), moment.time())


def _moment(scene: Scene, moment: datetime) -> Button:
    there = moment.astimezone(BERLIN)
    words = (
        f"{saying.day(there.date(), scene.language)}, {saying.clock(there.time(), scene.language)}"
    )
    return button(f"at:{int(moment.timestamp())}", text=words)


def _day(scene: Scene) -> date:
    day = scene.text("day")
    return max(date.fromisoformat(day), scene.today) if day else scene.today


STEPS: dict[str, Step] = {"time": WhichDay(), "hour": WhichHour()}

"""A meeting changes: another day, another hour, another place; or it is taken out."""

from dataclasses import replace
from datetime import date, time

from conversations.deeds import Schedule
from conversations.flows.calendar import PickDay
from conversations.flows.flow import Card, Line, Move, Row, Scene, Step, button, foot, line
from conversations.flows.meetings.adding import TOO_OLD, too_old
from conversations.flows.meetings.shown import back_to, chosen, council, gone, scheduled
from conversations.rules.filing import read_hour
from conversations.rules.schedule import changed_by_hand, twin

_HOURS = ("15:00", "16:00", "17:00", "18:00")
_MOST = 200
"""Characters of a place."""


class MoveDay(PickDay):
    """The meeting's new day; an hour typed with it counts, too."""

    any_day = True

    def card(self, scene: Scene) -> Card:
        """The month of its present day."""
        return super().card(scene) if chosen(scene) else gone()

    def ask(self, scene: Scene) -> Line:
        """To which day."""
        return line("meetings/move", one=chosen(scene), doubt=bool(scene.text("doubt")))

    def near(self, scene: Scene) -> date | None:
        """Its present day."""
        one = chosen(scene)
        return one.day if one else None

    def take(self, scene: Scene, day: date, start: time | None) -> Move:
        """Moved, unless another meeting is there already."""
        one = chosen(scene)
        if one is None:
            return Move(step="list")
        if too_old(scene, day):
            return Move(step="move", args={"meeting": one.id}, hint=line(TOO_OLD))
        others = [other for other in scene.state.agenda.meetings if other.id != one.id]
        if there := twin(others, day, start or one.start):
            hint = line("meetings/known", meetings=[there])
            return Move(step="move", args={"meeting": one.id}, hint=hint)
        now = changed_by_hand(replace(one, day=day, start=start or one.start))
        hint = line("meetings/moved", old=one, new=now)
        return back_to(now, deeds=scheduled(scene, now), hint=hint)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """A day, another month, or back."""
        one = chosen(scene)
        if one is None or name == "meet_list":
            return Move(step="list")
        if name == "back" and not scene.text("doubt"):
            return back_to(one)
        return super().pressed(scene, name, value)


class Hour(Step):
    """When the meeting begins."""

    def card(self, scene: Scene) -> Card:
        """The council's usual hours, or typed."""
        one = chosen(scene)
        if one is None:
            return gone()
        hours = tuple(button(f"hour:{at}", text=at) for at in _usual(scene))
        none: Row = (button("meet_no_hour"),)
        return Card(line=line("meetings/hour", one=one), rows=(hours, none, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """An hour, none, or as it was."""
        one = chosen(scene)
        if one is None:
            return Move(step="list")
        match name:
            case "hour":
                return self._take(scene, time.fromisoformat(value))
            case "meet_no_hour":
                return self._take(scene, None)
        return _out(scene)

    def typed(self, scene: Scene, text: str) -> Move | None:
        """An hour such as "17 Uhr" or "17:30"."""
        start = read_hour(text)
        return self._take(scene, start) if start and chosen(scene) else None

    def expects(self, scene: Scene) -> Line:
        """An hour."""
        return line("dates/expects_time")

    def _take(self, scene: Scene, start: time | None) -> Move:
        one = chosen(scene)
        assert one is not None
        now = replace(one, start=start)
        if now == one:
            return _out(scene)
        now = changed_by_hand(now)
        hint = line("meetings/entered", meetings=[now])
        return replace(_out(scene), deeds=scheduled(scene, now), hint=hint)


def _usual(scene: Scene) -> list[str]:
    """The hours of other meetings first, then common ones; four in all, rising."""
    known = [f"{one.start:%H:%M}" for one in reversed(scene.state.agenda.meetings) if one.start]
    return sorted(list(dict.fromkeys((*known, *reversed(_HOURS))))[: len(_HOURS)])


def _out(scene: Scene) -> Move:
    """Back to where the hour was asked: after adding to the list, else to the meeting."""
    one = chosen(scene)
    return Move(step="list") if scene.args.get("added") or one is None else back_to(one)


class WhichPlace(Step):
    """Where the council meets."""

    def card(self, scene: Scene) -> Card:
        """The question; what is known can be taken out."""
        one = chosen(scene)
        if one is None:
            return gone()
        rows = ((button("clear"),),) if one.place else ()
        return Card(line=line("meetings/place", one=one), rows=(*rows, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """None any more, or as it was."""
        one = chosen(scene)
        if one is None:
            return Move(step="list")
        return self._take(scene, "") if name == "clear" else back_to(one)

    def typed(self, scene: Scene, text: str) -> Move | None:
        """The place, on one line."""
        place = " ".join(text.split())
        if chosen(scene) is None:
            return None
        if len(place) > _MOST:
            hint = line("entry/too_long", count=len(place), most=_MOST)
            return Move(step="place", args=scene.args, hint=hint)
        return self._take(scene, place)

    def expects(self, scene: Scene) -> Line:
        """A place, with an example."""
        return line("meetings/expects_place")

    def _take(self, scene: Scene, place: str) -> Move:
        one = chosen(scene)
        assert one is not None
        now = replace(one, place=place)
        hint = line("meetings/placed", one=now)
        return back_to(now, deeds=scheduled(scene, now), hint=hint)


class Delete(Step):
    """The question before a meeting is taken out."""

    def card(self, scene: Scene) -> Card:
        """What is the difference to a cancellation."""
        one = chosen(scene)
        if one is None:
            return gone()
        rows = ((button("meet_delete_yes"), button("meet_delete_no")),)
        return Card(line=line("meetings/delete", one=one), rows=rows)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Taken out, or nothing happened."""
        one = chosen(scene)
        if one is None:
            return Move(step="list")
        if name != "meet_delete_yes":
            return back_to(one)
        deed = Schedule(council=council(scene), dropped=(one.id,))
        return Move(step="list", deeds=(deed,), hint=line("meetings/deleted", one=one))


STEPS: dict[str, Step] = {
    "move": MoveDay(),
    "hour": Hour(),
    "place": WhichPlace(),
    "delete": Delete(),
}

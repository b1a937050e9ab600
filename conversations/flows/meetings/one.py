"""One meeting: what is known of it, and what its council's Ratsadmins can change at one press."""

from dataclasses import replace

from conversations.agenda import CouncilMeeting, KimItem, Origin
from conversations.flows.flow import Card, Move, Row, Scene, Step, button, line
from conversations.flows.meetings.shown import back_to, chosen, gone, scheduled, shown
from conversations.rules.schedule import changed_by_hand

_KIM = {
    "meet_listed": KimItem.LISTED,
    "meet_postponed": KimItem.POSTPONED,
    "meet_unlisted": KimItem.UNKNOWN,
}
_STEPS = {"meet_move": "move", "meet_hour": "hour", "meet_place": "place", "meet_delete": "delete"}


class OneMeeting(Step):
    """Day, hour, place, deadline, and whether KIM is on the agenda."""

    def card(self, scene: Scene) -> Card:
        """All of it; admins change."""
        one = chosen(scene)
        if one is None:
            return gone()
        said = line("meetings/one", one=shown(scene, one), admin=scene.state.administers)
        rows = _changes(scene, one) if scene.state.administers else ()
        return Card(line=said, rows=(*rows, (button("meet_list"),)))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """A change at once, or on to its question."""
        one = chosen(scene)
        if one is None or not scene.state.administers or name == "meet_list":
            return Move(step="list" if one is None or one.day >= scene.today else "past")
        if name in _STEPS:
            return Move(step=_STEPS[name], args={"meeting": one.id})
        if name in _KIM:
            now = replace(one, kim=_KIM[name])
            said = line("meetings/kim", day=one.day, kim=now.kim)
            return back_to(now, deeds=scheduled(scene, now), hint=said)
        if name in {"meet_cancel", "meet_restore"}:
            now = changed_by_hand(replace(one, cancelled=name == "meet_cancel"))
            said = line("meetings/cancelled", day=one.day, cancelled=now.cancelled)
            return back_to(now, deeds=scheduled(scene, now), hint=said)
        return None


def _changes(scene: Scene, one: CouncilMeeting) -> tuple[Row, ...]:
    """What makes sense for it. A meeting of a calendar that is followed would come back."""
    delete: Row = () if one.origin is Origin.FEED else (button("meet_delete"),)
    if one.cancelled:
        return ((button("meet_restore"),), delete)
    return (
        *(_kim(one) if one.day >= scene.today else ()),
        (button("meet_move"), button("meet_hour")),
        (button("meet_place"), button("meet_cancel")),
        delete,
    )


def _kim(one: CouncilMeeting) -> tuple[Row, ...]:
    ways = [key for key, kim in _KIM.items() if kim is not one.kim]
    return tuple((button(key),) for key in ways if key != "meet_unlisted" or len(ways) == 2)


STEPS: dict[str, Step] = {"one": OneMeeting()}

"""The person's own seats: which council is in hand, and leaving it."""

from dataclasses import replace

from conversations.core import State
from conversations.deeds import Leave
from conversations.flows.flow import Button, Card, Flow, Move, Row, Scene, Step, button, line
from conversations.flows.naming import in_hand
from conversations.flows.pages import page
from conversations.flows.people.shown import alone
from conversations.flows.placed import place_in_hand, place_name
from conversations.standing import Seat

_PAGE = 10


class Switch(Step):
    """Which council is in hand."""

    def card(self, scene: Scene) -> Card:
        """One button per council, the one in hand marked."""
        seats = scene.state.standing.seats
        now, turns = page(scene, seats, _PAGE)
        rows: tuple[Row, ...] = tuple((_choice(scene, seat),) for seat in now)
        said = line("seats/switch", place=place_in_hand(scene), count=len(seats))
        shown = (*rows, turns) if len(seats) > 1 else ()
        return Card(line=said, rows=(*shown, (button("leave"), button("home"))))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """In hand from now on; a seat that ended meanwhile is none."""
        match name:
            case "page":
                return Move(step="switch", args={"page": value})
            case "leave":
                return Move(step="leave")
            case "home":
                return Move(flow="home", step="home")
        seat = scene.state.standing.seat(value)
        if seat is None:
            return Move(step="switch")
        member = replace(scene.member, active=seat.council)
        hint = line("seats/switched", place=place_name(scene, seat.ags))
        return Move(flow="home", step="home", member=member, drop_draft=True, hint=hint)


class LeaveCouncil(Step):
    """The question before a person leaves the council in hand."""

    def card(self, scene: Scene) -> Card:
        """What the person loses, what stays; louder for the only Ratsadmin."""
        seat, council = scene.state.seat, in_hand(scene)
        said = line(
            "seats/leave",
            body=council.body if council else "",
            place=place_in_hand(scene),
            alone=scene.state.administers and alone(scene, scene.state.person),
        )
        several = len(scene.state.standing.seats) > 1
        yes = (button(f"leave_yes:{seat.council if seat else ''}"), button("leave_no"))
        return Card(line=said, rows=(yes, (button("switch"),) if several else ()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Gone, or all as it was."""
        if name == "switch":
            return Move(step="switch")
        seat = scene.state.standing.seat(value)
        if name != "leave_yes" or seat is None:
            return Move(flow="home", step="home", hint=line("seats/stayed"))
        member = replace(scene.member, active="")
        hint = line("seats/left", place=place_name(scene, seat.ags))
        deeds = (Leave(council=seat.council),)
        home = Move(flow="home", step="home", member=member, deeds=deeds, hint=hint)
        return replace(home, drop_draft=True)


def _choice(scene: Scene, seat: Seat) -> Button:
    mark = "● " if seat == scene.state.seat else ""
    return button(f"hand:{seat.council}", text=mark + place_name(scene, seat.ags))


def _seated(state: State) -> bool:
    return bool(state.standing.seats)


FLOW = Flow(
    name="seats",
    steps={"switch": Switch(), "leave": LeaveCouncil()},
    first="switch",
    open_to=_seated,
)

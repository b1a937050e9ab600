"""Between the dialogues: what can be done next."""

from conversations.core import DraftState
from conversations.deeds import is_admin
from conversations.flows.drafting import resumed
from conversations.flows.flow import Card, Flow, Line, Move, Row, Scene, Step, button, line
from conversations.flows.naming import in_hand
from conversations.flows.privacy import switched

_WAYS = {
    "write": ("papers", "paper"),
    "drafts": ("drafts", "list"),
    "settings": ("settings", "settings"),
    "home_meetings": ("meetings", "list"),
    "home_council": ("council", "profile"),
    "status": ("status", "status"),
    "home_people": ("people", "list"),
    "home_instance": ("instance", "councils"),
    "privacy": ("privacy", "privacy"),
}


class Home(Step):
    """The greeting card."""

    def card(self, scene: Scene) -> Card:
        """The ways on; the latest draft first when there is one."""
        if not scene.know.house.admits(scene.state.standing):
            rows = ((button("privacy"), button("settings")), (button("help"),))
            return Card(line=line("home/outside"), rows=rows)
        drafts = [d for d in scene.state.drafts if d.state is DraftState.OPEN][:1]
        rows = (
            tuple(button(f"resume:{d.id}", text="▶ " + d.title) for d in drafts),
            (button("write"), button("drafts")),
            *_council_rows(scene),
            *(((button("messages_on"),),) if scene.member.stopped else ()),
            (button("settings"), button("help")),
        )
        return Card(line=_greeting(scene), rows=rows)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """On to the dialogue of the button."""
        match name:
            case "resume":
                draft = next((d for d in scene.state.drafts if d.id == value), None)
                return resumed(scene, draft) if draft else None
            case "messages_on":
                return switched(scene, Move(step="home"))
        flow, step = _WAYS.get(name, ("", ""))
        return Move(flow=flow, step=step) if flow else None


def _greeting(scene: Scene) -> Line:
    seat = scene.seat
    return line(
        "home/home",
        council=in_hand(scene),
        admin=seat is not None and is_admin(scene.state.standing, seat.council),
        stopped=scene.member.stopped is not None,
    )


def _council_rows(scene: Scene) -> tuple[Row, ...]:
    """A council's people and admins, and the operators, have ways of their own."""
    seat, standing = scene.seat, scene.state.standing
    admin = seat is not None and is_admin(standing, seat.council)
    council: Row = (button("home_council"),) if seat else ()
    ahead: Row = (button("status", "home_status"), button("home_meetings")) if seat else ()
    people: Row = (button("home_people"),) if admin else ()
    instance: Row = (button("home_instance"),) if standing.operator else ()
    return tuple(row for row in (ahead, council + people, instance) if row)


FLOW = Flow(name="home", steps={"home": Home()}, first="home")

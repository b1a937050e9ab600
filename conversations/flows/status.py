"""How the council in hand stands, and the ways on from there."""

from conversations.core import State
from conversations.facts import CouncilFacts
from conversations.flows.council.parts import administers, council_of, looking
from conversations.flows.flow import Card, Flow, Line, Move, Row, Scene, Step, button, line
from conversations.rules.explaining import explain
from conversations.status import Status, status_of

_WAYS = {
    "write": ("papers", "paper"),
    "reports": ("reports", "list"),
    "filed": ("filed", "list"),
    "meetings": ("meetings", "list"),
    "chats": ("chats", "list"),
    "home": ("home", "home"),
}


class Overview(Step):
    """Clock, next meeting and deadline, open papers, what comes next."""

    def card(self, scene: Scene) -> Card:
        """All at a glance."""
        it = _status(scene)
        said = line("status/status", it=it, admin=administers(scene))
        return Card(line=said, rows=_rows(it, admin=administers(scene)))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """How the deadline was counted, or on."""
        if name == "how_counted":
            return Move(step="status", hint=_counted(_status(scene)))
        if name == "reminding":
            return Move(flow="reminding", step="council", args=looking(scene))
        flow, step = _WAYS.get(name, ("", ""))
        return Move(flow=flow, step=step) if flow else None


def _status(scene: Scene) -> Status:
    agenda = scene.state.agenda
    return status_of(
        scene.know,
        CouncilFacts.of(council_of(scene), agenda),
        scene.state.now,
        coming=agenda.coming,
        source=agenda.source,
    )


def _rows(it: Status, *, admin: bool) -> tuple[Row, ...]:
    chats = (button("chats", "status_chats"),) if admin else ()
    counted = (button("how_counted"),) if it.chance and it.chance.deadline else ()
    return (
        (button("write"), *counted),
        (button("reports", "status_reports"), button("filed", "status_filed")),
        (button("meetings", "status_meetings"), button("reminding", "status_reminding")),
        (*chats, button("home")),
    )


def _counted(it: Status) -> Line | None:
    """The way from the meeting to the deadline, in words."""
    if it.chance is None or it.rule.count is None:
        return None
    found = explain(it.chance.meeting.day, it.rule.count, it.rule.checked)
    return line("rules/explained", it=found, sending=False)


def _seated(state: State) -> bool:
    return state.council is not None


FLOW = Flow(name="status", steps={"status": Overview()}, first="status", open_to=_seated)

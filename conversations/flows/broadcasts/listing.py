"""The list of broadcasts: what is under way first, then drafts, then what is over."""

from collections.abc import Sequence

from conversations.broadcasts import OPEN, Broadcast, Stage
from conversations.broadcasts.telling import local, title
from conversations.flows.broadcasts.shown import entry, opened
from conversations.flows.flow import Card, Move, Row, Scene, Step, button, line
from conversations.flows.pages import page

_PAGE = 6


class Listed(Step):
    """All broadcasts one may see, and the ways to a new one."""

    def card(self, scene: Scene) -> Card:
        """One button each."""
        known = _sorted(scene.state.broadcasts.known)
        now, turns = page(scene, known, _PAGE)
        shown = [
            (one, title(scene.know, one, scene.language), local(one.due or one.ended))
            for one in now
        ]
        ways: Row = (button("cast_new"), button("cast_template"))
        rows = (
            ways,
            *((entry(scene, one),) for one in now),
            turns,
            (button("home"), button("help")),
        )
        said = line("broadcasts/list", shown=shown, operator=scene.state.standing.operator)
        return Card(line=said, rows=rows)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """One of them, another page, or a new one."""
        match name:
            case "open":
                one = scene.state.broadcasts.one(value)
                return opened(scene, one) if one else Move(step="list")
            case "page":
                return Move(step="list", args={"page": value})
            case "cast_new":
                return Move(flow="composing", step="text")
            case "cast_template":
                return Move(flow="composing", step="template")
            case "home":
                return Move(flow="home", step="home")
        return None


def _sorted(known: Sequence[Broadcast]) -> list[Broadcast]:
    """What is under way first, then drafts; the newest first among each."""
    return sorted(known, key=lambda one: (one.stage not in OPEN, one.stage is not Stage.DRAFT))


STEPS: dict[str, Step] = {"list": Listed()}

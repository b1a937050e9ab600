"""Between the dialogues: what can be done next."""

from conversations.core import DraftState
from conversations.flows.drafting import resumed
from conversations.flows.flow import Card, Flow, Move, Scene, Step, button, line


class Home(Step):
    """The greeting card."""

    def card(self, scene: Scene) -> Card:
        """The ways on; the latest draft first when there is one."""
        drafts = [d for d in scene.state.drafts if d.state is DraftState.OPEN][:1]
        rows = (
            tuple(button(f"resume:{d.id}", text="▶ " + d.title) for d in drafts),
            (button("write"), button("drafts")),
            (button("settings"), button("help")),
        )
        return Card(line=line("home/home", name=scene.member.sender.name), rows=rows)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """On to the dialogue of the button."""
        match name:
            case "resume":
                draft = next((d for d in scene.state.drafts if d.id == value), None)
                return resumed(draft) if draft else None
            case "write":
                return Move(flow="papers", step="paper")
            case "drafts":
                return Move(flow="drafts", step="list")
            case "settings":
                return Move(flow="settings", step="settings")
        return None


FLOW = Flow(name="home", steps={"home": Home()}, first="home")

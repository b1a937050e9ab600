"""A broadcast in words and on buttons, the one that a card is about, and the card that suits it."""

from conversations.broadcasts import Broadcast, Stage
from conversations.broadcasts.telling import title
from conversations.core import State
from conversations.deeds import is_admin
from conversations.flows.flow import Args, Button, Card, Move, Scene, button, line

_SIGNS = {
    Stage.DRAFT: "✎",
    Stage.CHECK: "❓",
    Stage.WAITING: "⏰",
    Stage.RUNNING: "▶",
    Stage.PAUSED: "⏸",
    Stage.DONE: "✓",
    Stage.CANCELLED: "✗",
}


def open_to(state: State) -> bool:
    """Broadcasts are for operators, and for admins of the council in hand."""
    return state.standing.operator or state.administers


def chosen(scene: Scene) -> Broadcast | None:
    """The broadcast the card is about, if it is still there."""
    return scene.state.broadcasts.one(scene.text("id"))


def gone() -> Card:
    """Instead of a broadcast that is not there (any more) or nobody's business here."""
    return Card(line=line("broadcasts/gone"), rows=((button("casts"),), (button("home"),)))


def entry(scene: Scene, one: Broadcast) -> Button:
    """The button of a broadcast."""
    words = title(scene.know, one, scene.language)
    return button(f"open:{one.id}", text=f"{_SIGNS[one.stage]} {words}")


def is_mine(scene: Scene, one: Broadcast) -> bool:
    """Whether the person wrote it."""
    return one.author == scene.state.person


def speaks(scene: Scene, one: Broadcast) -> bool:
    """Whether the person may change what it says: an operator's own to all, an admin's to the
    council. Others may only steer it."""
    standing = scene.state.standing
    return is_admin(standing, one.council) if one.council else standing.operator


def opened(scene: Scene, one: Broadcast) -> Move:
    """To the card that suits where it stands: written on, checked, or looked at."""
    args: Args = {"id": one.id}
    if one.stage is Stage.DRAFT:
        return Move(flow="composing", step="draft", args=args, drop_draft=True)
    if one.stage is Stage.CHECK and not is_mine(scene, one):
        seen = {**args, "revision": one.revision}
        return Move(flow="composing", step="check", args=seen, drop_draft=True)
    return Move(flow="broadcasts", step="one", args=args, drop_draft=True)


def excerpt(text: str, most: int) -> str:
    """The beginning of a text."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"

"""The list of the council's chats."""

from conversations.agenda import LinkedChat
from conversations.flows.chats.shown import title_of
from conversations.flows.flow import Card, Move, Scene, Step, button, line
from conversations.flows.pages import page
from conversations.flows.placed import place_in_hand

_PAGE = 8


class Everything(Step):
    """All chats: linked, waiting for a yes, out of reach."""

    def card(self, scene: Scene) -> Card:
        """One button each, page by page."""
        chats = scene.state.agenda.chats
        now, turns = page(scene, chats, _PAGE)
        said = line(
            "chats/list",
            place=place_in_hand(scene),
            chats=[(one, title_of(one)) for one in now],
            count=len(chats),
        )
        rows = (
            *((button(f"chat:{one.id}", text=_label(one)),) for one in now),
            turns,
            (button("chat_add"),),
            (button("home"),),
        )
        return Card(line=said, rows=rows)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """One chat, a new one, or on."""
        match name:
            case "chat":
                one = next((c for c in scene.state.agenda.chats if c.id == value), None)
                waits = one is not None and not one.confirmed
                return Move(step="confirm" if waits else "chat", args={"chat": value})
            case "page":
                return Move(step="list", args={"page": value})
            case "chat_add":
                return Move(step="add")
            case "home":
                return Move(flow="home", step="home")
        return None


def _label(one: LinkedChat) -> str:
    mark = "⚠ " if one.disabled else "" if one.confirmed else "? "
    return f"{mark}{title_of(one)}"


STEPS = {"list": Everything()}

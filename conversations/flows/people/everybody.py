"""The list of the council's people."""

from conversations.flows.flow import Card, Move, Scene, Step, button, line
from conversations.flows.pages import page
from conversations.flows.people.shown import name_of, shown
from conversations.flows.placed import place_in_hand
from conversations.standing import Role

_PAGE = 10


class Everybody(Step):
    """Everybody of the council, Ratsadmins first."""

    def card(self, scene: Scene) -> Card:
        """One button each, page by page."""
        people = scene.state.desk.colleagues
        now, turns = page(scene, people, _PAGE)
        said = line(
            "people/list",
            place=place_in_hand(scene),
            people=[shown(scene, one) for one in now],
            count=len(people),
            admins=sum(one.role is Role.ADMIN for one in people),
        )
        rows = (
            *((button(f"person:{one.person}", text=name_of(scene, one)),) for one in now),
            turns,
            (button("invite"), button("term")),
            (button("records"), button("home")),
        )
        return Card(line=said, rows=rows)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """One person, or what concerns all."""
        match name:
            case "person":
                return Move(step="person", args={"person": value})
            case "page":
                return Move(step="list", args={"page": value})
            case "invite":
                return Move(flow="invitations", step="list")
            case "records":
                return Move(flow="records", step="list")
            case "term":
                return Move(step="term")
            case "home":
                return Move(flow="home", step="home")
        return None


STEPS = {"list": Everybody()}

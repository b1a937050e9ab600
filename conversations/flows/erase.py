"""Erasing everything about a person: asked once, then done at once."""

from conversations.flows.flow import Card, Flow, Move, Scene, Step, button, line
from conversations.standing import Role


class Ask(Step):
    """The question before."""

    def card(self, scene: Scene) -> Card:
        """What goes, what stays with the council, and that nothing comes back."""
        seats = scene.state.standing.seats
        admin = any(seat.role is Role.ADMIN for seat in seats)
        said = line("erase/ask", seats=bool(seats), admin=admin)
        return Card(line=said, rows=((button("erase_yes"), button("erase_no")),))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Gone, or nothing happened."""
        if name == "erase_yes":
            return Move(step="ask", erase=True)
        return Move(flow="home", step="home", hint=line("erase/kept"))


FLOW = Flow(name="erase", steps={"ask": Ask()}, first="ask")

"""Erasing everything about a person: asked once, then done at once."""

from conversations.core import State
from conversations.flows.flow import Card, Flow, Line, Move, Scene, Step, button, line
from conversations.standing import Role


class Ask(Step):
    """The question before."""

    def card(self, scene: Scene) -> Card:
        """What goes, what stays with the council, and that nothing comes back."""
        rows = ((button("erase_yes"), button("erase_no")),)
        return Card(line=asked(scene.state), rows=rows)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Gone, or nothing happened."""
        if name == "erase_yes":
            return Move(step="ask", erase=True)
        return Move(flow="home", step="home", hint=line("erase/kept"))


def asked(state: State) -> Line:
    """The question, for this person; louder for who may be a council's only Ratsadmin."""
    return line("erase/ask", seats=bool(state.standing.seats), warned=_warned(state))


def _warned(state: State) -> bool:
    """Whether a council may be left without a Ratsadmin: only the one in hand can be looked at."""
    admin = [seat for seat in state.standing.seats if seat.role is Role.ADMIN]
    second = any(
        one.role is Role.ADMIN and one.reachable and one.person != state.person
        for one in state.desk.colleagues
    )
    return bool(admin) and not (admin == [state.seat] and second)


FLOW = Flow(name="erase", steps={"ask": Ask()}, first="ask")

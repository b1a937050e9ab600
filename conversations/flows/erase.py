"""Erasing everything about a person: asked once, then done at once."""

from conversations.flows.flow import Card, Flow, Move, Scene, Step, button, line


class Ask(Step):
    """The question before."""

    def card(self, scene: Scene) -> Card:
        """What goes, and that it does not come back."""
        return Card(line=line("erase/ask"), rows=((button("erase_yes"), button("erase_no")),))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Gone, or nothing happened."""
        if name == "erase_yes":
            return Move(step="ask", erase=True)
        return Move(flow="home", step="home", hint=line("erase/kept"))


FLOW = Flow(name="erase", steps={"ask": Ask()}, first="ask")

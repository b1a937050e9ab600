"""The profile card: what is known of the council in hand."""

from conversations.flows.flow import Card, Move, Scene, Step, button, line


class Profile(Step):
    """The council in hand."""

    def card(self, scene: Scene) -> Card:
        """What is known of it."""
        return Card(line=line("council/profile"), rows=((button("home"),),))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Home."""
        return Move(flow="home", step="home") if name == "home" else None


STEPS = {"profile": Profile()}

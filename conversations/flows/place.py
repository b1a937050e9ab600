"""Asking for a municipality by its name, typing errors forgiven, twins asked about."""

from conversations.flows.flow import Card, Line, Move, Scene, Step, button, foot, line
from conversations.rules.municipalities import Match, Municipality, Tie


class FindPlace(Step):
    """The municipality, found by typing. Subclasses say what follows."""

    def placed(self, scene: Scene, place: Municipality) -> Move | None:
        """What follows from a municipality."""
        raise NotImplementedError

    def back(self, scene: Scene) -> Move | None:
        """Back to where the question was asked from."""
        raise NotImplementedError

    def ask(self, scene: Scene, ties: int) -> Line:
        """The question; with ties, which of the candidates is meant."""
        return line("papers/place", ties=ties)

    def card(self, scene: Scene) -> Card:
        """The question, or the candidates of a tie."""
        found = (scene.know.register.get(key) for key in scene.text("ties").split())
        places = [place for place in found if place is not None]
        named = scene.know.letters.named
        rows = tuple((button(f"ags:{place.ags}", text=named(place)),) for place in places)
        return Card(line=self.ask(scene, len(rows)), rows=(*rows, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """One of the candidates."""
        if name == "back":
            return self.back(scene)
        place = scene.know.register.get(value)
        return self.placed(scene, place) if place else None

    def typed(self, scene: Scene, text: str) -> Move | None:
        """A name, typing errors forgiven."""
        step = scene.position.step
        match scene.know.register.search(text):
            case Match(municipality=place):
                return self.placed(scene, place)
            case Tie(candidates=candidates):
                ties = " ".join(place.ags for place in candidates)
                return Move(step=step, args={**scene.args, "ties": ties})
            case None:
                hint = line("papers/unknown_place", typed=text[:60])
                return Move(step=step, args={**scene.args, "ties": ""}, hint=hint)

    def expects(self, scene: Scene) -> Line:
        """A name."""
        return line("papers/expects_place")

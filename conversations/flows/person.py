"""Asking for a person by name: "Frau Aylin Demir", or the name and then the form of address."""

from conversations.flows.entry import LINE, Entry, with_foot
from conversations.flows.flow import Card, Line, Move, Scene, button, line
from conversations.rules import dates
from conversations.rules.answers import Address, Person

_FORMS = {"frau": Address.FRAU, "herr": Address.HERR, "herrn": Address.HERR}
_FORMS |= {"mrs": Address.FRAU, "ms": Address.FRAU, "mr": Address.HERR}


class AskPerson(Entry):
    """Somebody a letter addresses. Subclasses say the question and where the person goes."""

    most = LINE

    def question(self, scene: Scene) -> Card:
        """The question for the name."""
        raise NotImplementedError

    def put(self, scene: Scene, person: Person) -> Move:
        """What follows from the person."""
        raise NotImplementedError

    def ask(self, scene: Scene) -> Card:
        """The question; after a name without Frau or Herr, the form of address."""
        if name := scene.text("name"):
            forms = tuple(button(f"form:{one.value}", f"form_{one.value}") for one in Address)
            return with_foot("recipient/form", forms[:2], forms[2:], name=name)
        return self.question(scene)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """The form of address, or back to the name."""
        match name:
            case "form":
                return self.put(scene, Person(name=scene.text("name"), address=Address(value)))
            case "back" if scene.text("name"):
                return Move(step=scene.position.step, args=_nameless(scene))
        return super().pressed(scene, name, value)

    def take(self, scene: Scene, text: str) -> Move:
        """The name, with or without the form of address before it; a day is no name."""
        step = scene.position.step
        if not isinstance(dates.read(text, scene.today), dates.Unclear):
            return Move(step=step, args=_nameless(scene), hint=self.expects(scene))
        first, _, rest = text.partition(" ")
        form = _FORMS.get(first.casefold().rstrip("."))
        if form and rest:
            return self.put(scene, Person(name=rest.strip(), address=form))
        return Move(step=step, args={**scene.args, "name": text})

    def expects(self, scene: Scene) -> Line:
        """A name."""
        return line("recipient/expects_name")


def _nameless(scene: Scene) -> dict[str, str | int]:
    return {key: arg for key, arg in scene.args.items() if key != "name"}

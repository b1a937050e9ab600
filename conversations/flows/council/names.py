"""What the body calls itself, and from when to when: proposed by law, every part changeable."""

from collections.abc import Callable
from dataclasses import replace

from conversations.flows.council.parts import NAMES, amended, digest, profile_of
from conversations.flows.council.titles import body_today, place_of
from conversations.flows.council.ways import before, onward, progress, setting_up, staying
from conversations.flows.entry import Entry, with_foot
from conversations.flows.flow import Card, Line, Move, Row, Scene, Step, button, foot, line
from conversations.rules.bodies import MOST, Bodies, flaws, in_law, ordered
from conversations.rules.profile import NamedBody

LENGTH = 150
"""Characters in a body's name."""


class Names(Step):
    """All names with their days."""

    def card(self, scene: Scene) -> Card:
        """The names, what is odd about their days, and the usual answers as buttons."""
        own = profile_of(scene).bodies
        rows: tuple[Row, ...] = (
            (button("done", "names_right" if setting_up(scene) else "done"),),
            *((button(f"body:{digest(one)}", text=f"✎ {one.name}"),) for one in own),
            *self._usual(scene),
            ((button("new_name"),) if len(own) < MOST else ()),
        )
        said = line(
            "council/names",
            bodies=own or _law(scene),
            own=bool(own),
            full=len(own) >= MOST,
            flaws=flaws(own),
            today=body_today(scene),
            district=(place := place_of(scene)) is not None and place.is_district,
            setup=progress(scene, NAMES),
        )
        return Card(line=said, rows=(*rows, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """One name, a new one, or all at once as in law or as before."""
        match name:
            case "done":
                own = profile_of(scene).bodies or _law(scene)
                return onward(scene, named(scene, own), NAMES)
            case "body":
                return Move(step="name", args=staying(scene, body=value))
            case "new_name":
                return Move(step="name_text", args=staying(scene))
            case "law_names":
                return named(scene, _law(scene))
            case "old_name":
                return named(scene, (NamedBody(name=_law(scene)[0].name),))
            case "back":
                return before(scene, NAMES)
        return None

    def _usual(self, scene: Scene) -> tuple[Row, ...]:
        law, own = _law(scene), profile_of(scene).bodies
        if own and own != law:
            return ((button("law_names"),),)
        return ((button("old_name", name=law[0].name),),)


class Name(Step):
    """One name: its words, its first and its last day."""

    def card(self, scene: Scene) -> Card:
        """What can be changed about it."""
        body = body_in_hand(scene)
        if body is None:
            return Card(line=line("council/name_gone"), rows=foot())
        rows = ((button("reword"),), (button("since"), button("until")), (button("drop_name"),))
        return Card(line=line("council/name", body=body), rows=(*rows, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """To its words or days; or away with it."""
        match name:
            case "reword":
                return Move(step="name_text", args=scene.args)
            case "since" | "until":
                return Move(step="name_day", args={**scene.args, "day": name})
            case "drop_name":
                kept = tuple(one for one in profile_of(scene).bodies if one != body_in_hand(scene))
                return named(scene, kept)
            case "back":
                return Move(step=NAMES, args=staying(scene))
        return None


class NameText(Entry):
    """The words of a name."""

    most = LENGTH

    def ask(self, scene: Scene) -> Card:
        """The question."""
        body = body_in_hand(scene)
        return with_foot("council/name_text", now=body.name if body else "")

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Back to the names."""
        if name == "back":
            return Move(step=NAMES, args=staying(scene))
        return super().pressed(scene, name, value)

    def take(self, scene: Scene, text: str) -> Move:
        """The new words; a new name is asked for its first day."""
        if not any(letter.isalpha() for letter in text):
            return Move(step="name_text", args=scene.args, hint=line("trouble/expects_text"))
        if not scene.text("body"):
            return Move(step="name_day", args={**scene.args, "day": "new", "text": text})
        return changed(scene, lambda one: replace(one, name=text))

    def expects(self, scene: Scene) -> Line:
        """A text."""
        return line("trouble/expects_text")


def changed(scene: Scene, change: Callable[[NamedBody], NamedBody]) -> Move:
    """The names with the one in hand changed."""
    body = body_in_hand(scene)
    own = profile_of(scene).bodies
    return named(scene, tuple(change(one) if one == body else one for one in own))


def named(scene: Scene, bodies: Bodies) -> Move:
    """Back on the card of names, with these names."""
    new = replace(profile_of(scene), bodies=ordered(bodies))
    return amended(scene, NAMES, new, Move(step=NAMES, args=staying(scene)))


def _law(scene: Scene) -> Bodies:
    return in_law(scene.know.letters.texts.frame)


def body_in_hand(scene: Scene) -> NamedBody | None:
    """The name that the card is about; None when it is there no longer."""
    mark = scene.text("body")
    return next((one for one in profile_of(scene).bodies if digest(one) == mark), None)


STEPS = {NAMES: Names(), "name": Name(), "name_text": NameText()}

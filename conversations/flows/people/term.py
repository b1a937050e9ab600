"""The end of a term: who stays is chosen, all others lose their seats at once."""

from conversations.deeds import EndTerm
from conversations.flows.flow import Card, Move, Scene, Step, button, line
from conversations.flows.pages import page
from conversations.flows.people.shown import name_of, others
from conversations.flows.placed import place_in_hand
from conversations.standing import Colleague

_PAGE = 8


class WhoStays(Step):
    """One box per person; the admin who does it stays in any case."""

    def card(self, scene: Scene) -> Card:
        """What the end of a term does, and the boxes."""
        rest = others(scene)
        now, turns = page(scene, rest, _PAGE)
        staying = _staying(scene)
        boxes = (
            (
                button(
                    f"stay:{one.person}",
                    "part_on" if one in staying else "part_off",
                    words=name_of(scene, one),
                ),
            )
            for one in now
        )
        said = line(
            "people/term",
            place=place_in_hand(scene),
            stay=len(staying) + 1,
            leave=len(rest) - len(staying),
        )
        ends = ((button("term_on"),),) if len(staying) < len(rest) else ()
        return Card(line=said, rows=(*boxes, turns, *ends, (button("back"), button("cancel"))))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """A box, a page, or on to the question."""
        match name:
            case "stay":
                return Move(step="term", args={**scene.args, "stay": _toggled(scene, value)})
            case "page":
                return Move(step="term", args={**scene.args, "page": value})
            case "term_on":
                return _asked(scene)
            case "back":
                return Move(step="list")
        return None


class Sure(Step):
    """The second card, with the count: the press here does it."""

    def card(self, scene: Scene) -> Card:
        """How many stay, how many lose their seat."""
        staying = _staying(scene)
        said = line(
            "people/term_sure",
            place=place_in_hand(scene),
            stay=[name_of(scene, one) for one in staying[:20]],
            more=max(0, len(staying) - 20),
            leave=len(others(scene)) - len(staying),
        )
        return Card(line=said, rows=((button("term_yes"),), (button("term_no"),)))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """The term is over; who came or went since the count was shown is counted again."""
        seat = scene.state.seat
        if name != "term_yes" or seat is None:
            return Move(step="term", args=scene.args)
        if scene.text("counted") != _people(scene):
            return _asked(scene, changed=True)
        stay = (scene.state.person, *(one.person for one in _staying(scene)))
        left = len(others(scene)) + 1 - len(stay)
        deed = EndTerm(council=seat.council, stay=stay)
        return Move(step="list", deeds=(deed,), hint=line("people/term_ended", left=left))


def _asked(scene: Scene, *, changed: bool = False) -> Move:
    hint = line("people/term_changed") if changed else None
    return Move(step="term_sure", args={**scene.args, "counted": _people(scene)}, hint=hint)


def _people(scene: Scene) -> str:
    return " ".join(sorted(str(one.person) for one in others(scene)))


def _staying(scene: Scene) -> list[Colleague]:
    chosen = scene.text("stay").split()
    return [one for one in others(scene) if str(one.person) in chosen]


def _toggled(scene: Scene, person: str) -> str:
    chosen = scene.text("stay").split()
    kept = [one for one in chosen if one != person]
    return " ".join(kept if person in chosen else [*chosen, person])


STEPS = {"term": WhoStays(), "term_sure": Sure()}

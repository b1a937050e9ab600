"""The questions or demands: all at once or one by one, suggested ones, and own ones."""

from dataclasses import replace

from conversations.flows.drafting import Shown, change, definition_of
from conversations.flows.entry import PARAGRAPH, Entry, with_foot
from conversations.flows.flow import Card, Line, Move, Row, Scene, Step, button, chosen, foot, line
from conversations.flows.inquiry import stages
from conversations.flows.inquiry.point import ids
from conversations.rules.definition import Kind

MOST_OWN = 8


class Points(Step):
    """The list with its ticks."""

    def card(self, scene: Scene) -> Card:
        """Every point in a line; a typed number opens it."""
        points = Shown(scene=scene).points
        said = line(
            "points/points",
            **stages.progress(scene, "points"),
            points=[p for p in points if not p.extra or p.kept],
            extras=[_translated(scene, p.title) for p in points if p.extra and not p.kept],
            own=scene.answers.own,
        )
        whole = not scene.answers.dropped and not scene.answers.extras and not scene.answers.own
        count = Shown(scene=scene).count
        take = button("take", "take_all" if whole else "take_these", count=count)
        extras = (button("extras"),) if any(p.extra for p in points) else ()
        own = button("own", "own_demand" if _demands(scene) else "own")
        rows: tuple[Row, ...] = ((take,), (button("each"), own), extras)
        return Card(line=said, rows=(*rows, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """On, or into the points."""
        match name:
            case "take":
                if Shown(scene=scene).count == 0:
                    return Move(step="points", args=scene.args, hint=line("points/none_left"))
                return Move(step=stages.returning(scene, "points"))
            case "each":
                return Move(
                    step="point", args={**stages.then(scene), "point": ids(scene)[0], "walk": 1}
                )
            case "extras" | "own":
                return Move(step=name, args=stages.then(scene))
            case "back":
                return Move(step=scene.text("then") or stages.preceding(scene, "points"))
        return None

    def typed(self, scene: Scene, text: str) -> Move | None:
        """A number opens the point."""
        walked = ids(scene)
        number = chosen(text, len(walked))
        if number is None:
            return None
        return Move(step="point", args={**stages.then(scene), "point": walked[number - 1]})

    def expects(self, scene: Scene) -> Line:
        """A number, or a button."""
        return line("points/expects", most=len(ids(scene)))


class Extras(Step):
    """Further questions the project suggests."""

    def card(self, scene: Scene) -> Card:
        """One button each, with a tick; marked as added by the project."""
        points = Shown(scene=scene).points
        extras = [p for p in points if p.extra]
        rows = tuple(
            (
                button(
                    f"extra:{p.id}",
                    "part_on" if p.kept else "part_off",
                    words=_translated(scene, p.title),
                ),
            )
            for p in extras
        )
        said = line("points/extras", extras=extras, kind=definition_of(scene).kind)
        return Card(line=said, rows=(*rows, (button("done"),), *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Turn one on or off."""
        if name != "extra":
            return Move(step="points", args=stages.then(scene))
        order = [p.id for p in definition_of(scene).points if p.extra]
        chosen = set(scene.answers.extras) ^ {value}
        answers = replace(scene.answers, extras=tuple(id_ for id_ in order if id_ in chosen))
        return change(scene, answers, "extras", scene.args)


class Own(Entry):
    """The member's own questions."""

    most = PARAGRAPH
    lines = True
    adds = True

    def ask(self, scene: Scene) -> Card:
        """The own ones so far, each with a button to take it away."""
        rows = tuple(
            (button(f"remove:{n}", "remove", words=text[:40]),)
            for n, text in enumerate(scene.answers.own)
        )
        own, kind = scene.answers.own, definition_of(scene).kind
        return with_foot("points/own", *rows, (button("done"),), own=own, kind=kind)

    def take(self, scene: Scene, text: str) -> Move:
        """One more at the end."""
        if len(scene.answers.own) >= MOST_OWN:
            return Move(step="own", args=scene.args, hint=line("points/too_many", most=MOST_OWN))
        answers = replace(scene.answers, own=(*scene.answers.own, text))
        return change(scene, answers, "points", stages.then(scene))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Take one away, or done."""
        match name:
            case "remove":
                own = tuple(t for n, t in enumerate(scene.answers.own) if str(n) != value)
                return change(scene, replace(scene.answers, own=own), "own", scene.args)
            case "done" | "back":
                return Move(step="points", args=stages.then(scene))
        return super().pressed(scene, name, value)

    def expects(self, scene: Scene) -> Line:
        """A text."""
        return line("trouble/expects_text")


def _demands(scene: Scene) -> bool:
    return definition_of(scene).kind is Kind.MOTION


def _translated(scene: Scene, text: str) -> str:
    return scene.know.texts.translate(text, scene.language)


STEPS = {"points": Points(), "extras": Extras(), "own": Own()}

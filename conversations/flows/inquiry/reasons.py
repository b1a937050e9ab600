"""The reasons: long or short, each dated statement taken, changed or left out, an own paragraph."""

from dataclasses import replace

from conversations.flows.drafting import Shown, change, definition_of
from conversations.flows.entry import PARAGRAPH, Entry, with_foot
from conversations.flows.flow import Card, Line, Move, Row, Scene, Step, button, foot, line
from conversations.flows.inquiry import stages
from conversations.rules.answers import Reasons as Length
from conversations.rules.drafted import ShownFact

_OTHERS = {
    Length.LONG: ("short", "none"),
    Length.SHORT: ("long", "none"),
    Length.NONE: ("long", "short"),
}


class ReasonsCard(Step):
    """How long, and what in it has aged."""

    def card(self, scene: Scene) -> Card:
        """The length chosen; statements older than the paper allows are named."""
        answers, facts = scene.answers, Shown(scene=scene).facts
        text = Shown(scene=scene).reasons if answers.reasons is not Length.NONE else ""
        said_facts = [fact for fact in facts if fact.kept and fact.text in text]
        dated = bool(said_facts) or (bool(facts) and answers.reasons is Length.LONG)
        said = line(
            "reasons/reasons",
            **stages.progress(scene, "reasons"),
            length=answers.reasons,
            stale=[fact for fact in said_facts if fact.stale],
            own=answers.own_reason,
        )
        lengths = tuple(button(f"length:{o}", f"length_{o}") for o in _OTHERS[answers.reasons])
        rows: tuple[Row, ...] = (
            (button("take", f"keep_{answers.reasons.value}"),),
            lengths,
            (*((button("facts"),) if dated else ()), button("own_reason")),
            ((button("whole"),) if answers.reasons is not Length.NONE else ()),
        )
        return Card(line=said, rows=(*rows, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """On, another length, or into the text."""
        match name:
            case "take":
                return Move(step=stages.returning(scene, "reasons"))
            case "length":
                answers = replace(scene.answers, reasons=Length(value))
                return change(scene, answers, "reasons", scene.args)
            case "facts" | "own_reason" | "whole":
                return Move(step=name, args=stages.then(scene))
            case "back":
                return Move(step=scene.text("then") or stages.preceding(scene, "reasons"))
        return None


class Whole(Step):
    """The reasons as they will stand in the letter."""

    def card(self, scene: Scene) -> Card:
        """All paragraphs."""
        text = Shown(scene=scene).reasons
        return Card(line=line("reasons/whole", text=text), rows=foot())

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Back to the choice."""
        return Move(step="reasons", args=stages.then(scene))


class Facts(Step):
    """The dated statements, each with date and source."""

    def card(self, scene: Scene) -> Card:
        """One button each."""
        facts = Shown(scene=scene).facts
        titles = [scene.know.texts.translate(fact.title, scene.language) for fact in facts]
        rows = tuple(
            (button(f"fact:{n}", "part_on" if f.kept else "part_off", words=titles[n]),)
            for n, f in enumerate(facts)
        )
        return Card(
            line=line("reasons/facts", facts=facts), rows=(*rows, (button("done"),), *foot())
        )

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """To one statement, or back."""
        if name == "fact":
            return Move(step="fact", args={**stages.then(scene), "fact": value})
        return Move(step="reasons", args=stages.then(scene))


class OneFact(Entry):
    """One statement: keep it, leave it out, or type a newer one."""

    most = PARAGRAPH

    def ask(self, scene: Scene) -> Card:
        """The sentence with its date and source."""
        fact = self._fact(scene)
        rows: list[Row] = [(button("drop" if fact.kept else "restore"), button("keep_fact"))]
        if fact.key in scene.answers.texts:
            rows.append((button("original"),))
        return with_foot("reasons/fact", *rows, fact=fact)

    def take(self, scene: Scene, text: str) -> Move:
        """The member's own sentence in its place."""
        key = self._fact(scene).key
        dropped = tuple(k for k in scene.answers.dropped if k != key)
        answers = replace(scene.answers, dropped=dropped, texts={**scene.answers.texts, key: text})
        return change(scene, answers, "facts", stages.then(scene))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """In, out, or as the paper has it."""
        key = self._fact(scene).key
        dropped = tuple(k for k in scene.answers.dropped if k != key)
        match name:
            case "drop":
                answers = replace(scene.answers, dropped=(*dropped, key))
                return change(scene, answers, "facts", stages.then(scene))
            case "restore":
                return change(
                    scene, replace(scene.answers, dropped=dropped), "facts", stages.then(scene)
                )
            case "original":
                texts = {k: v for k, v in scene.answers.texts.items() if k != key}
                return change(scene, replace(scene.answers, texts=texts), "fact", scene.args)
            case "keep_fact" | "back":
                return Move(step="facts", args=stages.then(scene))
        return super().pressed(scene, name, value)

    def expects(self, scene: Scene) -> Line:
        """A sentence."""
        return line("trouble/expects_text")

    def _fact(self, scene: Scene) -> ShownFact:
        facts = Shown(scene=scene).facts
        place = int(scene.text("fact") or 0)
        return facts[min(place, len(facts) - 1)]


class OwnReason(Entry):
    """A paragraph of the member's own, behind the reasons."""

    most = PARAGRAPH
    lines = True

    def ask(self, scene: Scene) -> Card:
        """The paragraph now."""
        rows: tuple[Row, ...] = ((button("remove_paragraph"),),) if scene.answers.own_reason else ()
        kind = definition_of(scene).kind
        return with_foot("reasons/own", *rows, now=scene.answers.own_reason, kind=kind)

    def take(self, scene: Scene, text: str) -> Move:
        """In its place."""
        return change(scene, replace(scene.answers, own_reason=text), "reasons", stages.then(scene))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Gone, or back."""
        match name:
            case "remove_paragraph":
                return change(
                    scene, replace(scene.answers, own_reason=""), "reasons", stages.then(scene)
                )
            case "back":
                return Move(step="reasons", args=stages.then(scene))
        return super().pressed(scene, name, value)

    def expects(self, scene: Scene) -> Line:
        """A text."""
        return line("trouble/expects_text")


STEPS = {
    "reasons": ReasonsCard(),
    "whole": Whole(),
    "facts": Facts(),
    "fact": OneFact(),
    "own_reason": OwnReason(),
}

"""Taking a typed text into a letter: what is too long or cannot be printed is told, not lost."""

import re
from dataclasses import dataclass, replace

from conversations.flows.flow import Card, Move, Row, Scene, Step, button, foot, line
from conversations.rules.cleaning import missing

LINE = 300
"""Characters in a one-line detail, such as a name."""
PARAGRAPH = 1500
"""Characters in an own question or paragraph."""
EMAIL = re.compile(r"[^@\s<>\"',;:()\[\]\\]{1,64}@[^@\s<>\"',;:()\[\]\\]{1,180}\.[^\W\d_]{2,24}")
"""An e-mail address as it can stand in a letter and in a mail's head."""
_KEPT = 3000
"""Characters of a refused text that are kept for the person to shorten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The text can go into the letter as it is."""

    text: str


def check(scene: Scene, text: str, *, most: int, lines: bool) -> Accepted | Move:
    """The text, or the move that says what is wrong with it; the text itself is kept."""
    flat = text if lines else " ".join(text.split())
    if len(flat) > most:
        hint = line("entry/too_long", count=len(flat), most=most)
        return _refused(scene, flat[:_KEPT], hint)
    lacking = missing(flat, scene.know.coverage)
    if lacking:
        return _refused(scene, flat, line("entry/unshowable", characters=lacking[:5]))
    return Accepted(text=flat)


def _refused(scene: Scene, text: str, hint: object) -> Move:
    args = {**scene.args, "pending": text}
    return Move(step=scene.position.step, args=args, hint=hint)  # type: ignore[arg-type]


class Entry(Step):
    """A step that asks for a text. Subclasses say what to ask and where the text goes."""

    most = LINE
    lines = False

    def ask(self, scene: Scene) -> Card:
        """The question, without the row at the foot."""
        raise NotImplementedError

    def take(self, scene: Scene, text: str) -> Move:
        """What follows from a text that can stand in the letter."""
        raise NotImplementedError

    def card(self, scene: Scene) -> Card:
        """The question; for a refused text also the ways to go on with it."""
        card = self.ask(scene)
        return replace(card, rows=(*self._rescue(scene), *card.rows))

    def typed(self, scene: Scene, text: str) -> Move | None:
        """Check, then take."""
        checked = check(scene, text, most=self.limit(scene), lines=self.lines)
        return checked if isinstance(checked, Move) else self.take(_settled(scene), checked.text)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """The two ways on with a refused text."""
        pending = scene.text("pending")
        if name == "without":
            lacking = set(missing(pending, scene.know.coverage))
            kept = "".join(c for c in pending if c not in lacking).strip()
            return self.typed(scene, kept) if kept else self.again(scene)
        if name == "shorten":
            hint = line("entry/pending", text=pending)
            return Move(step=scene.position.step, args=scene.args, hint=hint)
        return None

    def again(self, scene: Scene) -> Move:
        """The same question, the refused text forgotten."""
        return Move(step=scene.position.step, args=_settled(scene).args)

    def limit(self, scene: Scene) -> int:
        """Characters that fit."""
        return self.most

    def _rescue(self, scene: Scene) -> tuple[Row, ...]:
        pending = scene.text("pending")
        if not pending:
            return ()
        if len(pending) > self.limit(scene):
            return ((button("shorten"),),)
        return ((button("without"),),)


def _settled(scene: Scene) -> Scene:
    args = {key: value for key, value in scene.args.items() if key != "pending"}
    return replace(scene, position=replace(scene.position, args=args))


def ways_on(scene: Scene, *, known: bool, clear: bool = True) -> tuple[Row, ...]:
    """Below a question that may stay open: on without an answer; one that is there may go."""
    if known:
        return ((button("skip", "keep"), *((button("clear"),) if clear else ())),)
    return ((button("skip"),),) if scene.args.get("intro") else ()


def with_foot(
    key: str, /, *rows: Row, back: bool = True, skip: bool = False, **values: object
) -> Card:
    """A question with the row at the foot."""
    return Card(line=line(key, **values), rows=(*rows, *foot(back=back, skip=skip)))

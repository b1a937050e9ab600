"""Parts of a filing that are typed or picked: recipient, number, proof, the promised day."""

from dataclasses import replace
from datetime import date, time
from typing import Any

from conversations.events import Uploaded
from conversations.flows.calendar import PickDay
from conversations.flows.entry import Entry, with_foot
from conversations.flows.filed.papers import filed_of, here, kept, proven, taken_back
from conversations.flows.flow import Card, Line, Move, Row, Scene, Step, button, line

_NUMBER = 60
_TO = 120
_PROOF = 1000


class Part(Entry):
    """One text of the filing in hand; typed, or taken away."""

    name = ""
    key = ""

    def ask(self, scene: Scene) -> Card:
        """What it is now."""
        now = getattr(filed_of(scene), self.name, "")
        rows = ((button("clear"),),) if now else ()
        return with_foot(self.key, *rows, now=now)

    def take(self, scene: Scene, text: str) -> Move:
        """It stands there from now on."""
        one = filed_of(scene)
        part: dict[str, Any] = {self.name: text}
        return kept(scene, replace(one, **part)) if one else Move(step="list")

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Taken away, or back."""
        match name:
            case "clear":
                return self.take(scene, "")
            case "back":
                return Move(step="one", args=here(scene))
        return super().pressed(scene, name, value)

    def expects(self, scene: Scene) -> Line:
        """A text."""
        return line("trouble/expects_text")


class To(Part):
    """To whom it went."""

    name = "to"
    key = "filed/to"
    most = _TO


class Number(Part):
    """The number that the administration gave it."""

    name = "number"
    key = "filed/number"
    most = _NUMBER


class Proof(Part):
    """What proves the filing: words, a document, or both."""

    name = "proof"
    key = "filed/proof"
    most = _PROOF
    lines = True

    def ask(self, scene: Scene) -> Card:
        """What is kept now."""
        one = filed_of(scene)
        words, file = (one.proof, one.proof_file) if one else ("", "")
        rows = ((button("clear"),),) if words or file else ()
        return with_foot(self.key, *rows, now=words, file=file)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Words and document go together."""
        one = filed_of(scene)
        if name == "clear" and one is not None:
            return kept(scene, replace(one, proof="", proof_file=""))
        return super().pressed(scene, name, value)

    def uploaded(self, scene: Scene, file: Uploaded) -> Move | None:
        """It is kept."""
        one = filed_of(scene)
        return proven(scene, one, file) if one else Move(step="list")


class Promised(PickDay):
    """For when an answer was promised; from the day after it is asked for."""

    def ask(self, scene: Scene) -> Line:
        """Until when."""
        one = filed_of(scene)
        now = one.promised if one else None
        return line("filed/promised", doubt=bool(scene.text("doubt")), now=now)

    def others(self, scene: Scene) -> tuple[Row, ...]:
        """No day any more."""
        one = filed_of(scene)
        return ((button("clear"),),) if one and one.promised else ()

    def take(self, scene: Scene, day: date, start: time | None) -> Move:
        """Noted."""
        one = filed_of(scene)
        return kept(scene, replace(one, promised=day)) if one else Move(step="list")

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """A day, another month, none, or back."""
        one = filed_of(scene)
        if name == "clear" and one is not None:
            return kept(scene, replace(one, promised=None))
        if name == "back" and not scene.text("doubt"):
            return Move(step="one", args=here(scene))
        return super().pressed(scene, name, value)


class Unfile(Step):
    """The question before a filing is taken back."""

    def card(self, scene: Scene) -> Card:
        """What goes with it."""
        one = filed_of(scene)
        rows = ((button("delete_yes", "filed_unfile_yes"), button("delete_no", "filed_unfile_no")),)
        return Card(line=line("filed/unfile", title=one.title if one else ""), rows=rows)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Not filed after all, or all as it was."""
        return taken_back(scene) if name == "delete_yes" else Move(step="one", args=here(scene))


STEPS: dict[str, Step] = {
    "to": To(),
    "number": Number(),
    "proof": Proof(),
    "promised": Promised(),
    "unfile": Unfile(),
}

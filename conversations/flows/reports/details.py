"""Details of a report: number of the paper, a note, a file; and taking the record back."""

from dataclasses import replace
from typing import Any

from conversations.deeds import Unnote
from conversations.events import Uploaded
from conversations.flows.council.parts import council_of
from conversations.flows.entry import Entry, with_foot
from conversations.flows.flow import Card, Line, Move, Scene, Step, button, foot, line
from conversations.flows.reports.listing import attach, noted, report_of

_NUMBER = 60
_NOTE = 500


class Detail(Entry):
    """One text of the report in hand; typed, or taken away."""

    name = ""
    key = ""

    def ask(self, scene: Scene) -> Card:
        """What it is now."""
        now = getattr(report_of(scene), self.name, "")
        rows = ((button("clear"),),) if now else ()
        return with_foot(self.key, *rows, now=now)

    def take(self, scene: Scene, text: str) -> Move:
        """It stands in the record from now on."""
        one = report_of(scene)
        part: dict[str, Any] = {self.name: text}
        return noted(scene, replace(one, **part)) if one else Move(step="list")

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Taken away, or back."""
        match name:
            case "clear":
                return self.take(scene, "")
            case "back":
                return Move(step="one", args={"report": scene.text("report")})
        return super().pressed(scene, name, value)

    def expects(self, scene: Scene) -> Line:
        """A text."""
        return line("trouble/expects_text")


class Number(Detail):
    """The number of the paper, as it stands on it."""

    name = "number"
    key = "reports/number"
    most = _NUMBER


class Note(Detail):
    """A few words about what was reported."""

    name = "note"
    key = "reports/note"
    most = _NOTE
    lines = True


class File(Step):
    """The document to keep with the report."""

    def card(self, scene: Scene) -> Card:
        """Which one is kept now."""
        one = report_of(scene)
        rows = ((button("clear"),),) if one and one.file else ()
        said = line("reports/file", now=one.file if one else "")
        return Card(line=said, rows=(*rows, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Taken away, or back."""
        one = report_of(scene)
        if name == "clear" and one is not None:
            return noted(scene, replace(one, file=""))
        return Move(step="one", args={"report": scene.text("report")}) if name == "back" else None

    def uploaded(self, scene: Scene, file: Uploaded) -> Move | None:
        """It is kept."""
        one = report_of(scene)
        return attach(scene, one, file) if one else Move(step="list")

    def expects(self, scene: Scene) -> Line:
        """A document."""
        return line("reports/expects_file")


class Remove(Step):
    """The question before a record goes."""

    def card(self, scene: Scene) -> Card:
        """Of which day."""
        one = report_of(scene)
        if one is None:
            return Card(line=line("reports/gone"), rows=((button("delete_no", "back"),),))
        rows = ((button("delete_yes", "report_remove_yes"), button("delete_no")),)
        return Card(line=line("reports/remove", day=one.day), rows=rows)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Gone, or kept."""
        one = report_of(scene)
        if name != "delete_yes" or one is None:
            return Move(step="one", args={"report": scene.text("report")})
        deed = Unnote(council=council_of(scene).id, report=one.id)
        return Move(step="list", deeds=(deed,), hint=line("reports/removed", day=one.day))


STEPS: dict[str, Step] = {"number": Number(), "note": Note(), "file": File(), "remove": Remove()}

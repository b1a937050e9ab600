"""For which meeting a paper was filed: one of those that are entered, or none."""

from dataclasses import replace

from conversations.agenda import CouncilMeeting
from conversations.flows.filed.papers import filed_of, here, kept
from conversations.flows.flow import Card, Move, Row, Scene, Step, button, foot, line
from conversations.rules import dates, saying

_SHOWN = 8


class Meeting(Step):
    """The meetings from the filing on, next ones first."""

    def card(self, scene: Scene) -> Card:
        """A button each."""
        rows: tuple[Row, ...] = tuple(
            (button(f"at:{one.id}", text=_label(scene, one)),) for one in _offered(scene)
        )
        none: Row = (button("none", "no_meeting"),)
        said = line("filed/meeting", there=bool(rows))
        return Card(line=said, rows=(*rows, none, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Chosen, none, or back."""
        one = filed_of(scene)
        if one is None or name == "back":
            return Move(step="one", args=here(scene))
        if name == "none":
            return kept(scene, replace(one, meeting=None))
        found = next((m.id for m in scene.state.agenda.meetings if m.id == value), None)
        return kept(scene, replace(one, meeting=found)) if found else None

    def typed(self, scene: Scene, text: str) -> Move | None:
        """The day of a meeting that is entered."""
        read = dates.read(text, scene.today)
        if not isinstance(read, dates.Understood):
            return None
        found = next((m for m in scene.state.agenda.meetings if m.day == read.day), None)
        if found is None:
            hint = line("filed/no_meeting_then", day=read.day)
            return Move(step="meeting", args=here(scene), hint=hint)
        return self.pressed(scene, "at", found.id)


def _offered(scene: Scene) -> list[CouncilMeeting]:
    one = filed_of(scene)
    found = scene.state.agenda.meetings if one else ()
    return [m for m in found if one and m.day >= one.day and not m.cancelled][:_SHOWN]


def _label(scene: Scene, one: CouncilMeeting) -> str:
    start = f", {saying.clock(one.start, scene.language)}" if one.start else ""
    return saying.day(one.day, scene.language) + start


STEPS: dict[str, Step] = {"meeting": Meeting()}

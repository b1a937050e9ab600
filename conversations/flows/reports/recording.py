"""Recording that KIM was reported: at which meeting or on which day, orally or in writing."""

from dataclasses import replace
from datetime import date, time

from conversations.agenda import CouncilMeeting, Report, ReportId
from conversations.flows.calendar import PickDay
from conversations.flows.flow import Card, Line, Move, Row, Scene, Step, button, foot, line
from conversations.flows.reports.listing import noted, report_of
from conversations.rules import saying

_OFFERED = 4
"""Past meetings with a button of their own."""


class When(PickDay):
    """The meeting, or the day of a written report; also to correct it."""

    past = True

    def ask(self, scene: Scene) -> Line:
        """Which one."""
        return line(
            "reports/when", doubt=bool(scene.text("doubt")), meetings=bool(_unreported(scene))
        )

    def usual(self, scene: Scene) -> tuple[Row, ...]:
        """The latest meetings nobody recorded a report for, newest first."""
        return tuple(
            (
                button(
                    f"day:{one.day.isoformat()}",
                    "report_at",
                    day=saying.day(one.day, scene.language),
                ),
            )
            for one in _unreported(scene)
        )

    def take(self, scene: Scene, day: date, start: time | None) -> Move:
        """A new report goes on to how; an old one has another day from now on."""
        meeting = next((one.id for one in _held(scene) if one.day == day), None)
        one = report_of(scene)
        if one is not None:
            return noted(scene, replace(one, day=day, meeting=meeting))
        there = next((r for r in scene.state.agenda.reports if r.day == day), None)
        if there is not None:
            return Move(step="one", args={"report": there.id}, hint=line("reports/there"))
        return Move(step="how", args={"day": day.isoformat(), "meeting": meeting or ""})

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """A day, another month, or back."""
        if name == "back" and not scene.text("doubt"):
            report = scene.text("report")
            return Move(step="one", args={"report": report}) if report else Move(step="list")
        return super().pressed(scene, name, value)


class How(Step):
    """Orally or in writing; then it is recorded."""

    def card(self, scene: Scene) -> Card:
        """Two buttons."""
        day = _day(scene)
        rows = ((button("oral", "report_oral"), button("written", "report_written")),)
        return Card(line=line("reports/how", day=day), rows=(*rows, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Recorded; details can follow, each with one press."""
        match name:
            case "back":
                return Move(step="when")
            case "oral" | "written":
                return _recorded(scene, oral=name == "oral")
        return None


def _recorded(scene: Scene, *, oral: bool) -> Move:
    day = _day(scene)
    meeting = next((one.id for one in _held(scene) if one.id == scene.text("meeting")), None)
    report = Report(id=ReportId(scene.state.fresh), day=day, meeting=meeting, oral=oral)
    return noted(scene, report, hint=line("reports/recorded", day=day))


def _day(scene: Scene) -> date:
    """The day that was chosen; a card nobody came to by way of it is about today."""
    chosen = scene.text("day")
    return date.fromisoformat(chosen) if chosen else scene.today


def _held(scene: Scene) -> list[CouncilMeeting]:
    """Meetings up to today that took place, newest first."""
    days = [one for one in scene.state.agenda.meetings if one.day <= scene.today]
    return [one for one in reversed(days) if not one.cancelled]


def _unreported(scene: Scene) -> list[CouncilMeeting]:
    known = {one.day for one in scene.state.agenda.reports}
    return [one for one in _held(scene) if one.day not in known][:_OFFERED]


STEPS: dict[str, Step] = {"when": When(), "how": How()}

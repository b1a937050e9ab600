"""The KIM clock with all reports; the mark at the next meeting; one report with its details."""

from dataclasses import replace

from conversations.agenda import CouncilMeeting, KimItem, MeetingId, Report
from conversations.deeds import Note, Schedule
from conversations.events import Uploaded
from conversations.facts import CouncilFacts
from conversations.flows.attaching import attached
from conversations.flows.council.parts import administers, council_of
from conversations.flows.flow import Button, Card, Line, Move, Row, Scene, Step, button, foot, line
from conversations.flows.pages import page
from conversations.flows.placed import place_in_hand
from conversations.planning import outlook, target
from conversations.rules import saying
from conversations.rules.reporting import Rhythm

_PAGE = 6
_MARKS = {
    "kim_listed": KimItem.LISTED,
    "kim_postponed": KimItem.POSTPONED,
    "kim_unmarked": KimItem.UNKNOWN,
}


class Reports(Step):
    """Where the KIM clock stands, and the reports it follows from."""

    def card(self, scene: Scene) -> Card:
        """Everybody reads it; admins record, correct, and mark the next meeting."""
        now, turned = page(scene, scene.state.agenda.reports, _PAGE)
        admin = administers(scene)
        rows: tuple[Row, ...] = tuple(_entry(scene, one) for one in now)
        if admin:
            rows = ((button("record", "report_record"),), _marks(scene), *rows)
        ways: tuple[Row, ...] = (_settings(scene),) if admin else ()
        onward = (button("status", "to_status"), button("home"))
        return Card(line=_said(scene), rows=(*rows, turned, *ways, onward))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """A report, a mark, or on."""
        match name:
            case "page":
                return Move(step="list", args={"page": value})
            case "report":
                return Move(step="one", args={"report": value})
            case "status":
                return Move(flow="status", step="status")
            case "home":
                return Move(flow="home", step="home")
        return _by_admin(scene, name, value) if administers(scene) else None


class OneReport(Step):
    """A report as it is recorded."""

    def card(self, scene: Scene) -> Card:
        """Each detail can be added with one press."""
        one = report_of(scene)
        if one is None:
            return Card(line=line("reports/gone"), rows=((button("reports", "to_reports"),),))
        said = line("reports/one", it=one, meeting=_meeting(scene, one.meeting))
        if not administers(scene):
            return Card(line=said, rows=foot())
        rows = (
            (button("number", "report_number"), button("note", "report_note")),
            (button("file", "report_file"), button("day", "report_day")),
            (button("way", "report_turn_written" if one.oral else "report_turn_oral"),),
            (button("remove", "report_remove"),),
            (button("reports", "to_reports"), button("home")),
        )
        return Card(line=said, rows=rows)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """To a detail, or back to all."""
        one, here = report_of(scene), {"report": scene.text("report")}
        if name == "home":
            return Move(flow="home", step="home")
        if one is None or name in {"back", "reports"} or not administers(scene):
            return Move(step="list")
        match name:
            case "number" | "note" | "file" | "remove":
                return Move(step=name, args=here)
            case "day":
                return Move(step="when", args=here)
            case "way":
                return noted(scene, replace(one, oral=not one.oral))
        return None

    def uploaded(self, scene: Scene, file: Uploaded) -> Move | None:
        """A document sent at the card is the report's."""
        one = report_of(scene)
        return attach(scene, one, file) if one and administers(scene) else None


def report_of(scene: Scene) -> Report | None:
    """The report in hand."""
    wanted = scene.text("report")
    return next((one for one in scene.state.agenda.reports if one.id == wanted), None)


def noted(scene: Scene, report: Report, file: str = "", hint: Line | None = None) -> Move:
    """The report as it is recorded from now on; `file` is Telegram's id of its document."""
    deed = Note(council=council_of(scene).id, report=report, file_id=file)
    changed = report not in scene.state.agenda.reports or file
    return Move(
        step="one",
        args={"report": report.id},
        deeds=(deed,) if changed else (),
        hint=hint,
    )


def attach(scene: Scene, report: Report, file: Uploaded) -> Move:
    """The document is kept with the report, if it is not too large."""
    name = attached(file)
    if isinstance(name, Line):
        return Move(step=scene.position.step, args=scene.args, hint=name)
    hint = line("reports/file_kept", name=name)
    return noted(scene, replace(report, file=name), file.file, hint)


def _by_admin(scene: Scene, name: str, value: str) -> Move | None:
    match name:
        case "record":
            return Move(step="when")
        case "rhythm":
            return Move(step="rhythm")
        case "steering":
            return Move(step="steering")
        case "kim_listed" | "kim_postponed" | "kim_unmarked":
            return _marked(scene, value, _MARKS[name])
    return None


def _said(scene: Scene) -> Line:
    facts = CouncilFacts.of(council_of(scene), scene.state.agenda)
    found = outlook(facts, scene.state.now)
    reports = scene.state.agenda.reports
    return line(
        "reports/list",
        place=place_in_hand(scene),
        clock=found.clock,
        today=found.today,
        target=target(facts, scene.state.now),
        next=_next(scene),
        count=len(reports),
        admin=administers(scene),
    )


def _entry(scene: Scene, one: Report) -> Row:
    kind = scene.know.texts.label("report_oral" if one.oral else "report_written", scene.language)
    words = [saying.day(one.day, scene.language), kind, one.number[:20]]
    mark = "📎 " if one.file else ""
    return (button(f"report:{one.id}", text=mark + " · ".join(word for word in words if word)),)


def _marks(scene: Scene) -> Row:
    """At the next meeting: what it is not marked as yet."""
    meeting = _next(scene)
    if meeting is None:
        return ()
    return tuple(
        button(f"{name}:{meeting.id}") for name, kim in _MARKS.items() if kim is not meeting.kim
    )


def _settings(scene: Scene) -> tuple[Button, ...]:
    steered = council_of(scene).profile.reporting.rhythm is Rhythm.STEERING
    steering = (button("steering", "report_steering"),)
    return (button("rhythm", "report_rhythm"), *(steering if steered else ()))


def _next(scene: Scene) -> CouncilMeeting | None:
    coming = (one for one in scene.state.agenda.meetings if one.day >= scene.today)
    return next((one for one in coming if not one.cancelled), None)


def _meeting(scene: Scene, id_: str | None) -> CouncilMeeting | None:
    return next((one for one in scene.state.agenda.meetings if one.id == id_), None)


def _marked(scene: Scene, value: str, kim: KimItem) -> Move:
    meeting = _meeting(scene, MeetingId(value))
    if meeting is None or meeting.cancelled:
        return Move(step="list", hint=line("reports/meeting_gone"))
    deed = Schedule(council=council_of(scene).id, kept=(replace(meeting, kim=kim),))
    hint = line("reports/marked", day=meeting.day, kim=kim)
    return Move(step="list", deeds=(deed,), hint=hint)


STEPS: dict[str, Step] = {"list": Reports(), "one": OneReport()}

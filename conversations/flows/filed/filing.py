"""Telling that a letter was filed: usually one press, today and the usual way."""

from dataclasses import replace
from datetime import date, time, timedelta

from conversations.agenda import Filed, MeetingId
from conversations.core import Filing, LetterId
from conversations.flows.calendar import PickDay
from conversations.flows.filed.papers import (
    draft_of,
    elsewhere,
    filed_of,
    here,
    kept,
    letter_of,
)
from conversations.flows.flow import Button, Card, Line, Move, Scene, Step, button, foot, line
from conversations.rules.answers import Route
from conversations.rules.profile import CouncilRule, Form, PaperKind
from conversations.rules.texts import fold

_DAY = timedelta(days=1)
_WAYS = {
    Form.EMAIL: "email",
    Form.LETTER: "letter",
    Form.SYSTEM: "system",
    Form.DESK: "desk",
}


class New(Step):
    """When and which way, in one press."""

    def card(self, scene: Scene) -> Card:
        """Today by the usual way first."""
        first, *others = _forms(scene)
        rows = (
            (_quick(scene, "filed_today", first), _quick(scene, "filed_yesterday", first)),
            *((_quick(scene, "filed_today", one),) for one in others),
            (button("other_day"),),
        )
        letter = letter_of(scene)
        said = line("filed/new", title=letter.title if letter else "")
        return Card(line=said, rows=(*rows, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Noted; or another day first."""
        match name:
            case "filed_today":
                return filed_on(scene, scene.today, Form(value))
            case "filed_yesterday":
                return filed_on(scene, scene.today - _DAY, Form(value))
            case "other_day":
                return Move(step="day", args=here(scene))
            case "back":
                return Move(flow="drafts", step="letter", args=here(scene))
        return None

    def typed(self, scene: Scene, text: str) -> Move | None:
        """«Heute» and «gestern» mean the usual way; any other day asks for it."""
        for name, day in (("today", scene.today), ("yesterday", scene.today - _DAY)):
            if fold(text) in scene.know.texts.means(name, scene.language):
                return filed_on(scene, day, _forms(scene)[0])
        there = replace(scene, position=replace(scene.position, step="day"))
        return Day().typed(there, text)

    def expects(self, scene: Scene) -> Line:
        """A day, or a button."""
        return Day().expects(scene)


class Day(PickDay):
    """On which day; for a paper that is filed it is corrected."""

    past = True

    def ask(self, scene: Scene) -> Line:
        """When."""
        return line("review/filed", doubt=bool(scene.text("doubt")))

    def take(self, scene: Scene, day: date, start: time | None) -> Move:
        """Corrected; or the way comes next."""
        one = filed_of(scene)
        if one is not None:
            return kept(scene, replace(one, day=day))
        return Move(step="way", args={**here(scene), "day": day.isoformat()})

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """A day, another month, or back."""
        if name == "back" and not scene.text("doubt"):
            return Move(step="one" if filed_of(scene) else "new", args=here(scene))
        return super().pressed(scene, name, value)


class Way(Step):
    """Which way it went."""

    def card(self, scene: Scene) -> Card:
        """Four buttons."""
        rows = tuple((button(f"form:{one}", f"filed_by_{_WAYS[one]}"),) for one in _forms(scene))
        return Card(line=line("filed/way"), rows=(*rows, *foot(skip=True)))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Noted."""
        one, day = filed_of(scene), scene.text("day")
        if name == "back":
            return Move(step="one" if one else "day", args=here(scene))
        if name not in {"form", "skip"}:
            return None
        form = Form(value) if name == "form" else None
        if one is not None:
            return kept(scene, replace(one, way=form or one.way))
        return filed_on(scene, date.fromisoformat(day), form) if day else Move(step="list")


def filed_on(scene: Scene, day: date, way: Form | None) -> Move:
    """It is filed from now on; a change later is a new version that says what it replaces."""
    letter, hint = letter_of(scene), line("drafts/filed_noted", day=day)
    if letter is None or not letter.mine:
        return Move(step="list")
    if elsewhere(scene):
        filings = ((letter.id, Filing(day=day)),)
        return Move(flow="drafts", step="letter", args=here(scene), filings=filings, hint=hint)
    if (one := filed_of(scene)) is not None:
        return kept(scene, replace(one, day=day, way=way or one.way), hint=hint)
    filed = Filed(letter=LetterId(letter.id), title=letter.title, day=day, way=way)
    return kept(scene, replace(filed, to=_to(scene, way), meeting=_meeting(scene)), hint=hint)


def _quick(scene: Scene, name: str, form: Form) -> Button:
    way = scene.know.texts.label(f"filed_by_{_WAYS[form]}", scene.language)
    return button(f"{name}:{form}", way=way)


def _forms(scene: Scene) -> list[Form]:
    """All ways, those that the council's rule names first; else e-mail first."""
    council = scene.state.council
    rule = council.profile.rules.get(PaperKind.INQUIRY) if council else None
    named = (rule or CouncilRule()).forms
    return [*named, *(one for one in Form if one not in named)]


def _to(scene: Scene, way: Form | None) -> str:
    """The office the letter names: its address for mails, else its name."""
    draft = draft_of(scene)
    if draft is None or draft.answers.route is not Route.OWN:
        return ""
    office = draft.answers.council
    return office.office_email if way is Form.EMAIL else office.office_name.split("\n")[0]


def _meeting(scene: Scene) -> MeetingId | None:
    """The meeting on the day that the letter names, if it is entered."""
    draft = draft_of(scene)
    day = draft.answers.meeting.day if draft and draft.answers.meeting else None
    return next((one.id for one in scene.state.agenda.meetings if one.day == day), None)


STEPS: dict[str, Step] = {"new": New(), "day": Day(), "way": Way()}

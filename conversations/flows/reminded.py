"""What a button or link under a reminder does: in groups answers alone, in private cards too."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Final

from conversations.agenda import Filed, KimItem, Reminded, Report, ReportId
from conversations.core import Decision, Reply, Say, Screen, State, Toast
from conversations.deeds import Deed, File, Note, PutOff, Refused, Schedule, is_admin
from conversations.events import Called, Event, Pressed
from conversations.facts import CouncilFacts
from conversations.flows import papers
from conversations.flows.arriving import reminder_of
from conversations.flows.flow import Move, Scene, line
from conversations.planning.chances import local, reported, target
from conversations.reminders import filed_of, meeting_of
from conversations.rules.deadlines import BERLIN
from conversations.rules.knowledge import Knowledge
from conversations.rules.reminding import ReminderKind, Reminding
from conversations.rules.schedule import changed_by_hand
from conversations.rules.texts import REFERENCE

_PLACES: Final[Mapping[ReminderKind, tuple[str, str]]] = {
    ReminderKind.TOMORROW: ("meetings", "list"),
    ReminderKind.AGENDA: ("meetings", "list"),
    ReminderKind.DATES: ("meetings", "list"),
    ReminderKind.REPORTED: ("reports", "list"),
    ReminderKind.RECEIPT: ("filed", "list"),
    ReminderKind.PROMISED: ("filed", "list"),
}
"""Where the link under a reminder leads; the others begin a paper."""


def met(scene: Scene, event: Event) -> Move | Decision | None:
    """In the private chat: what a button or link of a reminder leads to; None for others."""
    if not reminder_of(event):
        return None
    reminded = scene.state.reminder
    if reminded is None:
        return _unknown(scene, event)
    if isinstance(event, Called):
        return _opened(scene, reminded)
    action = event.data.split(":")[1] if isinstance(event, Pressed) else ""
    if action == "prepare":
        return _prepared(scene, reminded)
    if action == "dates" or (action == "reported" and not _is_over(scene.state, reminded)):
        flow = "meetings" if action == "dates" else "reports"
        return Move(flow=flow, step="list", drop_draft=True, member=scene.member)
    return pressed(scene.know, scene.state, action, in_group=False)


def pressed(know: Knowledge, state: State, action: str, *, in_group: bool) -> Decision:
    """What a press leads to that needs no card. Who has no business with the reminder, and who
    presses a button that never was, reads the same line."""
    press = _Press(know=know, state=state, in_group=in_group)
    if state.reminder is None or state.member is None:
        return press.said("reminders/unknown")
    match action:
        case "listed" | "postponed" | "fell" | "oral" | "written" | "reported":
            return press.of_meeting(action, state.reminder)
        case "receipt" | "answered":
            return press.of_paper(action, state.reminder)
        case "later":
            return press.later(state.reminder)
        case "off":
            return press.off()
        case "prepare" | "dates" | "private":
            return press.said("reminders/in_private")
    return press.said("reminders/unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Press:
    """One press on a reminder's button, and the words for it."""

    know: Knowledge
    state: State
    in_group: bool

    @property
    def today(self) -> date:
        """The local day."""
        return self.state.now.astimezone(BERLIN).date()

    def said(self, key: str, **values: object) -> Decision:
        """Only words, for the one who pressed."""
        return Decision(replies=(self._alert(key, values),))

    def of_meeting(self, action: str, reminded: Reminded) -> Decision:
        """An admin says how it stands with KIM at the meeting."""
        if not self._is_admin(reminded):
            return self.said("reminders/admins_only")
        meeting = meeting_of(self.state.agenda.meetings, reminded.subject)
        report = action in {"oral", "written", "reported"}
        if report and not _is_over(self.state, reminded):
            return self.said("reminders/in_private")  # which meeting it was, only a card can ask
        if meeting is None or (report and reported(self.state.agenda.reports, meeting)):
            return self.said("reminders/gone")
        deed: Deed
        if report:
            note = Report(
                id=ReportId(self.state.fresh),
                day=meeting.day,
                meeting=meeting.id,
                oral=action == "oral",
            )
            deed = Note(council=reminded.council, report=note)
        else:
            kim = {"listed": KimItem.LISTED, "postponed": KimItem.POSTPONED}.get(action)
            kept = (
                replace(meeting, kim=kim)
                if kim
                else changed_by_hand(replace(meeting, cancelled=True))
            )
            deed = Schedule(council=reminded.council, kept=(kept,))
        return self._done(deed, action, day=meeting.day)

    def of_paper(self, action: str, reminded: Reminded) -> Decision:
        """An admin says what became of a paper; in private so does whose letter it is."""
        filed = filed_of(self.state.agenda.filed, reminded.subject)
        mine = filed is not None and not self.in_group and self._wrote(filed)
        if not (mine or self._is_admin(reminded)):
            return self.said("reminders/admins_only")
        if filed is None:
            return self.said("reminders/gone")
        deed = File(letter=filed.letter, council=reminded.council, filed=self._told(filed, action))
        return self._done(deed, action, day=self.today)

    def later(self, reminded: Reminded) -> Decision:
        """Once more tomorrow, while it is of use then."""
        if self.in_group and not self._is_admin(reminded):
            return self.said("reminders/admins_only")
        tomorrow = self.today + timedelta(days=1)
        until = local(tomorrow, self._hour())
        if reminded.expires is not None and until >= reminded.expires:
            return self.said("reminders/too_late")
        deed = PutOff(
            council=reminded.council,
            reminder=reminded.id,
            slot=f"{reminded.slot.partition('/')[0]}/{tomorrow.isoformat()}",
            until=until,
        )
        words = self._alert("reminders/later", {"day": tomorrow}, alert=False)
        return Decision(deeds=(deed,), replies=(words,))

    def off(self) -> Decision:
        """In private at once; what a group receives is set by its admins in private."""
        if self.in_group:
            admin = self.state.reminder is not None and self._is_admin(self.state.reminder)
            return self.said("reminders/off_in_group" if admin else "reminders/admins_only")
        assert self.state.member is not None
        own = replace(self.state.member.reminding, private=False)
        member = replace(self.state.member, reminding=own)
        return Decision(member=member, replies=self._replaced("reminders/off", {}))

    def _done(self, deed: Deed, action: str, *, day: date) -> Decision:
        replies = self._replaced("reminders/noted", {"what": action, "day": day})
        return Decision(deeds=(deed,), replies=replies)

    def _replaced(self, key: str, values: Mapping[str, object]) -> tuple[Reply, ...]:
        """The reminder says from now on what was answered, without buttons."""
        language = REFERENCE if self.in_group else self._language
        html = self.know.texts.html(key, language, **values)
        words = self._alert(key, values, alert=False)
        return words, Say(screen=Screen(html=html), instead=True)

    def _alert(self, key: str, values: Mapping[str, object], *, alert: bool = True) -> Toast:
        text = self.know.texts.plain(key, self._language, **values)
        return Toast(text=text, alert=alert)

    @property
    def _language(self) -> str:
        member = self.state.member
        if member is not None:
            return member.language
        return self.know.texts.nearest(self.state.telegram_language)

    def _is_admin(self, reminded: Reminded) -> bool:
        return is_admin(self.state.standing, reminded.council)

    def _wrote(self, filed: Filed) -> bool:
        return any(one.id == filed.letter and one.mine for one in self.state.letters)

    def _told(self, filed: Filed, action: str) -> Filed:
        if action == "receipt":
            return replace(filed, receipt=filed.receipt or self.today)
        return replace(filed, answered=filed.answered or self.today)

    def _hour(self) -> time:
        """The council's hour for reminders."""
        council = self.state.council
        return council.profile.reminding.at if council else Reminding().at


def _is_over(state: State, reminded: Reminded) -> bool:
    """Whether the reminder is about a meeting that has been."""
    meeting = meeting_of(state.agenda.meetings, reminded.subject)
    return meeting is not None and meeting.day <= state.now.astimezone(BERLIN).date()


def _opened(scene: Scene, reminded: Reminded) -> Move:
    """The link from a chat: to what the reminder is about, or into the paper itself."""
    if reminded.kind not in _PLACES:
        return _prepared(scene, reminded)
    flow, step = _PLACES[reminded.kind]
    return Move(flow=flow, step=step, drop_draft=True, member=scene.member)


def _prepared(scene: Scene, reminded: Reminded) -> Move:
    """A draft with council, meeting and paper chosen; without a meeting of its own, for the next
    one whose deadline can be met."""
    meeting, council = (
        meeting_of(scene.state.agenda.meetings, reminded.subject),
        scene.state.council,
    )
    if meeting is None and council is not None:
        found = target(CouncilFacts.of(council, scene.state.agenda), scene.state.now)
        meeting = found.meeting if found else None
    return papers.inquiry_for(scene, meeting)


def _unknown(scene: Scene, event: Event) -> Move | Decision:
    """Missing and foreign look alike; a press that the bot offered to nobody here is noted."""
    if isinstance(event, Pressed):
        council = scene.seat.council if scene.seat else None
        said = pressed(scene.know, scene.state, "", in_group=False)
        return replace(said, deeds=(Refused(what="button", council=council),))
    return Move(flow="home", step="home", drop_draft=True, hint=line("reminders/unknown"))

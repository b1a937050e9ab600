"""To whom the paper goes and for which meeting: first card of a draft, and its details."""

from dataclasses import replace
from datetime import date, time

from conversations.flows.calendar import PickDay, meeting_on
from conversations.flows.drafting import Shown, before, change, definition_of, onward
from conversations.flows.entry import LINE, Accepted, check
from conversations.flows.flow import Card, Line, Move, Row, Scene, Step, button, foot, line
from conversations.flows.inquiry import stages
from conversations.rules.answers import Address, Person, Route
from conversations.rules.filing import read_rule

_RULES = ("7:kalendertag", "10:kalendertag", "14:kalendertag", "21:kalendertag")
_TIMES = ("15:00", "16:00", "17:00", "18:00")
_FORMS = {"frau": Address.FRAU, "herr": Address.HERR, "herrn": Address.HERR}
_FORMS |= {"mrs": Address.FRAU, "ms": Address.FRAU, "mr": Address.HERR}


class Recipient(Step):
    """Everything known about the recipient, on one card."""

    def card(self, scene: Scene) -> Card:
        """Recipient, meeting and deadline; with a known sender the short way to the review."""
        known = bool(scene.answers.sender.name)
        own = scene.answers.route is Route.OWN
        meeting = button("meeting", "other_meeting" if scene.answers.meeting else "pick_meeting")
        rows: tuple[Row, ...] = (
            (button("fine"),),
            ((button("straight"),) if known else ()),
            ((meeting, button("details")) if own else (button("details"),)),
        )
        return Card(line=self._line(scene), rows=(*rows, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """On, or to what shall be different."""
        match name:
            case "fine":
                return Move(step=stages.following(scene, "recipient"))
            case "straight":
                return Move(step="review")
            case "meeting":
                return Move(step="meeting", args={"then": "recipient"})
            case "details":
                return Move(step="recipient_details")
            case "back":
                return Move(flow="papers", step="paper", drop_draft=True)
        return None

    def _line(self, scene: Scene) -> Line:
        answers = scene.answers
        return line(
            "recipient/recipient",
            **stages.progress(scene, "recipient"),
            to=Shown(scene=scene).recipient,
            meeting=answers.meeting,
            deadline=Shown(scene=scene).deadline,
            rule=answers.council.rule,
            section=answers.council.section,
            now=scene.state.now,
            today=scene.today,
            note=definition_of(scene).source,
            own=answers.route is Route.OWN,
            replaces=answers.replaces,
        )


class RecipientDetails(Step):
    """What can be changed about the recipient."""

    def card(self, scene: Scene) -> Card:
        """One button per detail."""
        own = (("chair", "body"), ("meeting", "time"), ("rule", "section"))
        rows = own if scene.answers.route is Route.OWN else ()
        common = (("head", "office_email"), ("office_name", "office_address"), ("other_place",))
        buttons = tuple(tuple(button(id_) for id_ in row) for row in (*rows, *common))
        said = line(
            "recipient/details", council=scene.answers.council, meeting=scene.answers.meeting
        )
        return Card(line=said, rows=(*buttons, (button("done"),), *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """To the detail."""
        back = scene.text("then") or "recipient"
        args = {"then": "recipient_details"}
        match name:
            case "done" | "back":
                return Move(step=back)
            case "other_place":
                args = {"paper": definition_of(scene).paper, "draft": scene.draft.id}
                return Move(flow="papers", step="place", args=args, draft=scene.draft)
            case "chair" | "head" | "meeting" | "time" | "rule":
                return Move(step=name, args=args)
        return Move(step="detail", args={**args, "what": name})


class Named(Step):
    """A person the letter addresses: "Frau Aylin Demir", or the name and then the form."""

    def __init__(self, who: str) -> None:
        self._who = who

    def card(self, scene: Scene) -> Card:
        """The question; after a name without Frau or Herr, the form of address."""
        if name := scene.text("name"):
            rows = tuple((button(f"form:{form.value}"),) for form in Address)
            return Card(line=line("recipient/form", name=name), rows=(*rows, *foot()))
        council = scene.answers.council
        known = council.chair if self._who == "chair" else council.head
        said = line(f"recipient/{self._who}", place=Shown(scene=scene).place, known=known)
        return Card(line=said, rows=foot(skip=True))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """The form of address, or on without a name."""
        match name:
            case "form":
                return self._take(scene, Person(name=scene.text("name"), address=Address(value)))
            case "skip":
                return onward(scene, self._set(scene, Person()), self._who)
            case "back":
                return before(scene, self._who)
        return None

    def typed(self, scene: Scene, text: str) -> Move | None:
        """The name, with or without the form of address before it."""
        checked = check(scene, text, most=LINE, lines=False)
        if not isinstance(checked, Accepted):
            return checked
        first, _, rest = checked.text.partition(" ")
        form = _FORMS.get(first.casefold().rstrip("."))
        if form and rest:
            return self._take(scene, Person(name=rest.strip(), address=form))
        return Move(step=self._who, args={**scene.args, "name": checked.text})

    def expects(self, scene: Scene) -> Line:
        """A name."""
        return line("recipient/expects_name")

    def _take(self, scene: Scene, person: Person) -> Move:
        return onward(scene, self._set(scene, person), self._who)

    def _set(self, scene: Scene, person: Person) -> Move:
        old = scene.answers.council
        chairs = self._who == "chair"
        council = replace(old, chair=person) if chairs else replace(old, head=person)
        return change(scene, replace(scene.answers, council=council), self._who)


class PickMeeting(PickDay):
    """The meeting the paper is for."""

    def ask(self, scene: Scene) -> Line:
        """For which meeting."""
        return line("recipient/meeting", typed_too=True, doubt=bool(scene.text("doubt")))

    def others(self, scene: Scene) -> tuple[Row, ...]:
        """Without a meeting, too."""
        return ((button("no_meeting"),),)

    def take(self, scene: Scene, day: date, start: time | None) -> Move:
        """The day; the hour is asked once when nobody ever said one."""
        meeting = meeting_on(scene.answers.meeting or scene.member.meeting, day, start)
        move = change(scene, replace(scene.answers, meeting=meeting, deadline=None), "recipient")
        if meeting.start is None and scene.args.get("intro"):
            return replace(move, step="time", args=dict(scene.args))
        return onward(scene, move, "meeting")

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """A day, another month, or none."""
        match name:
            case "no_meeting" | "skip":
                answers = replace(scene.answers, meeting=None, deadline=None)
                return onward(scene, change(scene, answers, "recipient"), "meeting")
            case "back":
                return before(scene, "meeting")
        return super().pressed(scene, name, value)


class MeetingTime(Step):
    """At which hour the meeting starts."""

    def card(self, scene: Scene) -> Card:
        """Usual hours, or typed."""
        rows = (tuple(button(f"time:{t}", text=t) for t in _TIMES),)
        return Card(line=line("recipient/time"), rows=(*rows, *foot(skip=True)))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """An hour, or none."""
        match name:
            case "time":
                return self._take(scene, time.fromisoformat(value))
            case "skip":
                return onward(scene, Move(step="recipient"), "meeting")
            case "back" if scene.args.get("intro"):
                return Move(step="meeting", args=scene.args)
            case "back":
                return before(scene, "meeting")
        return None

    def typed(self, scene: Scene, text: str) -> Move | None:
        """An hour such as "17 Uhr", "17:30" or "17"."""
        digits = "".join(c if c.isdecimal() else " " for c in text).split()
        if not 1 <= len(digits) <= 2 or not all(len(d) <= 2 for d in digits):
            return None
        hour, minute = int(digits[0]), int(digits[1]) if len(digits) == 2 else 0
        return self._take(scene, time(hour, minute)) if hour < 24 and minute < 60 else None

    def expects(self, scene: Scene) -> Line:
        """An hour."""
        return line("dates/expects_time")

    def _take(self, scene: Scene, start: time) -> Move:
        if scene.answers.meeting is None:
            return onward(scene, Move(step="recipient"), "meeting")
        meeting = replace(scene.answers.meeting, start=start)
        return onward(
            scene, change(scene, replace(scene.answers, meeting=meeting), "recipient"), "meeting"
        )


class Rule(Step):
    """How long before the meeting the paper has to be there: the council's own rule."""

    def card(self, scene: Scene) -> Card:
        """Usual rules, or typed; never guessed."""
        pairs = [
            tuple(button(f"rule:{rule}", f"rule_{rule.partition(':')[0]}") for rule in row)
            for row in (_RULES[:2], _RULES[2:])
        ]
        return Card(
            line=line("recipient/rule"), rows=(*pairs, (button("skip", "rule_unknown"),), *foot())
        )

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """A usual rule, or unknown."""
        match name:
            case "rule":
                return self.typed(scene, value.replace(":", " "))
            case "skip":
                return onward(scene, Move(step="recipient"), "rule")
            case "back":
                return before(scene, "rule")
        return None

    def typed(self, scene: Scene, text: str) -> Move | None:
        """A rule as people say it."""
        rule = read_rule(text)
        if rule is None:
            return None
        council = replace(scene.answers.council, rule=rule)
        move = change(scene, replace(scene.answers, council=council), "recipient")
        return onward(scene, move, "rule")

    def expects(self, scene: Scene) -> Line:
        """A rule, with examples."""
        return line("recipient/expects_rule")


STEPS = {
    "recipient": Recipient(),
    "recipient_details": RecipientDetails(),
    "chair": Named("chair"),
    "head": Named("head"),
    "meeting": PickMeeting(),
    "time": MeetingTime(),
    "rule": Rule(),
}

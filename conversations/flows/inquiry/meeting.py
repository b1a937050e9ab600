"""The meeting a paper is for: its day, its hour, and how long before it the paper is due."""

from dataclasses import replace
from datetime import date, time

from conversations.agenda import CouncilMeeting
from conversations.flows.beginning import as_meeting
from conversations.flows.calendar import PickDay, meeting_on
from conversations.flows.drafting import before, change, introduction, onward
from conversations.flows.entry import ways_on
from conversations.flows.flow import Card, Line, Move, Row, Scene, Step, button, foot, line
from conversations.flows.meetings.shown import coming, entry
from conversations.rules import dates
from conversations.rules.answers import FilingRule, Meeting
from conversations.rules.filing import read_rule

_RULES = ("7:kalendertag", "10:kalendertag", "14:kalendertag", "21:kalendertag")
_NEXT = 4
"""Meetings of the council that have a button of their own."""
_TIMES = ("15:00", "16:00", "17:00", "18:00")


class PickMeeting(PickDay):
    """The meeting the paper is for."""

    def ask(self, scene: Scene) -> Line:
        """For which meeting."""
        return line(
            "recipient/meeting",
            doubt=bool(scene.text("doubt")),
            intro=introduction(scene, "meeting"),
        )

    def near(self, scene: Scene) -> date | None:
        """The month of the meeting chosen before."""
        return scene.answers.meeting.day if scene.answers.meeting else None

    def usual(self, scene: Scene) -> tuple[Row, ...]:
        """The council's next meetings, as far as they are entered."""
        return tuple((entry(scene, one, "next"),) for one in _next(scene))

    def others(self, scene: Scene) -> tuple[Row, ...]:
        """Without a meeting, too."""
        return ((button("no_meeting"),),)

    def take(self, scene: Scene, day: date, start: time | None) -> Move:
        """The day; the hour is asked once when nobody ever said one."""
        before = None if scene.draft.council else scene.member.meeting
        return self._put(scene, meeting_on(scene.answers.meeting or before, day, start))

    def _put(self, scene: Scene, meeting: Meeting) -> Move:
        move = change(scene, replace(scene.answers, meeting=meeting, deadline=None), "recipient")
        if meeting.start is None:
            kept = {key: arg for key, arg in scene.args.items() if key in {"intro", "then"}}
            return replace(move, step="time", args=kept)
        return onward(scene, move, "meeting")

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """One of the council's meetings, a day, another month, or none."""
        match name:
            case "next":
                found = next((one for one in _next(scene) if one.id == value), None)
                return self._put(scene, as_meeting(found)) if found else None
            case "no_meeting" | "skip":
                answers = replace(scene.answers, meeting=None, deadline=None)
                return onward(scene, change(scene, answers, "recipient"), "meeting")
            case "back" if not scene.text("doubt"):
                return before(scene, "meeting")
        return super().pressed(scene, name, value)


def _next(scene: Scene) -> tuple[CouncilMeeting, ...]:
    """Of the letter's council, while that is the one in hand."""
    if not scene.seat or scene.draft.council != scene.seat.council:
        return ()
    return tuple(one for one in coming(scene) if not one.cancelled)[:_NEXT]


class MeetingTime(Step):
    """At which hour the meeting starts."""

    def card(self, scene: Scene) -> Card:
        """Usual hours, or typed."""
        hours = tuple(button(f"time:{t}", text=t) for t in _TIMES)
        meeting = scene.answers.meeting
        known = meeting is not None and meeting.start is not None
        on = ways_on(scene, known=known) or ((button("skip"),),)
        said = line("recipient/time", now=meeting.start if meeting else None)
        return Card(line=said, rows=(hours, *on, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """An hour, or none."""
        match name:
            case "time":
                return self._take(scene, time.fromisoformat(value))
            case "skip":
                return onward(scene, Move(step="recipient"), "meeting")
            case "clear":
                return self._take(scene, None)
            case "back" if scene.args.get("intro"):
                return Move(step="meeting", args=scene.args)
            case "back":
                return before(scene, "meeting")
        return None

    def typed(self, scene: Scene, text: str) -> Move | None:
        """An hour such as "17 Uhr", "17:30", "17" or "5 pm"."""
        _, half = dates.half_day(text.casefold())
        if half is not None:
            return None if isinstance(half, dates.Unclear) else self._take(scene, half)
        digits = "".join(c if c.isdecimal() else " " for c in text).split()
        if not 1 <= len(digits) <= 2 or not all(len(d) <= 2 for d in digits):
            return None
        hour, minute = int(digits[0]), int(digits[1]) if len(digits) == 2 else 0
        return self._take(scene, time(hour, minute)) if hour < 24 and minute < 60 else None

    def expects(self, scene: Scene) -> Line:
        """An hour."""
        return line("dates/expects_time")

    def _take(self, scene: Scene, start: time | None) -> Move:
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
        rule = scene.answers.council.rule
        unknown = ((button("skip", "rule_unknown"),),)
        on = ways_on(scene, known=True) if rule else unknown
        said = line("recipient/rule", now=rule, intro=introduction(scene, "rule"))
        return Card(line=said, rows=(*pairs, *on, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """A usual rule, or unknown."""
        match name:
            case "rule":
                return self.typed(scene, value.replace(":", " "))
            case "skip":
                return onward(scene, Move(step="recipient"), "rule")
            case "clear":
                return self._put(scene, None)
            case "back":
                return before(scene, "rule")
        return None

    def typed(self, scene: Scene, text: str) -> Move | None:
        """A rule as people say it."""
        rule = read_rule(text)
        return self._put(scene, rule) if rule else None

    def _put(self, scene: Scene, rule: FilingRule | None) -> Move:
        council = replace(scene.answers.council, rule=rule)
        move = change(scene, replace(scene.answers, council=council), "recipient")
        return onward(scene, move, "rule")

    def expects(self, scene: Scene) -> Line:
        """A rule, with examples."""
        return line("recipient/expects_rule")


STEPS = {"meeting": PickMeeting(), "time": MeetingTime(), "rule": Rule()}

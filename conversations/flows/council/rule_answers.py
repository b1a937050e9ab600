"""The parts of a rule, each asked for by a card of its own: buttons for the usual answers, and
typed as people say it.
"""

from collections.abc import Iterable
from datetime import date, time

from conversations.flows.calendar import PickDay
from conversations.flows.council.ruling import ruled, take, to_rule
from conversations.flows.entry import LINE, Entry, with_foot
from conversations.flows.flow import Button, Card, Line, Move, Row, Scene, Step, button, foot, line
from conversations.rules.answers import Unit
from conversations.rules.filing import read_hour, read_rule
from conversations.rules.profile import Form, Signature
from conversations.rules.rule_parts import MOST_QUESTIONS, TOGGLES, RulePart

_NUMBERS = ("7", "10", "14", "21")
_HOURS = ("10:00", "12:00", "15:00", "18:00")
_LIMITS = ("1", "2", "3", "5", "10")
_ENDS = frozenset({"filing_day", "meeting_day"})


class Count(Step):
    """How many days, and of which kind."""

    def card(self, scene: Scene) -> Card:
        """Usual numbers, kinds of day, or typed."""
        now = ruled(scene)
        numbers = tuple(button(f"days:{n}", f"rule_{n}") for n in _NUMBERS)
        units = tuple(
            button(f"unit:{unit.name.lower()}", f"rule_unit_{unit.name.lower()}")
            for unit in Unit
            if now.rule.count and unit is not now.rule.count.unit
        )
        said = line("rules/count", it=now)
        return Card(line=said, rows=(numbers[:2], numbers[2:], units, *_end(now.rule.count)))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """A number of days, another kind of day, or none."""
        count = ruled(scene).rule.count
        match name:
            case "days":
                return take(scene, RulePart.COUNT, f"{value} {Unit.CALENDAR}")
            case "unit" if count is not None:
                return take(scene, RulePart.COUNT, f"{count.number} {Unit[value.upper()]}")
            case "clear":
                return take(scene, RulePart.COUNT, "")
            case "back":
                return to_rule(scene)
        return None

    def typed(self, scene: Scene, text: str) -> Move | None:
        """A rule as people say it."""
        flat = " ".join(text.split())[:LINE]
        if read_rule(flat, ruled(scene).rule.count) is None:
            return None
        return take(scene, RulePart.COUNT, flat)

    def expects(self, scene: Scene) -> Line:
        """A rule, with examples."""
        return line("recipient/expects_rule")


class Cutoff(Step):
    """Until which hour of the last day."""

    def card(self, scene: Scene) -> Card:
        """Usual hours, typed, or the whole day."""
        hours = tuple(button(f"hour:{hour}", text=hour) for hour in _HOURS)
        rows = (hours, (button("clear", "rule_whole_day"),), *foot())
        return Card(line=line("rules/cutoff", it=ruled(scene)), rows=rows)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """An hour, or none."""
        match name:
            case "hour":
                return take(scene, RulePart.CUTOFF, time.fromisoformat(value).isoformat())
            case "clear":
                return take(scene, RulePart.CUTOFF, "")
            case "back":
                return to_rule(scene)
        return None

    def typed(self, scene: Scene, text: str) -> Move | None:
        """An hour such as "12 Uhr"."""
        hour = read_hour(text)
        return take(scene, RulePart.CUTOFF, hour.isoformat()) if hour else None

    def expects(self, scene: Scene) -> Line:
        """An hour."""
        return line("dates/expects_time")


class Days(Step):
    """Which days count, and what becomes of a day off."""

    def card(self, scene: Scene) -> Card:
        """Switches; only those that matter for the kind of day."""
        now = ruled(scene)
        count = now.rule.count
        if count is None:
            return Card(line=line("rules/days", it=now), rows=foot())
        sends = {"filing_day": "rule_on_sending_day"} if now.sending else {}
        free = count.earlier or count.unit in {Unit.WORKING, Unit.WEEKDAY}
        hidden = (_ENDS if count.unit is Unit.CLEAR else frozenset()) | (
            frozenset() if free else {"holidays", "eves"}
        )
        switches = (
            _switch(scene, name, sends.get(name, f"rule_on_{name}"), on=getattr(count, name))
            for name in TOGGLES
            if name not in hidden
        )
        return Card(line=line("rules/days", it=now), rows=_switches(switches))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """A switch, or done."""
        return _switched(scene, RulePart.DAYS, name, value)


class Forms(Step):
    """How a paper may be handed in."""

    def card(self, scene: Scene) -> Card:
        """A switch for each way."""
        now = ruled(scene)
        switches = (
            _switch(scene, form, f"rule_form_{form.name.lower()}", on=form in now.rule.forms)
            for form in Form
        )
        return Card(line=line("rules/forms", it=now), rows=_switches(switches))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """A switch, or done."""
        return _switched(scene, RulePart.FORMS, name, value)


class Sign(Step):
    """Whose signature it needs."""

    def card(self, scene: Scene) -> Card:
        """One button for each."""
        rows = tuple((button(f"sign:{one}", f"rule_sign_{one.name.lower()}"),) for one in Signature)
        now = ruled(scene)
        return Card(line=line("rules/signature", it=now), rows=(*rows, *_end(now.rule.signature)))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """One of them, or unknown."""
        match name:
            case "sign":
                return take(scene, RulePart.SIGNATURE, Signature(value))
            case "clear":
                return take(scene, RulePart.SIGNATURE, "")
            case "back":
                return to_rule(scene)
        return None


class Most(Step):
    """How many questions at most."""

    def card(self, scene: Scene) -> Card:
        """Small numbers, or typed."""
        limits = tuple(button(f"most:{limit}", text=limit) for limit in _LIMITS)
        now = ruled(scene)
        rows = (limits, *_end(now.rule.most_questions))
        return Card(line=line("rules/most", it=now), rows=rows)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """A number, or none."""
        match name:
            case "most":
                return take(scene, RulePart.MOST, value)
            case "clear":
                return take(scene, RulePart.MOST, "")
            case "back":
                return to_rule(scene)
        return None

    def typed(self, scene: Scene, text: str) -> Move | None:
        """A number of questions."""
        digits = [word for word in text.replace(".", " ").split() if word.isdecimal()]
        if len(digits) != 1 or len(digits[0]) > 2 or not 0 < int(digits[0]) <= MOST_QUESTIONS:
            return None
        return take(scene, RulePart.MOST, str(int(digits[0])))

    def expects(self, scene: Scene) -> Line:
        """A number."""
        return line("rules/expects_most", most=MOST_QUESTIONS)


class Wording(Entry):
    """A text of the rule: the §, or where it stands."""

    most = LINE

    def __init__(self, part: RulePart, key: str, usual: tuple[str, ...] = ()) -> None:
        self._part = part
        self._key = key
        self._usual = usual

    def ask(self, scene: Scene) -> Card:
        """Usual words, or typed."""
        now = ruled(scene)
        known = now.rule.section if self._part is RulePart.SECTION else now.rule.basis
        rows: list[Row] = [(button(f"usual:{key}", key),) for key in self._usual]
        clear = ((button("clear"),),) if known else ()
        return with_foot(self._key, *rows, *clear, it=now)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Usual words, or none."""
        match name:
            case "usual" if value in self._usual:
                return take(scene, self._part, scene.know.texts.label(value, "de"))
            case "clear":
                return take(scene, self._part, "")
            case "back":
                return self.again(scene) if scene.text("pending") else to_rule(scene)
        return super().pressed(scene, name, value)

    def take(self, scene: Scene, text: str) -> Move:
        """The text."""
        return take(scene, self._part, text)

    def expects(self, scene: Scene) -> Line:
        """A text."""
        return line("trouble/expects_text")


class Checked(PickDay):
    """The day that somebody compared the rule with its basis."""

    past = True

    def ask(self, scene: Scene) -> Line:
        """When."""
        return line("rules/checked", it=ruled(scene), doubt=bool(scene.text("doubt")))

    def usual(self, scene: Scene) -> tuple[Row, ...]:
        """Today, most of the time."""
        return ((button("today"), button("clear", "rule_unchecked")),)

    def take(self, scene: Scene, day: date, start: time | None) -> Move:
        """The day."""
        return take(scene, RulePart.CHECKED, day.isoformat())

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Today, not at all, or a day of the month."""
        match name:
            case "today":
                return self.take(scene, scene.today, None)
            case "clear":
                return take(scene, RulePart.CHECKED, "")
            case "back" if not scene.text("doubt"):
                return to_rule(scene)
        return super().pressed(scene, name, value)


def _switch(scene: Scene, name: str, key: str, *, on: bool) -> Button:
    words = scene.know.texts.label(key, scene.language)
    return button(f"set:{name}:{int(not on)}", "part_on" if on else "part_off", words=words)


def _switches(switches: Iterable[Button]) -> tuple[Row, ...]:
    return (*((one,) for one in switches), (button("done"),), *foot())


def _switched(scene: Scene, part: RulePart, name: str, value: str) -> Move | None:
    match name:
        case "set":
            return take(scene, part, value, step=f"rule_{part}")
        case "done" | "back":
            return to_rule(scene)
    return None


def _end(known: object) -> tuple[Row, ...]:
    """The last rows: what is known can be taken away."""
    return (*(((button("clear"),),) if known else ()), *foot())


STEPS: dict[str, Step] = {
    "rule_count": Count(),
    "rule_cutoff": Cutoff(),
    "rule_days": Days(),
    "rule_forms": Forms(),
    "rule_signature": Sign(),
    "rule_most": Most(),
    "rule_section": Wording(RulePart.SECTION, "rules/section"),
    "rule_basis": Wording(RulePart.BASIS, "rules/basis", ("rule_basis_order", "rule_basis_office")),
    "rule_checked": Checked(),
}

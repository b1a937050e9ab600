"""A council's rules: the list, and one card per rule with everything in words and an example."""

from dataclasses import replace
from datetime import date, timedelta

from conversations.flows.council.parts import RULES, administers
from conversations.flows.council.ruling import Ruled, amend, ruled, take, to_rule
from conversations.flows.council.ways import before, onward, progress, setting_up, staying
from conversations.flows.entry import LINE
from conversations.flows.flow import Card, Line, Move, Row, Scene, Step, button, foot, line
from conversations.rules.explaining import Explanation, explain
from conversations.rules.filing import read_rule
from conversations.rules.profile import CouncilRule, PaperKind
from conversations.rules.rule_parts import RulePart, parts_of

_AHEAD = timedelta(days=60)
_SATURDAY = 5
_OTHER = {PaperKind.INQUIRY: PaperKind.MOTION, PaperKind.MOTION: PaperKind.INQUIRY}
_COUNTED = frozenset({RulePart.CUTOFF, RulePart.DAYS})
_ROWS = (
    (RulePart.COUNT, RulePart.CUTOFF),
    (RulePart.DAYS,),
    (RulePart.FORMS, RulePart.SIGNATURE),
    (RulePart.MOST, RulePart.SECTION),
    (RulePart.BASIS, RulePart.CHECKED),
)


class Rules(Step):
    """All rules of the council, a line each."""

    def card(self, scene: Scene) -> Card:
        """One button per kind of paper."""
        kinds = tuple((button(f"kind:{kind}", f"rule_kind_{kind}"),) for kind in PaperKind)
        said = line(
            "rules/rules",
            all=[ruled(scene, kind) for kind in PaperKind],
            admin=administers(scene),
            setup=progress(scene, RULES),
        )
        on = ((button("done"),),) if setting_up(scene) else ()
        return Card(line=said, rows=(*kinds, *on, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """To a rule, or back to the council."""
        match name:
            case "kind":
                return to_rule(scene, kind=PaperKind(value))
            case "done":
                return onward(scene, Move(step="rules"), RULES)
            case "back":
                return before(scene, RULES)
        return None


class Rule(Step):
    """One rule: all that is known of it in words, and a date it leads to."""

    def card(self, scene: Scene) -> Card:
        """Its admins change each part with one press."""
        now = ruled(scene)
        said = line("rules/rule", it=now, example=_example(scene, now), admin=administers(scene))
        rows = self._parts(scene, now) if administers(scene) else ()
        return Card(line=said, rows=(*rows, (button("rules", "rules_all"),), *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """To one part, or take the other kind's rule over."""
        match name:
            case "part":
                return to_rule(scene, f"rule_{RulePart(value)}")
            case "same":
                other = ruled(scene, PaperKind(value)).rule
                return amend(scene, replace(other, checked=None))
            case "rules" | "back":
                return Move(step="rules", args=staying(scene))
        return None

    def typed(self, scene: Scene, text: str) -> Move | None:
        """A whole rule as people say it; a bare number is one of the buttons."""
        flat = " ".join(text.split())[:LINE]
        bare = flat.strip(" .)").isdecimal()
        if bare or not administers(scene) or read_rule(flat, ruled(scene).rule.count) is None:
            return None
        return take(scene, RulePart.COUNT, flat)

    def expects(self, scene: Scene) -> Line:
        """A rule, or a button."""
        return line("recipient/expects_rule" if administers(scene) else "trouble/use_buttons")

    def _parts(self, scene: Scene, now: Ruled) -> tuple[Row, ...]:
        offered = set(parts_of(now.kind)) - (_COUNTED if now.rule.count is None else frozenset())
        rows = (
            tuple(button(f"part:{part}", f"rule_part_{part}") for part in row if part in offered)
            for row in _ROWS
        )
        other = _OTHER.get(now.kind)
        empty = now.rule == CouncilRule()
        known = other is not None and ruled(scene, other).rule != CouncilRule()
        same = (button(f"same:{other}", f"rule_same_{other}"),) if empty and known else ()
        return (same, *rows)


def _example(scene: Scene, now: Ruled) -> Explanation | None:
    if now.rule.count is None:
        return None
    return explain(_meeting(scene), now.rule.count, now.rule.checked)


def _meeting(scene: Scene) -> date:
    """The meeting ahead, if one is known; else a day of the week in two months."""
    known = scene.member.meeting
    if known is not None and known.day >= scene.today:
        return known.day
    day = scene.today + _AHEAD
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() >= _SATURDAY else day


STEPS: dict[str, Step] = {"rules": Rules(), "rule": Rule()}

"""The parts of a council's rule, and how an answer changes one of them.

Answers are plain strings, as buttons and typed texts bring them.
"""

from dataclasses import replace
from datetime import date, time
from enum import StrEnum

from conversations.rules.answers import FilingRule
from conversations.rules.filing import read_rule
from conversations.rules.profile import CouncilRule, Form, PaperKind, Signature

MOST_QUESTIONS = 50
TOGGLES = ("filing_day", "meeting_day", "holidays", "eves", "earlier")


class RulePart(StrEnum):
    """What can be changed by itself."""

    COUNT = "count"
    """Number and unit, or the whole count as people say it."""
    CUTOFF = "cutoff"
    DAYS = "days"
    """Which days count, and whether a day off moves earlier."""
    FORMS = "forms"
    SIGNATURE = "signature"
    MOST = "most"
    SECTION = "section"
    BASIS = "basis"
    CHECKED = "checked"


_REST = (RulePart.COUNT, RulePart.CUTOFF, RulePart.DAYS)
SENDING = (*_REST, RulePart.SECTION, RulePart.BASIS, RulePart.CHECKED)
"""What there is to say about an invitation: nobody hands it in."""


def parts_of(kind: PaperKind) -> tuple[RulePart, ...]:
    """The parts that a kind of rule has."""
    return SENDING if kind is PaperKind.INVITATION else tuple(RulePart)


def changed(rule: CouncilRule, part: RulePart, value: str) -> CouncilRule:
    """The rule with one part as answered; unchanged when the answer cannot be understood. An
    empty value takes the part away.

    A rule that changed is "ungeprüft" again: nobody has compared the new one.
    """
    new = _put(rule, part, value)
    if new == rule or part is RulePart.CHECKED:
        return new
    return replace(new, checked=None)


def _put(rule: CouncilRule, part: RulePart, value: str) -> CouncilRule:
    match part:
        case RulePart.COUNT:
            return _count(rule, value)
        case RulePart.CUTOFF:
            return _counting(rule, cutoff=time.fromisoformat(value) if value else None)
        case RulePart.DAYS:
            name, _, on = value.partition(":")
            return _counting(rule, **{name: on == "1"}) if name in TOGGLES else rule
        case RulePart.FORMS:
            name, _, on = value.partition(":")
            others = {form for form in rule.forms if form.value != name}
            forms = {*others, Form(name)} if on == "1" else others
            return replace(rule, forms=tuple(form for form in Form if form in forms))
        case RulePart.SIGNATURE:
            return replace(rule, signature=Signature(value) if value else None)
        case RulePart.MOST:
            return replace(rule, most_questions=int(value) if value else None)
        case RulePart.SECTION:
            return replace(rule, section=value)
        case RulePart.BASIS:
            return replace(rule, basis=value)
        case RulePart.CHECKED:
            return replace(rule, checked=date.fromisoformat(value) if value else None)


def _count(rule: CouncilRule, text: str) -> CouncilRule:
    if not text:
        return replace(rule, count=None)
    count = read_rule(text, rule.count)
    return replace(rule, count=count) if count else rule


def _counting(rule: CouncilRule, **values: time | bool | None) -> CouncilRule:
    """A change of the count, when there still is one."""
    count: FilingRule | None = rule.count
    return rule if count is None else replace(rule, count=replace(count, **values))  # type: ignore[arg-type]

"""What is missing in answers, or does not fit the paper, before a letter is written of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from conversations.rules.composing import FACT
from conversations.rules.context import Case
from conversations.rules.deadlines import MOST_UNITS
from conversations.rules.definition import Definition
from conversations.rules.fields import field_problems
from conversations.rules.points import kept, offered


class Trouble(StrEnum):
    """Why a letter cannot be written yet."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    """There is no such point, part, fact or field in this paper."""
    UNFIT = "unfit"
    """The value does not fit: out of range, too long, no such choice, wrong order."""
    NOTHING_LEFT = "nothing left"
    """Every point was left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerProblem:
    """What is wrong with which answer; the key is its path in the answers, e.g. "sender.name"."""

    key: str
    trouble: Trouble
    detail: str = ""
    """The value or id in question."""


def problems(case: Case) -> tuple[AnswerProblem, ...]:
    """All that keeps a letter from being written; empty when it can be."""
    return (*_missing(case), *_fields(case), *_ids(case), *_rule(case))


def _missing(case: Case) -> Iterator[AnswerProblem]:
    if not case.answers.sender.name.strip():
        yield AnswerProblem(key="sender.name", trouble=Trouble.MISSING)
    if case.to_district and case.district is None:
        yield AnswerProblem(key="council.ags", trouble=Trouble.UNFIT, detail=case.municipality.name)
    if not kept(case.definition, case.answers):
        yield AnswerProblem(key="dropped", trouble=Trouble.NOTHING_LEFT)


def _fields(case: Case) -> Iterator[AnswerProblem]:
    answers = case.answers
    for one in field_problems(case.definition, answers, case.today, case.texts.phrases):
        missing = one.trouble.value == Trouble.MISSING.value
        trouble = Trouble.MISSING if missing else Trouble.UNFIT
        yield AnswerProblem(key=f"fields.{one.name}", trouble=trouble, detail=one.trouble.value)
    names = {field.name for field in case.definition.fields}
    for name in answers.fields.keys() - names:
        yield AnswerProblem(key=f"fields.{name}", trouble=Trouble.UNKNOWN, detail=name)


def _ids(case: Case) -> Iterator[AnswerProblem]:
    answers, known = case.answers, known_ids(case.definition)
    for id_ in (*answers.dropped, *answers.texts):
        if id_ not in known:
            key = "dropped" if id_ in answers.dropped else f"texts.{id_}"
            yield AnswerProblem(key=key, trouble=Trouble.UNKNOWN, detail=id_)
    ags = case.municipality.ags
    extras = {point.id for point in offered(case.definition, ags) if point.extra}
    for id_ in answers.extras:
        if id_ not in extras:
            yield AnswerProblem(key="extras", trouble=Trouble.UNKNOWN, detail=id_)


def _rule(case: Case) -> Iterator[AnswerProblem]:
    rule = case.answers.council.rule
    if rule is not None and not 0 <= rule.number <= MOST_UNITS:
        yield AnswerProblem(
            key="council.rule.number", trouble=Trouble.UNFIT, detail=str(rule.number)
        )


def known_ids(definition: Definition) -> frozenset[str]:
    """Ids of all points ("3"), parts ("2c") and facts ("fact:mittel-2022") of a paper."""
    points = (point.id for point in definition.points)
    parts = (f"{point.id}{part.id}" for point in definition.points for part in point.parts)
    facts = (f"{FACT}{fact.id}" for fact in definition.facts)
    return frozenset((*points, *parts, *facts))

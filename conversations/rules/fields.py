"""The fields of a paper: their values for one draft, and what is wrong with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from conversations.rules.answers import Answers
from conversations.rules.definition import Definition, Field, FieldType
from conversations.rules.phrases import Phrases

EARLIEST_YEAR, LATEST_YEAR = 1990, 2100
LONGEST_TEXT = 300


class FieldTrouble(StrEnum):
    """Why a field's value cannot stand in a letter."""

    MISSING = "missing"
    TYPE = "type"
    RANGE = "range"
    LENGTH = "length"
    CHOICE = "choice"
    ORDER = "order"
    """The year lies before the one it may not lie before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldProblem:
    """A field whose value has to be given or changed."""

    name: str
    trouble: FieldTrouble


def field_values(
    definition: Definition, answers: Answers, today: date, phrases: Phrases
) -> Mapping[str, int | str]:
    """Every field's value by name: the member's, else the default; "" where there is none."""
    known: dict[str, object] = {
        "today": answers.dated or today,
        "meeting": answers.meeting.day if answers.meeting else None,
    }
    found: dict[str, int | str] = {}
    for field in definition.fields:
        answered = answers.fields.get(field.name)
        value = default(field, {**known, **found}, phrases) if answered is None else answered
        found[field.name] = value
    return found


def default(field: Field, known: Mapping[str, object], phrases: Phrases) -> int | str:
    """The default of a field, rendered over today, the meeting and the fields before it."""
    text = phrases.raw(field.default, known).strip()
    return int(text) if field.type is FieldType.YEAR and text.isdecimal() else text


def field_problems(
    definition: Definition, answers: Answers, today: date, phrases: Phrases
) -> tuple[FieldProblem, ...]:
    """The fields a letter cannot be written with as they are."""
    chosen = field_values(definition, answers, today, phrases)
    found = ((field, _trouble(field, chosen)) for field in definition.fields)
    return tuple(FieldProblem(name=field.name, trouble=why) for field, why in found if why)


def _trouble(field: Field, chosen: Mapping[str, int | str]) -> FieldTrouble | None:
    value = chosen[field.name]
    if value == "":
        return FieldTrouble.MISSING
    match field.type:
        case FieldType.YEAR:
            return _year_trouble(field, value, chosen.get(field.not_before))
        case FieldType.CHOICE:
            return None if value in field.choices else FieldTrouble.CHOICE
        case FieldType.TEXT:
            fits = isinstance(value, str) and len(value) <= (field.most or LONGEST_TEXT)
            return None if fits else FieldTrouble.LENGTH


def _year_trouble(field: Field, value: int | str, first: int | str | None) -> FieldTrouble | None:
    if not isinstance(value, int):
        return FieldTrouble.TYPE
    if not (field.least or EARLIEST_YEAR) <= value <= (field.most or LATEST_YEAR):
        return FieldTrouble.RANGE
    return FieldTrouble.ORDER if isinstance(first, int) and value < first else None

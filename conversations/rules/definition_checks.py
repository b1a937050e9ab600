"""What a definition must keep beyond its types: ids, lengths, and texts that render.

Every text is rendered once in every kind of case it can meet, so that a misspelt variable is
found at the start and not in somebody's letter.
"""

import re
from collections.abc import Iterator, Mapping

from jinja2 import TemplateError

from conversations.rules.definition import Definition, Field, FieldType
from conversations.rules.definition_cases import DAY, cases, example, field_value
from conversations.rules.definition_texts import Found, templates, texts
from conversations.rules.municipalities import KINDS
from conversations.rules.phrases import Phrases
from conversations.rules.points import letter_of
from conversations.rules.toml_lines import Path

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FIELD_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_AGS = re.compile(r"\d{8}|\d{5}")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_LONGEST: Mapping[str, int] = {
    "title": 60,
    "summary": 400,
    "variant": 20,
    "source.note": 400,
    "wording.subject": 200,
    "wording.type": 40,
    "fields.ask": 300,
    "fields.help": 1000,
    "fields.choices": 120,
    "points.title": 60,
    "points.help": 1000,
    "facts.title": 60,
    "facts.source": 300,
}
_LONGEST_TEXT = 2000


def checks(definition: Definition, phrases: Phrases) -> Iterator[Found]:
    """Everything wrong with a definition whose types are right: where, and why."""
    yield from _ids(definition)
    yield from _fields(definition)
    yield from _kinds(definition)
    yield from _lengths(definition)
    yield from _renders(definition, phrases)


def _ids(definition: Definition) -> Iterator[Found]:
    yield from _unique("points", [point.id for point in definition.points])
    yield from _unique("facts", [fact.id for fact in definition.facts])
    yield from _unique("fields", [field.name for field in definition.fields])
    if not any(not point.extra for point in definition.points):
        yield ("points",), "no point stands in the letter by default"
    for place, point in enumerate(definition.points):
        if not _ID.fullmatch(point.id):
            yield ("points", place, "id"), f"not an id: {point.id!r}"
        if not point.text and not point.parts:
            yield ("points", place), "neither a text nor parts"
        for number, part in enumerate(point.parts):
            if part.id != letter_of(number):
                expected = letter_of(number)
                why = f"parts run a, b, c …: expected {expected!r}, found {part.id!r}"
                yield ("points", place, "parts", number, "id"), why


def _unique(key: str, ids: list[str]) -> Iterator[Found]:
    for place, id_ in enumerate(ids):
        if id_ in ids[:place]:
            yield (key, place, "name" if key == "fields" else "id"), f"twice: {id_!r}"


def _fields(definition: Definition) -> Iterator[Found]:
    reserved = example(district=True, filer="member", meeting=True, own_town=True).keys()
    names = [field.name for field in definition.fields]
    for place, field in enumerate(definition.fields):
        where = ("fields", place)
        if not _FIELD_NAME.fullmatch(field.name) or field.name in reserved or field.name == "fact":
            yield (*where, "name"), f"not a name a field can have: {field.name!r}"
        if (field.type is FieldType.CHOICE) != bool(field.choices):
            yield (*where, "choices"), "a choice needs choices, and nothing else has them"
        if field.not_before and field.not_before not in names[:place]:
            yield (*where, "not_before"), f"no such field before this one: {field.not_before!r}"
        if field.type is FieldType.CHOICE and field.default not in field.choices:
            yield (*where, "default"), "the default is not one of the choices"


def _kinds(definition: Definition) -> Iterator[Found]:
    for place, kind in enumerate(definition.kinds):
        if kind not in KINDS:
            yield ("kinds", place), f"no such kind of municipality: {kind!r}"
    for place, ags in enumerate(definition.only):
        if not _AGS.fullmatch(ags):
            yield ("only", place), f"not a municipality key: {ags!r}"
    for number, point in enumerate(definition.points):
        for ags in point.only:
            if not _AGS.fullmatch(ags):
                yield ("points", number, "only"), f"not a municipality key: {ags!r}"


def _lengths(definition: Definition) -> Iterator[Found]:
    for path, text in texts(definition):
        key = ".".join(step for step in path if isinstance(step, str))
        most = _LONGEST.get(key, _LONGEST_TEXT)
        if len(text) > most:
            yield path, f"too long: {len(text)} characters, at most {most}"
        if _PRIVATE.search(text):
            yield path, "holds a private-use character"


def _renders(definition: Definition, phrases: Phrases) -> Iterator[Found]:
    met = list(cases(definition))
    for place, field in enumerate(definition.fields):
        if why := _default_trouble(definition, place, field, phrases):
            yield ("fields", place, "default"), why
    for path, source in templates(definition):
        found = (_trouble(source, case, phrases) for case in _met(definition, path, met))
        if why := next(filter(None, found), None):
            yield path, why


def _met(
    definition: Definition, path: Path, met: list[Mapping[str, object]]
) -> list[Mapping[str, object]]:
    """The cases a text meets: a point for single municipalities only meets those with a Kreis."""
    match path:
        case ("points", int(place), *_) if definition.points[place].only:
            return [case for case in met if case["district"] is not None] or met
        case _:
            return met


def _default_trouble(
    definition: Definition, place: int, field: Field, phrases: Phrases
) -> str | None:
    before = {one.name: field_value(one) for one in definition.fields[:place]}
    for meeting in (None, DAY):
        try:
            text = phrases.raw(field.default, {"today": DAY, "meeting": meeting, **before}).strip()
        except (TemplateError, LookupError, TypeError, ArithmeticError) as error:
            return _reason(error)
        if field.type is FieldType.YEAR and text and not text.isdecimal():
            return f"not a year: {text!r}"
    return None


def _trouble(source: str, case: Mapping[str, object], phrases: Phrases) -> str | None:
    try:
        length = len(phrases.raw(source, case))
    except (TemplateError, LookupError, TypeError, ArithmeticError) as error:
        return _reason(error)
    return f"too long once filled in: {length} characters" if length > 2 * _LONGEST_TEXT else None


def _reason(error: Exception) -> str:
    if isinstance(error, LookupError):
        return f"unknown fact: {error.args[0]!r}"
    return f"{type(error).__name__}: {error}"

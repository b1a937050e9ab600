"""Example cases a definition's texts are tried with: the same variables, stand-ins as values."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product

from conversations.rules.answers import Route
from conversations.rules.context import ChairValues, HeadValues, SenderValues
from conversations.rules.definition import Definition, Field, FieldType
from conversations.rules.frame import BodyName
from conversations.rules.grammar import Cases, Forms
from conversations.rules.municipalities import KINDS, KREISE, KREISFREI

DAY = date(2026, 11, 22)
_FILERS = ("member", "group", "chair")


def cases(definition: Definition) -> Iterator[Mapping[str, object]]:
    """Every kind of case: with and without Kreis, meeting, reply date; each kind of filer."""
    facts = {fact.id: "" for fact in definition.facts}
    extra: dict[str, object] = {
        **{field.name: field_value(field) for field in definition.fields},
        "fact": facts.__getitem__,
        "source": "x",
    }
    for (district, own_town), filer, meeting in product(
        _places(definition), _FILERS, (True, False)
    ):
        case = example(district=district, filer=filer, meeting=meeting, own_town=own_town)
        if definition.route is Route.OWN:
            case = {**case, "body": case["town"], "to_district": False}
        yield {**case, **extra}


def _places(definition: Definition) -> Iterator[tuple[bool, bool]]:
    """(has a Kreis, is no Kreis itself) for the kinds the paper is for."""
    kinds = frozenset(definition.kinds) or KINDS
    if kinds & KREISFREI and definition.route is Route.OWN:
        yield False, True
    if kinds - KREISFREI or definition.only:
        yield True, True
    if kinds & KREISE:
        yield True, False


def field_value(field: Field) -> int | str:
    """A value a field could have."""
    return DAY.year if field.type is FieldType.YEAR else (field.choices or ("x",))[0]


def example(*, district: bool, filer: str, meeting: bool, own_town: bool) -> dict[str, object]:
    """Stand-ins for every variable a letter's texts may use, under the same names."""
    case = Cases(nom="x", gen="x", dat="x", acc="x")
    forms = Forms(bare="x", nom="x", gen="x", dat="x", acc="x", our=case, the=case)
    body = BodyName(until=DAY, name="x", plural="x", plural_gen="x", plural_dat="x")
    return {
        "today": DAY,
        "meeting": DAY if meeting else None,
        "meeting_start": "17:00" if meeting else "",
        "town": forms,
        "district": forms if district else None,
        "addressee": forms,
        "own_town": own_town,
        "body": forms if own_town else None,
        "bodies": body,
        "place": "x",
        "type": "x",
        "paper_title": "x",
        "version": 1,
        "stand": DAY,
        "we": filer == "group",
        "chair_files": filer == "chair",
        "to_district": True,
        "chair": ChairValues(name="x", address="frau", surname="x"),
        "head": HeadValues(name="x", address="frau", title="x"),
        "sender": SenderValues(name="x", function="x", group="x"),
        "office": "x",
        "office_name": "x",
        "mail_to": "x",
        "reply_by": DAY if meeting else None,
        "replaces": DAY,
        "public": True,
        "section": "x",
    }

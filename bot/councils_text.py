"""Writes councils as a file that `kimbot council import` reads back to the same."""

import json
from collections.abc import Iterable, Iterator
from datetime import date, time

from conversations.rules.answers import FilingRule, Person
from conversations.rules.municipalities import Register
from conversations.rules.profile import CouncilRule, PaperKind, Profile

_HEADER = """\
# Councils of a KIM-Bot instance, with names of people: keep this file safe.
# `kimbot council import` reads it; what a council here does not name stays as it is.
"""


def written(profiles: Iterable[Profile], register: Register) -> str:
    """The file's text."""
    return "\n".join([_HEADER, *("\n".join(_council(one, register)) for one in profiles)])


def _council(profile: Profile, register: Register) -> Iterator[str]:
    place = register.get(profile.ags)
    yield "[[council]]" + (f"  # {place.title} {place.name}" if place else "")
    yield f"ags = {_value(profile.ags)}"
    if profile.groups:
        yield f"groups = {_value(profile.groups)}"
    for body in profile.bodies:
        yield from _table("[council.names]", name=body.name, since=body.since, until=body.until)
    yield from _person("chair", profile.chair)
    yield from _person("head", profile.head)
    office = {
        "name": profile.office_name,
        "address": profile.office_address,
        "email": profile.office_email,
    }
    if any(office.values()):
        yield from _table("council.office", **office)
    for kind in PaperKind:
        if kind in profile.rules:
            yield from _rule(kind, profile.rules[kind])
    yield ""


def _person(key: str, person: Person) -> Iterator[str]:
    if person != Person():
        yield f"\n[council.{key}]"
        yield f"name = {_value(person.name)}"
        yield f"address = {_value(person.address)}"


def _rule(kind: PaperKind, rule: CouncilRule) -> Iterator[str]:
    yield from _table(
        f"council.rules.{kind}",
        **(_count(rule.count) if rule.count else {}),
        forms=rule.forms,
        signature=rule.signature,
        most_questions=rule.most_questions,
        section=rule.section,
        basis=rule.basis,
        checked=rule.checked,
    )


def _count(count: FilingRule) -> dict[str, object]:
    """Number and unit always, the rest where it is not as usual."""
    usual = FilingRule(number=count.number)
    names = ("cutoff", "filing_day", "meeting_day", "holidays", "eves", "earlier")
    odd = {n: getattr(count, n) for n in names if getattr(count, n) != getattr(usual, n)}
    return {"number": count.number, "unit": count.unit, **odd}


def _table(table: str, /, **values: object) -> Iterator[str]:
    """A table with the values that are there."""
    yield f"\n[{table}]"
    for key, value in values.items():
        if value is not None and value not in ("", ()):
            yield f"{key} = {_value(value)}"


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case date():
            return value.isoformat()
        case time():
            return f'"{value:%H:%M}"'
        case tuple():
            return "[" + ", ".join(_value(one) for one in value) + "]"
        case _:
            return json.dumps(str(value), ensure_ascii=False)  # TOML's basic strings are JSON's

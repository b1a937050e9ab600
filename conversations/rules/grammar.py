"""Names in German cases. The forms themselves are data (templates/letter/frame.toml).

The first rule whose pattern fits a name gives its forms; the last rule fits every name.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """A word with its article in the four cases."""

    nom: str
    gen: str
    dat: str
    acc: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRule:
    """How names of one shape are declined; "{name}" stands for a group of the pattern."""

    match: str
    bare: str
    nom: str
    gen: str
    dat: str
    acc: str
    our: Cases
    """The kind of thing as one's own: "unser Kreis", "unseres Kreises", ..."""
    the: Cases
    """The kind of thing with its article: "der Kreis", "des Kreises", ..."""
    inside: str = ""
    """Where something happens: "in Gelsenkirchen", "im Kreis Kleve"."""
    members: str = ""
    """What the towns of a Kreis are called, weakly declined."""
    fenced: bool = False
    """The name stands there as it was typed, never inflected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """One name in all its forms, as texts use it: `{{ town.gen }}`, `{{ body.our.dat }}`."""

    bare: str
    nom: str
    gen: str
    dat: str
    acc: str
    our: Cases
    the: Cases
    inside: str = ""
    members: str = ""


def decline(
    name: str, rules: Sequence[FormRule], fence: Callable[[str], str] = lambda text: text
) -> Forms:
    """The forms of a name by the first rule that fits; `fence` marks what must stay as typed.

    Raises LookupError when no rule fits.
    """
    for rule in rules:
        if found := re.fullmatch(rule.match, name, re.DOTALL):
            groups = {key: value or "" for key, value in found.groupdict().items()}
            if rule.fenced:
                groups = {key: fence(value) for key, value in groups.items()}
            return _forms(rule, groups, fence(name))
    raise LookupError(f"no form for {name!r}")


def _forms(rule: FormRule, groups: dict[str, str], whole: str) -> Forms:
    def fill(form: str) -> str:
        return form.format_map(groups)

    return Forms(
        bare=rule.bare.format_map({**groups, "whole": whole}),
        nom=fill(rule.nom),
        gen=fill(rule.gen),
        dat=fill(rule.dat),
        acc=fill(rule.acc),
        our=_cases(rule.our, fill),
        the=_cases(rule.the, fill),
        inside=fill(rule.inside),
        members=fill(rule.members),
    )


def _cases(cases: Cases, fill: Callable[[str], str]) -> Cases:
    return Cases(nom=fill(cases.nom), gen=fill(cases.gen), dat=fill(cases.dat), acc=fill(cases.acc))


def surname(name: str, titles: Sequence[str], particles: Sequence[str]) -> str:
    """The family name when it is plain which word it is; empty when it can only be guessed.

    "Dr. Aylin Demir" and "Demir" are plain, "Anna von der Heide" is by its particle; with three
    or more words and no particle the caller falls back to the office.
    """
    words = [word for word in name.split() if word.casefold().strip(".") not in titles]
    for place, word in enumerate(words[1:], 1):
        if word.casefold() in particles and place < len(words) - 1:
            return " ".join(words[place:])
    return words[-1] if 1 <= len(words) <= 2 else ""

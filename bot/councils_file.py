"""Reads a file of councils (TOML): every error names its line, a wrong council spoils no other.

What the file does not name stays as it is; an empty value takes it away. docs/councils.md.
"""

import re
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from pydantic import ValidationError

from bot.answers_file import cleaned, strings
from bot.councils_form import FileCouncil
from conversations.rules.cleaning import Coverage, missing
from conversations.rules.municipalities import Match, Municipality, Register, Tie
from conversations.rules.names import Query, spellings
from conversations.rules.profile import Profile
from conversations.rules.toml_lines import Path as Place
from conversations.rules.toml_lines import toml_line

_HEAD = re.compile(r"^[ \t]*\[\[[ \t]*council[ \t]*\]\]", re.MULTILINE)
_AT_LINE = re.compile(r" ?\(at line (\d+), column \d+\)")
_HERE: Place = ("council", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong with a file of councils."""

    line: int
    council: str = ""
    """Key or name of the council it is about."""
    key: str = ""
    reason: str

    def __str__(self) -> str:
        where = ": ".join(part for part in (self.council, self.key) if part)
        return f"line {self.line}: {where}{': ' if where else ''}{self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A council of the file without a fault."""

    ags: str
    name: str
    """The municipality's, for messages; the key when the register doesn't know it any more."""
    line: int
    council: FileCouncil

    def applied(self, old: Profile | None) -> Profile:
        """The profile as it is with what the file says."""
        return self.council.applied(old or Profile(ags=self.ags))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a file holds: the good councils, and everything that is wrong."""

    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """What the councils of a file are held against."""

    register: Register
    coverage: Coverage
    stored: Collection[str]
    """Keys of the councils there are: those may be gone from the register."""
    today: date


def read_councils(text: str, checks: Checks) -> Reading:
    """Every council of the file, each for itself."""
    entries: dict[str, Entry] = {}
    faults: list[Fault] = []
    for start, piece in _pieces(text):
        found = list(_council(start, piece, checks))
        for one in found:
            if isinstance(one, Fault):
                faults.append(one)
            elif one.ags in entries:
                reason = f"this council stands in line {entries[one.ags].line} already"
                faults.append(Fault(line=one.line, council=one.name, reason=reason))
            else:
                entries[one.ags] = one
    return Reading(entries=tuple(entries.values()), faults=tuple(faults))


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """What stands before the first council, then each council, behind as many empty lines as the
    file has before it: so that every line keeps its number."""
    starts = [0, *(match.start() for match in _HEAD.finditer(text)), len(text)]
    for start, end in pairwise(starts):
        above = text.count("\n", 0, start)
        yield above + 1, "\n" * above + text[start:end]


def _council(start: int, piece: str, checks: Checks) -> Iterator[Entry | Fault]:
    try:
        data = tomllib.loads(piece)
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        reason = _AT_LINE.sub("", str(error))
        yield Fault(line=int(at[1]) if at else start, reason=f"not TOML: {reason}")
        return
    except (RecursionError, ValueError):
        yield Fault(line=start, reason="not TOML: nested too deeply, or a number too long")
        return
    strange = [key for key in data if key != "council"]
    for key in strange:
        line = toml_line(piece, (key,)) or start
        yield Fault(line=line, key=key, reason="unknown key: all stands below [[council]]")
    held = data.get("council")
    if not strange and isinstance(held, list) and len(held) == 1:
        yield from _checked(start, piece, cleaned(held[0]), checks)
    elif held is not None and not strange:
        yield Fault(line=start, reason="a council begins with [[council]]")


def _checked(start: int, piece: str, data: object, checks: Checks) -> Iterator[Entry | Fault]:
    assert isinstance(data, dict)
    ags, name, reason = _place(data, checks)

    def fault(place: Place, reason: str) -> Fault:
        key = ".".join(str(step) for step in place)
        line = toml_line(piece, (*_HERE, *place)) or start
        return Fault(line=line, council=name, key=key, reason=reason)

    faults = [fault(place, reason) for place, reason in _unshowable(data, checks.coverage)]
    if reason:
        faults.append(fault(("ags" if "ags" in data else "municipality",), reason))
    try:
        council = FileCouncil.model_validate(data, context=checks.today)
    except ValidationError as error:
        faults += [fault(one["loc"], _plain(one["type"], one["msg"])) for one in error.errors()]
    else:
        if not faults:
            yield Entry(ags=ags, name=name, line=start, council=council)
    yield from sorted(faults, key=lambda one: one.line)


def _place(data: dict[str, object], checks: Checks) -> tuple[str, str, str]:
    """Key and name of the municipality, or what is wrong with them."""
    if "ags" in data:
        ags = str(data["ags"])
        place = checks.register.get(ags)
        if place is None and ags not in checks.stored:
            return ags, ags, "no municipality has this key"
        return ags, place.name if place else ags, ""
    named = str(data.get("municipality", ""))
    found = checks.register.search(named)
    match _towns(found, named) if isinstance(found, Tie) else found:
        case Match(municipality=one) if named == one.ags or _spelled(one, named):
            return one.ags, one.name, ""
        case Match(municipality=one):
            return "", named, f"not found; {one.ags} is {one.title} {one.name}"
        case Tie(candidates=candidates):
            several = ", ".join(f"{one.ags} {one.title} {one.name}" for one in candidates)
            return "", named, f"not clear; set ags to one of {several}"
        case None:
            return "", named, "not found" if named else "is missing (or ags, its key)"


def _towns(tie: Tie, named: str) -> Match | Tie:
    """Of a town and a Kreis of one name the town: Kreise have no such body (§ 27 GO NRW)."""
    towns = [one for one in tie.candidates if not one.is_district and _spelled(one, named)]
    return Match(municipality=towns[0]) if len(towns) == 1 else tie


def _spelled(place: Municipality, text: str) -> bool:
    """Whether the name is written right: a file is no place to guess what was meant."""
    key = Query.read(text).key
    return any(one.key == key for one in spellings(place.name, district=place.is_district))


def _unshowable(data: object, coverage: Coverage) -> Iterator[tuple[Place, str]]:
    for place, text in strings(data):
        for character in missing(text, coverage):
            code = f"{character!r} (U+{ord(character):04X})"
            yield place, f"the letter's fonts cannot show {code}"


def _plain(kind: str, message: str) -> str:
    return "unknown key" if kind == "extra_forbidden" else message.removeprefix("Value error, ")

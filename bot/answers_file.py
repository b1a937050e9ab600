"""Reads an answers file (TOML or JSON) for `kimbot letter`; every error names field and line.

The keys are those of `conversations.rules.answers.Answers`, plus `municipality` at the top: a
name instead of the key `council.ags`.
"""

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from conversations.rules.answers import Answers
from conversations.rules.cleaning import Coverage, clean, missing
from conversations.rules.municipalities import Match, Register, Tie
from conversations.rules.toml_lines import Path as Place
from conversations.rules.toml_lines import json_line, toml_line

_AT_LINE = re.compile(r"\(?at line (\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong with an answers file."""

    key: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        place = f"line {self.line}: " if self.line else ""
        return f"{place}{self.key}: {self.reason}" if self.key else f"{place}{self.reason}"


class AnswersRefusedError(ValueError):
    """The file holds no usable answers; `faults` says why."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(str(fault) for fault in self.faults))


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersFile:
    """A file's answers, and where each of them stands."""

    answers: Answers
    line: Callable[[Place], int | None]

    def fault(self, key: str, reason: str) -> Fault:
        """A fault at a dotted key."""
        return Fault(key=key, line=self.line(tuple(key.split("."))), reason=reason)


def read_answers(file: Path, register: Register, coverage: Coverage) -> AnswersFile:
    """The answers of a .toml or .json file, cleaned. Raises AnswersRefusedError, OSError."""
    try:
        text = file.read_text("utf-8-sig")  # some editors begin every file with a mark
    except UnicodeDecodeError as error:
        reason = f"not UTF-8 (byte {error.start})"
        raise AnswersRefusedError([Fault(key="", line=None, reason=reason)]) from None
    is_json = file.suffix.lower() == ".json"

    def line(place: Place) -> int | None:
        return (json_line if is_json else toml_line)(text, place)

    data = cleaned(_parse(text, is_json=is_json))
    if not isinstance(data, dict):
        raise AnswersRefusedError([Fault(key="", line=1, reason="not a table of answers")])
    faults = [*_unprintable(data, coverage, line), *_named(data, register, line)]
    if faults:
        raise AnswersRefusedError(faults)
    return AnswersFile(answers=_validated(data, line), line=line)


def _parse(text: str, *, is_json: bool) -> object:
    try:
        parsed: object = json.loads(text) if is_json else tomllib.loads(text)
    except json.JSONDecodeError as error:
        raise AnswersRefusedError([Fault(key="", line=error.lineno, reason=error.msg)]) from None
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        line = int(at[1]) if at else None
        raise AnswersRefusedError([Fault(key="", line=line, reason=f"not TOML: {error}")]) from None
    except RecursionError:
        raise AnswersRefusedError([Fault(key="", line=1, reason="nested too deeply")]) from None
    except ValueError:  # of int(): more digits than Python reads
        reason = "a number with too many digits"
        raise AnswersRefusedError([Fault(key="", line=None, reason=reason)]) from None
    return parsed


def cleaned(value: object) -> object:
    """A parsed file with every text in it cleaned."""
    match value:
        case str():
            return clean(value)
        case dict():
            return {str(key): cleaned(one) for key, one in value.items()}
        case list():
            return [cleaned(one) for one in value]
        case _:
            return value


def strings(value: object, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Every text of a parsed file, with its place."""
    match value:
        case str():
            yield place, value
        case dict():
            for key, one in value.items():
                yield from strings(one, (*place, str(key)))
        case list():
            for number, one in enumerate(value):
                yield from strings(one, (*place, number))


def _unprintable(
    data: object, coverage: Coverage, line: Callable[[Place], int | None]
) -> Iterator[Fault]:
    for place, text in strings(data):
        for character in missing(text, coverage):
            reason = f"the letter's fonts cannot show {character!r} (U+{ord(character):04X})"
            yield Fault(key=_dotted(place), line=line(place), reason=reason)


def _named(
    data: dict[str, object], register: Register, line: Callable[[Place], int | None]
) -> Iterator[Fault]:
    """Turns `municipality` into council.ags, and checks that there is such a key."""
    council = data.setdefault("council", {})
    if not isinstance(council, dict):
        return
    if "municipality" in data:
        found = register.search(str(data.pop("municipality")))
        match found:
            case Match(municipality=one):
                council["ags"] = one.ags
            case Tie(candidates=candidates):
                names = ", ".join(f"{one.ags} {one.title} {one.name}" for one in candidates)
                yield _at("municipality", line, f"not clear; set council.ags to one of {names}")
            case None:
                yield _at("municipality", line, "not found")
    elif "ags" not in council:
        yield _at("council.ags", line, "is missing (or `municipality`, a name, at the top)")
    elif register.get(str(council["ags"])) is None:
        yield _at("council.ags", line, f"no municipality has the key {council['ags']!r}")


def _at(key: str, line: Callable[[Place], int | None], reason: str) -> Fault:
    return Fault(key=key, line=line(tuple(key.split("."))), reason=reason)


def _validated(data: object, line: Callable[[Place], int | None]) -> Answers:
    try:
        return TypeAdapter(Answers).validate_json(
            json.dumps(data, default=str), strict=True, extra="forbid"
        )
    except ValidationError as error:
        found = ((one["loc"], _plain(one["type"], one["msg"])) for one in error.errors())
        raise AnswersRefusedError(
            Fault(key=_dotted(place), line=line(place), reason=reason) for place, reason in found
        ) from None


def _plain(kind: str, message: str) -> str:
    return "unknown key" if kind == "unexpected_keyword_argument" else message


def _dotted(place: Place) -> str:
    return ".".join(str(step) for step in place)

"""Reading and refusing definitions (templates/inquiries/<id>/<version>.toml), and the catalogue.

The files' texts come in by argument. Nothing half right gets through: one problem anywhere and
the whole set is refused, with file, line, key and reason of every problem.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from conversations.rules.catalogue import Catalogue
from conversations.rules.definition import Definition
from conversations.rules.definition_checks import checks
from conversations.rules.definition_texts import messages
from conversations.rules.municipalities import KINDS
from conversations.rules.phrases import Phrases
from conversations.rules.toml_lines import Path, toml_line

__all__ = [
    "Catalogue",
    "DefinitionsRefusedError",
    "Problem",
    "located",
    "messages",
    "parsed",
    "read",
]

T = TypeVar("T")

_FILE = re.compile(r"(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)/(?P<version>[1-9]\d*)\.toml")
_AT_LINE = re.compile(r"\(at line (\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong in a definition file, and where."""

    file: str
    key: str = ""
    line: int | None = None
    reason: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.key}: {self.reason}" if self.key else f"{place}: {self.reason}"


class DefinitionsRefusedError(ValueError):
    """The definitions cannot be used; `problems` says why, one by one."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def read(files: Mapping[str, str]) -> Catalogue:
    """The catalogue of all definitions; keys are paths like "kim-anfrage-kreis/1.toml".

    Raises DefinitionsRefusedError with every problem found.
    """
    phrases, adapter = Phrases(), TypeAdapter(Definition)
    found: dict[str, Definition] = {}
    problems: list[Problem] = []
    for file in sorted(files):
        try:
            found[file] = _read_one(file, files[file], phrases, adapter)
        except DefinitionsRefusedError as refused:
            problems += refused.problems
    problems += _clashes(found)
    if problems or not found:
        raise DefinitionsRefusedError(problems or [Problem(file="*", reason="no definition")])
    return Catalogue(found.values())


def _read_one(
    file: str, text: str, phrases: Phrases, adapter: TypeAdapter[Definition]
) -> Definition:
    named = _FILE.fullmatch(file)
    if named is None:
        reason = "must be named <id>/<version>.toml, e.g. kim-anfrage-kreis/1.toml"
        raise DefinitionsRefusedError([Problem(file=file, reason=reason)])
    definition = parsed(file, text, adapter)
    found = [*_misnamed(definition, named["id"], int(named["version"]))]
    found += checks(definition, phrases)
    if found:
        raise DefinitionsRefusedError(located(file, text, path, reason) for path, reason in found)
    return definition


def parsed(file: str, text: str, adapter: TypeAdapter[T]) -> T:
    """What a TOML file says, strictly read. Raises DefinitionsRefusedError, naming line and key."""
    try:
        data = json.dumps(tomllib.loads(text), default=str)
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        line = int(at[1]) if at else None
        raise DefinitionsRefusedError(
            [Problem(file=file, line=line, reason=f"not TOML: {error}")]
        ) from None
    try:
        return adapter.validate_json(data, strict=True, extra="forbid")
    except ValidationError as error:
        raise DefinitionsRefusedError(
            located(file, text, one["loc"], one["msg"]) for one in error.errors()
        ) from None


def located(file: str, text: str, path: Path, reason: str) -> Problem:
    """A problem with the line of the value at `path`."""
    key = ".".join(str(step) for step in path)
    return Problem(file=file, key=key, line=toml_line(text, path), reason=reason)


def _misnamed(definition: Definition, id_: str, version: int) -> Iterator[tuple[Path, str]]:
    if definition.id != id_:
        yield ("id",), f"the folder says {id_!r}, the file {definition.id!r}"
    if definition.version != version:
        yield ("version",), f"the file's name says {version}, its content {definition.version}"


def _clashes(found: Mapping[str, Definition]) -> Iterator[Problem]:
    """Two variants of one paper that the same municipality would get on the same route."""
    latest = Catalogue(found.values()).definitions if found else ()
    files = {(one.id, one.version): file for file, one in found.items()}
    for place, one in enumerate(latest):
        for other in latest[:place]:
            if one.paper != other.paper:
                continue
            if both := _claimed(one) & _claimed(other):
                reason = f"{other.id} is the variant for {', '.join(sorted(both))} already"
                yield Problem(file=files[one.id, one.version], key="kinds", reason=reason)


def _claimed(definition: Definition) -> frozenset[str]:
    kinds = frozenset(definition.kinds) or (frozenset() if definition.only else KINDS)
    return frozenset(f"{definition.route} {one}" for one in (*kinds, *definition.only))

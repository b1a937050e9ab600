"""On which line of a TOML or JSON text a value stands, so that an error can name it.

Only for pointing: the values themselves are read by tomllib and json.
"""

import json
import re
from collections.abc import Iterator

Path = tuple[str | int, ...]

_TABLE = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*("[^"]+"|'[^']+'|[\w-]+)((?:\s*\.\s*(?:"[^"]+"|[\w-]+))*)\s*=""")
_NAME = re.compile(r'"([^"]*)"|\'([^\']*)\'|([\w-]+)')
_LONG = ('"""', "'''")


def toml_line(text: str, path: Path) -> int | None:
    """The line (from 1) of the value at `path`, or of the nearest table or key around it."""
    return _nearest(dict(_toml_places(text)), path)


def json_line(text: str, path: Path) -> int | None:
    """The line (from 1) of the value at `path`, or of the nearest value around it."""
    return _nearest(dict(_json_places(text)), path)


def _nearest(places: dict[Path, int], path: Path) -> int | None:
    for length in range(len(path), 0, -1):
        for near in (path[:length], (*path[:length], 0)):  # an array stands where it begins
            if near in places:
                return places[near]
    return None


def _toml_places(text: str) -> Iterator[tuple[Path, int]]:
    table: Path = ()
    counts: dict[Path, int] = {}
    inside = ""
    for number, line in enumerate(text.splitlines(), 1):
        if inside:
            inside = "" if inside in line else inside
            continue
        if header := _TABLE.match(line):
            table = _resolve(_names(header[2]), counts, new=header[1] == "[[")
            yield table, number
        elif key := _KEY.match(line):
            yield (*table, *_names(key[1] + key[2])), number
            inside = _opened(line)


def _names(dotted: str) -> Path:
    return tuple(a or b or c for a, b, c in _NAME.findall(dotted))


def _resolve(names: Path, counts: dict[Path, int], *, new: bool) -> Path:
    """The table's path with the place in each array of tables that it lies in."""
    path: Path = ()
    for depth, name in enumerate(names):
        path = (*path, name)
        if new and depth == len(names) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _opened(line: str) -> str:
    """The quotes of a text of several lines that opens here and does not end here."""
    return next((quotes for quotes in _LONG if line.count(quotes) % 2), "")


_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


def _json_places(text: str) -> Iterator[tuple[Path, int]]:
    """Walks the tokens; each value's path is the keys and places of the brackets around it."""
    stack: list[str | int | None] = []
    for token in _TOKEN.finditer(text):
        word, number = token[0], text.count("\n", 0, token.start()) + 1
        match word:
            case "{":
                yield _path(stack), number
                stack.append(None)
            case "[":
                yield _path(stack), number
                stack.append(0)
            case "}" | "]":
                if stack:
                    stack.pop()
            case "," if stack:
                top = stack[-1]
                stack[-1] = top + 1 if isinstance(top, int) else None
            case ":" | ",":
                pass
            case _ if stack and stack[-1] is None:
                stack[-1] = str(json.loads(word)) if word.startswith('"') else word
                yield _path(stack), number
            case _:
                yield _path(stack), number


def _path(stack: list[str | int | None]) -> Path:
    return tuple(step for step in stack if step is not None)

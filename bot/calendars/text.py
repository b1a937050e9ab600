"""The text of a calendar file, whatever its encoding and line ends, cut into its components."""

import re
from dataclasses import dataclass
from typing import Final

_FOLD: Final = re.compile(rb"(?:\r\n|\n|\r)[ \t]")
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_BLOCK: Final = re.compile(r"^BEGIN:(VEVENT|VTIMEZONE)\s*$", re.IGNORECASE)
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarText:
    """A calendar's components as text, each from BEGIN to END."""

    events: tuple[str, ...]
    zones: tuple[str, ...]
    cancelled: bool
    """The whole calendar takes back what it names (METHOD:CANCEL)."""
    whole: bool
    """It has its END: nothing was cut off."""


def cut(data: bytes) -> CalendarText | None:
    """The components; None when it is no calendar at all."""
    lines = _LINE_END.split(_decoded(data))
    named = {line.strip().upper() for line in lines if len(line) < 64}
    if "BEGIN:VCALENDAR" not in named:
        return None
    found: dict[str, list[str]] = {"VEVENT": [], "VTIMEZONE": []}
    inside: list[str] = []
    kind = ""
    for line in filter(str.strip, lines):
        if not kind and (begun := _BLOCK.match(line)):
            kind, inside = begun[1].upper(), []
        if kind:
            inside.append(line)
            if line.strip().upper() == f"END:{kind}":
                found[kind].append("\r\n".join(inside) + "\r\n")
                kind = ""
    return CalendarText(
        events=tuple(found["VEVENT"]),
        zones=tuple(found["VTIMEZONE"]),
        cancelled="METHOD:CANCEL" in named,
        whole="END:VCALENDAR" in named,
    )


def _decoded(data: bytes) -> str:
    """UTF-8, else what Windows takes for Latin-1. Lines are unfolded before they are decoded, since
    some programmes fold in the middle of a character."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            data = data.removeprefix(mark).decode(encoding, "replace").encode()
            break
    data = _FOLD.sub(b"", data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")

"""What a body calls itself and when: the names in law to start from, renaming, gaps, overlaps."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from conversations.rules.frame import Frame
from conversations.rules.profile import NamedBody

MOST = 8
"""Names a council may have over the years."""
_DAY = timedelta(days=1)

Bodies = tuple[NamedBody, ...]


def in_law(frame: Frame) -> Bodies:
    """The names in law, one after the other (§ 27 GO NRW): what a new council starts from."""
    since: date | None = None
    bodies = []
    for body in frame.bodies:
        until = None if body.until == date.max else body.until
        bodies.append(NamedBody(name=body.name, since=since, until=until))
        since = None if until is None else until + _DAY
    return tuple(bodies)


def lawful_since(frame: Frame) -> date | None:
    """The day from which the newest name in law holds."""
    return in_law(frame)[-1].since


def renamed(bodies: Bodies, name: str, since: date | None) -> Bodies:
    """The names after a renaming: those of before end the day before, one that starts the same
    day makes room, one that starts later still starts then. Without a day: the only name."""
    if since is None:
        return (NamedBody(name=name),)
    later = sorted(one.since for one in bodies if one.since is not None and one.since > since)
    until = later[0] - _DAY if later else None
    kept = tuple(_ending(one, since) for one in bodies if one.since != since)
    return ordered((*kept, NamedBody(name=name, since=since, until=until)))


def _ending(body: NamedBody, day: date) -> NamedBody:
    starts_later = body.since is not None and body.since > day
    if starts_later or (body.until is not None and body.until < day):
        return body
    return replace(body, until=day - _DAY)


def ordered(bodies: Iterable[NamedBody]) -> Bodies:
    """By their first day, the open one first."""
    return tuple(sorted(bodies, key=lambda one: one.since or date.min))


class Flaw(StrEnum):
    """What is odd about the names' days."""

    GAP = "gap"
    """No own name: the name in law is taken."""
    OVERLAP = "overlap"
    """Two names at once: the earlier one is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The days (both inclusive) on which something is odd; None is open."""

    flaw: Flaw
    since: date
    until: date | None
    name: str = ""
    """The name that is taken meanwhile."""


def flaws(bodies: Bodies) -> tuple[Span, ...]:
    """Gaps and overlaps between the names, the earliest first."""
    found = []
    names = ordered(bodies)
    for first, then in pairwise(names):
        if then.since is None or first.until is None or then.since <= first.until:
            since = then.since or date.min
            ends = [one.until for one in (first, then) if one.until is not None]
            until = min(ends, default=None)
            found.append(Span(flaw=Flaw.OVERLAP, since=since, until=until, name=first.name))
        elif then.since > first.until + _DAY:
            since, until = first.until + _DAY, then.since - _DAY
            found.append(Span(flaw=Flaw.GAP, since=since, until=until))
    return tuple(found)

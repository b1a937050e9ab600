"""How often a council wants a KIM report, and how it stands: the KIM clock's values.

The rule is the council's own (domain: section 6); without a decision it is a proposal.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Rhythm(StrEnum):
    """What makes a report due."""

    EVERY_MEETING = "every_meeting"
    INTERVAL = "interval"
    """So many months after the last one."""
    PER_YEAR = "per_year"
    """So often in a calendar year, in equal stretches."""
    MONTHS = "months"
    """In fixed months."""
    STEERING = "steering"
    """After each meeting of the steering group (Lenkungsgruppe)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingRule:
    """The council's rule; fields that the rhythm does not use keep their default."""

    rhythm: Rhythm = Rhythm.INTERVAL
    months: int = 12
    """Between two reports (INTERVAL)."""
    grace: int = 42
    """Days after the due date before a report counts as overdue (INTERVAL, STEERING)."""
    times: int = 1
    """A year: 1, 2, 3, 4 or 6 (PER_YEAR)."""
    in_months: tuple[int, ...] = ()
    """1 to 12, rising (MONTHS)."""
    basis: str = ""
    """Number of the decision; empty is "Vorschlag"."""


class ClockState(StrEnum):
    """Where the KIM clock stands."""

    NEVER = "never"
    """No report is recorded: one is due at once."""
    OK = "ok"
    SOON = "soon"
    """The next meeting is the last one before the due date."""
    DUE = "due"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The KIM clock on a day, with what explains it (the words are the templates')."""

    state: ClockState
    rule: ReportingRule
    last: date | None = None
    """Day of the last report."""
    due: date | None = None
    """When the next one is, or was, due; None when the rule names no day (yet)."""
    overdue: date | None = None
    """First day on which it counts as overdue."""

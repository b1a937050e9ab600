"""What a council is reminded of, when and where: settings, and the rows they are planned as."""

from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum


class ReminderKind(StrEnum):
    """What a reminder is about."""

    DEADLINE = "deadline"
    """The filing deadline of the meeting at which a KIM report is due, so many days before."""
    TOMORROW = "tomorrow"
    """The meeting with KIM due is tomorrow."""
    REPORTED = "reported"
    """The day after: was KIM reported?"""
    OVERDUE = "overdue"
    RECEIPT = "receipt"
    """Filed a week ago, no receipt."""
    PROMISED = "promised"
    """The day for which an answer was promised is over."""
    AGENDA = "agenda"
    """The agenda of the meeting is due to appear."""
    DATES = "dates"
    """No meeting is entered before the report is due: admins are asked for dates."""


class Recipients(StrEnum):
    """For whom a reminder is."""

    COUNCIL = "council"
    """Linked chats, and people who want it in private."""
    ADMINS = "admins"
    """The council's admins, in private."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminding:
    """A council's settings."""

    kinds: frozenset[ReminderKind] = field(default_factory=lambda: frozenset(ReminderKind))
    days: tuple[int, ...] = (14, 3, 1)
    """Days before the filing deadline, falling."""
    at: time = time(9)
    """Local time of day; between 8:00 and 20:00."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnReminding:
    """A person's settings."""

    private: bool | None = None
    """Reminders in the private chat: None is yes for admins and no for the others."""
    quiet_from: time = time(20)
    quiet_to: time = time(8)
    """Local times between which nothing comes, unless the deadline itself needs it."""
    paused: datetime | None = None
    """Nothing comes until then (UTC)."""
    broadcasts: bool = True
    """Whether broadcasts come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A reminder that the rules want: one row of the ledger for each of its recipients."""

    kind: ReminderKind
    subject: str
    """What it is about: "meeting:<id>", "filed:<id>" or "council:<id>"."""
    version: int
    """Of the subject: a moved meeting has another one, and rows of the old one lapse."""
    slot: str
    """Which one of several, e.g. "14"."""
    to: Recipients
    due: datetime
    """UTC."""
    expires: datetime
    """From then on it is of no use any more (UTC)."""
    nth: int = 1
    of: int = 1
    """"Erinnerung 2 von 3"."""

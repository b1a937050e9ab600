"""A council's agenda: meetings, KIM reports, what was filed, linked chats and calendars.

Values only; they come from the store, in the scope of one person (or of the planner).
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import NewType

from conversations.rules.profile import Form
from conversations.rules.reminding import ReminderKind
from conversations.standing import CouncilId

MeetingId = NewType("MeetingId", str)
ReportId = NewType("ReportId", str)
ChatLinkId = NewType("ChatLinkId", str)


class Origin(StrEnum):
    """Where a meeting is known from."""

    TYPED = "typed"
    FILE = "file"
    FEED = "feed"


class KimItem(StrEnum):
    """Whether KIM is on the agenda of a meeting."""

    UNKNOWN = "unknown"
    LISTED = "listed"
    POSTPONED = "postponed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilMeeting:
    """A meeting of the council, in local time (Europe/Berlin)."""

    id: MeetingId
    day: date
    start: time | None = None
    place: str = ""
    name: str = ""
    """What the calendar calls it; empty when typed."""
    cancelled: bool = False
    origin: Origin = Origin.TYPED
    uid: str = ""
    """The calendar's own id of the event (RFC 5545), with the recurrence's day if there is one."""
    version: int = 1
    """Grows when day, hour or cancellation change: reminders of an older one lapse."""
    kim: KimItem = KimItem.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """That KIM was reported to the council."""

    id: ReportId
    day: date
    meeting: MeetingId | None = None
    oral: bool = False
    number: str = ""
    """Of the paper, e.g. "197/23": free text."""
    note: str = ""
    file: str = ""
    """Name of the file kept with it; empty without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A paper that was filed, and what became of it. `letter` is the letter's id."""

    letter: str
    title: str
    day: date
    way: Form | None = None
    to: str = ""
    meeting: MeetingId | None = None
    number: str = ""
    """Given by the administration later."""
    proof: str = ""
    """Words that prove it, e.g. of an e-mail."""
    proof_file: str = ""
    """Name of the file that proves it; empty without one."""
    receipt: date | None = None
    """When its receipt was confirmed."""
    promised: date | None = None
    """For when an answer was promised."""
    answered: date | None = None
    version: int = 1


class ChatKind(StrEnum):
    """Kind of a linked chat."""

    GROUP = "group"
    SUPERGROUP = "supergroup"
    TOPIC = "topic"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedChat:
    """A chat of the council. `confirmed` False: asked for, and waiting for an admin's yes."""

    id: ChatLinkId
    chat: int
    thread: int | None = None
    """Of a topic; None for General and outside of forums."""
    kind: ChatKind
    title: str
    receives: frozenset[ReminderKind]
    confirmed: bool = True
    disabled: str = ""
    """Why nothing is sent there any more ("kicked", "rights", …); empty while it works."""
    broadcasts: bool = True
    """Whether broadcasts come there."""


class CalendarTrouble(StrEnum):
    """What can be wrong with a calendar."""

    ADDRESS = "address"
    """No https address, or not one of the public Internet: it was not asked."""
    UNREACHABLE = "unreachable"
    """No answer, or none that could be trusted."""
    REFUSED = "refused"
    """The server answered with anything else than a file."""
    LARGE = "large"
    """More than 2 MiB."""
    SLOW = "slow"
    """Not here, or not read, within 10 seconds."""
    MANY = "many"
    """More than 500 events from two years back to three years ahead."""
    FOREIGN = "foreign"
    """No calendar at all, e.g. a web page."""
    BROKEN = "broken"
    """A calendar that cannot be read."""
    LOST = "lost"
    """Telegram does not give the file (any more)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSource:
    """The council's calendar on the web, read every few hours."""

    url: str
    bodies: tuple[str, ...] = ()
    """Names of the bodies in it that are this council."""
    checked: datetime | None = None
    trouble: str = ""
    """Key of what was wrong at the last look (`CalendarTrouble`); empty when it went well."""
    failures: int = 0
    """Looks in a row that went wrong."""
    etag: str = ""
    """The server's mark of what was read last (RFC 9110): asked for again only when it changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """A reminder that is to be sent, or was: a row of the ledger, as its buttons name it."""

    id: str
    council: CouncilId
    kind: ReminderKind
    subject: str
    chat: int
    thread: int | None = None
    version: int = 1
    slot: str = ""
    nth: int = 1
    of: int = 1
    expires: datetime | None = None
    again: bool = False
    """Sent once more because nobody knows whether it arrived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A message the bot will send (the ledger's next ones)."""

    kind: ReminderKind
    due: datetime
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """All of it, for the council in hand."""

    meetings: tuple[CouncilMeeting, ...] = ()
    """By day; from two years back on."""
    reports: tuple[Report, ...] = ()
    """Newest first."""
    steering: tuple[date, ...] = ()
    """Days on which the steering group met, rising."""
    filed: tuple[Filed, ...] = ()
    """Newest first."""
    chats: tuple[LinkedChat, ...] = ()
    source: CalendarSource | None = None
    feed: bool = False
    """Whether a calendar feed of the council's meetings is open."""
    coming: tuple[Coming, ...] = ()
    """What goes to the council's chats and this person next, at most ten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """One event that a calendar held, read and judged; local time."""

    uid: str
    day: date
    start: time | None
    name: str
    """The body, without what marks a cancellation."""
    place: str = ""
    cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCalendar:
    """What a calendar held, from two years back to three years ahead, by day. `trouble` is the
    key of what was wrong (`CalendarTrouble`); then there are no events."""

    events: tuple[CalendarEvent, ...] = ()
    skipped: int = 0
    """Events that could not be read."""
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendCalendar:
    """A reply: the council's meetings and filing deadlines as a calendar file (.ics)."""

    council: CouncilId

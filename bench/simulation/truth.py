"""What is true in the simulation, apart from the bot's store: the judge looks here alone."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from conversations.agenda import ChatKind, KimItem
from conversations.rules.deadlines import BERLIN
from conversations.standing import CouncilId


def local(day: date, at: time = time(0)) -> datetime:
    """A local moment in UTC."""
    return datetime.combine(day, at, tzinfo=BERLIN).astimezone(UTC)


@dataclass(slots=True, kw_only=True)
class Meeting:
    """A meeting as it stands. `version` counts how often it was moved or cancelled."""

    id: str
    day: date
    start: time
    cancelled: bool = False
    kim: KimItem = KimItem.UNKNOWN
    version: int = 1
    reported: bool = False

    @property
    def usable(self) -> bool:
        """Whether KIM can come up there."""
        return not self.cancelled and self.kim is not KimItem.POSTPONED


@dataclass(slots=True, kw_only=True)
class Paper:
    """A filed paper."""

    letter: str
    day: date
    meeting: str
    promised: date | None = None
    receipt: date | None = None
    answered: date | None = None
    version: int = 1


@dataclass(slots=True, kw_only=True)
class Chat:
    """A chat that may be linked."""

    id: str
    number: int
    thread: int | None
    kind: ChatKind
    linked: bool = False
    links: int = 0


@dataclass(slots=True, kw_only=True)
class Someone:
    """A person with a seat."""

    number: int
    admin: bool
    private: bool | None = None
    stopped: bool = False
    paused: datetime | None = None
    quiet: tuple[time, time] = (time(20), time(8))

    @property
    def listens(self) -> bool:
        """Whether they want anything in private."""
        wants = self.admin if self.private is None else self.private
        return wants and not self.stopped


@dataclass(slots=True, kw_only=True)
class CouncilTruth:
    """A council. `rhythm`: months between two reports; 0 wants one at every meeting."""

    id: CouncilId
    ags: str
    number: int
    rhythm: int
    filing_days: int
    invitation_days: int
    at: time
    days: tuple[int, ...]
    since: date
    meetings: dict[str, Meeting] = field(default_factory=dict)
    reports: list[date] = field(default_factory=list)
    papers: dict[str, Paper] = field(default_factory=dict)
    chats: list[Chat] = field(default_factory=list)
    people: list[Someone] = field(default_factory=list)

    @property
    def admin(self) -> Someone:
        """Who does what needs an admin."""
        return self.people[0]

    def ordered(self) -> list[Meeting]:
        """Meetings by day."""
        return sorted(self.meetings.values(), key=lambda one: one.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A message that arrived."""

    at: datetime
    council: str
    kind: str
    subject: str
    version: int
    slot: str
    chat: int
    thread: int
    expires: datetime
    repeat: bool
    """It says that it may be a repetition."""

    @property
    def key(self) -> tuple[str, str, int, str, int, int]:
        """Which message it is."""
        return (self.kind, self.subject, self.version, self.slot, self.chat, self.thread)

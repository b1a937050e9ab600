"""Broadcasts (Rundrufe): what is sent, to whom, and how far it is. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from conversations.agenda import ChatKind
from conversations.broadcasts.posts import Post
from conversations.rules.reporting import ClockState
from conversations.standing import CouncilId, PersonId, Role

BroadcastId = NewType("BroadcastId", str)
AnswerId = NewType("AnswerId", str)


class Stage(StrEnum):
    """Where a broadcast stands."""

    DRAFT = "draft"
    """Being written; only its author sees it."""
    CHECK = "check"
    """Confirmed by its author; a second person has to confirm, too."""
    WAITING = "waiting"
    """Confirmed, for a later moment. Its rows stand in the ledger."""
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    """Nothing of it waits any more; unclear messages may be left."""
    CANCELLED = "cancelled"


OPEN = frozenset({Stage.CHECK, Stage.WAITING, Stage.RUNNING, Stage.PAUSED})
"""Confirmed, and not over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A button below the message. Without an address it opens the inquiry in the private chat."""

    label: str = ""
    """Words on it, as typed; empty: the catalogue's, in each reader's language."""
    url: str = ""
    """https."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who gets it: all conditions at once; an empty set is no condition."""

    people: bool = True
    """Members in private."""
    chats: bool = True
    """Linked groups, topics and channels."""
    roles: frozenset[Role] = frozenset()
    """MEMBER, ADMIN; for people only."""
    councils: frozenset[CouncilId] = frozenset()
    kinds: frozenset[str] = frozenset()
    """Of municipality, in the register's words (rules.municipalities.KINDS)."""
    variants: frozenset[str] = frozenset()
    """Of the inquiry: ids of its definitions, as the municipality gets it."""
    clocks: frozenset[ClockState] = frozenset()
    """States of the KIM clock."""
    languages: frozenset[str] = frozenset()
    """For people only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a broadcast says, to whom. Stored sealed."""

    posts: Mapping[str, Post] = field(default_factory=dict)
    """By language; the reference language stands for all that are missing, and for chats."""
    links: tuple[Link, ...] = ()
    audience: Audience = Audience()
    template: str = ""
    """Id of the template it began with."""
    pinned: bool = False
    """Who joins later gets it, too, while it is the newest pinned one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How far it is, in recipients. `unclear` is none of `total`'s other parts."""

    total: int = 0
    sent: int = 0
    waiting: int = 0
    """Not begun, or held by a pause."""
    sending: int = 0
    unclear: int = 0
    """Nobody knows whether it arrived: a person decides."""
    unreachable: tuple[tuple[str, int], ...] = ()
    """Not delivered for good, by reason ("blocked", "kicked", …), the most frequent first."""
    dropped: int = 0
    """Not sent because of /stopp, an ended seat, a withdrawn consent or a cancelled broadcast."""
    late: int = 0
    """Not sent in time."""

    @property
    def failed(self) -> int:
        """All that could not be delivered."""
        return sum(count for _, count in self.unreachable)

    @property
    def settled(self) -> int:
        """Recipients that are done with, whatever came of it."""
        return self.total - self.waiting - self.sending


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """A broadcast as its author, its council's admins or operators see it."""

    id: BroadcastId
    council: CouncilId | None = None
    """The council whose admin sends it, to that council alone; None: an operator's, to all."""
    author: PersonId | None = None
    """None once erased."""
    by: str = ""
    """Name of the author as the reader may see it; empty for somebody else's operator."""
    content: Content = Content()
    stage: Stage = Stage.DRAFT
    revision: int = 1
    """Grows with every change: two people are told apart by it."""
    rehearsed: int = 0
    """The revision whose preview Telegram took; 0 for none."""
    made: datetime
    due: datetime | None = None
    confirmed: datetime | None = None
    begun: datetime | None = None
    ended: datetime | None = None
    why: str = ""
    """Why it is paused: "person", "role" (its author lost the right); empty otherwise."""
    tally: Tally = Tally()
    edition: int = 1
    """1 as sent; grows with each correction."""
    correcting: Tally | None = None
    """How far the latest correction is."""
    retracting: Tally | None = None
    """How far deleting it everywhere is; None: it was not taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """A council as the audience's conditions see it."""

    council: CouncilId
    ags: str
    clock: ClockState
    kind: str = ""
    """Of municipality."""
    variant: str = ""
    """Id of the inquiry's definition there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """A private chat or a linked chat that may be written to. Each chat stands here once for each
    of its councils."""

    chat: int
    thread: int | None = None
    council: CouncilId
    person: PersonId | None = None
    """None for a linked chat."""
    role: Role | None = None
    language: str = ""
    """Of a person."""
    kind: ChatKind | None = None
    """Of a linked chat."""
    name: str = ""
    """Of a person or chat whose name the reader may see: those of the own council."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Public:
    """Everybody whom the reader may address: an operator all, an admin the council in hand."""

    circles: tuple[Circle, ...] = ()
    addressees: tuple[Addressee, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a member wrote back to a broadcast, or was written to in turn, as its author sees it."""

    id: AnswerId
    broadcast: BroadcastId
    person: PersonId
    """Who the exchange is with: the member, whoever wrote it."""
    name: str = ""
    """Of the member, as the council knows them; empty for an operator, and for who left."""
    function: str = ""
    """Theirs in the council, where the name is known."""
    ags: str = ""
    """Of the municipality through whose council the member got the broadcast."""
    council: CouncilId | None = None
    """The broadcast's: None for an operator's."""
    text: str
    at: datetime
    back: bool = False
    """Written by the broadcast's author."""
    reachable: bool = True
    """Whether the member can be written to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replied:
    """The message that a person's message replies to, if it is about a broadcast: the broadcast
    itself, its author's word back, or (`answer`) what a member answered to it."""

    broadcast: BroadcastId
    council: CouncilId | None = None
    """The broadcast's: None for an operator's."""
    answer: AnswerId | None = None
    """The message brought this answer: the person is the broadcast's author and writes back."""
    own: bool = False
    """It is the author's own copy of the broadcast."""
    by: str = ""
    """Name of who would read the answer, as the person may know it; empty for operators, and for
    who answered to them."""
    function: str = ""
    """Their function in the council, if they have one."""
    reachable: bool = True
    """Whether they still may read it, and can be written to."""
    left: int = 1
    """How many more answers go today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcasts:
    """The part of a turn's state that is about broadcasts; loaded when needed."""

    known: tuple[Broadcast, ...] = ()
    """The newest first: an operator's all, an admin's those of the council in hand; drafts only
    of oneself."""
    public: Public = Public()
    """While one is composed."""
    answers: tuple[Answer, ...] = ()
    """To the reader's own broadcasts, the newest first, at most 100."""
    replied: Replied | None = None

    def one(self, id_: str) -> Broadcast | None:
        """The broadcast with this id."""
        return next((one for one in self.known if one.id == id_), None)

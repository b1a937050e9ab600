"""The dialogue core: what happens (events), what is known (state), what follows (decision).

`Dialogues.advance(state, event)` is the one door: pure, synchronous. The shell loads the state,
stores the decision in one transaction and sends the replies after the commit.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from conversations.agenda import Agenda, ReadCalendar, Reminded, SendCalendar
from conversations.broadcasts import BroadcastId, Broadcasts
from conversations.broadcasts.posts import Post
from conversations.deeds import Deed
from conversations.replies import Code, OwnData, Pick, Unreached
from conversations.rules.answers import Answers, Council, Meeting, Person, Sender
from conversations.rules.letter import Letter
from conversations.rules.reminding import OwnReminding
from conversations.standing import Desk, Invited, PersonId, Role, Seat, Standing, StoredCouncil

DraftId = NewType("DraftId", str)
LetterId = NewType("LetterId", str)


# --- what is known ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """To which text (version and SHA-256, hex) a person agreed, and when (UTC)."""

    version: int
    at: datetime
    text_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person who agreed that the bot remembers: what the next letter starts from."""

    id: PersonId
    language: str
    consent: Consent
    council: Council = Council()
    sender: Sender = Sender()
    routes: Mapping[str, str] = field(default_factory=dict)
    """Chosen route by paper, e.g. {"kim-anfrage": "own"}: asked once."""
    meeting: Meeting | None = None
    """The meeting of the latest paper: proposed again while it lies ahead."""
    called: str = ""
    """The name Telegram showed at the consent: proposed as the name under a letter."""
    asked: str = ""
    """Key (AGS) of the council whose details were asked for, then the routes: asked once each."""
    district_head: Person = Person()
    """Head of the Kreis, for letters that go there; the council's own head is another person."""
    active: str = ""
    """The council in hand (its id); empty without one, or when letters are written without it."""
    stopped: datetime | None = None
    """/stopp: since then no message comes unasked."""
    withdrawn: datetime | None = None
    """The consent was taken back then; erased 30 days later unless it is given again."""
    reminding: OwnReminding = OwnReminding()
    blocked: datetime | None = None
    """The bot was blocked then, and has not heard from the person since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a person stands in a private chat. A button of an older `version` is stale."""

    flow: str
    step: str
    flow_version: int = 1
    args: Mapping[str, str | int] = field(default_factory=dict)
    """Small things the step needs: page, month, point in hand."""
    draft: DraftId | None = None
    version: int = 0
    buttons: str = ""
    """Ids of the buttons on the card now shown, parted by blanks: no other press counts."""
    said: tuple[tuple[int, str], ...] = ()
    """Latest typed messages and the step each one answered: for messages edited later."""


class DraftState(StrEnum):
    """Life of a draft."""

    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A paper in the making, pinned to one version of its definition."""

    id: DraftId
    definition: str
    definition_version: int
    title: str
    answers: Answers
    state: DraftState = DraftState.OPEN
    step: str = ""
    """Where to go on."""
    args: Mapping[str, str | int] = field(default_factory=dict)
    """What that step was about: `Position.args` as they were."""
    amends: LetterId | None = None
    """The filed letter this draft is a new version of."""
    edition: int = 1
    """Version of the letter that is made from it next."""
    council: str = ""
    """The council it is written in; empty without one. Former members do not see it any more."""
    taken: Council | None = None
    """What it took over from the council; where its answers differ, this letter has its own."""
    touched: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """That a letter was filed, on which day."""

    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLetter:
    """A letter that was made; its files can be sent again, byte for byte."""

    id: LetterId
    draft: DraftId | None
    title: str
    version: int
    """1 for the first, 2 for its first amendment, and so on."""
    made: datetime
    filed: Filing | None = None
    amends: LetterId | None = None
    council: str = ""
    mine: bool = True
    """False for a filed letter of the council in hand that somebody else wrote."""


class Need(StrEnum):
    """What a turn wants loaded beside the member, the position and its draft."""

    DRAFTS = "drafts"
    LETTERS = "letters"
    DESK = "desk"
    """Colleagues, invitations, records; councils and operators."""
    AGENDA = "agenda"
    BROADCASTS = "broadcasts"
    PUBLIC = "public"
    """Everybody whom a broadcast could be for: as long as one is composed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """All that a decision rests on."""

    now: datetime
    """Aware, UTC."""
    person: PersonId
    first_name: str = ""
    last_name: str = ""
    """As Telegram shows them; kept nowhere before consent."""
    telegram_language: str = ""
    """IETF tag of the person's Telegram, e.g. "de"; empty when unknown."""
    member: Member | None = None
    position: Position | None = None
    draft: Draft | None = None
    drafts: tuple[Draft, ...] = ()
    """Loaded when `Dialogues.needs` asks for it; newest first."""
    letters: tuple[StoredLetter, ...] = ()
    standing: Standing = Standing()
    council: StoredCouncil | None = None
    """The council in hand (`Member.active`), while the person has a seat there."""
    invited: Invited | None = None
    """What the token of this event (`Dialogues.invited`) invites to, if it is good."""
    desk: Desk = Desk()
    agenda: Agenda = Agenda()
    """Of the council in hand, for everybody with a seat there."""
    calendar: ReadCalendar | None = None
    """What the calendar of this event (a file, an address) held."""
    reminder: Reminded | None = None
    """The reminder whose button was pressed, if it is one of the person's councils."""
    broadcasts: Broadcasts = Broadcasts()
    """Of an operator or an admin; `replied` of everybody."""
    message: int | None = None
    """Id of the message the event came with."""
    fresh: str
    """A new unguessable id (URL-safe, 16 characters at most), used for at most one new object."""
    secret: str = ""
    """A new token of 128 bits (URL-safe, 22 characters), shown once and stored as its hash."""
    bot: str = ""
    """User name of the bot, for links into it."""

    @property
    def seat(self) -> Seat | None:
        """The seat in the council in hand: the chosen one (`Member.active`), else the first."""
        return self.standing.in_hand(self.member.active if self.member else "")

    @property
    def administers(self) -> bool:
        """Whether the person is an admin of the council in hand."""
        return self.seat is not None and self.seat.role is Role.ADMIN


# --- what follows -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """A card as it is shown: Telegram HTML, and rows of (label, callback data ≤ 64 bytes, or an
    https address that the button opens)."""

    html: str
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """The current card: edited in place after a press, sent anew after anything else (then the
    older card loses its buttons)."""

    screen: Screen
    anew: bool = False
    """Send it as a new message even after a press (because files went out in between)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """A message of its own, beside the current card. Buttons here carry no dialogue version."""

    screen: Screen
    instead: bool = False
    """In place of the pressed message, which is no card (a reminder)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Toast:
    """The answer to a press, shown for a moment; nothing essential. `alert` waits for OK."""

    text: str
    alert: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliver:
    """Send the files of a letter."""

    letter: LetterId
    formats: tuple[str, ...] = ("docx", "pdf", "txt", "eml", "ics")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Send the pages of a letter that is not made yet as pictures."""

    letter: Letter


Reply = Show | Say | Toast | Deliver | Preview | Code | OwnData | SendCalendar | Pick | Unreached


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterOrder:
    """A letter to be written: stored in the turn, rendered after it."""

    id: LetterId
    draft: DraftId
    title: str
    version: int
    letter: Letter
    amends: LetterId | None = None
    council: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a turn stores (None or empty: unchanged) and, after the commit, sends in this order."""

    member: Member | None = None
    position: Position | None = None
    drafts: tuple[Draft, ...] = ()
    """New or changed drafts."""
    deleted: tuple[DraftId, ...] = ()
    orders: tuple[LetterOrder, ...] = ()
    filings: tuple[tuple[LetterId, Filing | None], ...] = ()
    """Letters that were filed (or, with None, were not after all)."""
    erase: bool = False
    """Everything about the person goes; the other fields are empty then."""
    deeds: tuple[Deed, ...] = ()
    look: str = ""
    """Address of a calendar to be read now; what it holds comes as the event `Looked`."""
    rehearse: BroadcastId | None = None
    """A broadcast to be shown to its author as it will be sent; then comes `Rehearsed`."""
    trial: Mapping[str, Post] = field(default_factory=dict)
    """Shown instead of its texts, by language: a correction that nobody has said yes to."""
    replies: tuple[Reply, ...] = ()

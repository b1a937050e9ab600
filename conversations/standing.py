"""Who somebody is: roles in councils, operators, and what each of them may look at.

Values only; they come from the store, where they were read in the scope of one person.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from conversations.board import Board
from conversations.rules.profile import Profile

PersonId = NewType("PersonId", int)
CouncilId = NewType("CouncilId", str)
InvitationId = NewType("InvitationId", str)


class Role(StrEnum):
    """What a person may be. An operator is one of the whole instance, the others of a council."""

    MEMBER = "member"
    ADMIN = "admin"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """How a person stands in the council's letters and list of members."""

    name: str = ""
    function: str = ""
    """E.g. "Mitglied", "Stellvertretende Vorsitzende"."""
    group: str = ""
    """List or Fraktion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One council the person belongs to."""

    council: CouncilId
    ags: str
    role: Role
    """MEMBER or ADMIN."""
    badge: Badge = Badge()
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """All that a person is, read in the turn's own transaction. Without any: a stranger."""

    operator: bool = False
    seats: tuple[Seat, ...] = ()
    """Councils the person belongs to now, the oldest first."""

    def seat(self, council: CouncilId | str) -> Seat | None:
        """The person's seat in a council."""
        return next((seat for seat in self.seats if seat.council == council), None)

    def in_hand(self, active: str) -> Seat | None:
        """The seat the dialogues are about: the chosen one (`Member.active`), else the oldest."""
        return self.seat(active) or next(iter(self.seats), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCouncil:
    """A council as stored. `revision` grows with every change: two admins are told apart by it."""

    id: CouncilId
    profile: Profile
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """The good invitation whose link a person followed. None stands for wrong, used, expired,
    revoked and too often guessed alike."""

    id: InvitationId
    role: Role
    council: CouncilId | None
    """None for an operator."""
    ags: str = ""
    expires: datetime


# --- the desk of admins and operators: loaded only for those who may see it -----------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """A person of the council, as its admins see them."""

    person: PersonId
    role: Role
    badge: Badge
    since: datetime
    reachable: bool = True
    """False when the person blocked the bot or withdrew the consent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """An invitation that can still be used; its token is nowhere."""

    id: InvitationId
    role: Role
    council: CouncilId | None
    left: int
    """Uses that are left."""
    made: datetime
    expires: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One line of the audit log: who did what to which object, no contents."""

    at: datetime
    who: str
    """The name as it stands in the council; empty when that person is gone or an operator."""
    operator: bool = False
    """Whether the one who did it is an operator, and no member of the council."""
    itself: bool = False
    """Whether the bot did it by itself."""
    action: str
    """Key of the deed, e.g. "amend"; its words are the label `record_<action>`."""
    object: str = ""
    """Which thing, e.g. "rule:anfrage"; the name of a person who is still a member."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilEntry:
    """A council as operators see it: place, counts and states, no names, letters or answers."""

    id: CouncilId
    ags: str
    people: int = 0
    admins: int = 0
    reachable_admins: int = 0
    open_invitations: int = 0
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """An operator as operators see one another."""

    person: PersonId
    name: str
    """As Telegram showed it at the consent; empty before."""
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What an admin sees of the council in hand, an operator of the instance; else empty."""

    colleagues: tuple[Colleague, ...] = ()
    """Council in hand: everybody for an admin (admins first, then by name), admins' names for a
    member (to know whom to ask)."""
    invitations: tuple[Invitation, ...] = ()
    """Open ones of the council in hand (admin); of operators and of councils (operator)."""
    records: tuple[Record, ...] = ()
    """The latest 200 of the council in hand, newest first (admin)."""
    councils: tuple[CouncilEntry, ...] = ()
    """All, by key (operator)."""
    operators: tuple[Operator, ...] = ()
    """All (operator)."""
    board: Board | None = None
    """How the instance does (operator)."""
    taken: frozenset[str] = frozenset()
    """Keys of the municipalities that have a council here, and no more of them (admin, operator):
    a municipality has one council."""

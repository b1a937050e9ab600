"""Deeds about broadcasts, and who may do them: admins for their council, operators for all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from conversations.broadcasts import AnswerId, BroadcastId, Content
from conversations.broadcasts.posts import Post
from conversations.standing import CouncilId, Role, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Compose:
    """A draft begins or changes; `revision` is the one it was decided on, 0 for a new one."""

    id: BroadcastId
    council: CouncilId | None
    revision: int
    content: Content


@dataclass(frozen=True, slots=True, kw_only=True)
class Discard:
    """A draft goes."""

    id: BroadcastId
    council: CouncilId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearse:
    """Telegram took the preview of this revision."""

    id: BroadcastId
    council: CouncilId | None
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirm:
    """It is to be sent: the audience is frozen, one row for each recipient. Done twice, it counts
    once. With `check` it waits for a second person, and is frozen then."""

    id: BroadcastId
    council: CouncilId | None
    revision: int
    due: datetime | None = None
    """None: now."""
    check: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Second:
    """The second person confirms what they looked at; nobody confirms what is their own."""

    id: BroadcastId
    council: CouncilId | None
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline:
    """The second person says no, or the author takes it back: it is a draft again."""

    id: BroadcastId
    council: CouncilId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Nothing more of it goes out for now."""

    id: BroadcastId
    council: CouncilId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """It goes on."""

    id: BroadcastId
    council: CouncilId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel:
    """What is not sent yet never will be."""

    id: BroadcastId
    council: CouncilId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle:
    """What is to become of all its unclear messages: sent once more, or let be."""

    id: BroadcastId
    council: CouncilId | None
    again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Correct:
    """The text is changed wherever it was sent. The posts have as many parts as the sent ones."""

    id: BroadcastId
    council: CouncilId | None
    revision: int
    posts: Mapping[str, Post]


@dataclass(frozen=True, slots=True, kw_only=True)
class Retract:
    """It is deleted wherever it was sent less than 48 hours ago."""

    id: BroadcastId
    council: CouncilId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """Whether who joins later gets it, too."""

    id: BroadcastId
    council: CouncilId | None
    pinned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A member answers to whoever sent a broadcast. No right is needed but to have got it."""

    id: AnswerId
    broadcast: BroadcastId
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteBack:
    """Its author answers to what a member wrote."""

    id: AnswerId
    council: CouncilId | None
    to: AnswerId
    text: str


Steering = Pause | Resume | Cancel | Settle | Correct | Retract | Pin
"""Of one that was confirmed."""
Moving = Rehearse | Confirm | Second | Decline | Steering
"""Of one that is there, from draft to end."""
BroadcastDeed = Compose | Discard | Moving | Reply | WriteBack


def may(standing: Standing, deed: BroadcastDeed) -> bool:
    """Whether a person of this standing may do it. That the broadcast is there, belongs to that
    council, and is one's own where that matters, is judged by the store."""
    if isinstance(deed, Reply):
        return True
    if standing.operator:
        return True
    seat = standing.seat(deed.council) if deed.council else None
    return seat is not None and seat.role is Role.ADMIN

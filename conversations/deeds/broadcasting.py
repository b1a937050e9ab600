"""Deeds about broadcasts, and who may do them: admins for their council, operators for all."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from conversations.broadcasts import (
    OPEN,
    AnswerId,
    Broadcast,
    BroadcastId,
    Broadcasts,
    Content,
    Stage,
    Tally,
)
from conversations.broadcasts.posts import Post
from conversations.rules.sending_hours import opening
from conversations.standing import CouncilId, PersonId, Role, Standing


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


BroadcastDeed = (
    Compose
    | Discard
    | Rehearse
    | Confirm
    | Second
    | Decline
    | Pause
    | Resume
    | Cancel
    | Settle
    | Correct
    | Retract
    | Pin
    | Reply
    | WriteBack
)


def may(standing: Standing, deed: BroadcastDeed) -> bool:
    """Whether a person of this standing may do it. That the broadcast is there, belongs to that
    council, and is one's own where that matters, is judged by the store."""
    if isinstance(deed, Reply):
        return True
    if standing.operator:
        return True
    seat = standing.seat(deed.council) if deed.council else None
    return seat is not None and seat.role is Role.ADMIN


def applied(
    broadcasts: Broadcasts, deed: BroadcastDeed, person: PersonId, now: datetime
) -> Broadcasts:
    """What is known after a deed, as the next card shows it."""
    match deed:
        case Reply():
            return broadcasts
        case WriteBack():
            return _written(broadcasts, deed, now)
        case Compose():
            return _composed(broadcasts, deed, person, now)
        case Discard(id=id_):
            known = tuple(one for one in broadcasts.known if one.id != id_)
            return replace(broadcasts, known=known)
        case _:
            known = tuple(
                _after(one, deed, now) if one.id == deed.id else one for one in broadcasts.known
            )
            return replace(broadcasts, known=known)


def _written(broadcasts: Broadcasts, deed: WriteBack, now: datetime) -> Broadcasts:
    """The word back stands among the answers."""
    back = tuple(
        replace(one, id=deed.id, text=deed.text, at=now, back=True)
        for one in broadcasts.answers
        if one.id == deed.to
    )
    return replace(broadcasts, answers=(*back, *broadcasts.answers))


def _composed(broadcasts: Broadcasts, deed: Compose, person: PersonId, now: datetime) -> Broadcasts:
    before = broadcasts.one(deed.id) or Broadcast(
        id=deed.id, council=deed.council, author=person, revision=0, made=now
    )
    after = replace(before, content=deed.content, revision=deed.revision + 1)
    rest = tuple(one for one in broadcasts.known if one.id != deed.id)
    return replace(broadcasts, known=(after, *rest))


def _after(
    one: Broadcast,
    deed: Rehearse
    | Confirm
    | Second
    | Decline
    | Pause
    | Resume
    | Cancel
    | Settle
    | Correct
    | Retract
    | Pin,
    now: datetime,
) -> Broadcast:
    match deed:
        case Rehearse(revision=revision):
            return replace(one, rehearsed=revision)
        case Confirm(check=True, due=due):
            return replace(one, stage=Stage.CHECK, due=due or now)
        case Confirm(due=due):
            return _begun(replace(one, confirmed=now), due, now)
        case Second():
            return _begun(replace(one, confirmed=now), one.due, now)
        case Decline():
            revision = one.revision + 1
            return replace(one, stage=Stage.DRAFT, revision=revision, rehearsed=revision)
        case _:
            return _steered(one, deed, now)


def _steered(
    one: Broadcast, deed: Pause | Resume | Cancel | Settle | Correct | Retract | Pin, now: datetime
) -> Broadcast:
    match deed:
        case Pause():
            return replace(one, stage=Stage.PAUSED, why="person")
        case Resume():
            return _begun(replace(one, why=""), one.due, now)
        case Cancel():
            return replace(one, stage=Stage.CANCELLED, ended=now)
        case Settle(again=again):
            return _settled(one, again=again)
        case Correct(posts=posts):
            content, edition = replace(one.content, posts=posts), one.edition + 1
            changed = replace(one, content=content, edition=edition, revision=one.revision + 1)
            return replace(changed, correcting=_everywhere(one))
        case Retract():
            kept = replace(one.content, pinned=False)
            back = replace(one, content=kept, retracting=_everywhere(one))
            over = one.stage in OPEN
            return replace(back, stage=Stage.CANCELLED, ended=now) if over else back
        case Pin(pinned=pinned):
            return replace(one, content=replace(one.content, pinned=pinned))


def _settled(one: Broadcast, *, again: bool) -> Broadcast:
    """What was unclear waits once more, or nobody will ever know."""
    tally, count = replace(one.tally, unclear=0), one.tally.unclear
    if not again:
        return replace(one, tally=tally)
    stage = Stage.RUNNING if one.stage is Stage.DONE and count else one.stage
    return replace(one, stage=stage, tally=replace(tally, waiting=tally.waiting + count))


def _everywhere(one: Broadcast) -> Tally:
    """Nothing is changed yet of what was sent."""
    return Tally(total=one.tally.sent, waiting=one.tally.sent)


def _begun(one: Broadcast, due: datetime | None, now: datetime) -> Broadcast:
    due = opening(max(due or now, now))
    return replace(one, due=due, stage=Stage.WAITING if due > now else Stage.RUNNING)

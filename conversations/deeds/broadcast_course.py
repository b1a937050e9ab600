"""What becomes of broadcasts by a deed: from draft to end, as the next card shows it.

What the store itself decides (whether it is still possible, whom it reaches) is not judged here.
"""

from dataclasses import replace
from datetime import datetime

from conversations.broadcasts import OPEN, Broadcast, Broadcasts, Stage, Tally
from conversations.deeds.broadcasting import (
    BroadcastDeed,
    Cancel,
    Compose,
    Confirm,
    Correct,
    Decline,
    Discard,
    Moving,
    Pause,
    Pin,
    Rehearse,
    Reply,
    Resume,
    Retract,
    Second,
    Settle,
    Steering,
    WriteBack,
)
from conversations.rules.sending_hours import opening
from conversations.standing import PersonId


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


def _after(one: Broadcast, deed: Moving, now: datetime) -> Broadcast:
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


def _steered(one: Broadcast, deed: Steering, now: datetime) -> Broadcast:
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

"""Broadcasts, as admins and operators see and send them."""

from collections.abc import Collection
from datetime import datetime
from typing import assert_never

from bot.store.scope import (
    addressing,
    answered,
    answering,
    composing,
    confirming,
    known,
    mending,
    moving,
)
from bot.store.scope.principal import Principal
from conversations.broadcasts import Broadcasts, Public
from conversations.core import Need
from conversations.deeds import (
    BroadcastDeed,
    Cancel,
    Compose,
    Confirm,
    Correct,
    Decline,
    Discard,
    Pause,
    Pin,
    Rehearse,
    Reply,
    Resume,
    Retract,
    Second,
    Settle,
    WriteBack,
)
from conversations.standing import CouncilId


def read(
    principal: Principal,
    council: CouncilId | None,
    wanted: Collection[Need],
    reply_to: tuple[int, int] | None,
    now: datetime,
) -> Broadcasts:
    """What is wanted of them with this council in hand. `reply_to`: chat and message that the
    person's message replies to."""
    lists = Need.BROADCASTS in wanted
    return Broadcasts(
        known=known.known(principal, council) if lists else (),
        public=_public(principal, council, now) if Need.PUBLIC in wanted else Public(),
        answers=answered.of(principal) if lists else (),
        replied=answered.replied(principal, *reply_to, now) if reply_to is not None else None,
    )


def do(principal: Principal, deed: BroadcastDeed, now: datetime) -> str | None:
    """Write it; the thing that the audit log names, None when nothing had to be changed.

    Raises ForbiddenError, and LostRaceError when it was changed meanwhile.
    """
    match deed:
        case Reply():
            answering.reply(principal, deed, now)
            return None
        case WriteBack():
            return answering.write_back(principal, deed, now)
        case Compose() | Rehearse() | Discard():
            return _drafted(principal, deed, now)
        case Confirm() | Second() | Decline():
            return _confirmed(principal, deed, now)
        case Pause() | Resume() | Cancel() | Settle():
            return _moved(principal, deed, now)
        case Correct():
            return mending.correct(principal, deed, now)
        case Retract():
            return mending.retract(principal, deed, now)
        case Pin():
            return mending.pin(principal, deed)
        case _:
            assert_never(deed)


def _public(principal: Principal, council: CouncilId | None, now: datetime) -> Public:
    """An operator addresses all councils, an admin the one in hand; there with names."""
    own = council if council is not None and known.composes(principal, council) else None
    if principal.standing.operator:
        return addressing.of(principal, None, now, own)
    return addressing.of(principal, own, now, own) if own is not None else Public()


def _drafted(principal: Principal, deed: Compose | Rehearse | Discard, now: datetime) -> str | None:
    """The audit log has no line of each change."""
    match deed:
        case Compose():
            composing.compose(principal, deed, now)
        case Rehearse():
            composing.rehearse(principal, deed, now)
        case Discard():
            return composing.discard(principal, deed)
    return None


def _confirmed(principal: Principal, deed: Confirm | Second | Decline, now: datetime) -> str | None:
    match deed:
        case Confirm():
            return confirming.confirm(principal, deed, now)
        case Second():
            return confirming.second(principal, deed, now)
        case Decline():
            return confirming.decline(principal, deed, now)


def _moved(
    principal: Principal, deed: Pause | Resume | Cancel | Settle, now: datetime
) -> str | None:
    match deed:
        case Pause():
            return moving.pause(principal, deed)
        case Resume():
            return moving.resume(principal, deed, now)
        case Cancel():
            return moving.cancel(principal, deed, now)
        case Settle():
            return moving.settle(principal, deed, now)

"""Broadcasts, as admins and operators see and send them."""

from collections.abc import Collection
from datetime import datetime

from bot.store.scope import answers
from bot.store.scope.principal import ForbiddenError, Principal
from conversations.broadcasts import Broadcasts
from conversations.core import Need
from conversations.deeds import BroadcastDeed
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
    del council, now
    return Broadcasts(
        answers=answers.of(principal) if Need.BROADCASTS in wanted else (),
        replied=answers.replied(principal, *reply_to) if reply_to is not None else None,
    )


def do(principal: Principal, deed: BroadcastDeed, now: datetime) -> str | None:
    """Write it; the thing that the audit log names, None when nothing had to be changed.

    Raises ForbiddenError, and LostRaceError when it was changed meanwhile.
    """
    del principal, now
    raise ForbiddenError(type(deed).__name__)

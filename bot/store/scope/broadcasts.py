"""Broadcasts, as admins and operators see and send them."""

from collections.abc import Collection
from datetime import datetime

from bot.store.scope import answered, answering
from bot.store.scope.principal import ForbiddenError, Principal
from conversations.broadcasts import Broadcasts
from conversations.core import Need
from conversations.deeds import BroadcastDeed, Reply, WriteBack
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
    del council
    return Broadcasts(
        answers=answered.of(principal) if Need.BROADCASTS in wanted else (),
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
    raise ForbiddenError(type(deed).__name__)

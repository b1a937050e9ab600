"""Who joins gets the broadcast that is kept for newcomers: the newest one, if it is meant for them
and they have not got it."""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, or_, select

from bot.store.broadcasts import freezing
from bot.store.codec import stamp
from bot.store.ledger import BROADCAST, State
from bot.store.ledger.campaigns import subject
from bot.store.schema import broadcast, delivery
from bot.store.scope import addressing
from bot.store.scope.principal import Principal
from conversations.broadcasts import BroadcastId, Public, Stage
from conversations.rules.audience import chosen
from conversations.rules.sending_hours import opening
from conversations.standing import CouncilId

_FRESH: Final = timedelta(days=30)
"""An older one is no news any more."""
_SENT: Final = (Stage.RUNNING, Stage.PAUSED, Stage.DONE)


def welcome(principal: Principal, council: CouncilId, now: datetime) -> None:
    """One row for each of its parts, to go at once; by day, and only while it may be sent."""
    kept = _newest(principal, council, now)
    if kept is None or _had(principal, kept.id):
        return
    content = principal.codec.broadcast.read(kept.body, kept.format, kept.id)
    mine = chosen(content.audience, _newcomer(principal, council, now))
    freezing.freeze(principal.connection, BroadcastId(kept.id), content, mine, opening(now))


def _newest(principal: Principal, council: CouncilId, now: datetime) -> Row[Any] | None:
    """To that council or to all."""
    found = (
        select(*(broadcast.c[name] for name in ("id", "format", "body")))
        .where(
            broadcast.c.pinned == 1,
            broadcast.c.stage.in_(_SENT),
            broadcast.c.retracted.is_(None),
            broadcast.c.begun > stamp(now - _FRESH),
            or_(broadcast.c.council == council, broadcast.c.council.is_(None)),
        )
        .order_by(broadcast.c.begun.desc(), broadcast.c.id)
        .limit(1)
    )
    return principal.connection.execute(found).one_or_none()


def _had(principal: Principal, id_: str) -> bool:
    """Whether it came, or is on its way; what was dropped when they left before counts for
    nothing."""
    there = select(delivery.c.id).where(
        delivery.c.kind == BROADCAST,
        delivery.c.subject == subject(id_),
        delivery.c.chat == principal.person,
        delivery.c.state != State.CANCELLED,
    )
    return principal.connection.execute(there.limit(1)).first() is not None


def _newcomer(principal: Principal, council: CouncilId, now: datetime) -> Public:
    """The newcomer alone, as the audience's conditions see them in that council."""
    public = addressing.of(principal, council, now)
    mine = tuple(one for one in public.addressees if one.person == principal.person)
    return Public(circles=public.circles, addressees=mine)

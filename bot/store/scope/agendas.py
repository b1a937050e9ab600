"""The agenda of a council: read for everybody with a seat there, changed by its admins."""

from datetime import datetime
from typing import assert_never

from sqlalchemy import BigInteger, bindparam, or_, select

from bot.store.codec import moment
from bot.store.prepared import Prepared
from bot.store.schema import delivery
from bot.store.scope import calendars, chats, filings, meetings, reminders, reports
from bot.store.scope.lapsing import KINDS, WAITING
from bot.store.scope.principal import Principal
from conversations.agenda import Agenda, Coming
from conversations.deeds import (
    AgendaDeed,
    File,
    Follow,
    Link,
    Note,
    OfferLink,
    OpenFeed,
    PutOff,
    Schedule,
    Steer,
    Unlink,
    Unnote,
)
from conversations.rules.reminding import ReminderKind
from conversations.standing import CouncilId

_person = bindparam("p", type_=BigInteger)
_coming = Prepared(
    select(delivery.c.kind, delivery.c.due, delivery.c.subject)
    .distinct()
    .where(
        delivery.c.council == bindparam("c"),
        or_(delivery.c.person.is_(None), delivery.c.person == _person),
        or_(*(delivery.c.state == state for state in WAITING)),
        or_(*(delivery.c.kind == kind for kind in KINDS)),
    )
    .order_by(delivery.c.due, delivery.c.kind, delivery.c.subject)
    .limit(10)
)


def read(principal: Principal, council: CouncilId | None, now: datetime) -> Agenda:
    """The agenda of the council in hand; for those without a seat there what they filed without a
    council."""
    if council is None or principal.standing.seat(council) is None:
        return Agenda(filed=filings.of(principal, None))
    return Agenda(
        meetings=meetings.of(principal, council, now),
        reports=reports.of(principal, council),
        steering=reports.steering_of(principal, council),
        filed=filings.of(principal, council),
        chats=chats.of(principal, council),
        source=calendars.of(principal, council),
        feed=calendars.has_feed(principal, council),
        coming=_next(principal, council),
    )


def do(principal: Principal, deed: AgendaDeed, now: datetime) -> str | None:
    """Write it; None is nothing for the audit log. Raises ForbiddenError."""
    match deed:
        case Schedule():
            return meetings.schedule(principal, deed)
        case Follow():
            return calendars.follow(principal, deed)
        case OpenFeed():
            return calendars.open_feed(principal, deed, now)
        case Note():
            return reports.note(principal, deed)
        case Unnote():
            return reports.unnote(principal, deed)
        case Steer():
            return reports.steer(principal, deed)
        case File():
            return filings.file(principal, deed)
        case PutOff():
            reminders.put_off(principal, deed)
            return None
        case OfferLink() | Link() | Unlink():
            return _chat(principal, deed, now)
        case _:
            assert_never(deed)


def _chat(principal: Principal, deed: OfferLink | Link | Unlink, now: datetime) -> str:
    match deed:
        case OfferLink():
            return chats.offer(principal, deed, now)
        case Link():
            return chats.link(principal, deed)
        case Unlink():
            return chats.unlink(principal, deed)


def _next(principal: Principal, council: CouncilId) -> tuple[Coming, ...]:
    """What the council's chats and the person get next, each once."""
    values = {"c": council, "p": principal.person}
    return tuple(
        Coming(kind=ReminderKind(kind), due=moment(due), subject=subject)
        for kind, due, subject in _coming.run(principal.connection, values).fetchall()
    )

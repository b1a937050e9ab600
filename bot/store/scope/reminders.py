"""Reminders that were sent, as their buttons find them; and one that is to come again."""

import secrets
from datetime import datetime

from sqlalchemy import bindparam, insert, select

from bot.store.codec import moment, stamp
from bot.store.prepared import Prepared
from bot.store.schema import delivery
from bot.store.scope.lapsing import KINDS
from bot.store.scope.principal import ForbiddenError, Principal
from conversations.agenda import Reminded
from conversations.deeds import PutOff, is_admin
from conversations.rules.reminding import ReminderKind
from conversations.standing import CouncilId

_found = Prepared(
    select(
        delivery.c.council,
        delivery.c.kind,
        delivery.c.subject,
        delivery.c.chat,
        delivery.c.thread,
        delivery.c.person,
        delivery.c.version,
        delivery.c.slot,
        delivery.c.nth,
        delivery.c.of,
        delivery.c.expires,
    ).where(delivery.c.id == bindparam("id"))
)


def reminded(principal: Principal, id_: str) -> Reminded | None:
    """A reminder of one of the person's councils; one that went to somebody else in private is
    not there."""
    row = _found.run(principal.connection, {"id": id_}).fetchone()
    if row is None or row[0] is None or row[1] not in KINDS:
        return None
    council, kind, subject, chat, thread, person, version, slot, nth, of, expires = row
    if principal.standing.seat(council) is None or person not in (None, principal.person):
        return None
    return Reminded(
        id=id_,
        council=CouncilId(council),
        kind=ReminderKind(kind),
        subject=subject,
        chat=chat,
        thread=thread or None,
        version=version,
        slot=slot,
        nth=nth,
        of=of,
        expires=moment(expires),
    )


def put_off(principal: Principal, deed: PutOff) -> None:
    """One more row, once: pressed twice, it comes once more. Raises ForbiddenError."""
    connection = principal.connection
    row = connection.execute(select(delivery).where(delivery.c.id == deed.reminder)).mappings()
    old = row.one_or_none()
    private = old is not None and old["person"] == principal.person
    shared = old is not None and old["person"] is None
    allowed = private or (shared and is_admin(principal.standing, deed.council))
    if old is None or old["council"] != deed.council or not allowed:
        raise ForbiddenError("reminder")
    key = ("kind", "subject", "version", "chat", "thread")
    same = select(delivery.c.id).where(
        *(delivery.c[name] == old[name] for name in key), delivery.c.slot == deed.slot
    )
    if connection.execute(same).first() is None:
        connection.execute(insert(delivery).values(**_again(dict(old), deed.slot, deed.until)))


def _again(old: dict[str, object], slot: str, until: datetime) -> dict[str, object]:
    fresh = {
        "id": secrets.token_urlsafe(12),
        "slot": slot,
        "due": stamp(until),
        "not_before": stamp(until),
        "state": "planned",
        "attempt": 0,
        "claim": None,
        "lease_until": None,
        "message": None,
        "reason": "",
    }
    return {**old, **fresh}

"""The sweep: what was kept long enough goes (conversations.rules.retention).

Person by person in transactions of their own, so that nobody waits for it.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, delete, func, or_, select

from bot.logs import Log
from bot.store import inbox
from bot.store.codec import stamp
from bot.store.idle import Notes
from bot.store.persons import Persons
from bot.store.schema import (
    broadcast,
    chat_link,
    delivery,
    draft,
    invitation,
    link_offer,
    member,
    membership,
    operator,
)
from bot.store.worker import Store
from conversations.rules.retention import Limits, limits
from conversations.standing import CouncilId, PersonId

_LOG: Final = Log(__name__)

Job = Callable[[Connection], object]


async def sweep(
    store: Store,
    persons: Persons,
    now: datetime,
    *,
    invited_only: bool,
    notes: Notes | None = None,
) -> None:
    """Everything that is due. `invited_only`: nobody stays without a role, once they had one.
    `notes`: people are told of idle drafts before those go."""
    await store.write(lambda connection: rows(connection, now, notes))
    due = await store.read(lambda c: jobs(c, persons, now, invited_only=invited_only))
    for job in due:
        await store.write(job)
    if due:
        _LOG.info("people swept", count=len(due))
    await store.read(emptied)


def rows(connection: Connection, now: datetime, notes: Notes | None = None) -> None:
    """What goes whosoever it is: handled updates' ids, invitations, links and chats that nobody
    confirmed, idle drafts, old broadcasts with their answers, old deliveries."""
    old = limits(now)
    inbox.sweep(connection, now)
    connection.execute(delete(invitation).where(invitation.c.expires < stamp(old.invitation)))
    connection.execute(delete(link_offer).where(link_offer.c.expires < stamp(now)))
    unconfirmed = (chat_link.c.confirmed == 0) & (chat_link.c.since < stamp(old.invitation))
    connection.execute(delete(chat_link).where(unconfirmed))
    if notes is None:
        connection.execute(delete(draft).where(draft.c.touched < stamp(old.draft)))
    else:
        notes.plan(connection, now)
        notes.sweep(connection, now)
    connection.execute(delete(broadcast).where(_is_old(old)))
    useless = (delivery.c.due < stamp(old.delivery)) & (delivery.c.expires < stamp(now))
    connection.execute(delete(delivery).where(useless))


def _is_old(old: Limits) -> ColumnElement[bool]:
    """A broadcast that was over long ago, or was never sent and is not touched any more."""
    ended = func.coalesce(broadcast.c.ended, broadcast.c.due)
    return or_(
        and_(broadcast.c.confirmed.is_not(None), ended < stamp(old.broadcast)),
        and_(broadcast.c.confirmed.is_(None), broadcast.c.touched < stamp(old.draft)),
    )


def jobs(
    connection: Connection, persons: Persons, now: datetime, *, invited_only: bool
) -> list[Job]:
    """One job for each former member and each person whose consent is gone."""
    old = limits(now)
    withdrawn = select(member.c.person).where(member.c.withdrawn < stamp(old.consent))
    former = select(membership.c.person, membership.c.council).where(
        membership.c.ended < stamp(old.seat)
    )
    return [
        *(_erasure(persons, person, now) for person in connection.execute(withdrawn).scalars()),
        *(
            _release(persons, person, council, now, invited_only)
            for person, council in connection.execute(former)
        ),
    ]


def emptied(connection: Connection) -> None:
    """On SQLite: what was deleted leaves the write-ahead log, too, as far as nobody reads it."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").close()


def _erasure(persons: Persons, person: PersonId, now: datetime) -> Job:
    def erase(connection: Connection) -> None:
        again = select(member.c.person).where(
            member.c.person == person, member.c.withdrawn < stamp(limits(now).consent)
        )
        if connection.execute(again).first():
            persons.erase(connection, person, now)

    return erase


def _release(
    persons: Persons, person: PersonId, council: CouncilId, now: datetime, invited_only: bool
) -> Job:
    def release(connection: Connection) -> None:
        still = select(membership.c.person).where(
            membership.c.person == person,
            membership.c.council == council,
            membership.c.ended < stamp(limits(now).seat),
        )
        if connection.execute(still).first():
            persons.release(connection, person, council, now)
            if invited_only and not _has_role(connection, person):
                persons.erase(connection, person, now)

    return release


def _has_role(connection: Connection, person: PersonId) -> bool:
    """Whether the person has a seat, also one that ended a short while ago, or is an operator."""
    found = [
        connection.execute(select(table.c.person).where(table.c.person == person)).first()
        for table in (membership, operator)
    ]
    return any(found)

"""From a council's facts to its rows in the ledger, in one transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.store import chats, ledger
from bot.store.codec import stamp
from bot.store.ledger import Changes, Key, Wish
from bot.store.planning import Planning
from conversations.facts import CouncilFacts
from conversations.planning import plan, recipients, still
from conversations.rules.reminding import Planned
from conversations.standing import CouncilId


def reconcile(
    connection: Connection,
    planning: Planning,
    council: CouncilId,
    now: datetime,
    *,
    write: bool = True,
) -> Changes:
    """Bring a council's rows to what its facts ask for; without `write` only look."""
    facts = planning.facts(connection, council, now)
    if facts is None:
        return Changes()
    planned = plan(facts, now)

    def keeps(key: Key) -> bool:
        return "/" in key.slot and still(planned, key[:4]) is not None

    wanted = wishes(facts, planned, now)
    return ledger.reconcile(connection, council, wanted, now, keeps=keeps, write=write)


def report(connection: Connection, planning: Planning, now: datetime) -> None:
    """Councils whose reminders could not be sent in time hear of it, in one notice."""
    for council, rows in ledger.missed(connection, now).items():
        ledger.reported(connection, [id_ for id_, _, _ in rows], stamp(now))
        facts = planning.facts(connection, council, now)
        if facts is not None:
            chats.tell(connection, facts, f"council:{council}", "missed", now)


def wishes(facts: CouncilFacts, planned: Sequence[Planned], now: datetime) -> list[Wish]:
    """One row for each reminder and each of its recipients."""
    return [
        Wish(
            kind=one.kind,
            subject=one.subject,
            version=one.version,
            slot=one.slot,
            chat=to.chat,
            thread=to.thread,
            council=facts.council.id,
            person=to.person,
            due=to.due,
            expires=one.expires,
            nth=one.nth,
            of=one.of,
        )
        for one in planned
        for to in recipients(facts, one, now)
    ]

"""The planner: from each council's facts to its rows in the ledger. Every process may plan, as
often as it likes: what is planned follows from the facts alone."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from bot.logs import Log
from bot.store import chats, ledger
from bot.store.codec import stamp
from bot.store.ledger import Key, Wish
from bot.store.planning import Planning
from bot.store.worker import Store, StoreBusyError, StoreFullError
from conversations.facts import CouncilFacts
from conversations.planning import plan, recipients, still
from conversations.rules.reminding import Planned
from conversations.standing import CouncilId

_LOG: Final = Log(__name__)
_BREATH: Final = 0.01
"""Seconds between two councils, for everybody who waits for an answer."""


class Planner:
    """Beats once a minute."""

    def __init__(self, *, store: Store, planning: Planning, now: Callable[[], datetime]) -> None:
        self._store = store
        self._planning = planning
        self._now = now

    async def beat(self) -> None:
        """Plan all councils; one that can't be read doesn't keep the others."""
        for council in await self._store.read(self._planning.councils):
            try:
                await self._plan(council)
            except (StoreBusyError, StoreFullError):
                return  # the next beat
            except Exception as error:  # noqa: BLE001 - the others are planned all the same
                _LOG.error("council not planned", council=council, error=error)
            await asyncio.sleep(_BREATH)
        now = self._now()
        if await self._store.read(lambda c: ledger.missed(c, now)):
            await self._store.write(lambda c: self._report(c, now))

    async def _plan(self, council: CouncilId) -> None:
        """Look first, without a lock; write only what changed."""
        now = self._now()

        def look(connection: Connection) -> bool:
            return bool(self._reconcile(connection, council, now, write=False))

        if await self._store.read(look):
            changes = await self._store.write(
                lambda c: self._reconcile(c, council, now, write=True)
            )
            _LOG.info(
                "reminders planned",
                added=changes.added,
                moved=changes.moved,
                cancelled=changes.cancelled,
            )

    def _reconcile(
        self, connection: Connection, council: CouncilId, now: datetime, *, write: bool
    ) -> ledger.Changes:
        facts = self._planning.facts(connection, council, now)
        if facts is None:
            return ledger.Changes()
        planned = plan(facts, now)

        def keeps(key: Key) -> bool:
            return "/" in key.slot and still(planned, key[:4]) is not None

        return ledger.reconcile(
            connection, council, wishes(facts, planned, now), now, keeps=keeps, write=write
        )

    def _report(self, connection: Connection, now: datetime) -> None:
        """Councils whose reminders were not sent in time hear of it, in one notice."""
        for council, rows in ledger.missed(connection, now).items():
            ledger.reported(connection, [id_ for id_, _, _ in rows], stamp(now))
            facts = self._planning.facts(connection, council, now)
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

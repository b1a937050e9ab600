"""A council's meetings as a calendar file, for those with a seat there."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from bot.store.codec import Codec
from bot.store.letters import StoredFile
from bot.store.scope import Scope
from bot.store.sealing import Pseudonyms
from bot.store.worker import Store
from bot.telegram.parcels import Parcels
from conversations.agenda import CouncilMeeting
from conversations.standing import CouncilId, PersonId, StoredCouncil

Timetabling = Callable[[StoredCouncil, tuple[CouncilMeeting, ...], datetime], StoredFile]
"""Writes the file; called in a worker thread."""


class Timetables:
    """Sends it."""

    def __init__(
        self,
        *,
        store: Store,
        codec: Codec,
        pseudonyms: Pseudonyms,
        parcels: Parcels,
        write: Timetabling,
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._codec = codec
        self._pseudonyms = pseudonyms
        self._parcels = parcels
        self._write = write
        self._now = now

    async def send(self, person: PersonId, council: CouncilId, chat: int) -> None:
        """Send it, with what is stored now; nothing without a seat there (any more).

        Raises RefusedError and UnreachableError.
        """
        now = self._now()
        there, meetings = await self._store.read(
            lambda c: _of(Scope.enter(c, self._codec, self._pseudonyms, person), council, now)
        )
        if there is None:
            return
        file = await asyncio.to_thread(self._write, there, meetings, now)
        await self._parcels.files(chat, [file])


def _of(
    scope: Scope, council: CouncilId, now: datetime
) -> tuple[StoredCouncil | None, tuple[CouncilMeeting, ...]]:
    return scope.council(council), scope.agenda(council, now).meetings

"""/meinedaten: everything stored about a person as two files, into their private chat only."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from bot.logs import Log
from bot.store.letters import StoredFile
from bot.store.persons import Export, Persons
from bot.store.worker import Store
from bot.telegram.parcels import Parcels
from conversations.standing import PersonId

_LOG: Final = Log(__name__)

Writing = Callable[[Export], Sequence[StoredFile]]
"""Makes an export into files; takes a moment, called in a worker thread."""


class OwnData:
    """Sends a person's own data."""

    def __init__(
        self,
        *,
        store: Store,
        persons: Persons,
        parcels: Parcels,
        write: Writing,
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._persons = persons
        self._parcels = parcels
        self._write = write
        self._now = now

    async def send(self, person: PersonId, chat: int) -> None:
        """Send the files. Raises RefusedError and UnreachableError."""
        if chat != person:
            _LOG.error("own data asked for outside a private chat")
            return
        await self._parcels.announce(chat, "upload_document")
        now = self._now()
        found = await self._store.read_aside(lambda c: self._persons.export(c, person, now))
        for file in await asyncio.to_thread(self._write, found):
            await self._parcels.files(chat, [file])

"""The list of those whom a broadcast did not reach, as a file to whoever may see it."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from bot.store.broadcasts.missing import Missing
from bot.store.worker import Store
from bot.telegram.outbox import Outbox
from bot.telegram.transport import Upload
from conversations.broadcasts import BroadcastId
from conversations.broadcasts.unreached import Sheet, caption, sheet
from conversations.rules.knowledge import Knowledge
from conversations.standing import PersonId

Writing = Callable[[Sheet], Upload]
"""Writes the file; called in a worker thread."""


class Lists:
    """Sends it."""

    def __init__(
        self,
        *,
        store: Store,
        missing: Missing,
        outbox: Outbox,
        know: Knowledge,
        write: Writing,
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._missing = missing
        self._outbox = outbox
        self._know = know
        self._write = write
        self._now = now

    async def send(self, person: PersonId, broadcast: BroadcastId, chat: int) -> None:
        """Send it as it is now; a sentence when it is empty; nothing when it is not theirs to see.

        Raises RefusedError and UnreachableError.
        """
        found = await self._store.read_aside(lambda c: self._missing.read(c, person, broadcast))
        if found is None:
            return
        one, missed, language = found
        words = caption(self._know, one, len(missed), language)
        params = {"chat_id": chat, "parse_mode": "HTML"}
        if not missed:
            await self._outbox.call("sendMessage", {**params, "text": words})
            return
        table = sheet(self._know, one, missed, language, self._now())
        file = await asyncio.to_thread(self._write, table)
        await self._outbox.call("sendDocument", {**params, "caption": words}, {"document": file})

"""Letters on their way: written in a worker thread, kept as bytes, sent until Telegram took them.

An order stands in the store since its turn, so a crash anywhere here only delays it.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import Executor
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from typing import Final

from bot.logs import Log
from bot.store import leases, letters
from bot.store.codec import Codec
from bot.store.leases import Holder
from bot.store.letters import Errand, StoredFile
from bot.store.worker import Store, StoreBusyError, StoreFullError
from bot.telegram.apology import Apologies
from bot.telegram.outbox import is_gone
from bot.telegram.parcels import Parcels
from bot.telegram.transport import RefusedError, UnreachableError
from conversations.core import LetterId
from conversations.rules.letter import Letter

_LOG: Final = Log(__name__)
_TRIES: Final = 5
"""A letter that went wrong so often waits until the person asks again."""

_PAUSE: Final = 0.5
"""Seconds between tries to note that a letter was sent."""

_CLAIM: Final = timedelta(minutes=3)
"""Of a letter, where there are several processes: writing and sending take less."""

Render = Callable[[Letter], Sequence[StoredFile]]
"""Writes a letter in every format that has data; takes long, called in a worker thread."""
Pages = Callable[[Letter], Sequence[bytes]]
"""The pages of a letter as PNG; takes long, called in a worker thread."""


class Deliveries:
    """Writes and sends letters: one at a time per letter, many letters side by side."""

    def __init__(
        self,
        *,
        store: Store,
        codec: Codec,
        parcels: Parcels,
        apologies: Apologies,
        executor: Executor,
        holder: Holder,
        render: Render,
        pages: Pages,
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._codec = codec
        self._parcels = parcels
        self._apologies = apologies
        self._executor = executor
        self._holder = holder
        self._render = render
        self._pages = pages
        self._now = now
        self._beats = 0
        """How often it was gone on with letters since the start."""
        self._at_work: dict[LetterId, asyncio.Lock] = {}

    async def deliver(self, letter: LetterId) -> None:
        """Write the letter if need be and send what is wanted of it; nothing if nobody waits.

        Raises UnreachableError, also when the database can't be used just now: it is tried again
        later.
        """
        lock = self._at_work.setdefault(letter, asyncio.Lock())
        try:
            async with lock, self._claimed(letter) as mine:
                for errand in await self._errands(letter) if mine else ():
                    await self._run(errand)
        except (StoreBusyError, StoreFullError) as error:
            raise UnreachableError(str(error), reached=False) from None
        finally:
            if not lock.locked():
                self._at_work.pop(letter, None)

    async def _errands(self, letter: LetterId) -> Sequence[Errand]:
        return await self._store.read(lambda c: letters.errands(c, letter))

    @asynccontextmanager
    async def _claimed(self, letter: LetterId) -> AsyncIterator[bool]:
        """Whether no other process is at work on it."""
        if not self._store.shared:
            yield True
            return
        name, holder = f"letter:{letter}", self._holder
        mine = await self._store.write(lambda c: leases.acquire(c, name, holder, _CLAIM))
        try:
            yield mine
        finally:
            with suppress(StoreBusyError, StoreFullError):  # then it runs out
                await self._store.write(lambda c: leases.release(c, name, holder))

    async def resume(self) -> None:
        """Go on with every letter that somebody waits for; after each failure at half as many
        beats, so that an outage of minutes doesn't use up the tries."""
        beat, self._beats = self._beats, self._beats + 1
        for errand in await self._store.read(letters.errands):
            if beat % 2**errand.failures:
                continue
            try:
                await self.deliver(errand.id)
            except UnreachableError as error:
                _LOG.info("letter waits", cause=str(error))

    async def preview(self, letter: Letter, chat: int) -> None:
        """Send the pages as pictures."""
        loop = asyncio.get_running_loop()
        drawing = loop.run_in_executor(self._executor, self._pages, letter)
        await self._parcels.announce(chat, "upload_photo")
        try:
            pages = await drawing
        except Exception as error:  # noqa: BLE001 - whatever the writers raise, the chat goes on
            await self._apologise(chat, error)
            return
        await self._parcels.pictures(chat, pages)

    async def _run(self, errand: Errand) -> None:
        announced = asyncio.ensure_future(self._parcels.announce(errand.chat, "upload_document"))
        try:
            files = await self._files(errand.id)
        except (StoreBusyError, StoreFullError):
            raise
        except Exception as error:  # noqa: BLE001 - whatever the writers raise, the chat goes on
            await self._failed(errand, last=errand.failures + 1 >= _TRIES)
            if not errand.failures:
                await self._apologise(errand.chat, error)
            return
        finally:
            await announced
        by_format = {file.format: file for file in files}
        wanted = [by_format[form] for form in errand.formats if form in by_format]
        try:
            copies = await self._parcels.files(errand.chat, wanted)
        except UnreachableError as error:
            if error.reached and not error.answered:  # it may have come: not sent for ever
                await self._failed(errand, last=errand.failures + 1 >= _TRIES)
            raise
        except RefusedError as error:
            if not is_gone(error):
                _LOG.error("letter refused", cause=error.description)
            copies = {}
        await self._noted(errand, copies)

    async def _noted(self, errand: Errand, copies: dict[str, str]) -> None:
        """That it was sent: not noted, it would be sent again and again."""
        while True:
            try:
                await self._store.write(
                    lambda c: letters.delivered(c, errand.id, errand.chat, copies)
                )
            except (StoreBusyError, StoreFullError):
                await asyncio.sleep(_PAUSE)
            else:
                return

    async def _files(self, letter: LetterId) -> Sequence[StoredFile]:
        """The stored files; written first if there are none. The first writing counts."""
        files = await self._store.read(lambda c: letters.files(c, self._codec, letter))
        if files:
            return files
        content = await self._store.read(lambda c: letters.content(c, self._codec, letter))
        if content is None:
            return ()
        loop = asyncio.get_running_loop()
        made = await loop.run_in_executor(self._executor, self._render, content)
        now = self._now()
        await self._store.write(
            lambda c: letters.written(c, self._codec, letter, made, now, of=content)
        )
        kept = await self._store.read(lambda c: letters.files(c, self._codec, letter))
        # None: the letter lost its person while it was written; it is written once more.
        return kept if kept or not made else await self._files(letter)

    async def _failed(self, errand: Errand, *, last: bool) -> None:
        await self._store.write(lambda c: letters.failed(c, errand.id, errand.chat, last=last))

    async def _apologise(self, chat: int, error: Exception) -> None:
        code = self._apologies.code()
        _LOG.error("letter not written", code=code, error=error)
        await self._apologies.letter_failed(chat, code)

"""Files that people gave as proof: named in a turn, fetched from Telegram after it, kept sealed.

What cannot be fetched now is tried again by the pulse; what is lost is said once.
"""

import asyncio
from typing import Final

from bot.logs import Log
from bot.store import keeping
from bot.store.codec import Codec
from bot.store.keeping import Fetch
from bot.store.worker import Store, StoreBusyError, StoreFullError
from bot.telegram.apology import Apologies
from bot.telegram.files import FileLostError, Files
from bot.telegram.transport import UnreachableError
from conversations.core import Decision
from conversations.deeds import File, Note

_LOG: Final = Log(__name__)
_REMEMBERED: Final = 1000


class Keeping:
    """Fetches and keeps; one file after the other."""

    def __init__(self, *, store: Store, codec: Codec, files: Files, apologies: Apologies) -> None:
        self._store = store
        self._codec = codec
        self._files = files
        self._apologies = apologies
        self._one = asyncio.Lock()
        self._from: dict[str, tuple[int, str]] = {}
        """Chat and language that a file came from, for the word that it is lost."""
        self._tasks: set[asyncio.Task[None]] = set()

    def named(self, decision: Decision, chat: int, language: str) -> None:
        """A turn was committed: fetch at once what it named."""
        deeds = [one for one in decision.deeds if isinstance(one, File | Note) and one.file_id]
        if not deeds:
            return
        if len(self._from) < _REMEMBERED:
            self._from |= {deed.file_id: (chat, language) for deed in deeds}
        task = asyncio.create_task(self._quietly())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def beat(self) -> None:
        """Fetch everything that is waited for."""
        async with self._one:
            for fetch in await self._store.read(keeping.waiting):
                await self._keep(fetch)

    def close(self) -> None:
        """Leave the rest for the next start."""
        for task in self._tasks:
            task.cancel()

    async def _quietly(self) -> None:
        try:
            await self.beat()
        except Exception as error:  # noqa: BLE001 - the pulse tries again
            _LOG.warning("file not kept yet", error=error)

    async def _keep(self, fetch: Fetch) -> None:
        try:
            content = await self._files.fetch(fetch.file_id)
            await self._store.write(lambda c: keeping.keep_file(c, self._codec, fetch, content))
        except FileLostError as error:
            await self._lose(fetch, str(error))
        except (UnreachableError, StoreBusyError, StoreFullError) as error:
            _LOG.info("file waits", cause=str(error))
            return
        self._from.pop(fetch.file_id, None)

    async def _lose(self, fetch: Fetch, cause: str) -> None:
        _LOG.warning("file lost", kind=fetch.kind, cause=cause)
        lost = await self._store.write(lambda c: keeping.lose_file(c, self._codec, fetch))
        known = self._from.get(fetch.file_id)
        if lost and known is not None:
            await self._apologies.file_lost(*known)

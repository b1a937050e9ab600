"""Whether this process is the one that does something, by a lease that is renewed in time."""

import asyncio
from typing import Final

from bot.store import leases
from bot.store.worker import Store, StoreBusyError, StoreFullError

_RENEW: Final = leases.TERM.total_seconds() / 3


class Leading:
    """Of one lease."""

    def __init__(self, store: Store, name: str) -> None:
        self._store = store
        self._name = name
        self.holder = leases.new_holder()
        """This process, as the lease names it."""
        self._until = 0.0

    async def leads(self) -> bool:
        """Whether it is this one. Raises StoreBusyError and StoreFullError."""
        time = asyncio.get_running_loop().time()
        if time < self._until:
            return True
        got = await self._store.write(lambda c: leases.acquire(c, self._name, self.holder))
        self._until = time + _RENEW if got else 0.0
        return got

    async def release(self) -> None:
        """Let another one do it at once."""
        if not self._until:
            return
        self._until = 0.0
        try:
            await self._store.write(lambda c: leases.release(c, self._name, self.holder))
        except (StoreBusyError, StoreFullError):
            return  # it runs out by itself

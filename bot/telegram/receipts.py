"""Which updates are on their way: taken over, their turn not committed yet."""

import asyncio
from collections.abc import Iterable, Sequence


class Receipts:
    """A receipt per update from its arrival until it is done or parked."""

    def __init__(self) -> None:
        self._open: dict[int, asyncio.Future[None]] = {}
        self._kept: set[int] = set()

    def open(self, update_id: int) -> bool:
        """Begin one; False when this update is on its way already."""
        if update_id in self._open:
            return False
        self._open[update_id] = asyncio.get_running_loop().create_future()
        return True

    def settle(self, ids: Iterable[int]) -> None:
        """These are done."""
        for update_id in ids:
            self._kept.discard(update_id)
            if (receipt := self._open.pop(update_id, None)) is not None:
                receipt.set_result(None)

    def keep(self, ids: Iterable[int]) -> None:
        """These stand in the inbox with their content."""
        self._kept.update(update_id for update_id in ids if update_id in self._open)

    async def unsecured(self, ids: Sequence[int], patience: float) -> list[int]:
        """Wait a moment for these; the ones that are then neither done nor kept."""
        waiting = [self._open[update_id] for update_id in ids if self._is_unsecured(update_id)]
        if waiting:
            await asyncio.wait(waiting, timeout=patience)
        return [update_id for update_id in ids if self._is_unsecured(update_id)]

    def _is_unsecured(self, update_id: int) -> bool:
        return update_id in self._open and update_id not in self._kept

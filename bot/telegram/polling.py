"""Long polling that never goes quiet: every failure is waited out, told apart by its cause."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.logs import Log
from bot.telegram.arrivals import id_of
from bot.telegram.transport import RefusedError, Transport, UnreachableError

_LOG: Final = Log(__name__)
KINDS: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""What Telegram shall send (Bot API, allowed_updates)."""


class YieldError(Exception):
    """Another instance polls with the same token, and was there first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """Seconds; tests take shorter ones."""

    poll: int = 50
    """How long Telegram holds a poll open."""
    slack: float = 15.0
    """How much later an answer still counts."""
    first_pause: float = 0.5
    longest_pause: float = 15.0
    """Pauses double from the first to the longest after failures."""
    conflict_pause: float = 1.0
    """The first pause after a conflict: shorter than either time below, so that whoever was
    there first is back before a newcomer counts as one."""
    proof: float = 2.0
    """An instance that polls for so long, with success, was there first."""
    long_proof: float = 6.0
    """The same without an update in between (the poll was held open)."""
    log_every: float = 60.0


class Poller:
    """Asks for updates and hands each batch on before it confirms it with the next question."""

    def __init__(
        self,
        *,
        transport: Transport,
        take: Callable[[Sequence[object]], Awaitable[None]],
        room: Callable[[], Awaitable[None]],
        rhythm: Rhythm,
    ) -> None:
        self._transport = transport
        self._take = take
        self._room = room
        self._rhythm = rhythm
        self._offset: int | None = None
        self._began: float | None = None
        self._succeeded = False
        self._proved = False
        self._failures = 0
        self._conflicts = 0
        self._logged = float("-inf")
        self.attempted = time.monotonic()
        """When the last attempt began, or the next one is due: for the watchdog."""

    async def run(self) -> None:
        """Poll until cancelled. Raises YieldError when another instance was there first."""
        while True:
            self.attempted = time.monotonic()
            if self._began is None:
                self._began = self.attempted
            try:
                batch = await self._ask()
            except UnreachableError as error:
                self._began = None
                await self._pause(str(error))
                continue
            except RefusedError as error:
                await self._refused(error)
                continue
            self._well()
            if batch:
                await self._take(batch)
            self._confirm(batch)
            await self._room()

    async def _ask(self) -> list[object]:
        params: dict[str, object] = {
            "timeout": self._rhythm.poll,
            "limit": 100,
            "allowed_updates": KINDS,
        }
        if self._offset is not None:
            params["offset"] = self._offset
        result = await self._transport.call(
            "getUpdates", params, limit=self._rhythm.poll + self._rhythm.slack
        )
        if not isinstance(result, list):
            raise UnreachableError("not a list of updates", reached=True)
        return result

    def _confirm(self, batch: Sequence[object]) -> None:
        """The next question confirms the batch. After an empty answer everything is confirmed and
        no offset is needed: ids don't only grow (after a quiet week they start anywhere)."""
        ids = [known for raw in batch if (known := id_of(raw)) is not None]
        self._offset = max(ids) + 1 if ids else None

    async def _refused(self, error: RefusedError) -> None:
        if error.code == 409 and "webhook" in error.description:
            await self._drop_webhook()
        elif error.code == 409:
            await self._conflict()
        elif error.retry_after:
            await self._pause("Telegram asks for a pause", error.retry_after)
        else:
            await self._pause(f"Telegram refuses: {error.code}")

    async def _conflict(self) -> None:
        """Telegram ends the older of two polls: the newcomer gives way, the other comes back."""
        self._proved = self._proved or self._is_older()
        if not self._proved:
            raise YieldError
        longest = self._rhythm.conflict_pause * 2 ** min(self._conflicts, 10)
        self._conflicts += 1
        await self._pause(
            "another instance polls with this token", min(longest, self._rhythm.longest_pause)
        )

    def _is_older(self) -> bool:
        age = time.monotonic() - self._began if self._began is not None else 0.0
        return age >= (self._rhythm.proof if self._succeeded else self._rhythm.long_proof)

    async def _drop_webhook(self) -> None:
        _LOG.warning("a webhook was set for this token; removing it to poll")
        try:
            await self._transport.call("deleteWebhook", {})
        except (RefusedError, UnreachableError) as error:
            await self._pause(str(error))

    def _well(self) -> None:
        if self._failures:
            _LOG.info("polling again", failures=self._failures)
        self._succeeded, self._failures, self._conflicts = True, 0, 0
        self._proved = self._proved or self._is_older()

    async def _pause(self, cause: str, seconds: float | None = None) -> None:
        """Wait before the next attempt; one log line a minute at most."""
        self._failures += 1
        now = asyncio.get_running_loop().time()
        if now - self._logged >= self._rhythm.log_every:
            self._logged = now
            _LOG.warning("no updates, trying again", cause=cause, failures=self._failures)
        if seconds is None:
            longest = self._rhythm.first_pause * 2 ** min(self._failures - 1, 10)
            seconds = min(longest, self._rhythm.longest_pause) * random.uniform(0.75, 1)  # noqa: S311
        self.attempted = time.monotonic() + seconds
        await asyncio.sleep(seconds)

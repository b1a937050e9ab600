"""Delivering updates to the webhook: side by side, in order within a chat, again until taken."""

import asyncio

import aiohttp

from bot.demo.clock import MovableClock
from bot.demo.engine.updates import Hook, Update, UpdateQueue

_FIRST_WAIT = 0.2
_LONGEST_WAIT = 30.0
"""Seconds before an update is tried again; doubled each time."""
_PATIENCE = 30.0
"""Seconds the bot has for its answer."""


class Courier:
    """Takes from the queue while a webhook is set."""

    def __init__(self, queue: UpdateQueue, clock: MovableClock) -> None:
        self._queue = queue
        self._clock = clock
        self._busy: set[int] = set()
        """Lanes with an update under way."""

    async def run(self) -> None:
        """Deliver until cancelled."""
        patience = aiohttp.ClientTimeout(total=_PATIENCE)
        async with (
            aiohttp.ClientSession(timeout=patience) as session,
            asyncio.TaskGroup() as tasks,
        ):
            while True:
                self._queue.stirred.clear()
                for hook, update in self._due():
                    self._busy.add(update.lane)
                    tasks.create_task(self._carry(session, hook, update))
                await self._queue.stirred.wait()

    def _due(self) -> list[tuple[Hook, Update]]:
        """The oldest update of each free lane, as many as may go at once."""
        hook = self._queue.hook
        if hook is None:
            return []
        due: list[tuple[Hook, Update]] = []
        taken = set(self._busy)
        for update in self._queue.pending():
            if len(taken) >= hook.max_connections:
                break
            if update.lane not in taken:
                taken.add(update.lane)
                due.append((hook, update))
        return due

    async def _carry(self, session: aiohttp.ClientSession, hook: Hook, update: Update) -> None:
        wait = _FIRST_WAIT
        try:
            while self._queue.hook is hook and not await self._post(session, hook, update):
                await asyncio.sleep(wait)
                wait = min(2 * wait, _LONGEST_WAIT)
            if self._queue.hook is hook:
                self._queue.remove(update)
        finally:
            self._busy.discard(update.lane)
            self._queue.stirred.set()

    async def _post(self, session: aiohttp.ClientSession, hook: Hook, update: Update) -> bool:
        headers = {"Content-Type": "application/json"}
        if hook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = hook.secret
        try:
            async with session.post(
                hook.url, data=update.body.encode(), headers=headers, allow_redirects=False
            ) as answer:
                if 200 <= answer.status < 300:
                    return True
                failure = f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except aiohttp.ClientConnectorError:
            failure = "Connection refused"
        except (aiohttp.ClientError, TimeoutError, ValueError):
            failure = "Connection failed or timed out"
        hook.failure, hook.failed_at = failure, self._clock.stamp()
        return False

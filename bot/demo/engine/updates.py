"""The queue of updates for the bot: what getUpdates and the webhook take from.

It keeps Telegram's rules: an offset confirms, only one poll at a time, allowed_updates filters
what is queued from then on.
"""

import asyncio
import json
import secrets
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from bot.demo.refusals import conflict

DEFAULT_OFF = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds that Telegram sends only when they are asked for by name (Bot API, allowed_updates)."""

_FUTURE = 10
"""An offset further ahead of the newest id is not taken seriously (ids may jump backwards)."""


@dataclass(slots=True, kw_only=True, eq=False)
class Update:
    """A queued update, encoded; `lane` is the chat or person within which order is kept."""

    id: int
    body: str
    lane: int
    raw: bool = False
    """Pushed by a test as it is: confirmed only after it was handed out."""
    handed: bool = False


@dataclass(slots=True, kw_only=True)
class Hook:
    """A webhook that was set, and how it last went wrong (seconds since 1970)."""

    url: str
    secret: str = ""
    max_connections: int = 40
    failed_at: int | None = None
    failure: str = ""


class UpdateQueue:
    """Updates in order of arrival."""

    def __init__(self, first_id: int | None = None) -> None:
        self.next_id = first_id or 100_000_000 + secrets.randbelow(800_000_000)
        self.allowed: frozenset[str] | None = None
        self.hook: Hook | None = None
        self.stirred = asyncio.Event()
        """Set when there may be something for the webhook."""
        self._waiting: deque[Update] = deque()
        self._poll: asyncio.Future[str] | None = None
        """The waiting poll; its result is what ended it, empty when it may answer."""

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def is_polled(self) -> bool:
        """Whether a poll waits at this moment."""
        return self._poll is not None

    def push(self, kind: str, content: dict[str, object], lane: int) -> int | None:
        """Queue an update; its id, or None when the bot doesn't want this kind."""
        if kind in DEFAULT_OFF if self.allowed is None else kind not in self.allowed:
            return None
        update_id = self.next_id
        self.next_id += 1
        body = json.dumps({"update_id": update_id, kind: content}, ensure_ascii=False)
        self._append(Update(id=update_id, body=body, lane=lane))
        return update_id

    def push_raw(self, body: str, update_id: int = 0) -> None:
        """Queue `body` as it is, whatever it is; `update_id` is what an offset confirms."""
        self._append(Update(id=update_id, body=body, lane=0, raw=True))

    def jump(self, to: int) -> None:
        """Go on with the id `to`, also backwards (Telegram does after a quiet week)."""
        self.next_id = to

    def allow(self, kinds: Iterable[str]) -> None:
        """Set allowed_updates; none means the default set."""
        self.allowed = frozenset(kinds) or None

    def pending(self) -> tuple[Update, ...]:
        """All that waits, oldest first."""
        return tuple(self._waiting)

    def take(self, offset: int, limit: int) -> list[str]:
        """Confirm what lies before `offset`, then the bodies of up to `limit` updates."""
        self._confirm(offset)
        out: list[str] = []
        for update in islice(self._waiting, max(1, min(limit, 100))):
            update.handed = True
            out.append(update.body)
        return out

    async def poll(self, offset: int, limit: int, patience: float) -> list[str]:
        """getUpdates: waits up to `patience` seconds for something to come.

        Raises `RefusedError` (409) while a webhook is set, and in the older of two polls.
        """
        if self.hook is not None:
            raise conflict(
                "can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first"
            )
        self._end_poll(
            "terminated by other getUpdates request; "
            "make sure that only one bot instance is running"
        )
        ready = self.take(offset, limit)
        if ready or patience <= 0:
            return ready
        loop = asyncio.get_running_loop()
        waiter: asyncio.Future[str] = loop.create_future()
        self._poll = waiter
        alarm = loop.call_later(patience, _settle, waiter)
        try:
            conflicting = await waiter
        finally:
            alarm.cancel()
            if self._poll is waiter:
                self._poll = None
        if conflicting:
            raise conflict(conflicting)
        return self.take(0, limit)

    def wake(self) -> None:
        """End a waiting poll: it answers with what is there."""
        self._end_poll("")

    def set_hook(self, hook: Hook | None) -> None:
        """Set or remove the webhook; a waiting poll ends."""
        if hook is not None:
            self._end_poll("terminated by setWebhook request")
        self.hook = hook
        self.stirred.set()

    def remove(self, update: Update) -> None:
        """Take out one update, unless it is gone: the webhook accepted it."""
        if update in self._waiting:
            self._waiting.remove(update)

    def clear(self) -> None:
        """drop_pending_updates."""
        self._waiting.clear()

    def restore(self, updates: Iterable[Update]) -> None:
        """Put saved updates back."""
        self._waiting.extend(updates)

    def _append(self, update: Update) -> None:
        self._waiting.append(update)
        if self._poll is not None:
            self.wake()
        if self.hook is not None:
            self.stirred.set()

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popleft()
            return
        if offset > self.next_id + _FUTURE:
            return
        waiting = self._waiting
        while waiting and waiting[0].id < offset and (waiting[0].handed or not waiting[0].raw):
            waiting.popleft()

    def _end_poll(self, conflicting: str) -> None:
        if self._poll is not None:
            _settle(self._poll, conflicting)


def _settle(waiter: asyncio.Future[str], conflicting: str = "") -> None:
    if not waiter.done():
        waiter.set_result(conflicting)

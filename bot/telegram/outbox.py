"""Calls that answer a person: repeated while that makes sense, with Telegram's pauses kept."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from bot.telegram.transport import RefusedError, Transport, UnreachableError, Upload

_GONE: Final = (
    "chat not found",
    "bot was blocked by the user",
    "user is deactivated",
    "bot was kicked",
    "bot can't initiate conversation",
    "PEER_ID_INVALID",
)

_PASSING: Final = (401, 404, 429)


_COUNTED: Final = ("send", "edit", "copy")
"""How methods begin that Telegram counts as messages."""


class Outbox:
    """`pauses`: seconds before each repetition; `patience`: the longest pause Telegram may ask;
    `spent` is told of each message, so that what is sent to many gives way."""

    def __init__(
        self,
        transport: Transport,
        *,
        pauses: Sequence[float] = (0.3, 1.0),
        patience: float = 30.0,
        spent: Callable[[], None] = lambda: None,
    ) -> None:
        self._transport = transport
        self._spent = spent
        self._pauses = pauses
        self._patience = patience

    async def call(
        self,
        method: str,
        params: Mapping[str, object],
        uploads: Mapping[str, Upload] | None = None,
        *,
        placed: bool = False,
    ) -> object:
        """The result of the call. `placed`: it waited for its place among what is sent to many.
        Raises RefusedError, or UnreachableError after the last try: also for a refusal that
        passes."""
        pauses = iter(self._pauses)
        counted = method.startswith(_COUNTED)
        while True:
            if counted and not placed:
                self._spent()
            try:
                if uploads:
                    return await self._transport.send(method, params, uploads)
                return await self._transport.call(method, params)
            except UnreachableError:
                pause = next(pauses, None)
                if pause is None:
                    raise
            except RefusedError as error:
                pause = error.retry_after
                if not pause or pause > self._patience or next(pauses, None) is None:
                    if is_passing(error):
                        raise UnreachableError(str(error), reached=False, answered=True) from None
                    raise
            await asyncio.sleep(pause)


def is_gone(error: RefusedError) -> bool:
    """Whether nobody will ever read it there: blocked, deactivated, no such chat."""
    return any(words in error.description for words in _GONE)


def is_passing(error: RefusedError) -> bool:
    """Whether the same call may be taken later: too many requests, or a token that isn't accepted
    for the moment (401, 404: it is being replaced, or Telegram is in trouble)."""
    return error.retry_after > 0 or error.code in _PASSING


def is_unchanged(error: RefusedError) -> bool:
    """An edit that changes nothing: as good as done."""
    return "message is not modified" in error.description


def is_markup_fault(error: RefusedError) -> bool:
    """Our own HTML was wrong."""
    return "can't parse entities" in error.description


def message_id(result: object) -> int | None:
    """The id of the message that a call returned."""
    found = result.get("message_id") if isinstance(result, dict) else None
    return found if isinstance(found, int) else None

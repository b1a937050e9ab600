"""The first words with Telegram: whether the token is good, and who we are."""

import asyncio
from typing import Final

from bot.logs import Log
from bot.telegram.transport import RefusedError, Transport, UnreachableError

_LOG: Final = Log(__name__)
_SAY_EVERY: Final = 60.0
"""Seconds between two log lines while Telegram can't be reached."""


class TokenRefusedError(Exception):
    """Telegram itself doesn't accept the token."""

    def __init__(self) -> None:
        super().__init__(
            "Telegram refuses the token. Copy it again from @BotFather (/mybots, API Token) into "
            "KIMBOT_TOKEN, and check KIMBOT_API_URL."
        )


async def introduce(transport: Transport, *, patient: bool = True) -> str:
    """Ask Telegram who we are; returns the bot's user name.

    While Telegram can't be reached it is asked again, unless not `patient`: UnreachableError.
    Raises TokenRefusedError; only Telegram's own answer counts, no proxy's.
    """
    pause, loop = 0.5, asyncio.get_running_loop()
    said = float("-inf")
    while True:
        try:
            return await _username(transport)
        except UnreachableError as error:
            if not patient:
                raise
            if loop.time() - said >= _SAY_EVERY:
                said = loop.time()
                _LOG.warning("Telegram not reached yet, trying again", cause=str(error))
        await asyncio.sleep(pause)
        pause = min(pause * 2, 15.0)


async def _username(transport: Transport) -> str:
    """One attempt. Raises TokenRefusedError and UnreachableError."""
    try:
        me = await transport.call("getMe", {})
    except RefusedError as error:
        if error.code in (401, 404):
            raise TokenRefusedError from None
        raise UnreachableError(str(error), reached=True, answered=True) from None
    name = me.get("username") if isinstance(me, dict) else None
    if not isinstance(name, str):
        raise UnreachableError("getMe without a user name", reached=True, answered=True)
    return name

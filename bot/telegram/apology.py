"""Something broke: a short code that stands in the log and that the person can name."""

import secrets
from typing import Final

from bot.logs import Log
from bot.telegram.outbox import Outbox
from bot.telegram.transport import RefusedError, UnreachableError
from bot.telegram.words import Words

_LOG: Final = Log(__name__)
_CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U to mix up on the telephone."""


class Apologies:
    """Says it once, in the person's language; given up quietly when it can't be sent."""

    def __init__(self, *, outbox: Outbox, words: Words) -> None:
        self._outbox = outbox
        self._words = words

    def code(self) -> str:
        """A new code, e.g. "7F3K"."""
        return "".join(secrets.choice(_CROCKFORD) for _ in range(4))

    async def broken(self, chat: int, language: str, code: str) -> None:
        """It didn't work, and nothing is lost."""
        await self.say(chat, self._words.broken(language, code))

    async def letter_failed(self, chat: int, code: str) -> None:
        """A letter could not be written; in the reference language, as letters are."""
        await self.say(chat, self._words.letter_failed("", code))

    async def busy(self, chat: int, language: str) -> None:
        """Nothing can be stored just now."""
        await self.say(chat, self._words.busy(language))

    async def file_lost(self, chat: int, language: str) -> None:
        """A document that was to be kept could not be fetched."""
        await self.say(chat, self._words.file_lost(language))

    async def say(self, chat: int, html: str) -> None:
        """One message of the shell's own."""
        try:
            await self._outbox.call(
                "sendMessage", {"chat_id": chat, "text": html, "parse_mode": "HTML"}
            )
        except (RefusedError, UnreachableError) as error:
            _LOG.info("message not sent", cause=str(error))

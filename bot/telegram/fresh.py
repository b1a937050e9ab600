"""Unguessable ids, drawn from a supply: asking the system for each one costs more than the id."""

import secrets
from base64 import urlsafe_b64encode
from typing import Final

_BYTES: Final = 9
_SUPPLY: Final = 200


class FreshIds:
    """Ids of 12 URL-safe characters (72 random bits)."""

    def __init__(self) -> None:
        self._supply = b""

    def take(self) -> str:
        """A new one."""
        if not self._supply:
            self._supply = secrets.token_bytes(_BYTES * _SUPPLY)
        taken, self._supply = self._supply[:_BYTES], self._supply[_BYTES:]
        return urlsafe_b64encode(taken).decode()

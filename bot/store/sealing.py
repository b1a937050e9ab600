"""Sealing: fields of people and councils are encrypted before they reach the database.

AES-256-GCM (NIST SP 800-38D) by the cryptography library. A sealed value is bound to its place
(table and row), so that one copied to another row does not open.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES: Final = 32
_ID: Final = 4
_NONCE: Final = 12


class SealedError(Exception):
    """A sealed value doesn't open: another key, or it was changed or moved."""


class Seal:
    """Seals with the newest key, opens with every key it has. Safe for several threads."""

    def __init__(self, keys: Sequence[bytes], source: str = "KIMBOT_KEY") -> None:
        """`keys`: 32 bytes each, the newest first; `source`: where they come from, for people.
        Raises ValueError."""
        if not keys or any(len(key) != KEY_BYTES for key in keys):
            raise ValueError("a key has 32 bytes")
        self.source = source
        self._ciphers = {_id(key): AESGCM(key) for key in reversed(keys)}
        self._newest = _id(keys[0])

    def close(self, plain: bytes, place: str) -> bytes:
        """The value, sealed for its place, e.g. "draft:aB3"."""
        nonce = secrets.token_bytes(_NONCE)
        sealed = self._ciphers[self._newest].encrypt(nonce, plain, place.encode())
        return self._newest + nonce + sealed

    def open(self, sealed: bytes, place: str) -> bytes:
        """The value again. Raises SealedError."""
        cipher = self._ciphers.get(sealed[:_ID])
        if cipher is None:
            raise SealedError("sealed with a key that is not there")
        nonce, rest = sealed[_ID : _ID + _NONCE], sealed[_ID + _NONCE :]
        try:
            return cipher.decrypt(nonce, rest, place.encode())
        except (InvalidTag, ValueError):
            raise SealedError(f"changed or moved: {place.partition(':')[0]}") from None

    def close_text(self, plain: str, place: str) -> str:
        """A text, sealed, as ASCII."""
        return base64.b64encode(self.close(plain.encode(), place)).decode()

    def open_text(self, sealed: str, place: str) -> str:
        """The text again. Raises SealedError."""
        return self.open(_raw(sealed), place).decode()

    def renew(self, sealed: bytes, place: str) -> bytes:
        """The value sealed with the newest key; the same when it is already. Raises SealedError."""
        if sealed[:_ID] == self._newest:
            return sealed
        return self.close(self.open(sealed, place), place)

    def renew_text(self, sealed: str, place: str) -> str:
        """The same for a text. Raises SealedError."""
        return base64.b64encode(self.renew(_raw(sealed), place)).decode()


class Pseudonyms:
    """A person's number as it stands where nobody may be found by it: audit log, erased persons.
    Keyed (HMAC-SHA-256), since numbers alone could be tried out."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, person: int) -> str:
        """32 hex digits."""
        return hmac.new(self._key, str(person).encode(), hashlib.sha256).hexdigest()[:32]


def new_key() -> bytes:
    """A new random key."""
    return secrets.token_bytes(KEY_BYTES)


def _id(key: bytes) -> bytes:
    return hashlib.sha256(b"kimbot key id" + key).digest()[:_ID]


def _raw(sealed: str) -> bytes:
    try:
        return base64.b64decode(sealed, validate=True)
    except ValueError:
        raise SealedError("not a sealed text") from None

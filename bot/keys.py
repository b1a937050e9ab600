"""The key that seals people's fields: from KIMBOT_KEY, or a file outside the data folder.

A file holds one key a line (base64, 32 bytes), the newest first. It is made at the first start
and never again: without its key a database stays shut.
"""

import base64
import binascii
from pathlib import Path

from bot.settings import Settings
from bot.store.sealing import KEY_BYTES, Seal, new_key


class KeyTroubleError(Exception):
    """There is no usable key; the text says what to do."""


def seal_for(settings: Settings) -> Seal:
    """The seal of these settings. Raises KeyTroubleError."""
    if settings.key is not None:
        return Seal(read(settings.key.get_secret_value().replace(",", "\n"), "KIMBOT_KEY"))
    path = settings.key_file
    try:
        return Seal(read(path.read_text("ascii"), str(path)))
    except FileNotFoundError:
        raise KeyTroubleError(f"The key file {path} is missing.") from None
    except (OSError, UnicodeError):
        raise KeyTroubleError(f"The key file {path} can't be read.") from None


def make(path: Path) -> Seal:
    """A new key file, readable for its owner only. Raises OSError when it is there already."""
    key = new_key()
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(base64.b64encode(key).decode() + "\n", "ascii")
    return Seal([key])


def read(text: str, where: str) -> list[bytes]:
    """The keys, the newest first. Raises KeyTroubleError, never naming a key."""
    try:
        keys = [base64.b64decode(line, validate=True) for line in text.split()]
    except binascii.Error:
        keys = []
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        raise KeyTroubleError(f"{where} holds no key: one line of base64 for 32 bytes is needed.")
    return keys

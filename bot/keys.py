"""The key that seals people's fields: from KIMBOT_KEY, or a file outside the data folder.

A file holds one key a line (base64, 32 bytes), the newest first. It is made at the first start
and never again: without its key a database stays shut.
"""

import base64
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.settings import Settings
from bot.store.sealing import KEY_BYTES, Seal, new_key


class KeyTroubleError(Exception):
    """There is no usable key; the text says what to do."""


class KeyMissingError(KeyTroubleError):
    """There is no key yet, or its file is gone."""


def seal_for(settings: Settings) -> Seal:
    """The seal of these settings. Raises KeyTroubleError."""
    return Seal(keys_of(settings), source_of(settings))


def source_of(settings: Settings) -> str:
    """Where the key comes from, in words."""
    return "KIMBOT_KEY" if settings.key is not None else f"the key file {settings.key_file}"


def keys_of(settings: Settings) -> list[bytes]:
    """The keys as set, the newest first. Raises KeyTroubleError."""
    if settings.key is not None:
        return read(settings.key.get_secret_value().replace(",", "\n"), "KIMBOT_KEY")
    path = settings.key_file
    try:
        return read(path.read_text("ascii"), str(path))
    except FileNotFoundError:
        raise KeyMissingError(
            f"The key file {path} is missing, and there is a database whose data is sealed. "
            "Nothing was touched, and no new key was made. Put your copy of the key file there, or "
            "name its place in KIMBOT_KEY_FILE: without the key nothing stored can be read."
        ) from None
    except (OSError, UnicodeError):
        raise KeyTroubleError(
            f"The key file {path} can't be read. Give it to the user that runs kimbot."
        ) from None


def make(path: Path) -> Seal:
    """A new key file, readable for its owner only; one that is there already stays. Raises OSError
    and KeyTroubleError."""
    path = path.resolve()  # a link to the file's real place stays one
    fresh = _beside(path, [new_key()])
    try:
        path.hardlink_to(fresh)  # fails where a file is: never two keys, never half a file
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    _settle(path.parent)
    return Seal(read(path.read_text("ascii"), str(path)), f"the key file {path}")


def replace(path: Path, keys: Sequence[bytes]) -> None:
    """Other keys in a key file, the newest first: killed at any moment, it holds the old ones or
    the new ones. Its owner stays. Raises OSError."""
    path = path.resolve()
    for left in path.parent.glob(f"{path.name}.*.new"):  # by one that was killed: it holds keys
        left.unlink()
    fresh = _beside(path, keys)
    if path.exists() and sys.platform != "win32":
        os.chown(fresh, path.stat().st_uid, path.stat().st_gid)
    fresh.replace(path)
    _settle(path.parent)


def _beside(path: Path, keys: Sequence[bytes]) -> Path:
    """The keys in a file of another name, safe on the disk."""
    lines = "".join(f"{base64.b64encode(key).decode()}\n" for key in keys)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(lines)
        file.flush()
        os.fsync(handle)
    return fresh


def _settle(folder: Path) -> None:
    """A new name is safe when its folder is."""
    if sys.platform == "win32":
        return  # folders can't be synced there
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        pass  # nor on every share of a network
    finally:
        os.close(handle)


def read(text: str, where: str) -> list[bytes]:
    """The keys, the newest first. Raises KeyTroubleError, never naming a key."""
    try:
        keys = [base64.b64decode(line, validate=True) for line in text.split()]
    except ValueError:  # binascii.Error is one, too
        keys = []
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        raise KeyTroubleError(f"{where} holds no key: one line of base64 for 32 bytes is needed.")
    return keys

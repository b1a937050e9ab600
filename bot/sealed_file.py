"""A backup's file: a plain manifest, then its content in sealed pieces.

The pieces are bound to the manifest, to their place and to their number, so that a file that was
cut, mixed or changed does not open. No name of a person or council stands outside the seal.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final

from bot.store.sealing import Seal, SealedError

_FIRST: Final = b"kimbot-backup 1\n"
_PIECE: Final = 2**20
_SMALLEST: Final = 32
_LONGEST_LINE: Final = 4096


class SealedFileError(Exception):
    """The file can't be used; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup is of. `size` (bytes) and `sha256` are of its content when opened."""

    program: str
    database: str
    migration: str
    made: str
    """ISO, UTC."""
    size: int
    sha256: str

    @property
    def at(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.made)

    def line(self) -> bytes:
        """As it stands in the file."""
        return json.dumps(asdict(self), sort_keys=True).encode() + b"\n"


def digest_of(path: Path) -> tuple[int, str]:
    """Size and SHA-256 (hex) of a file."""
    digest = sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return path.stat().st_size, digest.hexdigest()


def write(to: Path, content: Path, manifest: Manifest, seal: Seal) -> None:
    """Seal a file for its owner only: killed at any moment, `to` is missing or whole. Raises
    OSError."""
    part = to.with_name(f"{to.name}.part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out, content.open("rb") as source:
        out.write(_FIRST + manifest.line())
        for piece in _sealed(source, manifest, seal):
            out.write(len(piece).to_bytes(4, "big") + piece)
        out.flush()
        os.fsync(handle)
    part.replace(to)
    settle(to.parent)


def _sealed(source: BinaryIO, manifest: Manifest, seal: Seal) -> Iterator[bytes]:
    number, piece = 0, source.read(_PIECE)
    while True:
        after = source.read(_PIECE)
        yield seal.close(piece, _place(manifest, number, last=not after))
        if not after:
            return
        number, piece = number + 1, after


def manifest_of(path: Path) -> Manifest:
    """What the file says of itself, unproved. Raises SealedFileError and OSError."""
    with path.open("rb") as file:
        return _manifest(file, path)


def _manifest(file: BinaryIO, path: Path) -> Manifest:
    if file.readline(_LONGEST_LINE) != _FIRST:
        raise SealedFileError(f"{path} is no backup that this program can read.")
    try:
        found = Manifest(**json.loads(file.readline(_LONGEST_LINE)))
        if found.at.tzinfo is None:
            raise ValueError  # noqa: TRY301 - as any other broken manifest
    except (ValueError, TypeError):
        raise SealedFileError(f"The manifest of {path} is broken.") from None
    return found


def read(path: Path, to: Path, seal: Seal) -> Manifest:
    """Open a backup into a new file, proved piece by piece and as a whole; when that fails,
    nothing is left of it. Raises SealedFileError and OSError."""
    to.unlink(missing_ok=True)
    handle = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as out, path.open("rb") as file:
            manifest = _manifest(file, path)
            for piece in _opened(file, manifest, seal, path):
                out.write(piece)
            out.flush()
            os.fsync(handle)
        _prove(to, manifest, path)
    except BaseException:
        to.unlink(missing_ok=True)
        raise
    return manifest


def _prove(opened: Path, manifest: Manifest, path: Path) -> None:
    if digest_of(opened) != (manifest.size, manifest.sha256):
        raise SealedFileError(f"{path} is broken: its content is not what its manifest says.")


def _opened(file: BinaryIO, manifest: Manifest, seal: Seal, path: Path) -> Iterator[bytes]:
    number, size = 0, int.from_bytes(file.read(4), "big")
    while True:
        if not _SMALLEST <= size <= _PIECE + 2 * _SMALLEST:
            raise SealedFileError(f"{path} is broken, or was cut off.")
        piece, after = file.read(size), file.read(4)
        try:
            yield seal.open(piece, _place(manifest, number, last=not after))
        except SealedError as error:
            raise SealedFileError(
                f"{path} does not open with the key from {seal.source}: it is sealed with another "
                f"key, or was changed or cut off ({error})."
            ) from None
        if not after:
            return
        number, size = number + 1, int.from_bytes(after, "big")


def _place(manifest: Manifest, number: int, *, last: bool) -> str:
    bound = sha256(manifest.line()).hexdigest()
    return f"backup:{bound}:{number}:{'last' if last else 'more'}"


def settle(folder: Path) -> None:
    """Make new names in a folder safe on the disk. Raises OSError."""
    if os.name == "nt":
        return  # folders can't be synced there
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""The list of erased persons, outside the database: a restored backup loses them again.

One line each: a keyed pseudonym (bot.store.sealing) and the moment. Nobody can be found by it
without the database's own key.
"""

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from threading import Lock


class ErasedFile:
    """A text file that only grows. Safe for several threads and processes: one write a line."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()

    def add(self, pseudonym: str, at: datetime) -> None:
        """Note it durably; nothing when the list knows that or a later moment. Raises OSError."""
        with self._lock:
            known = self.all().get(pseudonym)
            if known is None or known < at:
                self._append(f"{pseudonym} {at.isoformat()}\n")

    def all(self) -> Mapping[str, datetime]:
        """When each was erased last; a line that a crash tore is left out. Raises OSError."""
        try:
            lines = self._path.read_text("ascii", errors="replace").splitlines()
        except FileNotFoundError:
            return {}
        found: dict[str, datetime] = {}
        for line in lines:
            pseudonym, _, written = line.partition(" ")
            at = _moment(written)
            if at is not None and at >= found.get(pseudonym, at):
                found[pseudonym] = at
        return found

    def ready(self) -> None:
        """Make sure that it can be written to. Raises OSError."""
        os.close(self._opened())

    def seems_ready(self) -> bool:
        """The same by the look of it, making nothing."""
        exists = self._path.exists()
        looked = self._path if exists else self._path.absolute().parent
        return self._path.is_file() is exists and os.access(looked, os.W_OK)

    def _append(self, line: str) -> None:
        new = not self._path.exists()
        handle = self._opened()
        try:
            torn = "" if new or self._path.read_bytes()[-1:] in (b"", b"\n") else "\n"
            os.write(handle, (torn + line).encode("ascii"))
            os.fsync(handle)
        finally:
            os.close(handle)
        if new and hasattr(os, "O_DIRECTORY"):
            _sync_folder(self._path.parent)

    def _opened(self) -> int:
        return os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)


def unusable(path: Path | None, reason: str) -> str:
    """What to say when the list can't be used."""
    return (
        f"The list of erased persons {path} can't be used: {reason}. It must be a file that the "
        "user of kimbot may read and write; KIMBOT_ERASED_FILE names another place."
    )


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _moment(written: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(written.strip())
    except ValueError:
        return None
    return at if at.tzinfo is not None else None

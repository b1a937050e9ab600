"""The files of the server: bytes under an id, as getFile and the download address know them."""

import secrets
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file; `path` is what getFile names and the download address ends with."""

    id: str
    path: str
    name: str
    mime: str
    data: bytes

    @property
    def unique_id(self) -> str:
        """Bot API file_unique_id: the same for the same file, good for no download."""
        return "AQ" + self.id[-14:]

    def fields(self) -> dict[str, object]:
        """The part that every file object of the Bot API has."""
        return {
            "file_id": self.id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.data),
        }


class FileStore:
    """All files by id and by path, in memory."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(self, data: bytes, *, name: str, mime: str, folder: str = "documents") -> StoredFile:
        """Keep `data`; the path carries a number and the ending of `name` only."""
        _, dot, ending = name.rpartition(".")
        tail = f".{ending}" if dot and ending.isalnum() and ending.isascii() else ""
        path = f"{folder}/file_{len(self._by_id)}{tail}"
        file = StoredFile(
            id="BQAC" + secrets.token_urlsafe(24), path=path, name=name, mime=mime, data=data
        )
        self.keep(file)
        return file

    def keep(self, file: StoredFile) -> None:
        """Take in a file that has its id and path already."""
        self._by_id[file.id] = file
        self._by_path[file.path] = file

    def by_id(self, file_id: str) -> StoredFile | None:
        """The file with this id, if there is one."""
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        """The file at this download path, if there is one."""
        return self._by_path.get(path)

    def all(self) -> tuple[StoredFile, ...]:
        """Every file, oldest first."""
        return tuple(self._by_id.values())

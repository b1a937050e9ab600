"""ZIP archives without a clock: the empty Word letter packed once, a finished one dated."""

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path


def packed(folder: Path) -> bytes:
    """All files of the folder as one archive, in a fixed order, uncompressed."""
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as new:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            member = zipfile.ZipInfo(path.relative_to(folder).as_posix())
            new.writestr(member, path.read_bytes())
    return archive.getvalue()


def dated(archive: BytesIO, day: date) -> bytes:
    """The archive again, every member dated to that day: same content, same bytes."""
    result = BytesIO()
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(result, "w") as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return result.getvalue()

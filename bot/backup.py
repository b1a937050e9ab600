"""`kimbot backup` and `kimbot restore`: the whole database as one sealed file, and back.

A restored database is in quarantine: who was erased since goes again at once, and nothing is
sent unasked until an operator has seen what is due.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

from bot.erased import ErasedFile
from bot.keys import KeyTroubleError, seal_for
from bot.sealed_file import Manifest, SealedFileError, digest_of, manifest_of, read, settle, write
from bot.service import TroubleError, configure_log, make_folder, read_templates
from bot.settings import Settings
from bot.store import marks, snapshot
from bot.store.beside import beside, look_for
from bot.store.codec import Codec
from bot.store.lock import FileLock, claimed
from bot.store.opening import StoreError, check_health, check_version, engine_for
from bot.store.persons import Persons
from bot.store.restoring import make_safe
from bot.store.sealing import Pseudonyms, Seal
from conversations.rules.texts import REFERENCE

_HELD: Final = (
    "Nothing is sent unasked until an operator has looked at /betrieb and released it there."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What both directions need to know of now."""

    at: datetime

    @property
    def name(self) -> str:
        """Of a file: no name of anybody is in it."""
        return f"kimbot-{self.at:%Y-%m-%dT%H%M%SZ}.backup"


def backup(settings: Settings, to: Path | None) -> str:
    """Copy the database, also while the bot runs; what was done, in a sentence. Raises
    TroubleError."""
    configure_log(settings)
    now = Moment(at=datetime.now(UTC))
    file = to / now.name if to and to.is_dir() else to or Path(now.name)
    with _troubles(file):
        if file.exists():
            raise TroubleError(f"{file} is there already. Nothing was written.")
        look_for(settings.database_path)
        seal = seal_for(settings)
        with beside(settings.database(), settings.database_path, seal) as stored:
            manifest = _written(settings, seal, file, now)
            stored.write(lambda c: marks.put(c, marks.BACKUP, now.at))
    return f"{file}: {manifest.size} bytes, sealed, SHA-256 of the content {manifest.sha256}."


def _written(settings: Settings, seal: Seal, file: Path, now: Moment) -> Manifest:
    path, url = settings.database_path, settings.database()
    engine = engine_for(url)
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".kimbot-backup-") as folder:
        copy = Path(folder) / "database"
        if path is not None:
            snapshot.copy_file(path, copy)
        else:
            snapshot.dump(url, copy)
        size, digest = digest_of(copy)
        manifest = Manifest(
            program=version("kimbot"),
            database=engine.dialect.name,
            migration=snapshot.migration_of(engine),
            made=now.at.isoformat(timespec="seconds"),
            size=size,
            sha256=digest,
        )
        write(file, copy, manifest, seal)
    engine.dispose()
    return manifest


def restore(settings: Settings, file: Path) -> str:
    """Put a backup in the database's place while the bot is stopped; what was done, in a
    sentence. Raises TroubleError: nothing was touched then."""
    configure_log(settings)
    with _troubles(file):
        seal, manifest = seal_for(settings), manifest_of(file)
        wanted = "sqlite" if settings.database_path else "postgresql"
        if manifest.database != wanted:
            raise TroubleError(
                f"{file} is of {manifest.database}; KIMBOT_DATABASE_URL names another database."
            )
        make_folder(settings)
        if settings.database_path is not None:
            said = _into_file(settings, settings.database_path, file, seal)
        else:
            said = _into_server(settings, file, seal)
    return f"Restored as of {manifest.made}. {said}{_HELD}"


def _into_file(settings: Settings, path: Path, file: Path, seal: Seal) -> str:
    """Beside the database first: opened, proved, brought to this version, then swapped."""
    fresh = path.with_name(f"{path.name}.restoring")
    aside = path.with_name(f"{path.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}")
    with FileLock(path):
        manifest = read(file, fresh, seal)
        try:
            check_health(fresh)
            engine = engine_for(f"sqlite:///{fresh}")
            check_version(engine)
            gone = make_safe(
                engine, seal, _erasing(settings, seal), made=manifest.at, now=datetime.now(UTC)
            )
            engine.dispose()
        except BaseException:
            _drop(fresh)
            raise
        there = path.exists()
        snapshot.put_in_place(fresh, path, aside)
        _drop(fresh)
        settle(path.parent)
    kept = f"The database of before is {aside.name}: delete it when you need it no more. "
    return f"{kept if there else ''}{_said(gone)}"


def _drop(fresh: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        fresh.with_name(fresh.name + suffix).unlink(missing_ok=True)


def _into_server(settings: Settings, file: Path, seal: Seal) -> str:
    url = settings.database()
    with tempfile.TemporaryDirectory(prefix="kimbot-restore-") as folder:
        script = Path(folder) / "database.sql"
        manifest = read(file, script, seal)
        with claimed(url, None, alone=True) as engine:
            snapshot.load(url, script, manifest.at)
            now, persons = datetime.now(UTC), _erasing(settings, seal)
            return _said(make_safe(engine, seal, persons, made=manifest.at, now=now))


def mark(settings: Settings) -> str:
    """Begin the quarantine of a database that was put back by other means, while the bot is
    stopped; what was done, in a sentence. Raises TroubleError."""
    configure_log(settings)
    with (
        _troubles(None),
        claimed(settings.database(), settings.database_path, alone=True) as engine,
    ):
        now, seal = datetime.now(UTC), seal_for(settings)
        gone = make_safe(engine, seal, _erasing(settings, seal), made=now, now=now)
    return f"Marked as restored. {_said(gone)}{_HELD}"


def _erasing(settings: Settings, seal: Seal) -> Callable[[Pseudonyms], Persons]:
    unnamed = read_templates().texts.plain("own_data/unnamed", REFERENCE)
    return lambda pseudonyms: Persons(
        codec=Codec(seal),
        pseudonyms=pseudonyms,
        erased=ErasedFile(settings.erased_list),
        unnamed=unnamed,
    )


def _said(gone: int) -> str:
    return f"Erased again, as asked since: {gone}. " if gone else ""


@contextmanager
def _troubles(file: Path | None) -> Iterator[None]:
    try:
        yield
    except (StoreError, KeyTroubleError, SealedFileError) as error:
        raise TroubleError(str(error)) from None
    except OSError as error:
        raise TroubleError(f"{error.filename or file}: {error.strerror}.") from None

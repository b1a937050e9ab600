"""`kimbot check`: what `kimbot run` would stumble over, found before, in plain sentences."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from bot.erased import ErasedFile, unusable
from bot.keys import KeyMissingError, KeyTroubleError, seal_for, source_of
from bot.service import MISSING, TroubleError, make_folder, read_templates
from bot.settings import Settings
from bot.store import marks, quarantine
from bot.store.lock import FileLock
from bot.store.opening import StoreError, check_health, check_version, engine_for, is_current
from bot.store.operators import operators
from bot.store.secrets import is_sealed, prove
from bot.telegram.introduction import TokenRefusedError, introduce
from bot.telegram.transport import Transport, UnreachableError

_OLD: Final = timedelta(days=7)
"""A backup older than that is no backup any more."""


class Grade(StrEnum):
    """How something was found."""

    OK = "ok"
    WARN = "WARN"
    """`run` starts all the same, but somebody should see to it."""
    BAD = "BAD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    grade: Grade
    text: str


def checks(settings: Settings) -> Iterator[Finding]:
    """All checks, one after the other; later ones go on when an earlier one fails."""
    for check in (_folder, _database, _key, _erased, _templates, _token):
        yield _found(check, settings)
    for warn in (_key_place, _erased_place, _imprint, _operators, _backups):
        for text in warn(settings):
            yield Finding(grade=Grade.WARN, text=text)


def _found(check: Callable[[Settings], str], settings: Settings) -> Finding:
    try:
        return Finding(grade=Grade.OK, text=check(settings))
    except (TroubleError, StoreError, KeyTroubleError, TokenRefusedError) as error:
        return Finding(grade=Grade.BAD, text=str(error))


def _folder(settings: Settings) -> str:
    make_folder(settings)
    path = settings.database_path
    return f"folder: {path.parent}" if path else "folder: not needed"


def _database(settings: Settings) -> str:
    path = settings.database_path
    with FileLock(path) if path else nullcontext():
        if path is not None:
            check_health(path)
            if not path.exists():
                return "database: will be made at the first start"
        check_version(engine_for(settings.database()))
    return "database: healthy, no newer than this program"


def _key(settings: Settings) -> str:
    try:
        seal = seal_for(settings)
    except KeyMissingError:
        if is_sealed(settings.database()):
            raise
        return f"key: will be made at the first start, in {settings.key_file.resolve()}"
    if not is_sealed(settings.database()):
        return f"key: {source_of(settings)} can be used"
    prove(engine_for(settings.database()), seal)
    return f"key: {source_of(settings)} opens the database"


def _erased(settings: Settings) -> str:
    path = settings.erased_list
    if not ErasedFile(path).seems_ready():
        raise TroubleError(unusable(path, "no file, or not writable"))
    return f"list of erased persons: {path.resolve()}"


def _templates(_settings: Settings) -> str:
    read_templates()
    return "templates: every definition and text can be used"


def _token(settings: Settings) -> str:
    if settings.token is None:
        raise TroubleError(MISSING)
    return asyncio.run(_introduced(settings, settings.token.get_secret_value()))


async def _introduced(settings: Settings, token: str) -> str:
    async with Transport(settings.api_url, token, proxy=settings.proxy) as transport:
        try:
            name = await introduce(transport, patient=False)
        except UnreachableError as error:
            raise TroubleError(
                f"{settings.api_url} can't be reached ({error}). kimbot run would keep trying."
            ) from None
    return f"token: Telegram knows it as @{name}"


def _key_place(settings: Settings) -> Iterator[str]:
    if settings.key is not None:
        return
    path, database = settings.key_file.resolve(), settings.database_path
    if database and path.is_relative_to(database.parent.resolve()):
        yield (
            f"key: {path} lies in the data folder, so every backup of the data holds it, too. "
            "Move it, and name its place in KIMBOT_KEY_FILE."
        )
    if path.exists() and _is_open(path):
        yield f"key: others can read {path}. Allow it to its owner only (chmod 600)."


def _erased_place(settings: Settings) -> Iterator[str]:
    if settings.erased_file is None:  # beside the key, whose place is looked at by itself
        return
    path, database = settings.erased_list.resolve(), settings.database_path
    if database and path.is_relative_to(database.parent.resolve()):
        yield (
            f"erased: {path} lies in the data folder: a restored backup would bring back an old "
            "list, too. Move it, and name its place in KIMBOT_ERASED_FILE."
        )


def _is_open(path: Path) -> bool:
    return bool(path.stat().st_mode & 0o077)


def _imprint(settings: Settings) -> Iterator[str]:
    for name in ("operator_name", "operator_address", "operator_email"):
        if not getattr(settings, name).strip():
            yield (
                f"imprint: KIMBOT_{name.upper()} is missing; /impressum and /datenschutz have to "
                "say who is answerable."
            )


def _operators(settings: Settings) -> Iterator[str]:
    found = _who_operates(settings)
    if found is None:
        return
    if not found:
        yield (
            "operators: there is none yet. The start prints a link that makes its opener one; "
            "KIMBOT_OPERATORS names them by number."
        )
    elif len(found) == 1 and settings.four_eyes:
        yield (
            "operators: KIMBOT_FOUR_EYES is on, but there is only one: nobody can confirm what is "
            "to go to all councils. KIMBOT_OPERATORS names more."
        )


def _who_operates(settings: Settings) -> frozenset[int] | None:
    """Telegram's numbers of the operators; None when they can't be read."""
    try:
        stored = is_sealed(settings.database())
        known = operators(engine_for(settings.database())) if stored else frozenset()
    except StoreError:
        return None  # said already
    return known | frozenset(settings.operators)


def _backups(settings: Settings) -> Iterator[str]:
    try:
        if not is_sealed(settings.database()):
            return
        engine = engine_for(settings.database())
        if not is_current(engine):
            return
        with engine.connect() as connection:
            last, held = marks.when(connection, marks.BACKUP), quarantine.since(connection)
    except StoreError:
        return  # said already
    if last is None or datetime.now(UTC) - last > _OLD:
        said = "there is none yet" if last is None else f"the last one is of {last:%Y-%m-%d %H:%M}"
        yield f"backup: {said}. `kimbot backup` makes one, also while the bot runs."
    if held is not None:
        yield (
            "quarantine: the database was restored; nothing is sent unasked until an operator has "
            "looked at /betrieb and released it."
        )

"""`kimbot check`: what `kimbot run` would stumble over, found before, in plain sentences."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass

from bot.service import MISSING, TroubleError, make_folder, read_templates
from bot.settings import Settings
from bot.store.lock import FileLock
from bot.store.opening import StoreError, check_health, check_version, engine_for
from bot.telegram.introduction import TokenRefusedError, introduce
from bot.telegram.transport import Transport, UnreachableError


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    good: bool
    text: str


def checks(settings: Settings) -> Iterator[Finding]:
    """All checks, one after the other; later ones go on when an earlier one fails."""
    for check in (_folder, _database, _templates, _token):
        yield _found(check, settings)


def _found(check: Callable[[Settings], str], settings: Settings) -> Finding:
    try:
        return Finding(good=True, text=check(settings))
    except (TroubleError, StoreError, TokenRefusedError) as error:
        return Finding(good=False, text=str(error))


def _folder(settings: Settings) -> str:
    make_folder(settings)
    return f"folder: {settings.data_dir}" if settings.database_path else "folder: not needed"


def _database(settings: Settings) -> str:
    path = settings.database_path
    with FileLock(path) if path else nullcontext():
        if path is not None:
            check_health(path)
            if not path.exists():
                return "database: will be made at the first start"
        check_version(engine_for(settings.database()))
    return "database: healthy, no newer than this program"


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

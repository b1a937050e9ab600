"""The bot as a process: settings in, signals handled, every known trouble as one plain sentence."""

import asyncio
import gc
import signal
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot import logs
from bot.clock.now import SystemClock
from bot.keys import KeyMissingError, KeyTroubleError, make, seal_for
from bot.logs import Log
from bot.plan import Plan
from bot.production import plan_for, read_knowledge
from bot.running import run
from bot.settings import Settings
from bot.store.lock import claimed
from bot.store.opening import StoreError
from bot.store.sealing import Seal
from bot.store.secrets import is_sealed, unlocked
from bot.telegram.introduction import TokenRefusedError
from bot.telegram.polling import YieldError
from bot.telegram.stopping import Stop
from bot.wording import folder
from conversations.rules.definitions import DefinitionsRefusedError
from conversations.rules.knowledge import Knowledge

_LOG: Final = Log(__name__)

MISSING: Final = (
    "KIMBOT_TOKEN is missing. Make a bot with @BotFather in Telegram and put its token into .env "
    "(KIMBOT_TOKEN=123456:ABC...) or its file's name into KIMBOT_TOKEN_FILE."
)


class TroubleError(Exception):
    """Something that has to be put right first; the text says what."""


class GaveWayError(Exception):
    """Another instance works with the same token."""


def serve(settings: Settings, announce: Callable[[str], None] | None = None) -> None:
    """Run until SIGTERM or SIGINT; `announce` gets what is for the operator's eyes alone. Raises
    TroubleError or GaveWayError."""
    configure_log(settings)
    plan = make_plan(settings, announce)
    try:
        run_until_signalled(plan)
    except (StoreError, TokenRefusedError) as error:
        raise TroubleError(str(error)) from None
    except YieldError:
        raise GaveWayError(
            "Another instance is already polling with this token; this one gives way. "
            "Only one bot can run with a token."
        ) from None
    except OSError as error:
        raise TroubleError(
            f"kimbot can't go on: {error.strerror or type(error).__name__}"
        ) from None


def configure_log(settings: Settings) -> None:
    """The log as set; no secret of the settings is ever in it."""
    secrets = [
        secret.get_secret_value()
        for secret in (
            settings.token,
            settings.webhook_secret,
            settings.database_url,
            settings.key,
        )
        if secret is not None
    ]
    logs.configure(settings.log_level, settings.log_format, secrets)


def make_plan(settings: Settings, announce: Callable[[str], None] | None = None) -> Plan:
    """The plan for these settings, with a folder for its data. Raises TroubleError."""
    if settings.token is None:
        raise TroubleError(MISSING)
    make_folder(settings)
    know = replace(read_templates(), house=settings.house)
    seal, now = find_seal(settings), SystemClock().now
    return plan_for(settings, know=know, seal=seal, now=now, announce=announce)


def find_seal(settings: Settings) -> Seal:
    """The key as set; made at the first start, with a loud word. Raises TroubleError."""
    try:
        return seal_for(settings)
    except KeyMissingError as missing:
        return _first_seal(settings, missing)
    except KeyTroubleError as error:
        raise TroubleError(str(error)) from None


def _first_seal(settings: Settings, missing: KeyMissingError) -> Seal:
    path = settings.key_file
    try:
        if is_sealed(settings.database()):
            raise TroubleError(str(missing)) from None
        seal = make(path)
    except (StoreError, KeyTroubleError) as error:
        raise TroubleError(str(error)) from None
    except OSError as error:
        raise TroubleError(
            f"The key file {path} can't be made: {error.strerror}. Its folder must be there and "
            "belong to the user that runs kimbot; KIMBOT_KEY_FILE names another place."
        ) from None
    _LOG.warning(
        "A NEW KEY WAS MADE. Keep a copy of this file apart from the data and its backups: "
        "without it nothing that is stored can ever be read again.",
        file=path.resolve(),
    )
    return seal


def read_templates() -> Knowledge:
    """Every definition and text. Raises TroubleError, naming file, key and reason."""
    try:
        return read_knowledge(folder())
    except DefinitionsRefusedError as refused:
        lines = "\n".join(str(problem) for problem in refused.problems)
        raise TroubleError(f"Definitions in templates can't be used:\n{lines}") from None
    except (OSError, ValueError, KeyError) as error:
        raise TroubleError(f"The templates can't be used: {error}") from None


def make_folder(settings: Settings) -> None:
    """The data folder, for the owner only. Raises TroubleError when it can't be written to."""
    path = settings.database_path
    if path is None:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = path.parent / ".writable"
        probe.touch(mode=0o600)
        probe.unlink()
    except OSError as error:
        raise TroubleError(
            f"The folder {path.parent} can't be written to: {error.strerror}. "
            "Give it to the user that runs kimbot, or set KIMBOT_DATA_DIR."
        ) from None


def upgrade(settings: Settings) -> bool:
    """Migrate the database without running the bot. Raises TroubleError."""
    configure_log(settings)
    make_folder(settings)
    try:
        with claimed(settings.database(), settings.database_path) as engine:
            return unlocked(engine, find_seal(settings))[1]
    except StoreError as error:
        raise TroubleError(str(error)) from None


def run_until_signalled(plan: Plan) -> None:
    """Run the plan on the fastest loop there is, until the process is told to end."""
    gc.collect()
    gc.freeze()  # what the start made is here to stay: no collection looks at it again
    gc.enable()
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        runner.run(until_signalled(plan))


def loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """The fastest loop there is: uvloop where it exists."""
    try:
        import uvloop  # noqa: PLC0415 - not on every system
    except ImportError:
        return None
    return uvloop.new_event_loop


async def until_signalled(plan: Plan) -> None:
    """Run the plan until the process is told to end."""
    await run(plan, stop_by_signals())


def stop_by_signals() -> Stop:
    """A stop that SIGTERM and SIGINT ask for.

    Not by the loop's own handlers: they would wait behind everything that is ready to run.
    """
    stop, loop = Stop(), asyncio.get_running_loop()

    def ask(*_: object) -> None:
        stop.asked = True
        loop.call_soon_threadsafe(stop.ask)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask)
    return stop

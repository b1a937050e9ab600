"""The bot as a process that a test kills: at a chosen moment by itself, or at any from outside."""

import multiprocessing
import os
import signal
import sys
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, event, make_url

from bot import logs
from bot.plan import Posted
from bot.service import run_until_signalled
from bot.telegram.transport import Transport
from conversations.events import Typed
from tests.shell import QUICK, Diary, bare_plan

RATE, SLOTS = 200.0, 8
"""Of a broadcast in these tests: messages a second, and calls at once."""


@dataclass(frozen=True)
class Kill:
    """SIGKILL before the `nth` SQL statement ("sql"), call of the Bot API ("http"; polls don't
    count) or decision ("decide")."""

    what: str
    nth: int


def live(root: str, token: str, folder: Path, kill: Kill | None, slow: float = 0.0) -> None:
    """Run the bot until told to end, or until it kills itself."""
    sys.stderr = (folder / "log.txt").open("a")
    logs.configure("info")
    count = _counter(kill)
    if kill is not None and kill.what == "sql":
        event.listen(Engine, "connect", lambda made, _: made.set_trace_callback(lambda _: count()))
    if kill is not None and kill.what == "http":
        _count_calls(count)

    def decided(_: object) -> None:
        if kill is not None and kill.what == "decide":
            count()
        if slow:
            time.sleep(slow)

    times = replace(QUICK, retry=5.0)  # its look at the store would be steps, too
    plan = bare_plan(root, token, folder, dialogues=Diary(decided), times=times)

    run_until_signalled(plan)


def live_on(root: str, token: str, folder: Path, database: str, port: int = 0) -> None:
    """One of several processes on a database; with a port it is posted to. A text "deadly" ends
    it at once, whichever it is."""
    sys.stderr = (folder / "log.txt").open("a")
    logs.configure("info")
    path = make_url(database).database if database.startswith("sqlite") else None

    def decided(said: object) -> None:
        if isinstance(said, Typed) and said.text == "deadly":
            os.kill(os.getpid(), signal.SIGKILL)

    posted = Posted(address=f"{root}/balanced", secret="s", port=port) if port else None
    run_until_signalled(
        bare_plan(
            root,
            token,
            folder,
            dialogues=Diary(decided),
            database=database,
            path=Path(path) if path else None,
            posted=posted,
        )
    )


def live_reminding(root: str, token: str, folder: Path, database: str, offset: timedelta) -> None:
    """One of several processes on a database that plan and send, with the clock moved."""
    from tests.telegram.reminding import KNOW, SPEEDY  # noqa: PLC0415 - seconds only this needs

    sys.stderr = (folder / "log.txt").open("a")
    logs.configure("info")
    run_until_signalled(
        bare_plan(
            root,
            token,
            folder,
            know=KNOW,
            times=SPEEDY,
            database=database,
            path=None,
            now=lambda: datetime.now(UTC) + offset,
        )
    )


def live_sending(root: str, token: str, folder: Path, database: str, offset: timedelta) -> None:
    """One of the processes that send a broadcast, faster than Telegram would allow."""
    from bot.telegram.pace import Budget  # noqa: PLC0415 - as above
    from tests.telegram.reminding import KNOW, SPEEDY  # noqa: PLC0415 - as above

    sys.stderr = (folder / "log.txt").open("a")
    logs.configure("info")
    path = make_url(database).database if database.startswith("sqlite") else None
    run_until_signalled(
        bare_plan(
            root,
            token,
            folder,
            know=KNOW,
            times=SPEEDY,
            budget=Budget(in_all=RATE, chat=100.0, slots=SLOTS, paid=True),
            database=database,
            path=Path(path) if path else None,
            now=lambda: datetime.now(UTC) + offset,
        )
    )


def _counter(kill: Kill | None):
    left = kill.nth if kill is not None else 0

    def count() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return count


def _count_calls(count) -> None:
    post = Transport.post

    async def counted(self, method, **options):
        if method != "getUpdates":
            count()
        return await post(self, method, **options)

    Transport.post = counted


def nursery() -> multiprocessing.context.ForkServerContext:
    """Processes that begin with everything imported."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        [
            "tests.crash.victim",
            "tests.telegram.reminding",  # the templates, read once for all
            "alembic.command",
            "bot.store.migrations",
        ]
    )
    return context

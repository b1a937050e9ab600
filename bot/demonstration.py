"""`kimbot demo`: the local server with its chat page, and behind it the bot as in production.

Both run in one process; they speak HTTP with each other, and share only the movable clock.
"""

import asyncio
import tempfile
import webbrowser
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from bot import logs, sample
from bot.crowd import enter, read_crowd
from bot.demo.engine import Engine
from bot.demo.scene import furnish
from bot.demo.server import LocalServer
from bot.demo.storage import load, save
from bot.keys import make, read
from bot.plan import Plan
from bot.production import production
from bot.running import run
from bot.service import TroubleError, loop_factory, read_templates, stop_by_signals
from bot.store.opening import StoreError
from bot.store.sealing import Seal
from bot.telegram.pace import Budget
from bot.wording import folder
from conversations.rules.house import House

PORT: Final = 8765
_PLAN_EVERY: Final = 3.0
"""Seconds: whoever moves the clock does not want to wait for a minute."""
_RATE: Final = 6
"""Messages a second: a broadcast to the hundred people of the demo is to be watched."""
_SHOW_EVERY: Final = 0.75
"""Seconds between two looks at how far a broadcast is."""
_PAGE: Final = Path(__file__).parent / "demo" / "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """How the demo is wanted. `data` None keeps nothing."""

    port: int = PORT
    browser: bool = True
    data: Path | None = None


def demonstrate(show: Show, tell: Callable[[str], None]) -> None:
    """Run the demo until Ctrl-C; `tell` gets each line for the person. Raises TroubleError."""
    logs.configure("WARNING", "console", [])
    with ExitStack() as stack:
        data = show.data or Path(stack.enter_context(tempfile.TemporaryDirectory("kimbot-demo")))
        try:
            data.mkdir(parents=True, exist_ok=True, mode=0o700)
            engine = _engine(data)
        except (OSError, ValueError) as error:
            raise TroubleError(f"The folder {data} can't be used: {error}") from None
        with asyncio.Runner(loop_factory=loop_factory()) as runner:
            try:
                runner.run(_both(show, data, engine, tell))
            except (StoreError, TroubleError) as error:  # the folder may be another demo's
                raise TroubleError(str(error)) from None
            except BaseException:
                save(engine, data / "telegram")
                raise
        save(engine, data / "telegram")


def _engine(data: Path) -> Engine:
    kept = data / "telegram"
    if (kept / "telegram.json").exists():
        return load(kept)
    engine = furnish(folder() / "demo" / "scene.toml")
    enter(engine, read_crowd(folder() / "demo" / "crowd.toml"))
    return engine


async def _both(show: Show, data: Path, engine: Engine, tell: Callable[[str], None]) -> None:
    server = LocalServer(engine, page=_PAGE, texts=folder() / "demo")
    try:
        await server.start(show.port)
    except OSError:
        raise TroubleError(
            f"Port {show.port} is taken, perhaps by another demo. Choose one with --port."
        ) from None
    try:
        bot = asyncio.ensure_future(run(_plan(server, data, engine), stop_by_signals()))
        tell(f"KIM-Bot demo: {server.root}  (Ctrl-C ends it)")
        if show.data is None:
            tell("Nothing is kept; with --data FOLDER it is.")
        if show.browser:
            await asyncio.to_thread(webbrowser.open, server.root)
        await bot
    finally:
        await server.stop()


def _plan(server: LocalServer, data: Path, engine: Engine) -> Plan:
    path, seal = data / "kimbot.sqlite3", _seal(data / "kimbot.key")
    know = replace(read_templates(), house=House(per_second=_RATE))
    database = f"sqlite:///{path}"
    if not path.exists():
        topics = {
            (chat.id, topic.name): topic.id
            for chat in engine.chats.values()
            for topic in chat.topics.values()
        }
        sample.furnish(
            database,
            seal=seal,
            know=know,
            folder=folder() / "demo",
            topics=topics,
            crowd=read_crowd(folder() / "demo" / "crowd.toml"),
            now=engine.clock.now(),
        )
    plan = production(
        know=know,
        root=server.root,
        token=engine.token,
        database=database,
        seal=seal,
        path=path,
        now=engine.clock.now,
        operators=tuple(p.id for p in engine.people.values() if p.role == "operator"),
        erased=data / "erased.txt",
        budget=Budget(in_all=float(_RATE)),
    )
    return replace(plan, times=replace(plan.times, plan=_PLAN_EVERY, progress=_SHOW_EVERY))


def _seal(path: Path) -> Seal:
    """The demo's key lies beside its data: there is nothing to protect."""
    return Seal(read(path.read_text("ascii"), str(path))) if path.exists() else make(path)

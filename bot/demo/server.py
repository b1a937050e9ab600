"""The local server as a whole: started and stopped, on 127.0.0.1 only."""

import asyncio
from pathlib import Path
from typing import Self

from aiohttp import web

from bot.demo.api import Api
from bot.demo.control.acting import Acting
from bot.demo.control.befalling import Befalling
from bot.demo.control.guard import only_own_page
from bot.demo.control.looking import Looking
from bot.demo.control.pages import Pages
from bot.demo.engine import Engine
from bot.demo.webhook import Courier

_LARGEST = 64 * 2**20
"""Bytes of a request; above Telegram's 50 MB, so that its own refusal can be given."""


class LocalServer:
    """A Bot API server with its engine; can be stopped and started again on the same port."""

    def __init__(
        self, engine: Engine | None = None, *, page: Path | None = None, texts: Path | None = None
    ) -> None:
        """`page`: folder of the chat page; `texts`: folder of its words. Without them there is
        no page."""
        self.engine = engine or Engine()
        self.api = Api(self.engine)
        self.port = 0
        self.faults = self.api.faults
        self.log = self.api.log
        self._pages = Pages(page=page, texts=texts)
        self._runner: web.AppRunner | None = None
        self._courier: asyncio.Task[None] | None = None

    @property
    def root(self) -> str:
        """The address that goes before `/bot<token>/…`."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self, port: int | None = None) -> None:
        """Listen; port 0 takes a free one, None the one it had before (or a free one)."""
        app = web.Application(client_max_size=_LARGEST, middlewares=[only_own_page])
        looking = Looking(self.engine, self.log)
        acting, befalling = Acting(self.engine, self.faults), Befalling(self.engine)
        for part in (self.api, looking, acting, befalling, self._pages):
            app.add_routes(part.routes())
        app.on_shutdown.append(lambda _: looking.streams.close())
        runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=1.0
        )
        await runner.setup()
        site = web.TCPSite(
            runner, "127.0.0.1", self.port if port is None else port, reuse_address=True
        )
        await site.start()
        self._runner = runner
        courier = Courier(self.engine.updates, self.engine.clock)
        self._courier = asyncio.get_running_loop().create_task(courier.run())
        self.port = int(runner.addresses[0][1])

    async def stop(self) -> None:
        """Close the port and every connection; what the engine knows stays."""
        runner, self._runner = self._runner, None
        courier, self._courier = self._courier, None
        if courier is not None:
            courier.cancel()
            await asyncio.wait([courier])
        if runner is not None:
            self.engine.updates.wake()
            await runner.cleanup()

    async def __aenter__(self) -> Self:
        if self._runner is None:
            await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

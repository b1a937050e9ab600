"""Updates by webhook: taken into the inbox before the 200, refused without the secret."""

import hmac
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

from bot.logs import Log
from bot.store.worker import StoreBusyError, StoreFullError
from bot.telegram.polling import KINDS
from bot.telegram.transport import Transport

_LOG: Final = Log(__name__)
_LARGEST: Final = 2**20
"""Bytes; updates are a few kilobytes."""
_SECRET: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name


class Webhook:
    """The server Telegram posts to (Bot API, setWebhook)."""

    def __init__(
        self,
        *,
        address: str,
        secret: str,
        take: Callable[[Sequence[object]], Awaitable[None]],
        routes: Sequence[web.RouteDef] = (),
    ) -> None:
        """`routes` are answered beside the webhook: health, calendar feeds."""
        self._address = address
        self._secret = secret.encode()
        self._take = take
        self._routes = routes
        self._runner: web.AppRunner | None = None
        self.port = 0

    async def start(self, host: str, port: int) -> None:
        """Listen; port 0 takes a free one."""
        app = web.Application(client_max_size=_LARGEST)
        app.router.add_route("POST", urlsplit(self._address).path or "/", self._receive)
        app.router.add_routes(self._routes)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=5.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        self.port = int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Listen no more; requests that came are answered first."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def register(self, transport: Transport) -> None:
        """Tell Telegram where to post. Raises RefusedError, UnreachableError."""
        await transport.call(
            "setWebhook",
            {
                "url": self._address,
                "secret_token": self._secret.decode(),
                "allowed_updates": KINDS,
                "max_connections": 20,
            },
        )

    async def _receive(self, request: web.Request) -> web.Response:
        given = request.headers.get(_SECRET, "").encode("utf-8", "replace")
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=403)
        try:
            update = json.loads(await request.read())
        except web.HTTPRequestEntityTooLarge:
            return web.Response(status=413)
        except ValueError:
            return web.Response(status=400)
        try:
            await self._take([update])
        except (StoreBusyError, StoreFullError) as error:
            _LOG.warning("update not taken, Telegram will repeat it", cause=str(error))
            return web.Response(status=503)
        return web.Response(status=200)

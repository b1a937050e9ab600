"""What the bot answers on the web beside the webhook: its health, and calendar feeds."""

from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def health(trouble: Callable[[], str]) -> Handler:
    """Answers that the process lives; 503 while nothing can be sent, with the key of why."""

    async def answer(_request: web.Request) -> web.Response:
        why = trouble()
        return web.Response(text=f"{why or 'ok'}\n", status=503 if why else 200)

    return answer


class Listener:
    """A small server of its own, for bots that poll."""

    def __init__(self, routes: Sequence[web.RouteDef]) -> None:
        self._routes = routes
        self._runner: web.AppRunner | None = None
        self.port = 0

    async def start(self, host: str, port: int) -> None:
        """Listen; port 0 takes a free one. Raises OSError."""
        app = web.Application(client_max_size=2**16)
        app.router.add_routes(self._routes)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        self.port = int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Listen no more."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

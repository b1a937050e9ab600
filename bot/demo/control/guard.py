"""Who may use the control API: pages of this server itself, nothing else that a browser shows."""

from collections.abc import Awaitable, Callable

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@web.middleware
async def only_own_page(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse foreign Host headers (DNS rebinding) and requests sent by other pages."""
    if request.path.startswith(("/bot", "/file/bot")):
        return await handler(request)
    host = request.headers.get("Host", "")
    if host.partition(":")[0] not in ("127.0.0.1", "localhost"):
        return web.json_response({"error": "unknown host"}, status=403)
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{host}":
        return web.json_response({"error": "foreign origin"}, status=403)
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return web.json_response({"error": "foreign page"}, status=403)
    response = await handler(request)
    if not response.prepared:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
    return response

"""The page's own files and words, from the two folders handed in; nothing outside them."""

import mimetypes
from pathlib import Path

from aiohttp import web

from bot.demo.control.asked import failed


class Pages:
    """Static files."""

    def __init__(self, *, page: Path | None, texts: Path | None) -> None:
        self._page = page
        self._texts = texts

    def routes(self) -> list[web.RouteDef]:
        """What to add to the application."""
        return [
            web.get("/", self.index),
            web.get("/page/texts/{name}", self.words),
            web.get("/page/{name:.+}", self.asset),
        ]

    async def index(self, _request: web.Request) -> web.StreamResponse:
        """The page."""
        return _static(self._page, "index.html")

    async def asset(self, request: web.Request) -> web.StreamResponse:
        """A script, style or picture of the page."""
        return _static(self._page, request.match_info["name"])

    async def words(self, request: web.Request) -> web.StreamResponse:
        """The page's words in one language."""
        return _static(self._texts, request.match_info["name"])


def _static(folder: Path | None, name: str) -> web.StreamResponse:
    if folder is None:
        raise failed(404, "this server has no page")
    root = folder.resolve()
    path = (root / name).resolve()
    if not path.is_relative_to(root) or not path.is_file():
        raise failed(404, "no such file")
    mime = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if path.suffix == ".js":
        mime = "text/javascript"  # the guess depends on the machine
    # The text formats are small; the event loop is not held up.
    response = web.Response(body=path.read_bytes(), content_type=mime)
    if mime.startswith("text/"):
        response.charset = "utf-8"
    return response

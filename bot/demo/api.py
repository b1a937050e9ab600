"""The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

import json
from collections.abc import Mapping

from aiohttp import web

from bot.demo.engine import Engine
from bot.demo.methods.call import Call, Upload
from bot.demo.methods.table import METHODS
from bot.demo.refusals import RefusedError, bad_request

Params = tuple[Mapping[str, object], Mapping[str, Upload]]

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Api:
    """The two doors that a bot knows."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def routes(self) -> list[web.RouteDef]:
        """What to add to the application."""
        return [
            web.get("/bot{token}/{method}", self.handle),
            web.post("/bot{token}/{method}", self.handle),
            web.get("/file/bot{token}/{path:.+}", self.download),
        ]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One call of one method."""
        match = request.match_info
        if match["token"] != self.engine.token:
            return _json({"ok": False, "error_code": 401, "description": "Unauthorized"}, 401)
        method = match["method"].lower()
        try:
            params, uploads = await _read(request)
            call = Call(self.engine, params, uploads)
            if method == "getupdates":
                return await self._get_updates(call)
            act = METHODS.get(method)
            if act is None:
                return _json({"ok": False, "error_code": 404, "description": "Not Found"}, 404)
            return _json({"ok": True, "result": act(call)}, 200)
        except RefusedError as refused:
            return _json(refused.fields(), refused.code)

    async def _get_updates(self, call: Call) -> web.StreamResponse:
        queue = self.engine.updates
        kinds = call.items("allowed_updates")
        if kinds is not None:
            queue.allow(str(kind) for kind in kinds)
        limit = call.integer("limit")
        bodies = await queue.poll(
            call.integer("offset") or 0,
            100 if limit is None else limit,
            call.integer("timeout") or 0,
        )
        return _answer('{"ok":true,"result":[' + ",".join(bodies) + "]}", 200)

    async def download(self, request: web.Request) -> web.StreamResponse:
        """A file that getFile named."""
        match = request.match_info
        if match["token"] != self.engine.token:
            return _json({"ok": False, "error_code": 401, "description": "Unauthorized"}, 401)
        file = self.engine.files.by_path(match["path"])
        if file is None:
            return _json({"ok": False, "error_code": 404, "description": "Not Found"}, 404)
        return web.Response(body=file.data, content_type="application/octet-stream")


async def _read(request: web.Request) -> Params:
    """Parameters from the query, and from a body that is JSON or a form (with files)."""
    query: dict[str, object] = dict(request.query) if request.query_string else {}
    if not request.can_read_body:
        return query, {}
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.read() or b"{}")
        except ValueError:
            raise bad_request("can't parse JSON object") from None
        if not isinstance(body, dict):
            raise bad_request("can't parse JSON object: expected an Object")
        return {**query, **body} if query else body, {}
    uploads: dict[str, Upload] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            uploads[name] = Upload(
                name=value.filename, mime=value.content_type, data=value.file.read()
            )
        else:
            query[name] = value if isinstance(value, str) else bytes(value).decode()
    return query, uploads


def _json(body: Mapping[str, object], status: int) -> web.Response:
    return _answer(_ENCODE(body), status)


def _answer(body: str, status: int) -> web.Response:
    return web.Response(
        body=body.encode("utf-8", "replace"), status=status, content_type="application/json"
    )

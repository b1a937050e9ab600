"""The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

import asyncio
import json
import re
from collections.abc import Mapping

from aiohttp import web

from bot.demo.engine import Engine
from bot.demo.faults import Fault, FaultKind, Faults, Request, RequestLog
from bot.demo.methods.call import Call, Upload
from bot.demo.methods.table import METHODS
from bot.demo.refusals import RefusedError, bad_request, too_many_requests

Params = tuple[dict[str, object], Mapping[str, Upload]]
Reply = tuple[str, int]
"""Body and status."""

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_TOKEN = re.compile(r"\d+:[\w-]+")


class Api:
    """The two doors that a bot knows."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.faults = Faults()
        self.log = RequestLog()

    def routes(self) -> list[web.RouteDef]:
        """What to add to the application."""
        return [
            web.get("/bot{token}/{method}", self.handle),
            web.post("/bot{token}/{method}", self.handle),
            web.get("/file/bot{token}/{path:.+}", self.download),
        ]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One call of one method, with whatever trouble is ordered for it."""
        loop = asyncio.get_running_loop()
        began, method = loop.time(), request.match_info["method"].lower()
        params: dict[str, object] = {}
        status = 0
        try:
            try:
                params, uploads = await _read(request)
                answer, status = await self._attempt(request, method, params, uploads)
            except RefusedError as refused:
                answer, status = _answer(_refusal(refused)), refused.code
            return answer
        finally:
            entry = Request(
                method=method,
                params=params,
                at=self.engine.clock.now().timestamp(),
                took=loop.time() - began,
                status=status,
            )
            self.log.entries.append(entry)

    async def download(self, request: web.Request) -> web.StreamResponse:
        """A file that getFile named."""
        if refusal := self._refuse_token(request):
            return _answer(refusal)
        file = self.engine.files.by_path(request.match_info["path"])
        if file is None:
            return _answer(_NOT_FOUND)
        return web.Response(body=file.data, content_type="application/octet-stream")

    async def _attempt(
        self,
        request: web.Request,
        method: str,
        params: dict[str, object],
        uploads: Mapping[str, Upload],
    ) -> tuple[web.StreamResponse, int]:
        fault = self.faults.take(method, _number(params.get("chat_id")))
        await self.faults.linger(method)
        if fault is None:
            reply = await self._act(request, method, params, uploads)
            return _answer(reply), reply[1]
        if not fault.acted and (early := await _strike(request, fault)):
            return early
        reply = await self._act(request, method, params, uploads)
        if fault.acted and (late := await _strike(request, fault)):
            return late
        if fault.kind is FaultKind.TRUNCATED:
            return await _break_off(request, reply), 0
        return _answer(reply), reply[1]

    async def _act(
        self,
        request: web.Request,
        method: str,
        params: dict[str, object],
        uploads: Mapping[str, Upload],
    ) -> Reply:
        if refusal := self._refuse_token(request):
            return refusal
        call = Call(self.engine, params, uploads)
        try:
            if method == "getupdates":
                return await self._get_updates(call)
            act = METHODS.get(method)
            return _NOT_FOUND if act is None else (_ENCODE({"ok": True, "result": act(call)}), 200)
        except RefusedError as refused:
            return _refusal(refused)

    async def _get_updates(self, call: Call) -> Reply:
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
        return '{"ok":true,"result":[' + ",".join(bodies) + "]}", 200

    def _refuse_token(self, request: web.Request) -> Reply | None:
        token = request.match_info["token"]
        if "Origin" in request.headers:
            return _refusal(RefusedError(403, "Forbidden: no browser has business here"))
        if token == self.engine.token and not self.engine.logged_out:
            return None
        if token == self.engine.token:
            return _refusal(bad_request("Logged out"))
        return _UNAUTHORIZED if _TOKEN.fullmatch(token) else _NOT_FOUND


async def _strike(request: web.Request, fault: Fault) -> tuple[web.StreamResponse, int] | None:
    """The answer that the fault gives instead of the real one, if it does."""
    match fault.kind:
        case FaultKind.DROP:
            return _hang_up(request), 0
        case FaultKind.HTML:
            page = "<html><head><title>502 Bad Gateway</title></head><body></body></html>"
            code = 502 if fault.code == 500 else fault.code
            return web.Response(text=page, status=code, content_type="text/html"), code
        case FaultKind.ERROR:
            return _answer(_refusal(RefusedError(fault.code, fault.text))), fault.code
        case FaultKind.FLOOD:
            return _answer(_refusal(too_many_requests(fault.retry_after))), 429
        case FaultKind.HANG:
            await asyncio.sleep(fault.seconds)
        case FaultKind.TRUNCATED:
            pass
    return None


def _hang_up(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _break_off(request: web.Request, reply: Reply) -> web.StreamResponse:
    body = reply[0].encode()
    response = web.StreamResponse(
        status=reply[1],
        headers={"Content-Type": "application/json", "Content-Length": str(len(body))},
    )
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    if request.transport is not None:
        request.transport.close()
    return response


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


def _number(value: object) -> int | None:
    if isinstance(value, str) and value.removeprefix("-").isdecimal():
        return int(value)
    return value if isinstance(value, int) else None


def _refusal(refused: RefusedError) -> Reply:
    return _ENCODE(refused.fields()), refused.code


def _answer(reply: Reply) -> web.Response:
    return web.Response(
        body=reply[0].encode("utf-8", "replace"), status=reply[1], content_type="application/json"
    )


_NOT_FOUND = _refusal(RefusedError(404, "Not Found"))
_UNAUTHORIZED = _refusal(RefusedError(401, "Unauthorized"))

"""HTTP to the Bot API: one pool of connections, JSON in and out, errors told apart by their cause.

No error, log line or repr of this module carries the token: it is part of every address.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

import aiohttp
from yarl import URL

Json = dict[str, object]

_COMPACT: Final = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"))
LARGEST_FILE: Final = 20 * 1024 * 1024
"""Bytes that Telegram gives at most (Bot API, getFile)."""
_HEADERS: Final = {"Content-Type": "application/json"}
_QUOTED: Final = re.compile(r"(?<!\w)([\"']).*\1", re.DOTALL)
"""What Telegram repeats of ours in its refusals, such as a button's address: somebody typed it, and
refusals are logged."""


class RefusedError(Exception):
    """Telegram answered, and said no (Bot API: ok=false)."""

    def __init__(
        self, code: int, description: str, *, retry_after: float = 0, migrate_to: int | None = None
    ) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.migrate_to = migrate_to


class UnreachableError(Exception):
    """No answer of Telegram's own: not connected, timed out, cut off, or HTML of a proxy.

    `reached`: Telegram may have acted on it; otherwise it certainly didn't. `answered`: something
    said that it went wrong, so that Telegram hardly did.
    """

    def __init__(self, cause: str, *, reached: bool, answered: bool = False) -> None:
        super().__init__(cause)
        self.reached = reached
        self.answered = answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file to be sent along."""

    name: str
    mime: str
    content: bytes


class Transport:
    """The Bot API of one token under one root. Use as an asynchronous context manager."""

    def __init__(self, root: str, token: str, *, timeout: float = 20.0, proxy: str | None = None):
        self._root = f"{root.rstrip('/')}/bot{token}/"
        self._files = f"{root.rstrip('/')}/file/bot{token}/"
        self._proxy = proxy
        self._timeout = aiohttp.ClientTimeout(total=timeout, sock_connect=10.0)
        self._addresses: dict[str, URL] = {}
        self._open: aiohttp.ClientSession | None = None

    def __repr__(self) -> str:
        return "Transport()"

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(limit=64, keepalive_timeout=75.0, ttl_dns_cache=300)
        self._open = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=self._timeout,
            skip_auto_headers=("User-Agent",),
            proxy=self._proxy,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._open is not None:
            await self._open.close()
            self._open = None

    @property
    def _session(self) -> aiohttp.ClientSession:
        assert self._open is not None, "the transport is not open"
        return self._open

    async def call(
        self, method: str, params: Mapping[str, object], *, limit: float | None = None
    ) -> object:
        """Call a method and return its result. `limit` in seconds replaces the usual one.

        Raises RefusedError or UnreachableError.
        """
        status, body = await self.post(
            method, data=_COMPACT.encode(params), headers=_HEADERS, limit=limit
        )
        return _result(status, body)

    async def send(
        self, method: str, params: Mapping[str, object], uploads: Mapping[str, Upload]
    ) -> object:
        """Call a method with files, by name of their part; four times the usual time."""
        form = aiohttp.FormData(default_to_multipart=True)
        for key, value in params.items():
            form.add_field(key, value if isinstance(value, str) else _COMPACT.encode(value))
        for key, file in uploads.items():
            form.add_field(key, file.content, filename=file.name, content_type=file.mime)
        assert self._timeout.total is not None
        status, body = await self.post(method, data=form, limit=4 * self._timeout.total)
        return _result(status, body)

    async def post(
        self,
        method: str,
        *,
        data: str | bytes | aiohttp.FormData | None,
        headers: Mapping[str, str] | None = None,
        limit: float | None = None,
    ) -> tuple[int, bytes]:
        """The bare exchange: status and body. Raises UnreachableError."""
        address = self._addresses.get(method)
        if address is None:
            address = self._addresses[method] = URL(self._root + method, encoded=True)
        return await self._exchange("POST", address, data, headers, limit)

    async def download(self, path: str, *, most: int = LARGEST_FILE) -> bytes:
        """The content of a file that getFile named, `most` bytes at most.

        Raises RefusedError or UnreachableError.
        """
        content = bytearray()
        try:
            async with self._session.get(URL(self._files + path), allow_redirects=False) as answer:
                if answer.status >= 500:
                    raise UnreachableError(f"HTTP {answer.status}", reached=True, answered=True)
                if answer.status != 200:
                    raise RefusedError(answer.status, "file not available")
                async for chunk in answer.content.iter_any():
                    content += chunk
                    if len(content) > most:
                        raise RefusedError(413, "file is too big")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise UnreachableError(type(error).__name__, reached=False) from None
        return bytes(content)

    async def _exchange(
        self,
        verb: str,
        address: URL,
        data: str | bytes | aiohttp.FormData | None,
        headers: Mapping[str, str] | None,
        limit: float | None,
    ) -> tuple[int, bytes]:
        timeout = (
            self._timeout
            if limit is None
            else aiohttp.ClientTimeout(total=limit, sock_connect=10.0)
        )
        try:
            async with self._session.request(
                verb, address, data=data, headers=headers, timeout=timeout, allow_redirects=False
            ) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise UnreachableError(type(error).__name__, reached=False) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise UnreachableError(type(error).__name__, reached=True) from None


def _result(status: int, body: bytes) -> object:
    """The result in an answer's envelope; only JSON in Telegram's form counts as an answer."""
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    if not isinstance(answer, dict) or "ok" not in answer:
        raise UnreachableError(f"HTTP {status} without JSON", reached=True, answered=True)
    if answer["ok"] is True and "result" in answer:
        return answer["result"]
    parameters = answer.get("parameters")
    if not isinstance(parameters, dict):
        parameters = {}
    code = _number(answer.get("error_code")) or status
    if code >= 500:
        raise UnreachableError(f"HTTP {code}", reached=True, answered=True)
    raise RefusedError(
        code,
        _QUOTED.sub(r"\1…\1", str(answer.get("description", ""))),
        retry_after=float(_number(parameters.get("retry_after")) or 0),
        migrate_to=_number(parameters.get("migrate_to_chat_id")),
    )


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None

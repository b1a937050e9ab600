"""A calendar fetched from an address that somebody typed: guarded (SSRF), bounded, conditional.

The address is checked where the socket is made, so that no name can say one thing when it is
checked and another when it is used; every redirect is checked anew.
"""

import asyncio
import socket
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.calendars.addresses import RefusedAddressError, Rule
from bot.calendars.reading import LARGEST
from conversations.agenda import CalendarTrouble

_REDIRECTS: Final = 3
_MOVED: Final = {301, 302, 303, 307, 308}
_UNCHANGED: Final = 304
_CHUNK: Final = 16 * 1024
_DEFAULT: Final = Rule()
_GZIP_OR_ZLIB: Final = 32 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came. With a `trouble`, or when it is `unchanged`, there is no content."""

    content: bytes = b""
    etag: str = ""
    unchanged: bool = False
    trouble: str = ""


class _TooLargeError(Exception):
    """More than a calendar may have."""


class _AnswerError(Exception):
    """Anything else than a file."""


class Fetcher:
    """Asks one address at a time; keeps no connection and no cookie."""

    def __init__(
        self,
        rule: Rule = _DEFAULT,
        *,
        seconds: float = 10.0,
        resolver: AbstractResolver | None = None,
    ) -> None:
        """`resolver` finds a host's addresses; tests give one of their own."""
        self._rule = rule
        self._seconds = seconds
        self._resolver = resolver

    async def fetch(self, address: str, etag: str = "") -> Fetched:
        """The file at an address; with `etag` only if it changed. Never raises."""
        try:
            async with asyncio.timeout(self._seconds), self._session() as session:
                return await self._follow(session, self._rule.url(address), etag)
        except TimeoutError:
            return Fetched(trouble=CalendarTrouble.SLOW)
        except RefusedAddressError:
            return Fetched(trouble=CalendarTrouble.ADDRESS)
        except _TooLargeError:
            return Fetched(trouble=CalendarTrouble.LARGE)
        except (_AnswerError, zlib.error):
            return Fetched(trouble=CalendarTrouble.REFUSED)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return Fetched(trouble=_trouble(error))

    async def _follow(self, session: aiohttp.ClientSession, url: URL, etag: str) -> Fetched:
        for _ in range(_REDIRECTS + 1):
            headers = {"If-None-Match": etag} if etag else {}
            async with session.get(url, headers=headers, allow_redirects=False) as answer:
                if answer.status not in _MOVED:
                    return await _taken(answer)
                url = self._rule.url(str(url.join(URL(answer.headers.get("Location", "")))))
        raise _AnswerError("too many redirects")

    @asynccontextmanager
    async def _session(self) -> AsyncIterator[aiohttp.ClientSession]:
        connector = aiohttp.TCPConnector(
            resolver=_Checked(self._rule, self._resolver or aiohttp.ThreadedResolver()),
            socket_factory=self._socket,
            use_dns_cache=False,
            force_close=True,
            limit=4,
        )
        async with aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            headers={"Accept": "text/calendar, */*;q=0.1", "Accept-Encoding": "gzip"},
            skip_auto_headers=("User-Agent",),
            max_line_size=8190,
            trust_env=False,
        ) as session:
            yield session

    def _socket(self, info: Any) -> socket.socket:
        """The last word on every connection, whatever found the address."""
        family, kind, protocol, _, place = info
        self._rule.check(str(place[0]))
        return socket.socket(family=family, type=kind, proto=protocol)


class _Checked(AbstractResolver):
    """A host is refused when any of its addresses is: which of them is used is left to chance."""

    def __init__(self, rule: Rule, inner: AbstractResolver) -> None:
        self._rule = rule
        self._inner = inner

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        for one in found:
            self._rule.check(one["host"])
        return found

    async def close(self) -> None:
        await self._inner.close()


async def _taken(answer: aiohttp.ClientResponse) -> Fetched:
    if answer.status == _UNCHANGED:
        return Fetched(unchanged=True, etag=answer.headers.get("ETag", ""))
    if answer.status != 200:
        raise _AnswerError(answer.status)
    coding = answer.headers.get("Content-Encoding", "").strip().casefold()
    if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise _AnswerError("unknown coding")
    content = await _body(answer, packed=coding not in ("", "identity"))
    etag = answer.headers.get("ETag", "")
    return Fetched(content=content, etag=etag if len(etag) <= 200 else "")


async def _body(answer: aiohttp.ClientResponse, *, packed: bool) -> bytes:
    """At most 2 MiB, packed and unpacked: never more is unpacked than may be kept."""
    content, unpack, raw = bytearray(), zlib.decompressobj(_GZIP_OR_ZLIB), 0
    async for chunk in answer.content.iter_chunked(_CHUNK):
        raw += len(chunk)
        content += unpack.decompress(chunk, LARGEST + 1 - len(content)) if packed else chunk
        if max(raw, len(content)) > LARGEST or unpack.unconsumed_tail:
            raise _TooLargeError
    return bytes(content)


def _trouble(error: Exception) -> CalendarTrouble:
    """A refused address may come wrapped in the library's own error."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, RefusedAddressError | aiohttp.InvalidURL):
            return CalendarTrouble.ADDRESS
        cause = cause.__cause__ or cause.__context__
    return CalendarTrouble.UNREACHABLE

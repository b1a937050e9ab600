"""A Bot API that takes messages, keeps its limits and counts; it shows nobody anything.

It listens on 127.0.0.1. Each sender has an account of its own there, by its token, with a limit of
its own. How long a call takes and which chats are refused for once is the same for all of them.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Self

from aiohttp import web

from bench.bulk.limits import Limit

_UPLINK = 0.01
"""Seconds at most on the way to the limit; all the rest passes behind it."""
_ANSWER = (0.05, 0.3)
_ME = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
_COUNTED = ("send", "edit", "delete", "copy", "forward")
_POLL = 20.0


@dataclass(slots=True, kw_only=True)
class Account:
    """What one sender may do, and what it did."""

    limit: Limit
    refused: frozenset[int] = frozenset()
    """Chats whose first call is refused, whatever the limit says."""
    at_once: bool = False
    """Answer without any delay."""
    taken: dict[int, list[float]] = field(default_factory=dict)
    """When messages arrived, by chat."""
    calls: list[float] = field(default_factory=list)
    """When anything arrived that took a place: messages, edits, what is refused once anyway."""
    too_many: int = 0
    injected: int = 0
    dice: Random = field(default_factory=lambda: Random(5))
    polled: asyncio.Event = field(default_factory=asyncio.Event)

    def count(self, chats: Sequence[int]) -> int:
        """How many of these chats have got something."""
        return sum(chat in self.taken for chat in chats)


class BulkServer:
    """Use as an asynchronous context manager."""

    def __init__(self) -> None:
        self.port = 0
        self._accounts: dict[str, Account] = {}
        self._runner: web.AppRunner | None = None
        self._number = 0

    @property
    def root(self) -> str:
        """The address that goes before `/bot<token>/…`."""
        return f"http://127.0.0.1:{self.port}"

    def open(self, account: Account) -> str:
        """A new account's token."""
        token = f"{len(self._accounts) + 1}:{'t' * 35}"
        self._accounts[token] = account
        return token

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self._answer)
        self._runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=1.0
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.port = int(self._runner.addresses[0][1])
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        account = self._accounts[request.match_info["token"]]
        method = request.match_info["method"].lower()
        given = await _given(request)
        if method == "getupdates":
            account.polled.set()
            await asyncio.sleep(min(float(given.get("timeout", 0) or 0), _POLL))
            return _fine([])
        if method == "getme":
            return _fine(_ME)
        if method.startswith(_COUNTED) and "chat_id" in given:
            return await self._message(account, method, int(given["chat_id"]))
        return _fine(result=True)

    async def _message(self, account: Account, method: str, chat: int) -> web.Response:
        if not account.at_once:
            await asyncio.sleep(account.dice.uniform(0, _UPLINK))
        now = asyncio.get_running_loop().time()
        fine = self._take(account, method, chat, now)
        if not account.at_once:
            await asyncio.sleep(account.dice.uniform(*_ANSWER))
        if not fine:
            return _too_many()
        self._number += 1
        return _fine(
            {
                "message_id": self._number,
                "date": 1_800_000_000,
                "chat": {"id": chat, "type": "private", "first_name": "Mehmet"},
                "from": _ME,
                "text": "-",
            }
        )

    def _take(self, account: Account, method: str, chat: int, now: float) -> bool:
        if chat in account.refused:
            account.refused -= {chat}
            account.injected += 1
            account.calls.append(now)
            return False
        if not account.limit.takes(now):
            account.too_many += 1
            return False
        account.calls.append(now)
        if method.startswith("send"):
            account.taken.setdefault(chat, []).append(now)
        return True


async def _given(request: web.Request) -> Mapping[str, str]:
    if request.content_type == "application/json":
        return json.loads(await request.read() or b"{}")
    return {key: str(value) for key, value in (await request.post()).items()}


def _fine(result: object) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _too_many() -> web.Response:
    return web.json_response(
        {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 1",
            "parameters": {"retry_after": 1},
        },
        status=429,
    )

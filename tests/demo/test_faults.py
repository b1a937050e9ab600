"""Faults on order, rate limits and the request log."""

import asyncio
import json
from datetime import timedelta

import aiohttp
import pytest
import telegram
from telegram.error import NetworkError, RetryAfter

from bot.demo.engine import Engine
from bot.demo.engine.rate import RateLimit
from bot.demo.faults import Fault, FaultKind
from bot.demo.server import LocalServer
from tests.demo.conftest import AYSE, CHANNEL


async def _send(http: aiohttp.ClientSession, engine: Engine, chat: int = AYSE) -> str:
    """What a client gets for sendMessage: a body, or the name of the trouble."""
    body = {"chat_id": chat, "text": "x"}
    try:
        async with http.post(f"/bot{engine.token}/sendMessage", json=body) as answer:
            return f"{answer.status} {await answer.text()}"
    except aiohttp.ClientError as trouble:
        return type(trouble).__name__


@pytest.mark.parametrize(("acted", "sent"), [(False, 0), (True, 1)])
async def test_a_dropped_connection(
    server: LocalServer, http: aiohttp.ClientSession, acted: bool, sent: int
) -> None:
    """The connection ends without answer, before or after the message was taken."""
    server.faults.add(Fault(kind=FaultKind.DROP, method="sendMessage", acted=acted))
    assert await _send(http, server.engine) == "ServerDisconnectedError"
    assert len(server.engine.messages(AYSE)) == sent
    assert (await _send(http, server.engine)).startswith("200")


async def test_a_truncated_answer(server: LocalServer, http: aiohttp.ClientSession) -> None:
    """Half an answer arrives; the message was taken."""
    server.faults.add(Fault(kind=FaultKind.TRUNCATED))
    assert await _send(http, server.engine) == "ClientPayloadError"
    assert len(server.engine.messages(AYSE)) == 1


async def test_errors_and_foreign_pages(server: LocalServer, http: aiohttp.ClientSession) -> None:
    """500 as Telegram writes it, a proxy's 502 page, scripted words, and 401."""
    server.faults.add(Fault(kind=FaultKind.ERROR))
    server.faults.add(Fault(kind=FaultKind.HTML))
    server.faults.add(Fault(kind=FaultKind.ERROR, code=403, text="Forbidden: something new"))
    server.faults.add(Fault(kind=FaultKind.ERROR, code=401, text="Unauthorized"))
    assert await _send(http, server.engine) == (
        '500 {"ok":false,"error_code":500,"description":"Internal Server Error"}'
    )
    assert (await _send(http, server.engine)).startswith("502 <html>")
    assert "Forbidden: something new" in await _send(http, server.engine)
    assert (await _send(http, server.engine)).startswith("401")
    assert server.engine.messages(AYSE) == ()


async def test_a_flood_answer(
    server: LocalServer, bot: telegram.Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """429 carries retry_after."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    server.faults.add(Fault(kind=FaultKind.FLOOD, retry_after=30))
    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(AYSE, "x")
    assert refused.value.retry_after == timedelta(seconds=30)


async def test_a_hanging_answer(server: LocalServer, bot: telegram.Bot) -> None:
    """A hang outlasts the client's patience; after it acted, the message is there."""
    server.faults.add(Fault(kind=FaultKind.HANG, acted=True, seconds=30))
    with pytest.raises(NetworkError):
        await bot.send_message(AYSE, "x", read_timeout=0.2)
    assert len(server.engine.messages(AYSE)) == 1


async def test_faults_strike_where_they_are_meant(
    server: LocalServer, http: aiohttp.ClientSession
) -> None:
    """By method, by chat, as often as ordered."""
    server.faults.add(Fault(kind=FaultKind.ERROR, method="editMessageText"))
    server.faults.add(Fault(kind=FaultKind.ERROR, chat=CHANNEL, times=2))
    seen = [(await _send(http, server.engine, chat))[:3] for chat in (AYSE, *[CHANNEL] * 3)]
    assert seen == ["200", "500", "500", "200"]
    assert [fault.method for fault in server.faults.pending()] == ["editMessageText"]


async def test_a_closed_port_opens_again(server: LocalServer, http: aiohttp.ClientSession) -> None:
    """Stopped and started, the server has the same port and knows what it knew."""
    root = server.root
    await server.stop()
    assert await _send(http, server.engine) == "ClientConnectorError"
    await server.start()
    assert server.root == root
    assert (await _send(http, server.engine)).startswith("200")


async def test_stopping_ends_a_poll(server: LocalServer, bot: telegram.Bot) -> None:
    """A waiting poll does not hold the server up."""
    poll = asyncio.create_task(bot.get_updates(timeout=60))
    async with asyncio.timeout(10):
        while not server.engine.updates.is_polled:
            await asyncio.sleep(0.005)
        await server.stop()
        await asyncio.wait([poll])
    poll.exception()


async def test_rate_limits(
    server: LocalServer, bot: telegram.Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With limits on, the second message a second to a chat is one too many."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    server.engine.rate = RateLimit()
    await bot.send_message(AYSE, "x")
    with pytest.raises(RetryAfter):
        await bot.send_message(AYSE, "x")
    await bot.send_message(CHANNEL, "x")


async def test_the_log_knows_no_token(server: LocalServer, bot: telegram.Bot) -> None:
    """Method, parameters and status are noted; the token is not."""
    server.faults.add(Fault(kind=FaultKind.DROP))
    with pytest.raises(NetworkError):
        await bot.send_message(AYSE, "x")
    await bot.send_message(AYSE, "y")
    entries = server.log.of("sendMessage")
    assert [(entry.params["text"], entry.status) for entry in entries] == [("x", 0), ("y", 200)]
    shown = json.dumps([[e.method, dict(e.params)] for e in server.log.entries])
    assert server.engine.token not in shown

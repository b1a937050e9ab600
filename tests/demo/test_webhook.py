"""The webhook: delivered with the secret, again until taken, in order within a chat."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import telegram
from aiohttp import web
from telegram.error import BadRequest, Conflict

from bot.demo.engine import Engine
from tests.demo.conftest import AYSE, OLEH


class Receiver:
    """A bot's end of the webhook that notes what comes and answers as told."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.secrets: list[str | None] = []
        self.statuses: list[int] = []
        """Answers to give first; afterwards 200."""
        self.hold = asyncio.Event()
        self.hold.set()
        self.came = asyncio.Condition()
        self.url = ""

    async def receive(self, request: web.Request) -> web.Response:
        """Note an update."""
        body = await request.json()
        async with self.came:
            self.texts.append(body["message"]["text"])
            self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
            self.came.notify_all()
        await self.hold.wait()
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    async def until(self, count: int) -> list[str]:
        """Wait for `count` updates."""
        async with asyncio.timeout(15), self.came:
            await self.came.wait_for(lambda: len(self.texts) >= count)
        return self.texts


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """Listening on 127.0.0.1."""
    made = Receiver()
    app = web.Application()
    app.add_routes([web.post("/hook", made.receive)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield made
    made.hold.set()
    await runner.cleanup()


async def test_updates_come_with_the_secret(
    bot: telegram.Bot, engine: Engine, receiver: Receiver
) -> None:
    """An update is posted with the secret token and then gone from the queue."""
    await bot.set_webhook(receiver.url, secret_token="s-1")
    engine.say(AYSE, AYSE, "hallo")
    assert await receiver.until(1) == ["hallo"]
    assert receiver.secrets == ["s-1"]
    await _until_empty(engine)


async def test_a_refused_update_comes_again(
    bot: telegram.Bot, engine: Engine, receiver: Receiver
) -> None:
    """Any answer but 2xx means again; getWebhookInfo says what went wrong."""
    receiver.statuses = [500]
    await bot.set_webhook(receiver.url)
    engine.say(AYSE, AYSE, "nochmal")
    assert await receiver.until(2) == ["nochmal", "nochmal"]
    info = await bot.get_webhook_info()
    assert info.last_error_message == ("Wrong response from the webhook: 500 Internal Server Error")
    await _until_empty(engine)


async def test_order_holds_within_a_chat_only(
    bot: telegram.Bot, engine: Engine, receiver: Receiver
) -> None:
    """While one update of a chat is under way the next waits; another chat's goes."""
    receiver.hold.clear()
    await bot.set_webhook(receiver.url)
    engine.say(AYSE, AYSE, "eins")
    engine.say(AYSE, AYSE, "zwei")
    engine.start(OLEH)
    assert sorted(await receiver.until(2)) == ["/start", "eins"]
    receiver.hold.set()
    assert (await receiver.until(3))[2] == "zwei"


async def test_no_polling_beside_a_webhook(bot: telegram.Bot, receiver: Receiver) -> None:
    """Polling is refused while a webhook is set, and works after deleteWebhook."""
    await bot.set_webhook(receiver.url)
    with pytest.raises(Conflict, match="an't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_pending_updates_can_be_dropped(bot: telegram.Bot, engine: Engine) -> None:
    """drop_pending_updates empties the queue."""
    engine.say(AYSE, AYSE, "x")
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/x", "https://bot.example.org/hook"])
async def test_foreign_webhooks_are_refused(bot: telegram.Bot, url: str) -> None:
    """The server delivers to this machine only."""
    with pytest.raises(BadRequest, match="ad webhook: "):
        await bot.set_webhook(url)


async def test_the_secret_has_an_alphabet(bot: telegram.Bot, receiver: Receiver) -> None:
    """Letters, digits, _ and - only."""
    with pytest.raises(BadRequest, match="ecret token contains unallowed characters"):
        await bot.set_webhook(receiver.url, secret_token="ä ö")


async def _until_empty(engine: Engine) -> None:
    async with asyncio.timeout(15):
        while len(engine.updates):
            await asyncio.sleep(0.005)

"""The command line beside a running bot: what it holds stays, what it frees goes on, once each."""

import asyncio
import base64

import pytest
from typer.testing import CliRunner

from bot.cli import build
from bot.demo.server import LocalServer
from bot.telegram.pace import Budget
from tests.crash.broadcasting import ID, chats, furnish, gone_through, ledger, received
from tests.shell import plan_for, running
from tests.telegram.chatting import until
from tests.telegram.reminding import KNOW, SPEEDY

PEOPLE = 40


@pytest.fixture
def kimbot(tmp_path, monkeypatch, url):
    """Run `kimbot broadcast` on that database beside whatever runs; gives exit code and output."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KIMBOT_DATABASE_URL", url)
    monkeypatch.setenv("KIMBOT_KEY", base64.b64encode(b"a key for tests, 32 bytes long..").decode())

    async def run(*arguments):
        found = await asyncio.to_thread(CliRunner().invoke, build(), ["broadcast", *arguments])
        return found.exit_code, found.output

    return run


@pytest.fixture
async def bot(tmp_path, url, monkeypatch):
    """A bot that sends a broadcast to forty people, ten a second; gives the server."""
    async with LocalServer() as server:
        await furnish(server, url, PEOPLE)
        monkeypatch.setattr("bot.broadcasts.present", server.engine.clock.now)
        changes = {"database": url, "know": KNOW, "times": SPEEDY, "now": server.engine.clock.now}
        if not url.startswith("sqlite"):
            changes["path"] = None
        plan = plan_for(server, tmp_path, budget=Budget(in_all=10.0, chat=100.0), **changes)
        async with running(plan):
            await until(lambda: received(server, PEOPLE), 20)
            yield server


async def test_paused_and_resumed_beside_the_bot_everybody_gets_it_once(bot, kimbot, url):
    """Nothing goes out between the two; the bot goes on with what was freed by itself."""
    code, output = await kimbot("pause", ID)
    assert (code, "is paused" in output) == (0, True), output
    await until(lambda: "sending" not in ledger(url).values())
    before = received(bot, PEOPLE)
    await asyncio.sleep(0.5)
    assert received(bot, PEOPLE) == before
    assert 0 < len(before) < PEOPLE
    code, output = await kimbot("resume", ID)
    assert (code, "is running again" in output) == (0, True), output
    await gone_through(url)
    assert received(bot, PEOPLE) == dict.fromkeys(chats(PEOPLE), 1)


async def test_cancelled_beside_the_bot_nobody_else_gets_it(bot, kimbot, url):
    """What was sent is sent; the list counts both."""
    assert (await kimbot("cancel", ID, "--yes"))[0] == 0
    await until(lambda: "sending" not in ledger(url).values())
    got = len(received(bot, PEOPLE))
    await asyncio.sleep(0.5)
    assert len(received(bot, PEOPLE)) == got < PEOPLE
    _, output = await kimbot("list")
    assert f"{got}/{PEOPLE}" in output

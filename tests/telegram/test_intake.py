"""Intake under trouble: second instances, an API that is down, a database locked or full."""

import asyncio
import json
import sqlite3
import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import Engine, event

from bot.demo.faults import Fault, FaultKind, Faults
from bot.running import opened, run
from bot.store import inbox
from bot.store.opening import StoreError, engine_for
from bot.telegram.intake import Intake
from bot.telegram.introduction import TokenRefusedError, introduce
from bot.telegram.polling import Rhythm, YieldError
from bot.telegram.stopping import Stop
from bot.telegram.transport import Transport, UnreachableError
from bot.telegram.watchdog import EXIT_CODE, Watchdog
from tests.shell import QUICK, SEAL, answers_in, plan_for, running
from tests.telegram.chatting import agree, card, until


async def test_a07_the_second_instance_gives_way(server, ayla, tmp_path):
    """Two instances, one token: the one that never had a poll ends, the first goes on."""
    engine = server.engine
    other = tmp_path / "other"
    other.mkdir()
    async with running(plan_for(server, tmp_path)):
        await agree(engine, ayla)
        await asyncio.sleep(0.5)  # it has proved to be the first
        with pytest.raises(YieldError):
            await asyncio.wait_for(run(plan_for(server, other), Stop()), 15)
        engine.say(ayla, ayla, "still here")
        await card(engine, ayla, "1: still here")


async def test_a09_an_api_that_is_down_is_waited_for(server, ayla, tmp_path, log):
    """The port is closed for a while: one log line, and the bot goes on by itself."""
    engine = server.engine
    async with running(plan_for(server, tmp_path)):
        await agree(engine, ayla)
        await server.stop()
        await asyncio.sleep(2.0)
        await server.start()
        engine.say(ayla, ayla, "back")
        await card(engine, ayla, "1: back")
    assert log().count("no updates, trying again") == 1


async def test_a09_pauses_stay_below_thirty_seconds():
    """However long it lasts, the next attempt comes within 30 s."""
    rhythm = Rhythm()
    assert rhythm.longest_pause + 10.0 < 30  # the longest pause and a connection that hangs


async def test_html_of_a_proxy_never_ends_polling(server, ayla, tmp_path):
    """404 and 401 pages of a proxy are waited out: only Telegram's own JSON counts."""
    engine = server.engine
    async with running(plan_for(server, tmp_path)):
        await agree(engine, ayla)
        for code in (404, 401, 502):
            server.api.faults.add(Fault(kind=FaultKind.HTML, method="getUpdates", code=code))
        engine.say(ayla, ayla, "on")
        await card(engine, ayla, "1: on")


async def test_a01_what_was_taken_before_a_kill_comes_first(server, ayla, tmp_path, monkeypatch):
    """The start is slow to look at the inbox, and Telegram quick: the order is Ayla's all the
    same."""
    engine, resume = server.engine, Intake.resume
    async with running(plan_for(server, tmp_path)):
        await agree(engine, ayla)
    engine.say(ayla, ayla, "first")
    async with Transport(server.root, engine.token) as transport:
        (taken,) = await transport.call("getUpdates", {})
        await transport.call("getUpdates", {"offset": taken["update_id"] + 1, "timeout": 0})
    database = engine_for(f"sqlite:///{tmp_path / 'kimbot.sqlite3'}")
    with database.begin() as connection:
        inbox.keep(connection, SEAL, [(taken["update_id"], json.dumps(taken))], datetime.now(UTC))
    database.dispose()
    engine.say(ayla, ayla, "second")

    async def late(self):
        await asyncio.sleep(0.5)
        return await resume(self)

    monkeypatch.setattr(Intake, "resume", late)
    async with running(plan_for(server, tmp_path)):
        await card(engine, ayla, "2: ")
    assert answers_in(tmp_path) == {ayla: ["first", "second"]}


async def test_a_refused_token_ends_the_start(server, tmp_path):
    """Telegram's own 401 at the start is said clearly, without the token."""
    plan = plan_for(server, tmp_path, token="123:wrong")
    with pytest.raises(TokenRefusedError) as refused:
        await asyncio.wait_for(run(plan, Stop()), 10)
    assert "123:wrong" not in str(refused.value)


async def test_a_forgotten_webhook_is_removed(server, ayla, tmp_path):
    """Polling meets a webhook that is still set, removes it and goes on."""
    engine = server.engine
    async with Transport(server.root, engine.token) as transport:
        await transport.call("setWebhook", {"url": "https://127.0.0.1:1/x"})
    async with running(plan_for(server, tmp_path)):
        await agree(engine, ayla)


async def test_ids_that_jump_backwards_are_taken(server, ayla, tmp_path):
    """After a quiet week ids start anywhere, also below the last one."""
    engine = server.engine
    times = replace(QUICK, rhythm=replace(QUICK.rhythm, poll=1))
    async with running(plan_for(server, tmp_path, times=times)):
        await agree(engine, ayla)
        await asyncio.sleep(1.5)  # an empty poll lies between, as a week does
        engine.updates.jump(1000)
        engine.say(ayla, ayla, "new week")
        await card(engine, ayla, "1: new week")


async def test_e01_a_locked_database_is_waited_for(server, ayla, tmp_path):
    """Another writer holds the database: the person is told once, then everything is stored."""
    engine = server.engine
    async with running(plan_for(server, tmp_path)):
        await agree(engine, ayla)
        blocker = sqlite3.connect(tmp_path / "kimbot.sqlite3", isolation_level=None)
        blocker.execute("BEGIN IMMEDIATE")
        engine.say(ayla, ayla, "kept")
        await card(engine, ayla, "busy, try again")
        blocker.execute("ROLLBACK")
        blocker.close()
        await card(engine, ayla, "1: kept")
    assert engine.transcript(ayla).count("busy") == 1
    assert answers_in(tmp_path) == {ayla: ["kept"]}


@pytest.fixture
def connections():
    """The bot's own connections to SQLite, as they are made."""
    made = []

    def keep(connection, _):
        made.append(connection)

    event.listen(Engine, "connect", keep)
    yield made
    event.remove(Engine, "connect", keep)


async def test_e03_a_full_disk_is_told_and_survived(server, ayla, tmp_path, connections):
    """No space: the person is told, the bot stays up, and goes on when there is space."""
    engine = server.engine
    text = "kept " * 700
    async with running(plan_for(server, tmp_path)):
        await agree(engine, ayla)
        for connection in connections[-3:]:
            connection.execute("PRAGMA max_page_count = 1").close()  # no page more than now
        engine.say(ayla, ayla, text)
        await card(engine, ayla, "busy, try again")
        for connection in connections[-3:]:
            connection.execute("PRAGMA max_page_count = 1000000").close()
        await card(engine, ayla, "1:")
    assert answers_in(tmp_path) == {ayla: [text.strip()]}


async def test_e05_a_damaged_database_is_refused_untouched(server, ayla, tmp_path):
    """Broken structure: refused with the way to restore, and not a byte is changed."""
    path = tmp_path / "kimbot.sqlite3"
    async with running(plan_for(server, tmp_path)):
        await agree(server.engine, ayla)
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 8192)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="backup"):
        async with opened(plan_for(server, tmp_path)):
            pass
    assert path.read_bytes() == before


async def test_p10_the_watchdog_ends_a_bot_that_went_quiet():
    """No attempt for longer than the limit: the process ends with a code that says so."""
    ends = []
    long_ago = time.monotonic() - 1000
    dog = Watchdog(lambda: long_ago, limit=0.2, end=ends.append)
    dog.start()
    await until(lambda: ends)
    assert ends == [EXIT_CODE]


async def test_p10_the_watchdog_leaves_a_busy_bot_alone():
    """While attempts are made, nothing ends."""
    ends = []
    dog = Watchdog(time.monotonic, limit=0.2, end=ends.append)
    dog.start()
    await asyncio.sleep(0.5)
    dog.stop()
    assert not ends


async def test_an_id_beyond_64_bits_is_left_out(server, ayla, tmp_path):
    """What can't be kept can't stop the others."""
    engine = server.engine
    async with running(plan_for(server, tmp_path)):
        await agree(engine, ayla)
        engine.updates.push_raw(json.dumps({"update_id": 2**70}), engine.updates.next_id)
        engine.say(ayla, ayla, "on")
        await card(engine, ayla, "1: on")


async def test_trouble_at_the_start_is_waited_out(server, ayla, tmp_path):
    """Whichever question of the start goes wrong, the bot gets there."""
    engine = server.engine
    asked = []

    class Troubled(Faults):
        """Every second getMe meets a proxy's page."""

        def take(self, method, chat):
            if method != "getme":
                return super().take(method, chat)
            asked.append(method)
            return None if len(asked) % 2 else Fault(kind=FaultKind.HTML)

    server.api.faults = Troubled()
    async with running(plan_for(server, tmp_path)):
        await agree(engine, ayla)
    assert len(asked) == 3


async def test_an_answer_of_something_else_is_no_introduction():
    """What answers getMe without a user name is not Telegram: asked again, once when in a hurry."""

    async def other(_request):
        return web.json_response({"ok": True, "result": 5})

    app = web.Application()
    app.router.add_post("/bot1:x/getMe", other)
    async with TestServer(app) as answering, Transport(str(answering.make_url("/")), "1:x") as http:
        with pytest.raises(UnreachableError, match="user name"):
            await introduce(http, patient=False)

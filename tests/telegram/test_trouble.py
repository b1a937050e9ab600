"""Trouble between a stored turn and its replies: nothing is lost, nothing comes without end."""

import asyncio
import sqlite3
from dataclasses import replace

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.demo.engine.chats import ChatKind
from bot.demo.faults import Fault, FaultKind
from bot.telegram.arrivals import arrival
from bot.telegram.gathering import Tempo
from bot.telegram.lanes import Lanes
from bot.telegram.transport import RefusedError, Transport
from tests.shell import plan_for, running
from tests.telegram.chatting import agree, card, sent, until

REFUSALS = {
    "long pause": Fault(kind=FaultKind.FLOOD, retry_after=60),
    "token": Fault(kind=FaultKind.ERROR, code=401, text="Unauthorized"),
}


async def written(engine, person):
    """A card with something to make a letter of."""
    await agree(engine, person)
    engine.say(person, person, "text")
    return await card(engine, person, "1: text")


def letters(engine, person):
    """The files that came."""
    return [m.media.file.name for m in engine.messages(person) if m.media]


@pytest.mark.parametrize("refusal", REFUSALS)
async def test_a_card_refused_for_a_while_comes_later(server, ayla, tmp_path, refusal):
    """Too many requests and a token refused for the moment pass: the card is not given up."""
    engine = server.engine
    async with running(plan_for(server, tmp_path)):
        shown = await agree(engine, ayla)
        server.faults.add(replace(REFUSALS[refusal], method="editMessageText"))
        engine.press(ayla, ayla, shown.id, "More")
        await card(engine, ayla, "1: more")


@pytest.mark.parametrize("refusal", REFUSALS)
async def test_a_letter_refused_for_a_while_comes_later(server, ayla, tmp_path, refusal):
    """The same with files."""
    engine = server.engine
    async with running(plan_for(server, tmp_path)):
        shown = await written(engine, ayla)
        server.faults.add(replace(REFUSALS[refusal], method="sendMediaGroup"))
        engine.press(ayla, ayla, shown.id, "Done")
        await engine.wait_for(lambda: letters(engine, ayla) == ["letter.pdf", "letter.txt"])


async def test_a_letter_outlasts_an_outage(server, ayla, tmp_path):
    """More failures than a letter has tries, all of a proxy: it comes once, when it can."""
    engine = server.engine
    async with running(plan_for(server, tmp_path)):
        shown = await written(engine, ayla)
        server.faults.add(Fault(kind=FaultKind.HTML, method="sendMediaGroup", times=16))
        engine.press(ayla, ayla, shown.id, "Done")
        await engine.wait_for(lambda: letters(engine, ayla) == ["letter.pdf", "letter.txt"], 30)


async def test_a_letter_that_came_is_not_sent_again_for_a_locked_database(server, ayla, tmp_path):
    """The database is locked when Telegram took the letter: that is noted as soon as it can be."""
    engine = server.engine
    async with running(plan_for(server, tmp_path)):
        shown = await written(engine, ayla)
        server.faults.add(Fault(kind=FaultKind.HANG, method="sendMediaGroup", seconds=0.5))
        engine.press(ayla, ayla, shown.id, "Done")
        other = sqlite3.connect(tmp_path / "kimbot.sqlite3", isolation_level=None)
        await until(lambda: other.execute("SELECT count(*) FROM letter_file").fetchone()[0])
        await until(lambda: locked(other))
        await engine.wait_for(lambda: letters(engine, ayla))
        await asyncio.sleep(1.5)  # several beats of the pulse
        other.close()
        engine.say(ayla, ayla, "on")
        await card(engine, ayla, "2: text, on")
    assert letters(engine, ayla) == ["letter.pdf", "letter.txt"]


async def test_who_comes_back_after_a_block_gets_the_card(server, ayla, tmp_path):
    """The answer to a press met a block: the old button, pressed again, shows where one stands."""
    engine = server.engine
    async with running(plan_for(server, tmp_path)):
        shown = await agree(engine, ayla)
        engine.press(ayla, ayla, shown.id, "More")
        engine.block(ayla)
        await engine.wait_for(lambda: len(server.log.of("editmessagetext")) == 1)
        engine.unblock(ayla)
        engine.press(ayla, ayla, shown.id, "More")
        await card(engine, ayla, "1: more")


async def test_a_command_for_another_bot_is_not_ours(server, ayla, tmp_path):
    """In a group only what is meant for us is answered."""
    engine = server.engine
    engine.privacy = False
    engine.add_chat(-100, ChatKind.GROUP, "Rat", members=(ayla,))
    async with running(plan_for(server, tmp_path)):
        engine.say(ayla, -100, "/anfrage@other_bot")
        engine.say(ayla, -100, f"/anfrage@{engine.bot.username.upper()}")
        await card(engine, -100, "privately, please")
    assert len(sent(server, -100)) == 1


async def test_many_commands_in_a_group_get_one_answer(server, ayla, tmp_path):
    """Nobody can make the bot flood a group."""
    engine = server.engine
    engine.add_chat(-100, ChatKind.GROUP, "Rat", members=(ayla,))
    async with running(plan_for(server, tmp_path)):
        for _ in range(30):
            engine.say(ayla, -100, "/anfrage")
        await agree(engine, ayla)
    assert len(sent(server, -100)) == 1


async def test_what_waits_behind_a_failure_is_handled():
    """Whatever one unit comes to, the next one of the same person has its turn."""
    handled = asyncio.Queue()

    async def handle(_key, unit):
        await handled.put(unit.ids)
        raise ValueError

    async def note(_key, _note):
        pass

    lanes = Lanes(handle=handle, note=note, tempo=Tempo())
    for number in (1, 2):
        lanes.put((5, 5), arrival({"update_id": number}, number))
    async with asyncio.timeout(30):
        assert [await handled.get(), await handled.get()] == [(1,), (2,)]
    await lanes.close(1.0)


async def test_an_odd_refusal_is_a_refusal():
    """Envelopes that Telegram never sends are read as far as they go."""

    async def odd(_request):
        answer = {"ok": False, "error_code": "x", "parameters": [], "description": 5}
        return web.json_response(answer, status=400)

    app = web.Application()
    app.router.add_post("/bot1:x/getMe", odd)
    async with TestServer(app) as answering, Transport(str(answering.make_url("/")), "1:x") as http:
        with pytest.raises(RefusedError, match="400 5"):
            await http.call("getMe", {})


def locked(connection):
    """Lock the database for writing; False while it can't be."""
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    return True

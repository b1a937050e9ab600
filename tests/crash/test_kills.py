"""Killed at any moment, the bot loses nothing that Telegram handed over and does nothing twice."""

import asyncio
import random
import shutil
import signal

import pytest

from bot.demo.server import LocalServer
from tests.crash.conftest import ended
from tests.crash.victim import Kill
from tests.shell import answers_in
from tests.telegram.chatting import agree, card, sent, until

STRIDE = 3
"""Every third step; `python -m tests.crash.soak` takes every one."""


async def people(engine, start, count):
    """People who agreed already, and a bot that was stopped in good order."""
    everybody = [engine.add_person(600 + n, f"P{n}").id for n in range(count)]
    bot = start()
    await asyncio.gather(*(agree(engine, person) for person in everybody))
    bot.terminate()
    assert await ended(bot) == 0
    return everybody


async def stored(folder, wanted, seconds=45.0):
    """Wait until exactly this is stored."""
    async with asyncio.timeout(seconds):
        while answers_in(folder) != wanted:
            await asyncio.sleep(0.05)


async def test_a01_fifty_waiting_updates_survive_a_kill_after_seventeen(server, start, tmp_path):
    """50 texts wait, SIGKILL at the 18th decision, restart: each is stored once, in order."""
    engine = server.engine
    everybody = await people(engine, start, 10)
    for n in range(5):
        for person in everybody:
            engine.say(person, person, f"t{n}")
    assert await ended(start(Kill("decide", 18))) == -signal.SIGKILL
    start()
    wanted = [f"t{n}" for n in range(5)]
    for person in everybody:
        await card(engine, person, "5: t0, t1, t2, t3, t4")
    await stored(tmp_path, dict.fromkeys(everybody, wanted))


@pytest.mark.parametrize("what", ["sql", "http"])
async def test_a_kill_between_any_two_steps_keeps_the_dialogue(what, server, start, tmp_path):
    """One conversation, killed before each statement (each call): the answers are all there, the
    current card is shown, and the letter is delivered."""
    bot = start()
    await until(lambda: server.engine.updates.is_polled)
    bot.terminate()
    assert await ended(bot) == 0
    steps = iter(range(1, 200, STRIDE))
    survived = []

    async def walk():
        for nth in steps:
            folder = tmp_path / f"{what}{nth}"
            folder.mkdir()
            shutil.copy(tmp_path / "kimbot.sqlite3", folder)
            if not await _killed(Kill(what, nth), start, folder):
                survived.append(nth)
            if survived:
                return

    await asyncio.gather(*(walk() for _ in range(4)))
    assert min(survived) > 8


async def _killed(kill, start, folder):
    """The conversation with a bot that kills itself there, and one that goes on; False when the
    first came to the end of it."""
    async with LocalServer() as server:
        engine = server.engine
        person = engine.add_person(700, "Ayla").id
        bot = start(kill, folder=folder, server=server)
        talk = asyncio.create_task(_talk(engine, person))
        death = asyncio.create_task(ended(bot, 60))
        await asyncio.wait({talk, death}, return_when=asyncio.FIRST_COMPLETED)
        died = death.done()
        if died:
            bot = start(folder=folder, server=server)
        try:
            await talk
        except TimeoutError:
            pytest.fail(f"{kill}: {engine.transcript(person)[-3000:]}")
        bot.kill()
        await asyncio.wait_for(death, 10)
        await ended(bot)
        assert answers_in(folder) == {person: ["one", "more"]}, kill
        assert 1 <= len(sent(server, person, "sendmediagroup")) <= 2, kill
        return died


async def _talk(engine, person):
    async with asyncio.timeout(20):
        await _told(engine, person)


async def _told(engine, person):
    engine.start(person)
    await _press(engine, person, "Yes", lambda: "0: [More]" in engine.transcript(person))
    engine.say(person, person, "one")
    await engine.wait_for(lambda: "1: one" in engine.transcript(person))
    await _press(engine, person, "More", lambda: "2: one, more" in engine.transcript(person))
    await _press(engine, person, "Done", lambda: _files(engine, person))
    await engine.wait_for(lambda: _with(engine, person, "Done").id > _files(engine, person)[-1].id)


async def _press(engine, person, label, done):
    """Press until it has its effect: after a crash the card is shown again, the older is stale."""
    while not done():
        shown = await engine.wait_for(lambda: _with(engine, person, label))
        engine.press(person, person, shown.id, label)
        await engine.wait_for(lambda old=shown: done() or _with(engine, person, label) != old)


def _with(engine, person, label):
    """The newest message with such a button."""
    shown = [m for m in engine.messages(person) if m.button(label)]
    return shown[-1] if shown else None


def _files(engine, person):
    return [message for message in engine.messages(person) if message.media]


async def test_kills_at_random_lose_nothing(server, start, tmp_path):
    """People write while the bot is killed again and again: each text once, in order."""
    await soak(server, start, tmp_path, kills=10, seed=4711)


async def soak(server, start, folder, *, kills, seed):
    """`kills` kills at random moments, while people go on writing. Every third time the bot catches
    up first: what ends three processes in a row is given up, on purpose."""
    engine, chance = server.engine, random.Random(seed)
    everybody = await people(engine, start, 2 * kills)
    said = {person: [] for person in everybody}
    for number in range(kills):
        bot = start()
        for _ in range(6):
            person = chance.choice(everybody)
            if len(said[person]) < 8:
                said[person].append(f"t{len(said[person])}")
                engine.say(person, person, said[person][-1])
            await asyncio.sleep(chance.uniform(0, 0.03))
        await asyncio.sleep(chance.uniform(0, 0.4))
        if number % 3 == 2:
            await stored(folder, said, 30)
        bot.kill()
        assert await ended(bot) == -signal.SIGKILL, number
    start()
    await stored(folder, said, 30)
    for person, texts in said.items():
        if texts:
            await card(engine, person, f"{len(texts)}: {', '.join(texts)}")
    return said

"""Ends and beginnings of the process: stopped, doubled, cut off."""

import asyncio
import time

from bot.demo.faults import Fault, FaultKind
from tests.crash.conftest import ended
from tests.crash.test_kills import people, stored
from tests.telegram.chatting import agree, card, until


async def test_a11_sigterm_ends_soon_and_the_rest_follows(server, start, tmp_path):
    """30 texts wait behind a handler of 3 s: exit 0 within 10 s, and each is stored once after
    the restart."""
    engine = server.engine
    everybody = await people(engine, start, 30)
    bot = start(slow=3.0)
    for person in everybody:
        engine.say(person, person, "text")
    await asyncio.sleep(1.0)
    begun = time.monotonic()
    bot.terminate()
    assert await ended(bot) == 0
    assert time.monotonic() - begun < 10
    start()
    await stored(tmp_path, {person: ["text"] for person in everybody})


async def test_sigterm_while_the_api_hangs_ends_soon(server, start, tmp_path):
    """Replies that hang don't keep the process: exit 0 within 10 s, the card comes later."""
    engine = server.engine
    (person,) = await people(engine, start, 1)
    bot = start()
    await until(lambda: engine.updates.is_polled)
    server.api.faults.add(Fault(kind=FaultKind.HANG, method="sendMessage", times=1, seconds=30))
    engine.say(person, person, "text")
    await stored(tmp_path, {person: ["text"]})
    begun = time.monotonic()
    bot.terminate()
    assert await ended(bot) == 0
    assert time.monotonic() - begun < 10
    start()
    await card(engine, person, "1: text")


async def test_a_second_bot_on_one_file_is_refused(server, start, tmp_path):
    """The lock of the operating system keeps the second process out, and goes with the first."""
    engine = server.engine
    person = engine.add_person(801, "Ayla").id
    first = start()
    await agree(engine, person)
    second = start()
    assert await ended(second) == 1
    assert "StoreError" in (tmp_path / "log.txt").read_text()
    first.kill()
    await ended(first)
    start()
    engine.say(person, person, "text")
    await card(engine, person, "1: text")

"""Many strangers, many members: nothing piles up, everybody is answered soon."""

import asyncio
import sqlite3
import sys
import time
from pathlib import Path

import pytest

from tests.telegram.chatting import until

STRANGERS = 4000
"""Row H03 asks for 20,000; `python -m tests.crash.soak strangers` takes them all."""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
async def test_h03_strangers_leave_nothing(server, start, tmp_path):
    """Each writes once and gets an answer: no row about them, no memory kept for them."""
    grown = await strangers(server, start, tmp_path, STRANGERS)
    assert grown < 50


async def strangers(server, start, folder, count):
    """Let so many write once; returns by how many MiB the bot grew. Checks that no row is kept."""
    engine = server.engine
    bot = start()
    first = engine.add_person(1, "First").id
    engine.start(first)
    await engine.wait_for(lambda: engine.last_by_bot(first))
    before = _memory(bot.pid)
    for number in range(count):
        person = engine.add_person(10_000 + number, "S").id
        engine.start(person)
        if len(engine.updates) > 300:
            await until(lambda: len(engine.updates) < 100, 60)
    await until(lambda: not engine.updates.pending(), 60)
    everybody = range(10_000, 10_000 + count)
    await until(lambda: all(engine.last_by_bot(person) for person in everybody), 60)
    await until(lambda: _open(folder) == 0, 30)
    assert _rows(folder) == 0
    return _memory(bot.pid) - before


def _memory(pid):
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def _open(folder):
    return _count(folder, "inbox WHERE content IS NOT NULL")


def _rows(folder):
    return sum(_count(folder, table) for table in ("member", "dialogue", "draft", "letter"))


def _count(folder, what):
    connection = sqlite3.connect(folder / "kimbot.sqlite3")
    try:
        return connection.execute(f"SELECT count(*) FROM {what}").fetchone()[0]
    finally:
        connection.close()


async def test_h05_fifty_updates_a_second_are_answered_soon(server, start):
    """1,000 members, 50 updates a second: nobody waits long (row: p95 below 300 ms; the figure
    itself is measured by hand, a shared machine is no stopwatch)."""
    waits = await members(server, start, members=1000, seconds=4)
    assert waits[int(len(waits) * 0.95)] < 1.5


async def members(server, start, *, members, seconds):
    """Let members write at 50 a second; returns the sorted times to the answer."""
    engine = server.engine
    everybody = [engine.add_person(20_000 + n, "M").id for n in range(members)]
    start()
    for person in everybody:
        engine.start(person)
    await until(lambda: all(engine.last_by_bot(p) for p in everybody), 60)
    for person in everybody:
        engine.press(person, person, engine.last_by_bot(person).id, "Yes")
    await until(lambda: all("0:" in engine.last_by_bot(p).text for p in everybody), 60)
    waits, pending = [], {}

    def answered(event):
        if event.kind == "message" and event.chat.id in pending:
            message = engine.last(event.chat.id)
            if message.sender == engine.bot:
                waits.append(time.monotonic() - pending.pop(event.chat.id))

    stop = engine.listen(answered)
    begun = time.monotonic()
    for number in range(50 * seconds):
        person = everybody[number % members]
        pending[person] = time.monotonic()
        engine.say(person, person, f"t{number}")
        await asyncio.sleep(max(0.0, begun + (number + 1) / 50 - time.monotonic()))
    await until(lambda: not pending, 20)
    stop()
    return sorted(waits)

"""D01: a broadcast whose process is killed again and again reaches everybody once."""

import asyncio

import pytest

from tests.crash.broadcasting import (
    Reaper,
    Seen,
    furnish,
    gone_through,
    judge,
    ledger,
    received,
    sender,
    settle,
    shown_unclear,
    take_for_dead,
)
from tests.crash.conftest import ended
from tests.crash.victim import live_sending
from tests.telegram.chatting import until

PEOPLE, KILLS = 1000, 25


@pytest.fixture
def begin(processes, server, tmp_path):
    """Start a process that sends; all are ended after the test."""
    born = []

    def start(url, offset):
        arguments = (server.root, server.engine.token, tmp_path, url, offset)
        process = processes.Process(target=live_sending, args=arguments, daemon=True)
        process.start()
        born.append(process)
        return process

    yield start
    for process in born:
        process.kill()
        process.join(5)


async def test_d01_killed_25_times_a_broadcast_to_1000_reaches_everybody_once(
    server, begin, tmp_path
):
    """Nobody gets it twice, nobody is forgotten; of what was on its way at a kill nobody knows, and
    a person is told. Sent once more on that person's word, everybody has it."""
    url = f"sqlite:///{tmp_path / 'kimbot.sqlite3'}"
    seen = await soak(server, begin, url, people=PEOPLE, kills=KILLS, seed=4711)
    seen.check()
    assert len(seen.unclear) > 0, "no kill hit anything"
    assert await shown_unclear(url) == len(seen.unclear)
    await settle(url, again=True)
    await finished(begin, url, seen.offset)
    got = received(server, PEOPLE)
    assert {chat for chat, count in got.items() if count > 1} <= set(seen.unclear)
    assert len(got) == PEOPLE
    assert set(ledger(url).values()) == {"sent"}


async def test_d01_the_process_that_sends_is_killed_and_the_other_goes_on(server, begin, empty):
    """Two processes on PostgreSQL; the one that sends is killed six times, a new one waits beside.
    What is unclear is left as it is on a person's word."""
    people = 400
    offset = await furnish(server, empty, people)
    seen = Seen(people=people, offset=offset)
    reaper = Reaper(server, empty, seen, 6, seed=815)
    first, other = begin(empty, offset), None
    for _ in range(6):
        await until(lambda: sender(empty) is not None, 30)
        holder = sender(empty)
        other = other or begin(empty, offset)
        await reaper.kill(first)
        take_for_dead(empty, holder)
        first, other = other, None
    await gone_through(empty)
    first.terminate()
    assert await ended(first) == 0
    judge(server, empty, seen).check()
    assert await shown_unclear(empty) == len(seen.unclear)
    before = received(server, people)
    await settle(empty, again=False)
    begin(empty, offset)
    await until(lambda: server.engine.updates.is_polled, 30)
    await asyncio.sleep(1.0)
    assert received(server, people) == before
    assert set(ledger(empty).values()) <= {"sent", "closed"}


async def soak(server, begin, url, *, people, kills, seed):
    """So many kills while it is sent, then a process that comes to the end; what came of it."""
    offset = await furnish(server, url, people)
    seen = Seen(people=people, offset=offset)
    reaper = Reaper(server, url, seen, kills, seed)
    for _ in range(kills):
        await reaper.kill(begin(url, offset))
    assert len(received(server, people)) < people, "it was over before the last kill"
    await finished(begin, url, offset)
    return judge(server, url, seen)


async def finished(begin, url, offset):
    """A process sends what is left, and is stopped in good order."""
    bot = begin(url, offset)
    await gone_through(url)
    bot.terminate()
    assert await ended(bot) == 0

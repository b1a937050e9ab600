"""Several processes on one PostgreSQL database: killed in the middle, each thing is done once."""

import asyncio
import signal
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from aiohttp import ClientError, ClientSession, web
from sqlalchemy import create_engine, text

from bot.store.opening import engine_for
from bot.telegram.care import STARTS
from tests.crash.conftest import ended
from tests.crash.victim import live_on, live_reminding
from tests.shell import SEAL
from tests.telegram.chatting import agree, card, sent, until
from tests.telegram.reminding import DUE, GROUP, furnish


@pytest.fixture
def begin(processes, server, tmp_path):
    """Start one of several bots; all are ended after the test."""
    born = []

    def start(database, last=0, *, live=live_on):
        arguments = (server.root, server.engine.token, tmp_path, database, last)
        process = processes.Process(target=live, args=arguments, daemon=True)
        process.start()
        born.append(process)
        return process

    yield start
    for process in born:
        process.kill()
        process.join(5)


class Balancer:
    """What stands before several bots: each post goes to the next one that answers."""

    def __init__(self, ports):
        self.ports = list(ports)
        self.posts = 0

    async def pass_on(self, request):
        """One post."""
        body = await request.read()
        for _ in self.ports:
            self.posts += 1
            port = self.ports[self.posts % len(self.ports)]
            try:
                async with (
                    ClientSession() as http,
                    http.post(
                        f"http://127.0.0.1:{port}{request.path}", data=body, headers=request.headers
                    ) as answer,
                ):
                    return web.Response(status=answer.status)
            except ClientError:
                continue
        return web.Response(status=502)


@asynccontextmanager
async def balanced(server, ports):
    """The webhook's address leads to the balancer."""
    balancer = Balancer(ports)
    app = web.Application()
    app.router.add_route("POST", "/{path:.*}", balancer.pass_on)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await until(lambda: server.engine.updates.hook is not None, 30)
    server.engine.updates.hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/balanced"
    try:
        yield balancer
    finally:
        await runner.cleanup()


async def listening(port):
    """Wait until a bot answers there."""
    async with asyncio.timeout(30), ClientSession() as http:
        while True:
            try:
                async with http.get(f"http://127.0.0.1:{port}/healthz"):
                    return
            except ClientError:
                await asyncio.sleep(0.05)


def answers(url):
    """What is stored, by person."""
    import json  # noqa: PLC0415 - here alone

    engine = create_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT person, id, body FROM draft")).all()
    engine.dispose()
    return {
        person: json.loads(SEAL.open_text(body, f"draft:{id_}"))["answers"]["own"]
        for person, id_, body in rows
    }


async def test_two_replicas_behind_a_balancer_one_killed_in_the_middle(
    server, begin, empty, unused_tcp_port_factory
):
    """Every text of everybody is answered and stored once and in order, though each post goes to
    the other process than the one before, and one of them dies in the middle."""
    engine = server.engine
    everybody = [engine.add_person(600 + n, f"P{n}").id for n in range(6)]
    ports = [unused_tcp_port_factory() for _ in range(2)]
    first = begin(empty, ports[0])
    await listening(ports[0])
    begin(empty, ports[1])
    await listening(ports[1])
    await asyncio.sleep(0.5)  # both have named the webhook by then
    async with balanced(server, ports) as balancer:
        await asyncio.gather(*(agree(engine, person) for person in everybody))
        for n in range(4):
            for person in everybody:
                engine.say(person, person, f"t{n}")
            await asyncio.sleep(0.05)
            if n == 1:
                first.kill()
        assert await ended(first) == -signal.SIGKILL
        wanted = ["t0", "t1", "t2", "t3"]
        await until(lambda: answers(empty) == dict.fromkeys(everybody, wanted), 40)
        for person in everybody:
            await card(engine, person, "4: t0, t1, t2, t3", 20)
        assert balancer.posts >= len(everybody) * 6


async def test_parts_of_a_text_that_reach_two_processes_are_one_answer(
    server, begin, empty, unused_tcp_port_factory
):
    """B08 with two replicas: a lane is looked after by one of them at a time."""
    engine = server.engine
    person = engine.add_person(600, "Ayla").id
    ports = [unused_tcp_port_factory() for _ in range(2)]
    for port in ports:
        begin(empty, port)
        await listening(port)
    await asyncio.sleep(0.5)
    async with balanced(server, ports):
        await agree(engine, person)
        for part in ("a" * 4096, "b" * 4096, "c" * 10):
            engine.say(person, person, part)
        await until(lambda: answers(empty)[person] != [], 20)
        assert answers(empty)[person] == ["a" * 4096 + "b" * 4096 + "c" * 10]


async def test_one_polls_at_a_time_and_the_other_takes_over(server, begin, empty, tmp_path):
    """The second process waits for the lease, and goes on where the killed one stopped."""
    engine = server.engine
    person = engine.add_person(600, "Ayla").id
    first = begin(empty)
    await agree(engine, person)
    second = begin(empty)
    await until(lambda: "waiting" in (tmp_path / "log.txt").read_text(), 30)
    engine.say(person, person, "one")
    await card(engine, person, "1: one")
    first.kill()
    engine.say(person, person, "two")
    await card(engine, person, "2: one, two", 30)
    assert second.exitcode is None
    assert len(sent(server, person)) <= 6


@pytest.mark.parametrize("what", ["sqlite", "postgresql"])
async def test_an_update_that_kills_the_process_is_parked(what, server, begin, tmp_path, request):
    """Not an exception but the end: after three counted starts it is given up, with a word to the
    person; what was waiting beside it is done."""
    url = f"sqlite:///{tmp_path / 'kimbot.sqlite3'}"
    if what == "postgresql":
        url = request.getfixturevalue("empty")
    engine = server.engine
    ayla, ben = (engine.add_person(600 + n, f"P{n}").id for n in range(2))
    bot = begin(url)
    await agree(engine, ayla)
    await agree(engine, ben)
    engine.say(ayla, ayla, "deadly")
    engine.say(ben, ben, "well")
    starts = 1
    async with asyncio.timeout(60):
        while "broken" not in engine.transcript(ayla):
            if bot.exitcode is not None:
                assert bot.exitcode == -signal.SIGKILL
                bot, starts = begin(url), starts + 1
            assert starts <= STARTS + 3
            await asyncio.sleep(0.1)
    await card(engine, ben, "1: well", 20)
    engine.say(ayla, ayla, "on")
    await card(engine, ayla, "1: on", 20)
    assert starts >= STARTS
    opened = engine_for(url)
    with opened.connect() as connection:
        kinds = connection.execute(text("SELECT error FROM inbox WHERE error IS NOT NULL")).all()
    opened.dispose()
    assert kinds == [("DeadlyError",)]


async def test_d08_two_processes_send_one_due_reminder_once(server, begin, empty, tmp_path):
    """Both plan, one sends; when that one is killed, the other doesn't send it again."""
    await furnish(server, empty)
    offset = DUE - datetime.now(UTC)
    both = [begin(empty, offset, live=live_reminding) for _ in range(2)]
    log = tmp_path / "log.txt"
    await until(lambda: sent(server, GROUP), 40)
    await until(lambda: "waiting" in log.read_text(), 40)
    await until(lambda: _states(empty) == ["sent"], 10)
    await asyncio.sleep(1.0)
    both[0].kill()
    await asyncio.sleep(3.0)
    assert len(sent(server, GROUP)) == 1
    assert _states(empty) == ["sent"]


def _states(url):
    engine = create_engine(url)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT state FROM delivery")).scalars().all()
    engine.dispose()
    return list(found)

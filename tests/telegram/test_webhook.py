"""Updates by webhook: only with the secret, stored before the 200."""

import io

import aiohttp
import pytest

from bot.plan import Posted
from tests.shell import plan_for, running
from tests.telegram.chatting import agree, card, until

SECRET = "geheimnis-4711"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
def posted(unused_tcp_port):
    """A webhook on this machine."""
    address = f"http://127.0.0.1:{unused_tcp_port}/telegram"
    return Posted(address=address, secret=SECRET, port=unused_tcp_port)


async def test_a_dialogue_by_webhook(server, ayla, tmp_path, posted):
    """The same dialogue as by polling."""
    async with running(plan_for(server, tmp_path, posted=posted)):
        await agree(server.engine, ayla)
        server.engine.say(ayla, ayla, "posted")
        await card(server.engine, ayla, "1: posted")


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({}, b"{}", 403),
        ({HEADER: "wrong"}, b"{}", 403),
        ({HEADER: "wröng"}, b"{}", 403),
        ({HEADER: SECRET}, b"x" * (5 * 2**20), 413),
        ({HEADER: SECRET}, b"no json", 400),
        ({HEADER: SECRET}, b"{}", 200),
    ],
)
async def test_f15_what_is_not_telegrams_is_refused(
    server, tmp_path, posted, headers, body, status
):
    """Without the secret, with a wrong one, too large, no JSON: refused, nothing handled."""
    async with running(plan_for(server, tmp_path, posted=posted)), aiohttp.ClientSession() as http:
        await until(lambda: server.engine.updates.hook is not None)
        async with http.post(posted.address, headers=headers, data=io.BytesIO(body)) as answer:
            assert answer.status == status
        async with http.get(posted.address) as answer:
            assert answer.status == 405
        async with http.get(f"http://127.0.0.1:{posted.port}/healthz") as answer:
            assert answer.status == 200
    assert not server.api.log.of("sendmessage")


async def test_a_repeated_post_takes_effect_once(server, ayla, tmp_path, posted):
    """Telegram repeats what it thinks wasn't taken: the same update once more changes nothing."""
    engine = server.engine
    async with running(plan_for(server, tmp_path, posted=posted)), aiohttp.ClientSession() as http:
        await agree(engine, ayla)
        (message,) = engine.say(ayla, ayla, "one")
        await card(engine, ayla, "1: one")
        again = {"update_id": engine.updates.next_id - 1, "message": message.fields()}
        async with http.post(posted.address, headers={HEADER: SECRET}, json=again) as answer:
            assert answer.status == 200
        engine.say(ayla, ayla, "two")
        await card(engine, ayla, "2: one, two")

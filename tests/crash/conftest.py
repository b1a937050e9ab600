"""A local server and bots in processes of their own, which are killed."""

import asyncio

import pytest

from bot.demo.server import LocalServer
from tests.crash.victim import live, nursery


@pytest.fixture(scope="session")
def processes():
    """Where the bots are born."""
    return nursery()


@pytest.fixture
async def server():
    """Telegram's stand-in, listening; it outlives every bot."""
    async with LocalServer() as local:
        yield local


@pytest.fixture
def start(processes, server, tmp_path):
    """Start a bot; all are ended after the test."""
    born = []

    def begin(kill=None, *, slow=0.0, folder=tmp_path, server=server):
        arguments = (server.root, server.engine.token, folder, kill, slow)
        process = processes.Process(target=live, args=arguments, daemon=True)
        process.start()
        born.append(process)
        return process

    yield begin
    for process in born:
        process.kill()
        process.join(5)


async def ended(process, seconds=60.0):
    """Wait for the end of a process; its exit code."""
    async with asyncio.timeout(seconds):
        while process.exitcode is None:
            await asyncio.sleep(0.01)
    return process.exitcode

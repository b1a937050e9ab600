"""A local server with people, the bot over it, and its log."""

import io
import logging

import pytest

from bot import logs
from bot.demo.server import LocalServer


@pytest.fixture
async def server():
    """Telegram's stand-in, listening."""
    async with LocalServer() as local:
        yield local


@pytest.fixture
def ayla(server):
    """A person with a private chat."""
    return server.engine.add_person(501, "Ayla").id


@pytest.fixture(autouse=True)
def log(server):
    """The log as in production; returns a function that gives what was written so far. The token
    is never in it."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    written = io.StringIO()
    logs.configure("info", secrets=[], stream=written)
    yield written.getvalue
    assert server.engine.token not in written.getvalue()
    root.handlers[:] = before
    root.setLevel(level)

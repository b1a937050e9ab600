"""A local server with people, the bot over it, its database and its log."""

import io
import logging
from dataclasses import replace

import pytest

from bot import logs
from bot.demo.server import LocalServer
from conversations.dialogues import Dialogues
from conversations.rules.house import Access
from tests.databases import pattern
from tests.store.councils import two_councils
from tests.telegram.reminding import KNOW, opened
from tests.telegram.rundruf import Town


@pytest.fixture
async def server():
    """Telegram's stand-in, listening."""
    async with LocalServer() as local:
        yield local


@pytest.fixture
def ayla(server):
    """A person with a private chat."""
    return server.engine.add_person(501, "Ayla").id


@pytest.fixture
async def store(tmp_path):
    """Two councils, in the database that the bot will open."""
    async with opened(tmp_path) as store:
        await two_councils(store)
        yield store


@pytest.fixture
async def town(server, tmp_path):
    """An operator, a council's admin and three members, to whom a broadcast can go."""
    return await Town(server, tmp_path).furnish()


@pytest.fixture
async def crowd(server, tmp_path):
    """The same with twelve members."""
    return await Town(server, tmp_path, people=12).furnish()


@pytest.fixture
def invited():
    """The real dialogues, for invited people only."""
    return Dialogues(replace(KNOW, house=replace(KNOW.house, access=Access.INVITE)))


@pytest.fixture(autouse=True)
def started_before(tmp_path):
    """The database of the bot is of this version; first starts are tested with the program."""
    (tmp_path / "kimbot.sqlite3").write_bytes(pattern())


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

"""A running local server with a few people, and a python-telegram-bot client that talks to it."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import telegram
from telegram.request import HTTPXRequest

from bot.demo.engine import Engine
from bot.demo.engine.chats import ChatKind, Status
from bot.demo.server import LocalServer

AYSE, OLEH = 101, 102
"""A member who has started the bot, and somebody who has not."""
GROUP, FORUM, CHANNEL = -201, -1000000000301, -1000000000401


@pytest.fixture
def engine() -> Engine:
    """Two people, a group, a forum and a channel; the bot is a plain member of the first two."""
    made = Engine(first_update=1000)
    made.add_person(AYSE, "Ayşe", "Yılmaz", username="ayse", role="member")
    made.add_person(OLEH, "Oleh", language_code="uk")
    made.chats[AYSE].set_bot(Status.MEMBER)
    everybody = {AYSE: Status.CREATOR, OLEH: Status.MEMBER}
    made.add_chat(GROUP, ChatKind.GROUP, "Rat", members=everybody)
    made.add_chat(FORUM, ChatKind.SUPERGROUP, "Forum", members=everybody, is_forum=True)
    made.add_chat(CHANNEL, ChatKind.CHANNEL, "Kanal", members=everybody, bot=Status.ADMINISTRATOR)
    return made


@pytest.fixture
async def server(engine: Engine, tmp_path: Path) -> AsyncIterator[LocalServer]:
    """The server, with a tiny page of its own."""
    page, texts = tmp_path / "page", tmp_path / "texts"
    page.mkdir()
    texts.mkdir()
    (page / "index.html").write_text("<!doctype html><title>x</title>", encoding="utf-8")
    (page / "main.js").write_text("export {};", encoding="utf-8")
    (texts / "de.json").write_text('{"a": "ä"}', encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    async with LocalServer(engine, page=page, texts=texts) as running:
        yield running


@pytest.fixture
async def bot(server: LocalServer) -> AsyncIterator[telegram.Bot]:
    """python-telegram-bot's client, pointed at the server."""
    client = telegram.Bot(
        server.engine.token,
        base_url=f"{server.root}/bot",
        base_file_url=f"{server.root}/file/bot",
        get_updates_request=HTTPXRequest(connection_pool_size=4),
    )
    async with client:
        yield client


@pytest.fixture
async def http(server: LocalServer) -> AsyncIterator[aiohttp.ClientSession]:
    """A plain HTTP client."""
    async with aiohttp.ClientSession(server.root) as session:
        yield session

"""A local server with people, and the bot over it."""

import pytest

from bot.demo.server import LocalServer


@pytest.fixture
async def server():
    """Telegram's stand-in, listening."""
    async with LocalServer() as local:
        yield local

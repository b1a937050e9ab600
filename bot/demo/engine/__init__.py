"""The engine: Telegram's state and rules in memory, without HTTP."""

from bot.demo.engine.life import Life
from bot.demo.engine.watch import Watch


class Engine(Life, Watch):
    """People and chats, what they do, and what can be seen of it."""

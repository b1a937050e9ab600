"""The engine: Telegram's state and rules in memory, without HTTP."""

from bot.demo.engine.talk import Talk
from bot.demo.engine.watch import Watch


class Engine(Talk, Watch):
    """People and chats, what they do, and what can be seen of it."""

"""Looking on: transcripts for reading, and waiting for something to become true."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from bot.demo.engine.messages import Message
from bot.demo.engine.world import Event, World

Seen = TypeVar("Seen")


class Watch(World):
    """How tests see what happened."""

    def transcript(self, chat: int) -> str:
        """The chat as text: "name: words [button] [button]", a message a line or more."""
        return "\n".join(_line(message) for message in self.messages(chat))

    def last(self, chat: int) -> Message | None:
        """The newest message of a chat."""
        messages = self.chats[chat].messages
        return messages[next(reversed(messages))] if messages else None

    def last_by_bot(self, chat: int) -> Message | None:
        """The newest message that the bot sent."""
        return next(
            (
                message
                for message in reversed(self.chats[chat].messages.values())
                if message.sender == self.bot
            ),
            None,
        )

    async def wait_for(
        self,
        predicate: Callable[[], Seen | None],
        timeout: float = 30.0,  # noqa: ASYNC109 - the tests' word for it
    ) -> Seen:
        """The first true value of `predicate`, asked again after every event.

        Raises `TimeoutError`, with the latest words of every chat, after `timeout` seconds.
        """
        changed = asyncio.Event()
        stop = self.listen(lambda event: _wake(changed, event))
        try:
            async with asyncio.timeout(timeout):
                while not (value := predicate()):
                    changed.clear()
                    await changed.wait()
        except TimeoutError:
            raise TimeoutError(f"waited {timeout} s in vain; seen:\n{self._latest()}") from None
        else:
            return value
        finally:
            stop()

    def _latest(self) -> str:
        return "\n".join(
            f"-- chat {chat.id}: "
            + " / ".join(_line(message) for message in list(chat.messages.values())[-3:])
            for chat in self.chats.values()
            if chat.messages
        )


def _wake(changed: asyncio.Event, _event: Event) -> None:
    changed.set()


def _line(message: Message) -> str:
    who = message.sender.name if message.sender is not None else message.chat.name
    attached = ""
    if message.media is not None:
        named = message.media.file.name if message.media.file else ""
        attached = f" <{' '.join(part for part in (message.media.kind, named) if part)}>"
    if message.service:
        attached += f" <{' '.join(message.service)}>"
    buttons = "".join(f" [{label}]" for label in message.buttons)
    words = f" {message.text}" if message.text else ""
    return f"{who}:{words}{attached}{buttons}"

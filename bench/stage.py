"""The local Bot API server with people who write and press, and a watch on what they see.

The server and the people live in the benchmark's own process; the bot has one to itself.
"""

import asyncio
import time
from collections import defaultdict
from dataclasses import dataclass, field

from bench.processes import Bot
from bot.demo.engine.messages import Message
from bot.demo.engine.world import Event
from bot.demo.server import LocalServer


@dataclass(frozen=True, slots=True)
class Say:
    """Write a text or a command."""

    text: str


@dataclass(frozen=True, slots=True)
class Press:
    """Press the button with this id on the newest card (ours carry "version.id" as data)."""

    id: str


Act = Say | Press


@dataclass(slots=True, kw_only=True)
class _Sight:
    """What a person sees: the newest card, what each message says, a bell for new words."""

    card: Message | None = None
    words: dict[int, str] = field(default_factory=dict)
    files: int = 0
    bell: asyncio.Future[float] | None = None


class Stage:
    """Acts and waits; times are `time.perf_counter()` seconds."""

    def __init__(self, server: LocalServer) -> None:
        self.server = server
        self.engine = server.engine
        self._sights: defaultdict[int, _Sight] = defaultdict(_Sight)
        self._stop = self.engine.listen(self._see)

    def close(self) -> None:
        """Look no longer."""
        self._stop()

    async def polled(self, bot: Bot, *, patience: float = 60.0) -> float:
        """Wait for the first poll; seconds since the process was started."""
        async with asyncio.timeout(patience):
            while not self.engine.updates.is_polled:
                if bot.process.poll() is not None:
                    raise RuntimeError(f"the bot ended with {bot.process.returncode}")
                await asyncio.sleep(0.005)
        return time.monotonic() - bot.began

    async def act(self, person: int, act: Act, *, patience: float = 60.0) -> float:
        """One act; seconds until the person reads an answer: a new message or changed words."""
        if person not in self.engine.people:
            self.engine.add_person(person, "Mehmet", "Kaya")
        sight = self._sights[person]
        sight.bell = asyncio.get_running_loop().create_future()
        began = time.perf_counter()
        match act:
            case Say(text=text):
                self.engine.say(person, person, text)
            case Press(id=id_):
                message, data = _button(sight.card, id_)
                self.engine.press(person, person, message, data)
        async with asyncio.timeout(patience):
            return await sight.bell - began

    async def files(self, person: int, count: int, *, patience: float = 120.0) -> None:
        """Wait until a person has got so many files."""
        async with asyncio.timeout(patience):
            while self._sights[person].files < count:
                await asyncio.sleep(0.01)

    def calls(self) -> int:
        """How many calls the bot made, polls not counted, since the last `forget`."""
        return sum(entry.method != "getupdates" for entry in self.server.log.entries)

    def forget(self) -> None:
        """Count calls from here."""
        self.server.log.entries.clear()

    def _see(self, event: Event) -> None:
        message = event.message
        if message is None or not message.by_bot or event.kind not in {"message", "edit"}:
            return
        sight = self._sights[message.chat.id]
        if message.media is not None:
            sight.files += 1
            return
        if sight.words.get(message.id) == message.text:  # only its buttons changed
            return
        sight.words[message.id] = message.text
        if message.rows:
            sight.card = message
        if sight.bell is not None and not sight.bell.done():
            sight.bell.set_result(time.perf_counter())


def _button(card: Message | None, id_: str) -> tuple[int, str]:
    for button in (button for row in (card.rows if card else ()) for button in row):
        if button.data and (button.data == id_ or button.data.partition(".")[2] == id_):
            return card.id if card else 0, button.data
    shown = [button.data for row in (card.rows if card else ()) for button in row]
    raise LookupError(f"no button {id_!r} among {shown}")

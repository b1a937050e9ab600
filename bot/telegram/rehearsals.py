"""A broadcast shown to its author exactly as it will be sent, before it is: all languages, all
parts, with buttons. What Telegram made of it comes as a turn of its own."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from bot.logs import Log
from bot.store.broadcasts.rehearsing import Rehearsing
from bot.store.worker import Store
from bot.telegram.arrivals import LaneKey
from bot.telegram.messages import Call
from bot.telegram.outbox import Outbox
from bot.telegram.posting import buttons, posted
from bot.telegram.transport import RefusedError, UnreachableError
from conversations.agenda import ReadCalendar
from conversations.broadcasts import BroadcastId, Content
from conversations.broadcasts.example import example
from conversations.broadcasts.posts import Post
from conversations.events import Rehearsed
from conversations.facts import CouncilFacts
from conversations.rules.knowledge import Knowledge
from conversations.rules.placeholders import values
from conversations.rules.texts import REFERENCE
from conversations.standing import CouncilId, PersonId

_LOG: Final = Log(__name__)
_REASONS: Final = (
    ("button", "button"),
    ("inline keyboard", "button"),
    ("too long", "long"),
    ("file", "file"),
    ("photo", "file"),
    ("image", "file"),
    ("media", "file"),
    ("entit", "markup"),
)
"""Words of Telegram's refusals, and the event's key for the reason; the first that fits counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearse:
    """A broadcast that is to be shown, once the replies of that turn are out."""

    broadcast: BroadcastId
    council: CouncilId | None
    """The council in hand: it stands for all in the placeholders."""
    flow: str
    step: str
    trial: Mapping[str, Post] = field(default_factory=dict)
    """Shown instead of its texts, if there are any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A broadcast was shown to a lane that asked for it at this step, or refused."""

    event: Rehearsed
    flow: str
    step: str
    calendar: ReadCalendar | None = None


class Rehearsals:
    """Shows them beside the lanes."""

    def __init__(
        self,
        *,
        store: Store,
        reading: Rehearsing,
        outbox: Outbox,
        know: Knowledge,
        now: Callable[[], datetime],
        bot: Callable[[], str],
    ) -> None:
        """`bot` says the bot's user name, which is known once Telegram was asked."""
        self._store = store
        self._reading = reading
        self._outbox = outbox
        self._know = know
        self._now = now
        self._bot = bot
        self._tasks: dict[LaneKey, asyncio.Task[None]] = {}
        self._put: Callable[[LaneKey, Rehearse | Tried], None] | None = None

    def attach(self, put: Callable[[LaneKey, Rehearse | Tried], None]) -> None:
        """The lanes that ask, and hear what Telegram made of it."""
        self._put = put

    def ask(self, key: LaneKey, asked: Rehearse) -> None:
        """Let the lane `begin` when the replies of the turn that asks are out."""
        self._tell(key, asked)

    def begin(self, key: LaneKey, asked: Rehearse) -> None:
        """Show it; an older one that is still being shown is given up."""
        if (older := self._tasks.get(key)) is not None:
            older.cancel()
        task = asyncio.create_task(self._show(key, asked))
        self._tasks[key] = task
        task.add_done_callback(lambda done: self._ended(key, done))

    def close(self) -> None:
        """Give up what is being shown."""
        for task in self._tasks.values():
            task.cancel()

    def _ended(self, key: LaneKey, task: asyncio.Task[None]) -> None:
        if self._tasks.get(key) is task:
            del self._tasks[key]

    async def _show(self, key: LaneKey, asked: Rehearse) -> None:
        chat, person = key
        try:
            event = await self._tried(PersonId(person), chat, asked)
        except Exception as error:  # noqa: BLE001 - asked for again by the button of that step
            _LOG.error("broadcast not shown to its author", error=error)
            return
        if event is not None:
            self._tell(key, Tried(event=event, flow=asked.flow, step=asked.step))

    def _tell(self, key: LaneKey, note: Rehearse | Tried) -> None:
        assert self._put is not None, "attached when the bot was built"
        self._put(key, note)

    async def _tried(self, person: PersonId, chat: int, asked: Rehearse) -> Rehearsed | None:
        """None when it is not theirs to see (any more)."""
        now = self._now()
        found = await self._store.read(
            lambda c: self._reading.read(c, person, asked.broadcast, asked.council, now)
        )
        if found is None:
            return None
        one, facts = found
        content = replace(one.content, posts=asked.trial or one.content.posts)
        refused = await self._sent(chat, content, facts or example(self._know, now), now)
        return Rehearsed(broadcast=one.id, revision=one.revision, refused=refused)

    async def _sent(self, chat: int, content: Content, facts: CouncilFacts, now: datetime) -> str:
        """Key of why it was not taken; empty when it was."""
        try:
            for call in self._calls(chat, content, facts, now):
                if refused := await self._refused(call):
                    return refused
        except Exception as error:  # noqa: BLE001 - whatever it is, the author hears of it
            _LOG.error("preview not made", error=error)
            return "other"
        return ""

    def _calls(
        self, chat: int, content: Content, facts: CouncilFacts, now: datetime
    ) -> Iterator[Call]:
        """One language after the other, the reference first."""
        for language, post in sorted(content.posts.items(), key=lambda one: one[0] != REFERENCE):
            below = buttons(self._know.texts, content.links, language, self._bot())
            yield from posted(post, values(self._know, facts, now, language), below, chat)

    async def _refused(self, call: Call) -> str:
        try:
            await self._outbox.call(call.method, call.params)
        except UnreachableError:
            return "offline"
        except RefusedError as error:
            _LOG.info("preview refused", cause=error.description)
            return reason_of(error.description)
        return ""


def reason_of(description: str) -> str:
    """The event's key for Telegram's words."""
    words = description.casefold()
    return next((reason for known, reason in _REASONS if known in words), "other")

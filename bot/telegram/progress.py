"""One message in the author's chat shows how far a broadcast is: sent when it begins, edited as it
goes on, at last the result. Telegram's pauses are kept; nobody who sends waits for it."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Final

from bot.logs import Log
from bot.store import leases
from bot.store.broadcasts import states, watching
from bot.store.broadcasts.watching import GIVEN_UP, Shown, Watched
from bot.store.codec import Codec
from bot.store.worker import Store, StoreBusyError, StoreFullError
from bot.telegram.leading import Leading
from bot.telegram.messages import addressed
from bot.telegram.outbox import Outbox, is_gone, is_unchanged, message_id
from bot.telegram.pace import Pace
from bot.telegram.speed import Speeds
from bot.telegram.transport import Json, RefusedError, UnreachableError
from conversations.broadcasts import OPEN, BroadcastId, Stage, Tally
from conversations.broadcasts.telling import progress
from conversations.core import Screen
from conversations.rules.knowledge import Knowledge

_LOG: Final = Log(__name__)
_OFTEN: Final = 2
"""Of so many beats one shows how far it is: each takes a message's place."""
_SELDOM: Final = 5
"""Of so many beats one looks at what hardly changes: paused, or waiting for a person's word."""
_BEFORE: Final = frozenset({Stage.CHECK, Stage.WAITING})
"""Not begun: the dialogue says so, and nothing is sent unasked."""


class Progress:
    """Beats every other second; one process at a time does."""

    def __init__(
        self,
        *,
        store: Store,
        codec: Codec,
        outbox: Outbox,
        pace: Pace,
        know: Knowledge,
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._codec = codec
        self._outbox = outbox
        self._pace = pace
        self._know = know
        self._now = now
        self._leading = Leading(store, leases.PROGRESS)
        self._speeds = Speeds()
        self._marks: dict[BroadcastId, tuple[object, ...]] = {}
        """What each looked like when its message was last brought up to date for good."""
        self._anew: set[BroadcastId] = set()
        """Whose message was deleted, and sent once more."""
        self._placed: dict[BroadcastId, tuple[int, str]] = {}
        """Its message and what it says, while the database can't be written to."""
        self._beats = 0
        self._turn = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    async def beat(self) -> None:
        """Bring stages and messages up to date."""
        async with self._turn:
            try:
                await self._work(self._now())
            except (StoreBusyError, StoreFullError) as error:
                _LOG.debug("progress not looked at", cause=str(error))

    def refresh(self, id_: BroadcastId) -> None:
        """Somebody decided something about it: do not wait for the next beat."""
        self._marks.pop(id_, None)
        task = asyncio.create_task(self.beat())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Show nothing more."""
        for task in self._tasks:
            task.cancel()
        await self._leading.release()

    async def _work(self, now: datetime) -> None:
        goes_on = await self._store.read(watching.goes_on)
        found = await self._store.read(lambda c: watching.watched(c, now))
        self._forget(found)
        if not (goes_on or found) or not await self._leading.leads():
            return
        if goes_on:  # also what nobody sees: its author blocked the bot, or is gone
            await self._store.write(lambda c: states.settled(c, now))
            found = await self._store.read(lambda c: watching.watched(c, now))
        if self._pace.paused:  # for everything, whatever it says
            return
        self._beats += 1
        await asyncio.gather(*(self._look(one, now) for one in found if self._is_due(one)))

    def _is_due(self, one: Watched) -> bool:
        mark = self._marks.get(one.id, ())
        if mark[: len(one.mark)] != one.mark:
            return True
        every = _OFTEN if one.stage is Stage.RUNNING else _SELDOM
        return self._beats % every == 0 and mark != (*one.mark, _FINAL)

    async def _look(self, one: Watched, now: datetime) -> None:
        try:
            shown = await self._store.read_aside(lambda c: watching.shown(c, self._codec, one.id))
            settled = shown is None or await self._show(shown, now)
        except (UnreachableError, StoreBusyError, StoreFullError) as error:
            _LOG.info("progress not shown", id=one.id, cause=str(error))
        except Exception as error:  # noqa: BLE001 - one must not keep the others
            _LOG.error("progress not shown", id=one.id, error=error)
        else:
            self._marks[one.id] = (*one.mark, *((_FINAL,) if settled else ()))

    async def _show(self, shown: Shown, now: datetime) -> bool:
        """Bring the message up to date; whether nothing can change any more by itself."""
        one = shown.broadcast
        message, said = self._placed.get(one.id, (shown.message, shown.shown))
        if message is not None or one.stage not in _BEFORE:
            rate = self._speeds.of(one.id, one.tally, asyncio.get_running_loop().time())
            screen = progress(self._know, one, shown.language, now, rate)
            words = _hash(screen)
            if words != said:
                self._placed[one.id] = await self._put(shown, message, screen), words
            await self._note(shown)
        all_ = (one.tally, one.correcting, one.retracting)
        return one.stage not in OPEN and not any(map(_is_moving, all_))

    async def _note(self, shown: Shown) -> None:
        """Once it is written down, only the database knows: somebody else may change it there."""
        if (placed := self._placed.get(shown.broadcast.id)) is not None:
            await self._store.write(lambda c: watching.note(c, shown, *placed))
            self._placed.pop(shown.broadcast.id, None)

    async def _put(self, shown: Shown, message: int | None, screen: Screen) -> int:
        """The message that says it; `GIVEN_UP` when there can be none."""
        params = addressed(shown.chat, screen)
        try:
            if message is not None:
                return await self._edited(shown.broadcast.id, message, params)
            return await self._sent(params)
        except RefusedError as error:
            if not is_gone(error):
                _LOG.error("progress refused", id=shown.broadcast.id, cause=error.description)
            return GIVEN_UP

    async def _edited(self, id_: BroadcastId, message: int, params: Json) -> int:
        """Anew when it was deleted, but once only: who does so twice does not want it."""
        try:
            await self._call("editMessageText", {**params, "message_id": message})
        except RefusedError as error:
            if is_unchanged(error):
                return message
            if is_gone(error) or id_ in self._anew:
                return GIVEN_UP
            self._anew.add(id_)
            return await self._sent(params)
        return message

    async def _sent(self, params: Json) -> int:
        return message_id(await self._call("sendMessage", params)) or GIVEN_UP

    async def _call(self, method: str, params: Json) -> object:
        """In a place of its own among what is sent: more than the budget is too much for Telegram,
        whatever it consists of."""
        await self._pace.turn(unpaid=True)
        return await self._outbox.call(method, params, placed=True)

    def _forget(self, found: tuple[Watched, ...]) -> None:
        """What is over needs no memory."""
        there = {one.id for one in found}
        self._marks = {id_: mark for id_, mark in self._marks.items() if id_ in there}
        self._placed = {id_: said for id_, said in self._placed.items() if id_ in there}
        self._anew &= there
        self._speeds.keep(there)


_FINAL: Final = "final"


def _is_moving(tally: Tally | None) -> bool:
    return tally is not None and bool(tally.waiting or tally.sending or tally.unclear)


def _hash(screen: Screen) -> str:
    return sha256(repr((screen.html, screen.rows)).encode()).hexdigest()[:16]

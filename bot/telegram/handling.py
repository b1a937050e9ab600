"""A unit becomes a turn: tried, repeated, given up with a word to the person; then its replies.

This is where "no update is lost, none takes effect twice" comes together: a unit leaves the
inbox with the commit of its turn, or by being parked.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from telegram import Update

from bot.logs import Log
from bot.store import inbox
from bot.store.scope import ForbiddenError
from bot.store.worker import LostRaceError, Store, StoreBusyError, StoreFullError
from bot.telegram.apology import Apologies
from bot.telegram.application import AnyApplication
from bot.telegram.arrivals import Arrival, LaneKey
from bot.telegram.care import Care, DeadlyError
from bot.telegram.gathering import Unit
from bot.telegram.looks import Seen
from bot.telegram.receipts import Receipts
from bot.telegram.rehearsals import Tried
from bot.telegram.replies import Bundle, Replies
from bot.telegram.stopping import Stop
from bot.telegram.turn import Turn, bundle_of, turn_of
from bot.telegram.turns import StoppingError, Turns
from bot.telegram.whole import whole
from bot.telegram.words import Words
from conversations.events import Offered
from conversations.standing import PersonId

_LOG: Final = Log(__name__)
_RACES: Final = 20
_FORBIDDEN: Final = 3
"""How often a turn is decided again when the store refuses a deed: mostly a role was lost, and
the second decision knows it."""


class PoisonError(Exception):
    """The update can't be read as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Seconds before a failed turn is tried again (then it is parked), and before a database
    that is locked or full is tried again (for ever)."""

    turn: Sequence[float] = (1.0, 3.0)
    store: float = 1.0


class _Tries:
    """What went wrong with one turn so far."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._pauses = iter(patience.turn)
        self._races = self._forbidden = 0

    def pause(self, error: Exception) -> float | None:
        """Seconds until the next try; None: given up. A lost race is tried for ever, since
        somebody else went on; not so what the store refuses every time."""
        if isinstance(error, PoisonError | DeadlyError):
            return None
        if not isinstance(error, LostRaceError):
            return next(self._pauses, None)
        self._races += 1
        self._forbidden += isinstance(error, ForbiddenError)
        if self._forbidden >= _FORBIDDEN:
            return None
        return 0.0 if self._races < _RACES else self._patience.store


class Handling:
    """Runs the turns of all lanes."""

    def __init__(
        self,
        *,
        application: AnyApplication,
        turns: Turns,
        store: Store,
        replies: Replies,
        apologies: Apologies,
        receipts: Receipts,
        care: Care,
        words: Words,
        now: Callable[[], datetime],
        patience: Patience,
        stop: Stop,
        after: Callable[[Turn], None],
    ) -> None:
        """`after` hears of each turn that is committed."""
        self._application = application
        self._turns = turns
        self._store = store
        self._replies = replies
        self._apologies = apologies
        self._receipts = receipts
        self._care = care
        self._words = words
        self._now = now
        self._patience = patience
        self._stop = stop
        self._after = after
        self._told: set[int] = set()
        """Chats that heard of the present trouble with the store."""

    async def handle(self, unit: Unit) -> Bundle | None:
        """One unit to its end; returns the replies to be sent, if there are any. What was handled
        before is left out of it: the rest of the unit is new."""
        new: Unit | None = unit
        while new is not None:
            try:
                return await self._handle(new)
            except inbox.AlreadyDoneError as known:
                self._receipts.settle([known.update_id])
                new = new.without(known.update_id)
        return None

    async def _handle(self, unit: Unit) -> Bundle | None:
        if unit.repeated:
            await self._until_stored(unit.ids, unit.arrivals, lambda: self._done(unit.ids))
            return None
        tries = _Tries(self._patience)
        while not self._stop.asked:
            try:
                async with self._care.over(unit):
                    turn = await self._turn(unit)
            except (StoreBusyError, StoreFullError) as error:
                await self.store_failed(error, unit.arrivals)
            except StoppingError:
                return None
            except inbox.AlreadyDoneError:
                raise
            except Exception as error:  # noqa: BLE001 - whatever it is, the others go on
                if (pause := tries.pause(error)) is None:
                    await self._park(unit, error)
                    return None
                if not isinstance(error, LostRaceError):
                    _LOG.warning("turn failed", updates=unit.ids, error=error)
                await asyncio.sleep(pause)
            else:
                self._told.clear()
                return await self._replies_of(turn)
        return None

    async def resume(self, key: LaneKey) -> Bundle | None:
        """Show the card of a lane again, if Telegram never acknowledged it."""
        try:
            turn = await self._turns.resume(PersonId(key[1]), key[0])
        except (StoppingError, LostRaceError, StoreBusyError, StoreFullError):
            return None
        except Exception as error:  # noqa: BLE001 - a card that can't be shown harms nobody else
            _LOG.error("card not shown again", error=error)
            return None
        return bundle_of(turn) if turn is not None else None

    async def tell(self, key: LaneKey, event: Offered) -> Bundle | None:
        """Ask a person in private about a chat that was named; it also stands in their list."""
        for _ in range(_RACES):
            try:
                return bundle_of(await self._turns.tell(PersonId(key[1]), event))
            except LostRaceError:
                continue
            except (StoppingError, StoreBusyError, StoreFullError):
                return None
            except Exception as error:  # noqa: BLE001 - it stands in the list: nothing is lost
                _LOG.error("question not asked", error=error)
                return None
        return None

    async def seen(self, key: LaneKey, seen: Seen | Tried) -> Bundle | None:
        """Go on with what a step asked for: a calendar read, a broadcast shown."""
        tries = _Tries(self._patience)
        while not self._stop.asked:
            try:
                turn = await self._turns.seen(PersonId(key[1]), key[0], seen)
            except StoppingError:
                return None
            except Exception as error:  # noqa: BLE001 - what one asked for harms nobody else
                if (pause := tries.pause(error)) is None:
                    _LOG.error("what was asked for not gone on with", error=error)
                    return None
                await asyncio.sleep(pause)
            else:
                return self._bundle_of(turn) if turn is not None else None
        return None

    async def store_failed(
        self, error: StoreBusyError | StoreFullError, arrivals: Sequence[Arrival]
    ) -> None:
        """Tell each person once, and wait before the next try."""
        _LOG.warning("database not writable, trying again", cause=str(error))
        for arrival in arrivals:
            chat = arrival.lane[0]
            if arrival.private and chat not in self._told and len(self._told) < 1000:
                self._told.add(chat)
                await self._apologies.busy(chat, arrival.language)
        await asyncio.sleep(self._patience.store)

    async def _turn(self, unit: Unit) -> Turn:
        try:
            update = Update.de_json(whole(unit), self._application.bot)
            turn = turn_of(update, unit.ids, unit.flooded, self._turns.bot)
        except Exception as error:
            raise PoisonError(type(error).__name__) from error
        token = self._turns.current.set(turn)
        try:
            await self._turns.process_update(update, self._application.process_update(update))
        finally:
            self._turns.current.reset(token)
        if turn.committed:
            self._receipts.settle(unit.ids)
        if turn.error is not None:
            raise turn.error
        return turn

    async def _replies_of(self, turn: Turn) -> Bundle | None:
        if turn.summoned or turn.added:
            said = self._words.added if turn.added else self._words.group
            html, label = said(turn.language)
            address = f"https://t.me/{self._application.bot.username}?start=gruppe"
            thread = turn.place.thread if turn.place else None
            await self._replies.invite((turn.chat, thread), html, label, address)
        return self._bundle_of(turn)

    def _bundle_of(self, turn: Turn) -> Bundle | None:
        if turn.committed:
            self._after(turn)
        return bundle_of(turn)

    async def _park(self, unit: Unit, error: Exception) -> None:
        code = self._apologies.code()
        kind = str(error) if isinstance(error, PoisonError) else type(error).__name__
        await self._until_stored(
            unit.ids,
            unit.arrivals,
            lambda: self._store.write(
                lambda connection: inbox.park(connection, unit.ids, kind, code, self._now())
            ),
        )
        _LOG.error("update parked", updates=unit.ids, kind=kind, code=code, error=error)
        first = unit.arrivals[0]
        press = first.raw.get("callback_query")
        if isinstance(press, dict) and isinstance(press.get("id"), str):
            await self._replies.answer(press["id"])
        if first.private and first.lane[0]:
            await self._apologies.broken(first.lane[0], first.language, code)

    async def finish(self, updates: Sequence[int]) -> None:
        """Note that updates are done whose replies went out first."""
        left = updates
        while left:
            try:
                await self._until_stored(left, (), partial(self._done, left))
            except inbox.AlreadyDoneError as known:
                self._receipts.settle([known.update_id])
                left = [one for one in left if one != known.update_id]
            else:
                return

    def _done(self, updates: Sequence[int]) -> "asyncio.Future[None]":
        now = self._now()
        return self._store.write(lambda connection: inbox.done(connection, updates, now))

    async def _until_stored(
        self,
        ids: Sequence[int],
        arrivals: Sequence[Arrival],
        write: Callable[[], "asyncio.Future[None]"],
    ) -> None:
        """Write that these updates are done, trying for ever. Raises AlreadyDoneError."""
        while not self._stop.asked:
            try:
                await write()
            except (StoreBusyError, StoreFullError) as error:
                await self.store_failed(error, arrivals)
            else:
                self._receipts.settle(ids)
                return

"""One update = one turn = one transaction.

The update processor opens the turn (loads the state), python-telegram-bot's Application runs the
handler that decides, and the decision is committed together with "this update is done". No
database transaction is open while the handler thinks; the commit compares and sets.
"""

from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from telegram.ext import BaseUpdateProcessor

from bot.store import inbox
from bot.store.linking import Offer
from bot.store.sweeping import emptied
from bot.store.turns import Asked, Outcome, changes
from bot.store.turns import Turns as StoredTurns
from bot.store.worker import Store, StoreBusyError, StoreFullError
from bot.telegram.acknowledged import Acknowledged
from bot.telegram.fresh import FreshIds
from bot.telegram.grouping import Groups
from bot.telegram.guesses import Guesses
from bot.telegram.looks import Seen
from bot.telegram.rehearsals import Tried
from bot.telegram.stopping import Stop
from bot.telegram.turn import Turn
from conversations.agenda import ReadCalendar
from conversations.core import (
    Decision,
    Deliver,
    Need,
    State,
)
from conversations.deeds import is_admin
from conversations.events import Called, Event, Offered, Resumed, Uploaded
from conversations.groups import Group
from conversations.standing import (
    PersonId,
)


class Dialogues(Protocol):
    """The one door to the dialogues (conversations.dialogues)."""

    def needs(self, event: Event, flow: str | None) -> frozenset[Need]:
        """What beside member, position and draft has to be loaded for this event."""

    def invited(self, event: Event) -> str:
        """SHA-256 (hex) of the invitation's token that comes with an event; empty without one."""

    def replied(self, event: Event) -> int | None:
        """Id of the message that the event's message replies to."""

    def reminded(self, event: Event) -> str:
        """Id of the reminder whose button the event comes from; empty without one."""

    def reads(self, flow: str, step: str) -> bool:
        """Whether a document that is sent at this step is a calendar, to be read first."""

    def advance(self, state: State, event: Event) -> Decision:
        """Decide one turn."""

    def grouped(self, state: State, event: Event, group: Group) -> Decision | None:
        """Decide what happens in a group; None: only that everything else goes in private."""


class StoppingError(Exception):
    """The bot is going down: the turn was not begun, its update stays in the inbox."""


class UndecidedError(Exception):
    """No handler said anything, not even that there is nothing to do."""


def is_fleeting(decision: Decision) -> bool:
    """Whether the decision consists of words alone: nothing to store, no files to send."""
    files = any(isinstance(reply, Deliver) for reply in decision.replies)
    return not (decision.position or decision.erase or changes(decision) or files)


class Turns(BaseUpdateProcessor):
    """Opens, decides and commits turns, many at a time."""

    def __init__(
        self,
        *,
        store: Store,
        stored: StoredTurns,
        dialogues: Dialogues,
        groups: Groups,
        acknowledged: Acknowledged,
        now: Callable[[], datetime],
        stop: Stop,
        document: Callable[[Uploaded], Awaitable[ReadCalendar]],
        at_once: int = 256,
    ) -> None:
        super().__init__(at_once)
        self._store = store
        self._stored = stored
        self._dialogues = dialogues
        self._groups = groups
        self._acknowledged = acknowledged
        self._now = now
        self.current: ContextVar[Turn] = ContextVar("turn")
        """The turn that the running handler belongs to."""
        self.bot = ""
        """User name of the bot; known once Telegram has said it."""
        self._stop = stop
        self._document = document
        self._fresh = FreshIds()
        self._guesses = Guesses()

    async def initialize(self) -> None:
        """Nothing to do."""

    async def shutdown(self) -> None:
        """Nothing to do."""

    async def do_process_update(self, update: object, coroutine: Awaitable[object]) -> None:
        """Load, let the Application decide, commit. What went wrong stands in the turn."""
        turn = self.current.get()
        try:
            await self._open(turn)
            await coroutine
            if turn.error is None:
                await self._commit(turn)
        except Exception as error:  # noqa: BLE001 - raised by whoever began the turn
            turn.error = error
        finally:
            if isinstance(coroutine, Coroutine):
                coroutine.close()  # never begun when the state could not be loaded

    async def resume(self, person: PersonId, chat: int) -> Turn | None:
        """A turn without an update: the current card again, if it wasn't acknowledged."""
        turn = Turn(updates=(), event=Resumed(), person=person, chat=chat)
        await self._open(turn)
        position = turn.loaded.position
        if position is None or position.version == turn.loaded.shown:
            return None
        self.decide(turn)
        await self._commit(turn)
        return turn

    async def tell(self, person: PersonId, event: Offered) -> Turn:
        """A turn without an update: something that a person is asked in private."""
        turn = Turn(updates=(), event=event, person=person, chat=person)
        await self._open(turn)
        self.decide(turn)
        await self._commit(turn)
        return turn

    async def seen(self, person: PersonId, chat: int, seen: Seen | Tried) -> Turn | None:
        """A turn without an update: what a step asked for is there, a calendar read or a broadcast
        shown. None when the person went on to something else meanwhile."""
        turn = Turn(updates=(), event=seen.event, person=person, chat=chat, calendar=seen.calendar)
        await self._open(turn)
        at = turn.loaded.position
        if at is None or (at.flow, at.step) != (seen.flow, seen.step):
            return None
        self.decide(turn)
        await self._commit(turn)
        return turn

    def decide(self, turn: Turn) -> None:
        """Ask the dialogues."""
        assert turn.event is not None
        if self._stop.asked:
            raise StoppingError
        state = turn.state(self._now(), self._fresh.take(), self.bot)
        if turn.known is None:
            turn.decision = self._dialogues.advance(state, turn.event)
            return
        found = self._dialogues.grouped(state, turn.event, turn.known.group)
        turn.summoned = found is None and isinstance(turn.event, Called)
        turn.decision = found or Decision()

    async def _open(self, turn: Turn) -> None:
        event = turn.event
        if event is None:
            return
        if turn.place is not None:
            turn.known = await self._groups.known(turn.place, event, self._now())
        if isinstance(event, Offered) and not event.council:
            event = turn.event = await self._picked(turn, event)
        asked = self._asked(turn, event)
        turn.loaded = await self._store.read(lambda c: self._stored.load(c, asked))
        if asked.token_hash and turn.loaded.invited is None:
            self._guesses.wrong(turn.person, asked.now)
        if turn.loaded.done:
            raise inbox.AlreadyDoneError(turn.updates[0])
        shown = self._acknowledged.newest(turn.person, turn.chat)
        if shown is not None and shown.version >= turn.loaded.shown:
            turn.loaded = replace(turn.loaded, shown=shown.version, card=shown.card)
        at = turn.loaded.position
        if isinstance(event, Uploaded) and at and self._dialogues.reads(at.flow, at.step):
            turn.calendar = await self._document(event)

    def _asked(self, turn: Turn, event: Event) -> Asked:
        """What is to be loaded; a guessed token isn't looked up any more."""
        now = self._now()
        token_hash = self._dialogues.invited(event) if turn.place is None else ""
        if token_hash and self._guesses.too_many(turn.person, now):
            token_hash = ""
        return Asked(
            person=turn.person,
            chat=turn.chat,
            update=turn.updates[0] if turn.updates else None,
            now=now,
            needs=lambda flow: self._needs(turn, event, flow),
            token_hash=token_hash,
            reminder=self._dialogues.reminded(event),
            reply_to=self._dialogues.replied(event) if turn.place is None else None,
            council=event.council if isinstance(event, Offered) else "",
        )

    def _needs(self, turn: Turn, event: Event, flow: str | None) -> frozenset[Need]:
        """In a group nothing but what a reminder's button is about."""
        if turn.place is not None:
            return frozenset({Need.AGENDA} if self._dialogues.reminded(event) else ())
        return self._dialogues.needs(event, flow)

    async def _picked(self, turn: Turn, event: Offered) -> Offered:
        """A chat from Telegram's picker is kept before its admin is asked."""
        now = self._now()
        asked = replace(self._asked(turn, Resumed()), needs=lambda _: frozenset())
        loaded = await self._store.read(lambda c: self._stored.load(c, asked))
        seat = loaded.standing.in_hand(loaded.member.active if loaded.member else "")
        if seat is None or not is_admin(loaded.standing, seat.council):
            return event
        offer = Offer(council=seat.council, person=turn.person)
        return await self._groups.picked(offer, event, self._fresh.take(), now)

    async def _named(self, turn: Turn, now: datetime) -> bool:
        """Whether a group was named by this turn; then it is stored with its updates."""
        if turn.place is None or turn.known is None or turn.event is None:
            return False
        state = turn.state(now, "", self.bot)
        naming = self._groups.naming(state, turn.event, turn.place, turn.known, self._fresh.take())
        if naming is None:
            return False
        event = await self._groups.name(naming, turn.updates, now)
        turn.onward = (naming.offer.person, event)
        turn.committed = True
        return True

    async def _commit(self, turn: Turn) -> None:
        """Store the turn. What changes nothing (a stranger's turn, a help text) is left in the
        inbox until its reply is out: nothing stored could bring that reply back after a crash."""
        decision, now = turn.decision, self._now()
        if decision is None:
            raise UndecidedError
        if turn.event is None:
            turn.onward = await self._groups.happened(turn.change, turn.updates, now)
            turn.committed = True
            return
        if await self._named(turn, now) or (decision.replies and is_fleeting(decision)):
            return
        newest = self._acknowledged.newest(turn.person, turn.chat)
        outcome = Outcome(
            person=turn.person,
            chat=turn.chat,
            loaded=turn.loaded,
            decision=decision,
            updates=turn.updates,
            now=now,
        )
        await self._store.write(lambda connection: self._stored.commit(connection, outcome))
        turn.committed = True
        if decision.erase:
            with suppress(StoreBusyError, StoreFullError):  # then by the hour (sweeping)
                await self._store.read(emptied)
        if decision.position:
            self._acknowledged.stored(turn.person, turn.chat, newest)

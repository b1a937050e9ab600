"""How each kind of row becomes a call: who looks what it rests on, who writes it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.store.aftermath import Aftermath, Looked
from bot.store.broadcasts.asking import Asked, Asking
from bot.store.broadcasts.exchanged import Exchanged
from bot.store.broadcasts.looking import Errand, Looking
from bot.store.chats import NOTICE
from bot.store.claiming import MOOT, Way, Ways, unless_moot, way
from bot.store.idle import KIND, Idle, Notes
from bot.store.ledger import (
    ANSWERED,
    ASKED,
    BROADCAST,
    CORRECTION,
    RETRACTION,
    WROTE_BACK,
    Claimed,
    Settled,
    State,
)
from bot.telegram import posting
from bot.telegram.messages import Call, message
from bot.telegram.unasked import Unasked
from conversations.broadcasts import Stage, exchange, telling
from conversations.broadcasts.exchange import Brought, BroughtBack
from conversations.broadcasts.posts import Post
from conversations.core import Screen
from conversations.rules.knowledge import Knowledge
from conversations.rules.placeholders import values
from conversations.rules.posting import fill, parts
from conversations.rules.reminding import ReminderKind

Composed = Call | Settled
"""What is to be called, or that nothing is (any more)."""


class Bulk:
    """Broadcasts. `bot` says the bot's user name; `paid`: they may cost Telegram Stars."""

    def __init__(self, know: Knowledge, bot: Callable[[], str], *, paid: bool = False) -> None:
        self._know = know
        self._bot = bot
        self._paid = paid
        self._split: tuple[Post, tuple[Post, ...]] = (Post(), ())
        """The latest post and its parts: the next row mostly wants them, too."""

    def post(self, row: Claimed, errand: Errand, now: datetime) -> Composed:
        """One part to one chat."""
        part = self._part(row, errand, now)
        if part is None:
            return MOOT
        below = self._below(row, errand)
        return posting.sending(part, below, row.chat, row.thread, paid=self._paid)

    def correction(self, row: Claimed, errand: Errand, now: datetime) -> Composed:
        """The same part with other words."""
        part = self._part(row, errand, now)
        if part is None or errand.message is None:
            return MOOT
        return posting.editing(part, self._below(row, errand), row.chat, errand.message)

    def retraction(self, row: Claimed, sent: int, _now: datetime) -> Composed:
        """It goes."""
        return posting.deleting(row.chat, sent)

    def _part(self, row: Claimed, errand: Errand, now: datetime) -> Post | None:
        """The row's part, filled; None when the post has fewer by now."""
        if self._split[0] != errand.post:
            self._split = (errand.post, parts(errand.post))
        pieces = self._split[1]
        if row.nth > len(pieces):
            return None
        piece = pieces[row.nth - 1]
        if errand.facts is None:
            return piece
        return fill(piece, values(self._know, errand.facts, now, errand.post_language))

    def _below(self, row: Claimed, errand: Errand) -> posting.Buttons:
        if row.nth != row.of:
            return ()
        return posting.buttons(self._know.texts, errand.links, errand.language, self._bot())


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """Who looks up in the store what a row rests on."""

    aftermath: Aftermath
    notes: Notes
    looking: Looking
    asking: Asking
    exchanged: Exchanged


def ways(know: Knowledge, readers: Readers, unasked: Unasked, bulk: Bulk) -> Ways[Composed]:
    """All kinds of rows."""

    def remind(row: Claimed, looked: Looked, now: datetime) -> Composed:
        screen = unasked.screen(looked.facts, row, looked.told, now)
        return _waiting(row, screen, looked.wait)

    def note(row: Claimed, idle: Idle, _now: datetime) -> Composed:
        return _waiting(row, unasked.idle(idle), idle.wait)

    def ask(row: Claimed, asked: Asked, now: datetime) -> Composed:
        stands = asked.broadcast.stage is Stage.PAUSED
        write = telling.progress if stands else telling.asked
        screen = write(know, asked.broadcast, asked.language, now)
        return message(row.chat, screen, row.thread)

    def bring(row: Claimed, brought: Brought, _now: datetime) -> Composed:
        return message(row.chat, exchange.answered(know, brought), row.thread)

    def bring_back(row: Claimed, brought: BroughtBack, _now: datetime) -> Composed:
        return message(row.chat, exchange.wrote_back(know, brought), row.thread)

    reminded: Way[Composed] = way(unless_moot(readers.aftermath.look), remind)
    return {
        **dict.fromkeys((*ReminderKind, NOTICE), reminded),
        KIND: way(unless_moot(readers.notes.look), note),
        BROADCAST: way(readers.looking.post, bulk.post),
        CORRECTION: way(readers.looking.correction, bulk.correction),
        RETRACTION: way(readers.looking.retraction, bulk.retraction),
        ASKED: way(readers.asking.asked, ask),
        ANSWERED: way(readers.exchanged.answered, bring),
        WROTE_BACK: way(readers.exchanged.wrote_back, bring_back),
    }


def _waiting(row: Claimed, screen: Screen | None, wait: datetime | None) -> Composed:
    if screen is None:
        return MOOT
    if wait is not None:
        return Settled(state=State.PENDING, not_before=wait)
    return message(row.chat, screen, row.thread)

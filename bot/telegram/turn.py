"""What happens to one unit of updates, from the update to the decision."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from telegram import Update

from bot.store.linking import Change
from bot.store.turns import Loaded
from bot.telegram.content import well_formed
from bot.telegram.events import event_of
from bot.telegram.grouping import Known, Place, change_of, event_in_group, place_of
from bot.telegram.menu import Roles, roles_of
from bot.telegram.replies import Bundle
from conversations.agenda import ReadCalendar
from conversations.core import Decision, State
from conversations.events import Event, Offered
from conversations.flows.arriving import broadcast_of
from conversations.standing import PersonId


@dataclass(slots=True, kw_only=True, eq=False)
class Turn:
    """What happens to one unit of updates. Filled step by step: opened, decided, committed."""

    updates: tuple[int, ...]
    event: Event | None = None
    person: PersonId = PersonId(0)
    chat: int = 0
    first_name: str = ""
    last_name: str = ""
    language: str = ""
    """IETF tag of the person's Telegram."""
    message: int | None = None
    query: str | None = None
    """Id of the press that waits for its answer."""
    place: Place | None = None
    """The group it happens in; None in private."""
    known: Known | None = None
    """Of that group."""
    change: Change | None = None
    """What became of the group or channel itself."""
    onward: tuple[PersonId, Offered] | None = None
    """Who is asked in private whether a chat is to be linked."""
    summoned: bool = False
    """A command in a group: a short answer there, no dialogue."""
    added: bool = False
    """The bot was taken into a group: one neutral sentence there."""
    loaded: Loaded = field(default_factory=Loaded)
    calendar: ReadCalendar | None = None
    """What the calendar held that came with the event."""
    decision: Decision | None = None
    committed: bool = False
    """False until it is stored; a decision that changes nothing is sent first (see `_commit`)."""
    error: Exception | None = None

    @property
    def suits(self) -> tuple[Roles, str] | None:
        """What the menu of the person's private chat follows."""
        member = self.loaded.member
        if self.place is not None or self.event is None or member is None:
            return None
        return roles_of(self.loaded.standing), member.language

    def state(self, now: datetime, fresh: str, bot: str) -> State:
        """What the decision rests on."""
        return State(
            now=now,
            person=self.person,
            first_name=self.first_name,
            last_name=self.last_name,
            telegram_language=self.language,
            member=self.loaded.member,
            position=self.loaded.position,
            draft=self.loaded.draft,
            drafts=self.loaded.drafts,
            letters=self.loaded.letters,
            standing=self.loaded.standing,
            council=self.loaded.council,
            invited=self.loaded.invited,
            desk=self.loaded.desk,
            agenda=self.loaded.agenda,
            reminder=self.loaded.reminder,
            broadcasts=self.loaded.broadcasts,
            calendar=self.calendar,
            message=self.message,
            fresh=fresh,
            secret=secrets.token_urlsafe(16),
            bot=bot,
        )


def turn_of(update: Update, updates: tuple[int, ...], flooded: int = 0, bot: str = "") -> Turn:
    """The turn of an update, not opened yet."""
    person, message, query = update.effective_user, update.effective_message, update.callback_query
    chat, place = update.effective_chat, place_of(update)
    return Turn(
        updates=updates,
        event=event_in_group(update, bot) if place else event_of(update, flooded),
        place=place,
        change=change_of(update),
        person=PersonId(person.id if person else 0),
        chat=chat.id if chat else 0,
        first_name=well_formed(person.first_name) if person else "",
        last_name=well_formed(person.last_name or "") if person else "",
        language=(person.language_code or "") if person else "",
        message=message.message_id if message else None,
        query=query.id if query else None,
    )


def _is_beside(event: Event | None) -> bool:
    """Whether it is a press on a message about a broadcast: no card, and never becomes one."""
    return event is not None and bool(broadcast_of(event))


def bundle_of(turn: Turn) -> Bundle | None:
    """The replies of a committed turn; a press always has one: its answer."""
    decision = turn.decision
    assert decision is not None
    if not decision.replies and turn.query is None and turn.onward is None:
        return None
    position = None if decision.erase else decision.position or turn.loaded.position
    return Bundle(
        person=turn.person,
        chat=turn.chat,
        replies=decision.replies,
        version=position.version if position else None,
        card=turn.loaded.card,
        pressed=turn.message if turn.query is not None and not _is_beside(turn.event) else None,
        query=turn.query,
        thread=turn.place.thread if turn.place else None,
        suits=turn.suits,
        onward=turn.onward,
        open=() if turn.committed else turn.updates,
    )

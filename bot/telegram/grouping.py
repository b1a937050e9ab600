"""Groups: which events count there, and what is looked up and stored for them.

A group has no dialogue: an event is answered at once, and what needs a person's decision goes
into that person's private chat.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from telegram import Message, Update
from telegram.constants import ChatMemberStatus, ChatType

from bot.store.linking import Back, Change, Linking, Lost, Naming, Offer, Upgraded
from bot.store.worker import Store
from bot.telegram.content import well_formed
from bot.telegram.events import command_of
from bot.telegram.outbox import Outbox
from bot.telegram.transport import RefusedError, UnreachableError
from conversations.agenda import ChatKind, ChatLinkId, LinkedChat
from conversations.core import State
from conversations.events import Event, Offered, Pressed
from conversations.flows.chats.shown import KINDS
from conversations.groups import Group, asks_status, naming, token_hash
from conversations.standing import PersonId

_MOST: Final = 128
"""Characters of a title (Bot API: a group's has as many at most, and so has a topic's)."""
_SPEAKS: Final = {"creator", "member"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in which group something was written or pressed."""

    chat: int
    thread: int | None
    kind: ChatKind
    title: str
    anonymous: bool
    """In the group's name, or by a channel: no person stands behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What was looked up for an event in a group."""

    group: Group
    offer: Offer | None = None
    """Whose link came along."""


def place_of(update: Update) -> Place | None:
    """The group; None for private chats and channels."""
    message, chat = update.effective_message, update.effective_chat
    if chat is None or chat.type not in (ChatType.GROUP, ChatType.SUPERGROUP):
        return None
    there = message if isinstance(message, Message) else None
    thread = there.message_thread_id if there and there.is_topic_message else None
    person = update.effective_user
    kind = ChatKind.TOPIC if thread is not None else ChatKind(chat.type)
    return Place(
        chat=chat.id,
        thread=thread,
        kind=kind,
        title=_title(chat.title or "", there if thread is not None else None),
        anonymous=person is None or person.is_bot or bool(there and _is_masked(update, there)),
    )


def event_in_group(update: Update, bot: str) -> Event | None:
    """A command for this bot, or a press on a reminder's button; everything else is not for us."""
    query, message = update.callback_query, update.message
    if query is not None:
        data = well_formed(query.data or "")
        return Pressed(data=data) if data.startswith("r:") else None
    called = command_of(message) if message is not None else None
    return called if called is not None and message and _is_for(message, bot) else None


def change_of(update: Update) -> Change | None:
    """What became of a group or channel itself, if the update tells of that."""
    message, member = update.message, update.my_chat_member
    if message is not None and message.migrate_to_chat_id is not None:
        return Upgraded(old=message.chat_id, new=message.migrate_to_chat_id)
    if message is not None and message.migrate_from_chat_id is not None:
        return Upgraded(old=message.migrate_from_chat_id, new=message.chat_id)
    if member is None or member.chat.type == ChatType.PRIVATE:
        return None
    chat, now = member.chat, member.new_chat_member
    if now.status in (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED):
        return Lost(chat=chat.id, reason="kicked")
    speaks = may_write(now.to_dict())
    if chat.type == ChatType.CHANNEL and now.status == ChatMemberStatus.MEMBER:
        speaks = False
    if not speaks:
        return Lost(chat=chat.id, reason="rights")
    return Back(chat=chat.id, person=PersonId(member.from_user.id))


class Groups:
    """Looks up and stores what events in groups are about."""

    def __init__(self, *, store: Store, linking: Linking, outbox: Outbox) -> None:
        self._store = store
        self._linking = linking
        self._outbox = outbox

    async def known(self, place: Place, event: Event, now: datetime) -> Known:
        """What the answer rests on beside the person."""
        group, offer = Group(anonymous=place.anonymous), None
        if hashed := token_hash(event):
            offer = await self._store.read(lambda c: self._linking.offered(c, hashed, now))
            group = replace(group, offered=offer is not None)
        elif asks_status(event):
            linked = await self._store.read(
                lambda c: self._linking.councils(c, place.chat, place.thread, now)
            )
            group = replace(group, linked=linked)
        return Known(group=group, offer=offer)

    def naming(
        self, state: State, event: Event, place: Place, known: Known, id_: str
    ) -> Naming | None:
        """For which council the group is named, if it is."""
        chat = _linked(id_, place.chat, place.thread, place.kind, place.title)
        if known.offer is not None:
            return Naming(offer=known.offer, chat=chat, token_hash=token_hash(event))
        council = None if place.anonymous else naming(state, event)
        offer = Offer(council=council, person=state.person) if council else None
        return Naming(offer=offer, chat=chat) if offer else None

    async def name(self, named: Naming, updates: Sequence[int], now: datetime) -> Offered:
        """Store that the group waits for a yes, and that the updates are done."""
        chat = named.chat
        await self._store.write(lambda c: self._linking.name(c, named, updates, now))
        return Offered(
            chat=chat.chat,
            thread=chat.thread,
            title=chat.title,
            kind=chat.kind,
            council=named.offer.council,
        )

    async def happened(
        self, change: Change | None, updates: Sequence[int], now: datetime
    ) -> tuple[PersonId, Offered] | None:
        """Store what became of a chat, and that the updates are done; who is asked about it."""
        back = await self._store.write(lambda c: self._linking.happened(c, change, updates, now))
        if back is None or not isinstance(change, Back):
            return None
        council, chat = back
        event = Offered(
            chat=chat.chat,
            thread=chat.thread,
            title=chat.title,
            kind=chat.kind,
            council=council,
        )
        return change.person, event

    async def picked(self, offer: Offer, event: Offered, id_: str, now: datetime) -> Offered:
        """Store that a chat from Telegram's picker waits for a yes, and look whether the bot may
        write there."""
        chat = _linked(id_, event.chat, None, ChatKind(event.kind), event.title)
        named = Naming(offer=offer, chat=chat)
        await self._store.write(lambda c: self._linking.name(c, named, (), now))
        return replace(event, council=offer.council, writes=await self._writes(event.chat))

    async def _writes(self, chat: int) -> bool:
        """Whether the bot may write in a chat (Bot API getChatMember; the bot's number is the
        first part of its token, and getMe says it)."""
        try:
            me = await self._outbox.call("getMe", {})
            assert isinstance(me, dict)
            found = await self._outbox.call("getChatMember", {"chat_id": chat, "user_id": me["id"]})
        except (RefusedError, UnreachableError):
            return False
        return isinstance(found, dict) and may_write(found)


def may_write(member: dict[str, object]) -> bool:
    """Whether a ChatMember may send messages; in channels only its admins can."""
    status = member.get("status")
    if status == "administrator":
        return member.get("can_post_messages") is not False
    if status == "restricted":
        return bool(member.get("is_member")) and bool(member.get("can_send_messages"))
    return status in _SPEAKS


def _linked(id_: str, chat: int, thread: int | None, kind: ChatKind, title: str) -> LinkedChat:
    return LinkedChat(
        id=ChatLinkId(id_),
        chat=chat,
        thread=thread,
        kind=kind,
        title=title[:_MOST],
        receives=frozenset(KINDS),
        confirmed=False,
    )


def _title(group: str, in_topic: Message | None) -> str:
    """The group's title, with the topic's as far as a message of it tells."""
    opened = in_topic.reply_to_message if in_topic else None
    created = opened.forum_topic_created if isinstance(opened, Message) else None
    whole = f"{group} – {created.name}" if created else group
    return well_formed(whole)[:_MOST]


def _is_masked(update: Update, message: Message) -> bool:
    """Whether a message was sent in the name of a chat; a press is a person's always."""
    return update.callback_query is None and message.sender_chat is not None


def _is_for(message: Message, bot: str) -> bool:
    whom = message.parse_entity(message.entities[0]).partition("@")[2].casefold()
    return whom in ("", bot.casefold())

"""The state of the server: people, chats, messages, queue. Acts that change it stand in `talk` and
`life`; nothing here knows HTTP."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.demo.clock import MovableClock
from bot.demo.engine.chats import Chat, ChatKind, Membership, Status
from bot.demo.engine.files import FileStore
from bot.demo.engine.menus import Menus
from bot.demo.engine.messages import Media, Message, Rows
from bot.demo.engine.people import Person
from bot.demo.engine.queries import Queries
from bot.demo.engine.rate import RateLimit
from bot.demo.engine.updates import UpdateQueue
from bot.demo.entities import Entity

TOKEN = "7000000001:local-server-no-secret"  # noqa: S105 - see below
"""The token of a server that was given none. It opens nothing anywhere else."""

EventData = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that a watching page wants to hear of; `person` None means everybody in `chat`,
    and no chat everybody."""

    kind: str
    chat: Chat | None = None
    message: Message | None = None
    person: int | None = None
    data: EventData | None = None


Listener = Callable[[Event], None]


class World:
    """All that the server knows."""

    def __init__(
        self,
        *,
        token: str = TOKEN,
        clock: MovableClock | None = None,
        name: str = "KIM-Bot",
        username: str = "kim_local_bot",
        privacy: bool = True,
        first_update: int | None = None,
        rate: RateLimit | None = None,
    ) -> None:
        """`privacy`: the bot's privacy mode in groups (Telegram's default: on). `rate`: limits
        on sending, none by default."""
        self.token = token
        self.clock = clock or MovableClock()
        self.privacy = privacy
        self.bot = Person(
            id=int(token.partition(":")[0]), first_name=name, username=username, is_bot=True
        )
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.updates = UpdateQueue(first_update)
        self.queries = Queries()
        self.files = FileStore()
        self.menus = Menus()
        self.rate = rate
        self.logged_out = False
        self._listeners: list[Listener] = []

    # --- who and where --------------------------------------------------------------------

    def add_person(
        self,
        person_id: int,
        first_name: str,
        last_name: str = "",
        *,
        username: str = "",
        language_code: str = "de",
        role: str = "",
        unseen: bool = False,
    ) -> Person:
        """A new account and its private chat, not started yet; the bot can't write there before."""
        person = Person(
            id=person_id,
            first_name=first_name,
            last_name=last_name,
            username=username,
            language_code=language_code,
            role=role,
            unseen=unseen,
        )
        self.people[person_id] = person
        self.chats[person_id] = Chat(
            id=person_id,
            kind=ChatKind.PRIVATE,
            person=person,
            bot=Membership(status=Status.LEFT),
        )
        self.emit(Event(kind="reset"))
        return person

    def add_chat(
        self,
        chat_id: int,
        kind: ChatKind,
        title: str,
        *,
        members: dict[int, Status] | tuple[int, ...] = (),
        bot: Status = Status.MEMBER,
        is_forum: bool = False,
        username: str = "",
    ) -> Chat:
        """A group, supergroup or channel (ids below zero) as if it had always been there."""
        given = members if isinstance(members, dict) else dict.fromkeys(members, Status.MEMBER)
        chat = Chat(
            id=chat_id,
            kind=kind,
            title=title,
            username=username,
            is_forum=is_forum,
            bot=Membership(status=bot),
            members={person: Membership(status=status) for person, status in given.items()},
        )
        self.chats[chat_id] = chat
        self.emit(Event(kind="reset"))
        return chat

    def chat(self, chat_id: int) -> Chat:
        """The chat, following an upgrade. Raises `KeyError` for an unknown one."""
        found = self.chats[chat_id]
        return found if found.migrated_to is None else self.chats[found.migrated_to]

    def is_stranger(self, chat: Chat) -> bool:
        """A person whom the bot has never met: nothing said to it, no chat in common."""
        if chat.person is None or chat.bot.status is not Status.LEFT:
            return False
        who = chat.person.id
        return not any(
            other.bot.present and who in other.members
            for other in self.chats.values()
            if other.person is None
        )

    def message(self, chat_id: int, message_id: int) -> Message:
        """A message. Raises `KeyError` when it is not there (any more)."""
        return self.chats[chat_id].messages[message_id]

    def messages(self, chat_id: int) -> tuple[Message, ...]:
        """All messages of a chat, oldest first."""
        return tuple(self.chats[chat_id].messages.values())

    # --- what is written ------------------------------------------------------------------

    def post(
        self,
        chat: Chat,
        *,
        sender: Person | None,
        sender_chat: Chat | None = None,
        text: str = "",
        entities: tuple[Entity, ...] = (),
        rows: Rows = (),
        thread: int | None = None,
        reply_to: int | None = None,
        media: Media | None = None,
        album: str = "",
        protected: bool = False,
        service: dict[str, object] | None = None,
        extra: dict[str, object] | None = None,
    ) -> Message:
        """Put a message into a chat; no update is queued."""
        message = Message(
            id=chat.take_id(),
            chat=chat,
            date=self.clock.stamp(),
            sender=sender,
            sender_chat=sender_chat,
            text=text,
            entities=entities,
            rows=rows,
            thread=thread,
            reply_to=reply_to,
            media=media,
            album=album,
            protected=protected,
            service=service or {},
            extra=extra or {},
        )
        chat.messages[message.id] = message
        self.emit(Event(kind="message", chat=chat, message=message))
        return message

    def change(self, message: Message, **changes: object) -> Message:
        """Put a changed copy in the message's place."""
        changed = message.chat.replace(message, **changes)
        self.emit(Event(kind="edit", chat=message.chat, message=changed))
        return changed

    def remove(self, message: Message) -> None:
        """Delete a message for everybody."""
        del message.chat.messages[message.id]
        self.emit(Event(kind="delete", chat=message.chat, data={"id": message.id}))

    # --- who listens ----------------------------------------------------------------------

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with every event; the result ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def emit(self, event: Event) -> None:
        """Tell all listeners."""
        if self._listeners:
            for listener in tuple(self._listeners):
                listener(event)

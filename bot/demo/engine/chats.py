"""Chats of every kind, their members and topics, and whether the bot may write there."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.demo.engine.messages import Message
from bot.demo.engine.people import Person
from bot.demo.refusals import bad_request, forbidden, upgraded


class ChatKind(StrEnum):
    """The Bot API's Chat.type."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


class Status(StrEnum):
    """The Bot API's ChatMember.status."""

    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    RESTRICTED = "restricted"
    LEFT = "left"
    KICKED = "kicked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """What somebody is in a chat. In a private chat the bot's is KICKED while it is blocked and
    LEFT until the person has started it."""

    status: Status
    anonymous: bool = False
    can_send: bool = True

    @property
    def present(self) -> bool:
        """In the chat now."""
        return self.status not in (Status.LEFT, Status.KICKED)

    @property
    def rules(self) -> bool:
        """An admin or the creator."""
        return self.status in (Status.CREATOR, Status.ADMINISTRATOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A forum topic; its id is the id of the message that opened it."""

    id: int
    name: str
    closed: bool = False


@dataclass(slots=True, kw_only=True)
class Chat:
    """A chat and all that was said in it; `bot` is the bot's own membership."""

    id: int
    kind: ChatKind
    title: str = ""
    username: str = ""
    person: Person | None = None
    is_forum: bool = False
    bot: Membership
    members: dict[int, Membership] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    last_id: int = 0
    migrated_to: int | None = None
    gone: bool = False
    """Deleted by its owner."""
    pinned: tuple[int, ...] = ()
    read: dict[int, int] = field(default_factory=dict)
    """Last message that each person has seen, for the demo page."""

    @property
    def name(self) -> str:
        """Title, or the person's name."""
        return self.person.name if self.person else self.title

    def take_id(self) -> int:
        """The next message id."""
        self.last_id += 1
        return self.last_id

    def replace(self, message: Message, **changes: object) -> Message:
        """Put a changed copy of `message` in its place."""
        changed = replace(message, **changes)  # type: ignore[arg-type]
        self.messages[message.id] = changed
        return changed

    def set_bot(self, status: Status) -> tuple[Membership, Membership]:
        """Change what the bot is here; what it was and what it is."""
        before = self.bot
        self.bot = Membership(status=status)
        return before, self.bot

    def seen_by(self, person: int) -> bool:
        """Whether somebody has this chat in the list."""
        if self.person is not None:
            return self.person.id == person
        standing = self.members.get(person)
        return standing is not None and standing.present and not self.gone and not self.migrated_to

    def open_to(self, person: int) -> bool:
        """Whether somebody can write here."""
        standing = self.members.get(person)
        if self.person is not None or standing is None:
            return self.person is not None and self.person.id == person
        if self.kind is ChatKind.CHANNEL:
            return standing.rules
        return standing.present and standing.can_send and not self.gone

    def fields(self) -> dict[str, object]:
        """The Bot API's Chat."""
        out: dict[str, object] = {"id": self.id, "type": self.kind.value}
        if self.person is not None:
            out["first_name"] = self.person.first_name
            if self.person.last_name:
                out["last_name"] = self.person.last_name
            if self.person.username:
                out["username"] = self.person.username
            return out
        out["title"] = self.title
        if self.username:
            out["username"] = self.username
        if self.is_forum:
            out["is_forum"] = True
        return out

    def check_writable(self, thread: int | None = None) -> None:
        """Raise `RefusedError`, in Telegram's words, when the bot can't write here."""
        self.check_present()
        if self.person is not None:
            if self.person.deleted:
                raise forbidden("user is deactivated")
            return
        self._check_rights(thread)

    def check_present(self) -> None:
        """Raise `RefusedError`, in Telegram's words, when the bot is not in this chat."""
        if self.bot.present and not self.gone and self.migrated_to is None:
            return
        if self.migrated_to is not None:
            raise upgraded(self.migrated_to)
        if self.gone:
            raise forbidden("the group chat was deleted")
        self._refuse_absent()

    def _check_rights(self, thread: int | None) -> None:
        if self.kind is ChatKind.CHANNEL and not self.bot.rules:
            raise bad_request("need administrator rights in the channel chat")
        if not self.bot.can_send:
            raise bad_request("not enough rights to send text messages to the chat")
        if thread is None:
            return
        topic = self.topics.get(thread)
        if topic is None:
            raise bad_request("message thread not found")
        if topic.closed and not self.bot.rules:
            raise bad_request("TOPIC_CLOSED")

    def _refuse_absent(self) -> None:
        if self.person is not None:
            if self.person.deleted:
                raise forbidden("user is deactivated")
            if self.bot.status is Status.KICKED:
                raise forbidden("bot was blocked by the user")
            raise forbidden("bot can't initiate conversation with a user")
        if self.bot.status is Status.KICKED:
            raise forbidden(f"bot was kicked from the {_CALLED[self.kind]}")
        raise forbidden(f"bot is not a member of the {_CALLED[self.kind]}")


_CALLED = {
    ChatKind.PRIVATE: "private chat",
    ChatKind.GROUP: "group chat",
    ChatKind.SUPERGROUP: "supergroup chat",
    ChatKind.CHANNEL: "channel chat",
}

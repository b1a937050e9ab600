"""What people say and press, and how it reaches the bot as updates."""

from bot.demo.engine.chats import Chat, ChatKind, Membership, Status
from bot.demo.engine.messages import Media, Message
from bot.demo.engine.people import ANONYMOUS_ADMIN, Person
from bot.demo.engine.queries import Query
from bot.demo.engine.world import Event, World
from bot.demo.entities import Entity, clean, find, shared, slice_units, split, trim


class NoSuchButtonError(LookupError):
    """A test or a page pressed a button that the message does not have."""


class Talk(World):
    """Messages and presses by people."""

    def say(
        self,
        person: int,
        chat: int,
        text: str,
        *,
        thread: int | None = None,
        reply_to: int | None = None,
        marks: tuple[Entity, ...] = (),
        forwarded: bool = False,
    ) -> tuple[Message, ...]:
        """Write as a client does: trimmed, in parts of at most 4,096 UTF-16 units. `marks` are
        those of a text without anything to clean."""
        kept, marks = trim(clean(text), marks)
        parts = split(kept) if kept else ()
        return tuple(
            self._speak(
                person,
                chat,
                text=part,
                marks=these,
                thread=thread,
                reply_to=reply_to,
                forwarded=forwarded,
            )
            for part, these in zip(parts, shared(marks, parts), strict=True)
        )

    def start(self, person: int, payload: str = "") -> Message:
        """Press START in the private chat, or follow a deep link with `payload`."""
        (message,) = self.say(person, person, f"/start {payload}".strip())
        return message

    def send(
        self,
        person: int,
        chat: int,
        media: Media,
        *,
        caption: str = "",
        thread: int | None = None,
        reply_to: int | None = None,
        album: str = "",
        marks: tuple[Entity, ...] = (),
        forwarded: bool = False,
    ) -> Message:
        """Send something that is no text."""
        kept, marks = trim(clean(caption), marks)
        return self._speak(
            person,
            chat,
            text=kept,
            marks=marks,
            thread=thread,
            reply_to=reply_to,
            media=media,
            album=album,
            forwarded=forwarded,
        )

    def press(
        self, person: int, chat: int, message: int, wanted: str, *, forge: bool = False
    ) -> Query:
        """Press the button with the label or data `wanted`; with `forge` send it as data though
        no such button is there. Raises `NoSuchButtonError`, and `KeyError` for
        an unknown message."""
        place = self.chats[chat]
        shown = place.messages.get(message)
        data = wanted
        if not forge:
            if shown is None:
                raise KeyError(message)
            button = shown.button(wanted)
            if button is None or not button.data:
                raise NoSuchButtonError(f"{wanted!r} is not among {shown.buttons!r}")
            data = button.data
        now = self.clock.stamp()
        query = self.queries.ask(person=person, chat=chat, message=message, data=data, now=now)
        content: dict[str, object] = {
            "id": query.id,
            "from": self.people[person].fields(),
            "chat_instance": str(chat),
            "data": data,
        }
        if shown is not None:
            content["message"] = shown.fields()
        else:
            content["message"] = {"chat": place.fields(), "message_id": message, "date": 0}
        self.updates.push("callback_query", content, person)
        self.emit(Event(kind="press", chat=place, person=person, data={"query": query.id}))
        return query

    def edit(self, person: int, chat: int, message: int, text: str) -> Message:
        """Change an own message afterwards; the bot gets edited_message (or channel post)."""
        old = self.chats[chat].messages[message]
        if old.sender is None or old.sender.id != person:
            raise PermissionError(f"message {message} is not by {person}")
        kept = clean(text).strip()
        new = self.change(old, text=kept, entities=find(kept), edited=self.clock.stamp())
        kind = "edited_channel_post" if old.chat.kind is ChatKind.CHANNEL else "edited_message"
        if self._reaches_bot(new):
            self.updates.push(kind, new.fields(), chat)
        return new

    def channel_post(self, chat: int, text: str) -> Message:
        """Write in a channel, in its name; nobody's id goes with it."""
        place, kept = self.chats[chat], clean(text).strip()
        message = self.post(place, sender=None, sender_chat=place, text=kept, entities=find(kept))
        if place.bot.present:
            self.updates.push("channel_post", message.fields(), chat)
        return message

    def _speak(
        self,
        person: int,
        chat: int,
        *,
        text: str,
        marks: tuple[Entity, ...] = (),
        thread: int | None = None,
        reply_to: int | None = None,
        media: Media | None = None,
        album: str = "",
        service: dict[str, object] | None = None,
        forwarded: bool = False,
    ) -> Message:
        place = self.chat(chat)
        who = self.people[person]
        self._open_private(place, who)
        sender, sender_chat = self._voice(place, who)
        kept, entities = trim(text, (*marks, *find(text, marks)))
        message = self.post(
            place,
            sender=sender,
            sender_chat=sender_chat,
            text=kept,
            entities=entities,
            thread=thread,
            reply_to=reply_to,
            media=media,
            album=album,
            service=service,
            extra={"forward_origin": self._origin()} if forwarded else None,
        )
        if self._reaches_bot(message):
            kind = "channel_post" if place.kind is ChatKind.CHANNEL else "message"
            self.updates.push(kind, message.fields(), place.id)
        return message

    def _origin(self) -> dict[str, object]:
        """Of somebody who hides behind forwarded messages (Bot API MessageOriginHiddenUser)."""
        hidden = {"type": "hidden_user", "sender_user_name": "Somebody"}
        return {**hidden, "date": self.clock.stamp()}

    def _open_private(self, place: Chat, who: Person) -> None:
        """The first word in a private chat starts the bot; after a block it unblocks it."""
        if place.person is None or place.bot.present:
            return
        blocked = place.bot.status is Status.KICKED
        before, after = place.set_bot(Status.MEMBER)
        if blocked:
            self._tell_membership(place, who, before, after)

    def _voice(self, place: Chat, who: Person) -> tuple[Person | None, Chat | None]:
        """In whose name somebody writes: channels and anonymous admins write as the chat."""
        if place.kind is ChatKind.CHANNEL:
            return None, place
        standing = place.members.get(who.id)
        if standing is not None and standing.anonymous:
            hidden = Person(
                id=ANONYMOUS_ADMIN, first_name="Group", username="GroupAnonymousBot", is_bot=True
            )
            return hidden, place
        return who, None

    def _reaches_bot(self, message: Message) -> bool:
        """Privacy mode: in groups only what is meant for the bot (Bot API FAQ)."""
        place = message.chat
        if not place.bot.present:
            return False
        grouped = place.kind in (ChatKind.GROUP, ChatKind.SUPERGROUP)
        if not grouped or not self.privacy or place.bot.rules or message.service:
            return True
        original = place.messages.get(message.reply_to or 0)
        if original is not None and original.sender == self.bot:
            return True
        return any(self._addresses(message.text, mark) for mark in message.entities)

    def _addresses(self, text: str, mark: Entity) -> bool:
        word = slice_units(text, mark.offset, mark.end).lower()
        own = f"@{self.bot.username.lower()}"
        if mark.type == "bot_command":
            return mark.offset == 0 and ("@" not in word or word.endswith(own))
        return mark.type == "mention" and word == own

    def _tell_membership(
        self, place: Chat, actor: Person, before: Membership, after: Membership
    ) -> None:
        """Queue my_chat_member."""
        self.updates.push(
            "my_chat_member", self._member_change(place, actor, self.bot, before, after), place.id
        )

    def _member_change(
        self, place: Chat, actor: Person, subject: Person, before: Membership, after: Membership
    ) -> dict[str, object]:
        return {
            "chat": place.fields(),
            "from": actor.fields(),
            "date": self.clock.stamp(),
            "old_chat_member": member_fields(subject, before),
            "new_chat_member": member_fields(subject, after),
        }


def member_fields(person: Person, standing: Membership) -> dict[str, object]:
    """The Bot API's ChatMember of any kind."""
    out: dict[str, object] = {"status": standing.status.value, "user": person.fields()}
    if standing.status is Status.CREATOR:
        out["is_anonymous"] = standing.anonymous
    elif standing.status is Status.ADMINISTRATOR:
        out |= dict.fromkeys(_RIGHTS, True)
        out["can_be_edited"] = False
        out["is_anonymous"] = standing.anonymous
    elif standing.status is Status.RESTRICTED:
        out |= dict.fromkeys(_LIBERTIES, standing.can_send)
        out |= {"is_member": True, "until_date": 0}
    elif standing.status is Status.KICKED:
        out["until_date"] = 0
    return out


_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_post_messages",
    "can_edit_messages",
    "can_pin_messages",
    "can_manage_topics",
    "can_manage_direct_messages",
    "can_manage_tags",
    "can_send_welcome_messages",
)
_LIBERTIES = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_edit_tag",
    "can_react_to_messages",
)

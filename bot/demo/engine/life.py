"""What happens to chats: blocking, leaving, promotions, upgrades, topics, deleted accounts."""

import json
from dataclasses import replace

from bot.demo.engine.chats import Chat, ChatKind, Membership, Status, Topic
from bot.demo.engine.messages import Message
from bot.demo.engine.talk import Talk
from bot.demo.engine.world import Event


class Life(Talk):
    """Acts that change who is where."""

    # --- the bot's own place --------------------------------------------------------------

    def block(self, person: int) -> None:
        """Block the bot: it may not write to this person any more."""
        self._move_bot(self.chats[person], person, Status.KICKED)

    def unblock(self, person: int) -> None:
        """Let the bot write again."""
        self._move_bot(self.chats[person], person, Status.MEMBER)

    def add_bot(
        self, chat: int, by: int, *, status: Status = Status.MEMBER, payload: str | None = None
    ) -> None:
        """Take the bot into a chat; with `payload` by a ?startgroup= link."""
        place = self.chat(chat)
        self._move_bot(place, by, status)
        if place.kind is not ChatKind.CHANNEL:
            self._announce(place, by, {"new_chat_members": [self.bot.fields()]})
        if payload is not None:
            self.say(by, chat, f"/start@{self.bot.username} {payload}")

    def leave_as_bot(self, chat: Chat) -> None:
        """The bot leaves by itself; it is told so."""
        before, after = chat.set_bot(Status.LEFT)
        self._tell_membership(chat, self.bot, before, after)
        self.emit(Event(kind="reset"))

    def kick(self, chat: int, by: int) -> None:
        """Throw the bot out."""
        self._move_bot(self.chat(chat), by, Status.KICKED)

    def promote_bot(self, chat: int, by: int, status: Status = Status.ADMINISTRATOR) -> None:
        """Make the bot an admin, or with another status something else."""
        self._move_bot(self.chat(chat), by, status)

    def mute_bot(self, chat: int) -> None:
        """Take the bot's right to write."""
        place = self.chat(chat)
        place.bot = Membership(status=Status.RESTRICTED, can_send=False)

    # --- people ---------------------------------------------------------------------------

    def join(self, person: int, chat: int, status: Status = Status.MEMBER) -> None:
        """Enter a group or channel."""
        place = self.chat(chat)
        self._move_member(place, person, Membership(status=status))
        if place.kind is not ChatKind.CHANNEL:
            shown = self.people[person].fields()
            self._announce(place, person, {"new_chat_members": [shown]})

    def leave(self, person: int, chat: int) -> None:
        """Leave a group or channel."""
        place = self.chat(chat)
        if place.kind is not ChatKind.CHANNEL:
            self._announce(place, person, {"left_chat_member": self.people[person].fields()})
        self._move_member(place, person, Membership(status=Status.LEFT))

    def promote(
        self,
        person: int,
        chat: int,
        status: Status = Status.ADMINISTRATOR,
        *,
        anonymous: bool = False,
    ) -> None:
        """Make somebody an admin; an anonymous one writes in the group's name from then on."""
        place = self.chat(chat)
        self._move_member(place, person, Membership(status=status, anonymous=anonymous))

    def delete_account(self, person: int) -> None:
        """The account ends; its private chat stays as a dead end."""
        gone = replace(self.people[person], first_name="", last_name="", username="", deleted=True)
        self.people[person] = gone
        self.chats[person].person = gone
        for chat in self.chats.values():
            chat.members.pop(person, None)
        self.emit(Event(kind="reset"))

    # --- groups ---------------------------------------------------------------------------

    def delete_chat(self, chat: int) -> None:
        """The owner deletes the group or channel."""
        self.chat(chat).gone = True
        self.emit(Event(kind="reset"))

    def upgrade(self, chat: int, by: int) -> Chat:
        """Turn a group into a supergroup with a new id; both service messages reach the bot."""
        old = self.chats[chat]
        if old.kind is not ChatKind.GROUP:
            raise ValueError(f"chat {chat} is a {old.kind}, not a group")
        new = self.add_chat(
            -1_000_000_000_000 + chat, ChatKind.SUPERGROUP, old.title, bot=old.bot.status
        )
        new.members = dict(old.members)
        self._announce(old, by, {"migrate_to_chat_id": new.id})
        old.migrated_to = new.id
        self._announce(new, by, {"migrate_from_chat_id": old.id})
        self.emit(Event(kind="reset"))
        return new

    def open_topic(self, chat: int, by: int, name: str) -> Topic:
        """A new forum topic."""
        place = self.chat(chat)
        topic = Topic(id=place.last_id + 1, name=name)
        place.topics[topic.id] = topic
        created = {"name": name, "icon_color": 7322096}
        self._announce(place, by, {"forum_topic_created": created}, thread=topic.id)
        return topic

    def close_topic(self, chat: int, by: int, topic: int) -> None:
        """Close a topic: only admins can write there."""
        self._set_topic(self.chat(chat), by, topic, closed=True)

    def reopen_topic(self, chat: int, by: int, topic: int) -> None:
        """Open a closed topic again."""
        self._set_topic(self.chat(chat), by, topic, closed=False)

    def delete_topic(self, chat: int, topic: int) -> None:
        """Delete a topic with all its messages; Telegram tells bots nothing of it."""
        place = self.chat(chat)
        del place.topics[topic]
        for message in self.messages(place.id):
            if message.thread == topic:
                self.remove(message)
        self.emit(Event(kind="reset"))

    def share_chat(self, person: int, chat: int, request: int) -> Message:
        """Choose a chat for the bot by a button with `request_chat` (Bot API ChatShared)."""
        shared = {"request_id": request, "chat_id": chat, "title": self.chat(chat).title}
        return self._announce(self.chats[person], person, {"chat_shared": shared})

    # --- the wire -------------------------------------------------------------------------

    def push_raw(self, update: dict[str, object] | str) -> None:
        """Queue an update as it is: malformed, with a used id, whatever a test needs."""
        if isinstance(update, str):
            self.updates.push_raw(update)
            return
        given = update.get("update_id")
        self.updates.push_raw(
            json.dumps(update, ensure_ascii=False), given if isinstance(given, int) else 0
        )

    # --- shared ---------------------------------------------------------------------------

    def _move_bot(self, place: Chat, by: int, status: Status) -> None:
        before, after = place.set_bot(status)
        if before != after:
            self._tell_membership(place, self.people[by], before, after)
            self.emit(Event(kind="reset"))

    def _move_member(self, place: Chat, person: int, after: Membership) -> None:
        before = place.members.get(person, Membership(status=Status.LEFT))
        place.members[person] = after
        who = self.people[person]
        if place.bot.rules:
            # Telegram tells of other members only in chats where the bot is an admin.
            content = self._member_change(place, who, who, before, after)
            self.updates.push("chat_member", content, place.id)
        self.emit(Event(kind="reset"))

    def _announce(
        self, place: Chat, by: int, service: dict[str, object], thread: int | None = None
    ) -> Message:
        message = self.post(place, sender=self.people[by], thread=thread, service=service)
        if place.bot.present:
            self.updates.push("message", message.fields(), place.id)
        return message

    def _set_topic(self, place: Chat, by: int, topic: int, *, closed: bool) -> None:
        place.topics[topic] = replace(place.topics[topic], closed=closed)
        word = "forum_topic_closed" if closed else "forum_topic_reopened"
        self._announce(place, by, {word: {}}, thread=topic)
        self.emit(Event(kind="reset"))

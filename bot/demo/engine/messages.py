"""A message as it stands in a chat, with its buttons and what is attached to it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.demo.engine.files import StoredFile
from bot.demo.engine.people import Person
from bot.demo.entities import Entity

if TYPE_CHECKING:
    from bot.demo.engine.chats import Chat


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """An inline button: a press or a link."""

    text: str
    data: str = ""
    url: str = ""

    def fields(self) -> dict[str, object]:
        """The Bot API's InlineKeyboardButton."""
        if self.url:
            return {"text": self.text, "url": self.url}
        return {"text": self.text, "callback_data": self.data}


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """What is attached: `kind` is the message's field in the Bot API (photo, document, …), `body`
    its content, `file` the bytes behind it, if any."""

    kind: str
    body: object
    file: StoredFile | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message; `text` is the caption when there is media. `date` and `edited` count seconds."""

    id: int
    chat: "Chat"
    date: int
    sender: Person | None = None
    sender_chat: "Chat | None" = None
    text: str = ""
    entities: tuple[Entity, ...] = ()
    rows: Rows = ()
    thread: int | None = None
    reply_to: int | None = None
    media: Media | None = None
    album: str = ""
    edited: int | None = None
    protected: bool = False
    service: dict[str, object] = field(default_factory=dict)
    """Fields of a service message, e.g. new_chat_members."""
    extra: dict[str, object] = field(default_factory=dict)
    """Other fields, e.g. where it was forwarded from."""

    @property
    def by_bot(self) -> bool:
        """Sent by the bot under test (in a channel: in the channel's name)."""
        return self.sender is not None and self.sender.is_bot and self.sender_chat is None

    @property
    def buttons(self) -> tuple[str, ...]:
        """The labels of all buttons, row after row."""
        return tuple(button.text for row in self.rows for button in row)

    def button(self, wanted: str) -> Button | None:
        """The button with this label or, else, this data."""
        flat = [button for row in self.rows for button in row]
        for button in flat:
            if button.text == wanted:
                return button
        return next((button for button in flat if button.data and button.data == wanted), None)

    def fields(self, *, nested: bool = False) -> dict[str, object]:
        """The Bot API's Message; `nested` ones don't show what they reply to."""
        out: dict[str, object] = {
            "message_id": self.id,
            "date": self.date,
            "chat": self.chat.fields(),
        }
        if self.sender is not None:
            out["from"] = self.sender.fields()
        if self.sender_chat is not None:
            out["sender_chat"] = self.sender_chat.fields()
        self._put_content(out)
        self._put_marks(out)
        if self.reply_to is not None and not nested:
            original = self.chat.messages.get(self.reply_to)
            if original is not None:
                out["reply_to_message"] = original.fields(nested=True)
        if self.service:
            out.update(self.service)
        if self.extra:
            out.update(self.extra)
        return out

    def _put_marks(self, out: dict[str, object]) -> None:
        if self.rows:
            out["reply_markup"] = keyboard(self.rows)
        if self.edited is not None:
            out["edit_date"] = self.edited
        if self.thread is not None:
            out["message_thread_id"] = self.thread
            out["is_topic_message"] = True
        if self.album:
            out["media_group_id"] = self.album
        if self.protected:
            out["has_protected_content"] = True

    def _put_content(self, out: dict[str, object]) -> None:
        if self.media is None:
            text, marks = "text", "entities"
        else:
            text, marks = "caption", "caption_entities"
            out[self.media.kind] = self.media.body
        if self.text:
            out[text] = self.text
        if self.entities:
            out[marks] = [entity.fields() for entity in self.entities]


def keyboard(rows: Rows) -> dict[str, object]:
    """The Bot API's InlineKeyboardMarkup."""
    return {"inline_keyboard": [[button.fields() for button in row] for row in rows]}

"""What happens: everything a person can do in the private chat, as the dialogues see it."""

from dataclasses import dataclass
from enum import StrEnum

from conversations.broadcasts.posts import Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A button of a card: its data as Telegram gave it back (from the client: to be distrusted)."""

    data: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A text, as typed; parts that a client split are already joined."""

    text: str
    post: Post | None = None
    """The same with its marks, untouched."""
    reply_to: int | None = None
    """Id of the message it replies to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A command without slash and bot name, e.g. Called(name="anfrage", args="")."""

    name: str
    args: str = ""


class Media(StrEnum):
    """Kinds of message that are no text."""

    PHOTO = "photo"
    VOICE = "voice"
    VIDEO = "video"
    STICKER = "sticker"
    LOCATION = "location"
    CONTACT = "contact"
    DOCUMENT = "document"
    POLL = "poll"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A message that is no text."""

    media: Media
    post: Post | None = None
    """A photo or video with its caption."""
    reply_to: int | None = None
    album: bool = False
    """It is the first of several that were sent at once; the others are not taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """An earlier message was changed afterwards; `message` is its id."""

    text: str
    message: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Flooded:
    """`count` texts came faster than anybody reads; none of them was taken as an answer."""

    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed:
    """Nothing happened, but the current card is to be shown (again): restart, or it got lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """The person blocked the bot (`now` True), or let it back in."""

    now: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploaded:
    """A document was sent; `file` is Telegram's id of it, `size` in bytes."""

    file: str
    name: str
    mime: str = ""
    size: int = 0
    post: Post | None = None
    """The document with its caption."""
    reply_to: int | None = None
    album: bool = False
    """It is the first of several that were sent at once; the others are not taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """The calendar that the step asked for was read (no act of the person)."""

    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A chat was named for linking: by the chat picker, by a link into a group, or by /gruppe
    written in it."""

    chat: int
    title: str
    kind: str
    """"group", "supergroup", "topic" or "channel"."""
    thread: int | None = None
    council: str = ""
    """For which council; empty for the one in hand."""
    writes: bool = True
    """Whether the bot may write there, as far as known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """The broadcast that was to be shown to its author was taken by Telegram, or refused."""

    broadcast: str
    revision: int
    refused: str = ""
    """Key of the reason: "markup", "long", "button", "file", "offline", "other"; empty: taken."""


Event = (
    Pressed
    | Typed
    | Called
    | Received
    | Edited
    | Flooded
    | Resumed
    | Barred
    | Uploaded
    | Looked
    | Offered
    | Rehearsed
)

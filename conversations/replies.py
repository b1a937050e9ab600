"""Replies that came after the first ones (conversations.core)."""

from dataclasses import dataclass

from conversations.broadcasts import BroadcastId


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """Telegram's own picker of chats, as a keyboard below the chat: what is chosen comes as the
    event `Offered`. Without words on its buttons, the keyboard goes."""

    html: str
    group: str = ""
    """Words on the button that lists groups."""
    channel: str = ""
    """Words on the button that lists channels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A link into the bot as a QR picture, with the words below it (Telegram HTML)."""

    link: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnData:
    """Send everything stored about the person, as JSON and to read (/meinedaten)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreached:
    """Send the list of those whom a broadcast did not reach, as XLSX."""

    broadcast: BroadcastId

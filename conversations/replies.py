"""Replies that came after the first ones (conversations.core)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """Telegram's own picker of chats, as a keyboard below the chat: what is chosen comes as the
    event `Offered`. Without words on its buttons, the keyboard goes."""

    html: str
    group: str = ""
    """Words on the button that lists groups."""
    channel: str = ""
    """Words on the button that lists channels."""

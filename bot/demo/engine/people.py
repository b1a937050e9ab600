"""Who takes part: persons and the bot itself, as Telegram describes them."""

from dataclasses import dataclass

ANONYMOUS_ADMIN = 1087968824
"""GroupAnonymousBot: Telegram's sender for admins who stay anonymous."""
CHANNEL_ADMIN = 136817688
"""Channel_Bot: Telegram's sender for people who write in the name of a channel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A Telegram account. `role` is for the demo page only; Telegram never sees it."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    is_bot: bool = False
    role: str = ""
    deleted: bool = False
    unseen: bool = False
    """Takes part, but has no view on the demo page."""

    @property
    def name(self) -> str:
        """First and last name, as chats show it."""
        return f"{self.first_name} {self.last_name}".strip()

    def fields(self) -> dict[str, object]:
        """The Bot API's User."""
        out: dict[str, object] = {
            "id": self.id,
            "is_bot": self.is_bot,
            "first_name": self.first_name,
        }
        if self.last_name:
            out["last_name"] = self.last_name
        if self.username:
            out["username"] = self.username
        if self.language_code:
            out["language_code"] = self.language_code
        return out

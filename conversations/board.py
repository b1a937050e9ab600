"""What operators see of the running instance: queues, unclear messages, chats that do not work, the
last backup. Counts, places and chat ids; no names, letters or answers.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """A message of which nobody knows whether it arrived."""

    id: str
    kind: str
    chat: int
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DisabledChat:
    """A linked chat to which nothing is sent any more."""

    chat: int
    kind: str
    reason: str
    """Key, e.g. "kicked"."""
    ags: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """How the instance does at a moment."""

    due: tuple[tuple[str, int], ...] = ()
    """Messages that are due now and not sent yet, counted by kind."""
    soon: int = 0
    """Messages that become due within a day."""
    next: datetime | None = None
    """When the next one is due that is not yet."""
    sending: int = 0
    failed: int = 0
    """In the last seven days."""
    waiting: int = 0
    """Updates from Telegram that wait to be handled."""
    unclear: tuple[Unclear, ...] = ()
    """The oldest first, at most fifty."""
    disabled: tuple[DisabledChat, ...] = ()
    """At most fifty."""
    backup: datetime | None = None
    """When the last backup came to its end."""
    quarantine: datetime | None = None
    """When the backup was made that was restored and not released yet: nothing is sent."""

    @property
    def count(self) -> int:
        """How many messages are due now."""
        return sum(count for _, count in self.due)

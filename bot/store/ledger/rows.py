"""Rows of the ledger as values."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from conversations.standing import CouncilId, PersonId

REMINDERS: Final = 0
BROADCASTS: Final = 1
RANKS: Final = (REMINDERS, BROADCASTS)
"""Reminders and notices go before broadcasts."""
AGAIN: Final = "again"
"""Reason of a row that is sent once more because nobody knows whether it arrived."""
UNCLEAR: Final = "unclear"
"""Reason of a row that is given up because nobody knows whether it arrived."""
KEY: Final = ("kind", "subject", "version", "slot", "chat", "thread")
"""What makes two rows the same message."""


class State(StrEnum):
    """Where a row stands."""

    PLANNED = "planned"
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    CLOSED = "closed"


WAITING: Final = (State.PLANNED, State.PENDING)
"""Nobody has begun to send it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A row that this process is sending."""

    id: str
    claim: str
    kind: str
    rank: int
    subject: str
    version: int
    slot: str
    chat: int
    thread: int | None
    council: CouncilId | None
    person: PersonId | None
    due: datetime
    expires: datetime
    attempt: int
    nth: int
    of: int
    again: bool
    """Sent before, perhaps in vain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of a claimed row. `not_before`: from when on it is looked at again."""

    state: State
    reason: str = ""
    message: int | None = None
    not_before: datetime | None = None


def new_id() -> str:
    """16 URL-safe characters."""
    return secrets.token_urlsafe(12)

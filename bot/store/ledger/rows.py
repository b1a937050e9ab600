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
    HELD = "held"
    """Of a paused broadcast."""


BROADCAST: Final = "broadcast"
"""Kind of a row that is one part of a broadcast to one chat: subject "broadcast:<id>", version 1,
slot language and part, e.g. "de1"; `nth` of `of` parts."""
ORIGINAL: Final = 1
"""Version of those rows."""
CORRECTION: Final = "correction"
"""Kind of a row that changes such a message: same subject and slot, version the edition."""
RETRACTION: Final = "retraction"
"""Kind of a row that deletes such a message: same subject, version 1."""
ANSWERED: Final = "answered"
"""Kind of a row that brings a member's answer to the broadcast's author: subject "answer:<id>"."""
WROTE_BACK: Final = "wrote_back"
"""Kind of a row that brings the author's word back to the member: subject "answer:<id>"."""
ASKED: Final = "asked"
"""Kind of a row that asks a second operator to confirm: subject "broadcast:<id>", version the
revision."""
OF_BROADCASTS: Final = (BROADCAST, CORRECTION, RETRACTION)
"""What goes out in bulk, behind everything else."""
IDEMPOTENT: Final = (CORRECTION, RETRACTION)
"""What may be done twice without harm: simply tried again when nobody knows whether it arrived."""

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

"""The ledger of what is sent unasked: planned, claimed row by row, settled with what became of it.

planned → pending → sending → sent | failed | uncertain | expired | cancelled;
uncertain → pending (once more) | closed; what waits of a paused broadcast is held meanwhile
(`campaigns`).
"""

from bot.store.ledger.changing import let_be, resend, unclear
from bot.store.ledger.planning import Changes, Key, Wish, insert, missed, reconcile, reported, told
from bot.store.ledger.rows import (
    ANSWERED,
    ASKED,
    BROADCAST,
    BROADCASTS,
    CORRECTION,
    IDEMPOTENT,
    OF_BROADCASTS,
    REMINDERS,
    RETRACTION,
    WROTE_BACK,
    Claimed,
    Settled,
    State,
)
from bot.store.ledger.sending import (
    claim,
    delay,
    disown,
    is_at,
    is_up,
    next_up,
    rouse,
    settle,
    wake,
)

__all__ = [
    "ANSWERED",
    "ASKED",
    "BROADCAST",
    "BROADCASTS",
    "CORRECTION",
    "IDEMPOTENT",
    "OF_BROADCASTS",
    "REMINDERS",
    "RETRACTION",
    "WROTE_BACK",
    "Changes",
    "Claimed",
    "Key",
    "Settled",
    "State",
    "Wish",
    "claim",
    "delay",
    "disown",
    "insert",
    "is_at",
    "is_up",
    "let_be",
    "missed",
    "next_up",
    "reconcile",
    "reported",
    "resend",
    "rouse",
    "settle",
    "told",
    "unclear",
    "wake",
]

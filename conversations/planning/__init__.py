"""When a council is reminded of what, and who gets it: pure, from facts to the ledger's rows."""

from conversations.planning.chances import Chance, next_chance, outlook, target
from conversations.planning.receiving import Recipient, held, recipients, rested
from conversations.planning.wishes import plan, still

__all__ = [
    "Chance",
    "Recipient",
    "held",
    "next_chance",
    "outlook",
    "plan",
    "recipients",
    "rested",
    "still",
    "target",
]

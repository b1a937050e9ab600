"""The tables, portable between SQLite and PostgreSQL. Moments are UTC milliseconds since 1970.

Bodies are JSON written by `bot.store.codec`; `format` says in which version of that JSON.
"""

from bot.store.schema.agenda import calendar, feed, filing, meeting, report, steering
from bot.store.schema.broadcasts import answer, broadcast
from bot.store.schema.councils import audit, council, invitation, membership, operator, secret
from bot.store.schema.deliveries import chat_link, delivery, lease, link_offer, mark
from bot.store.schema.ground import FORMAT, HEAD, SEALED, metadata
from bot.store.schema.people import dialogue, draft, errand, inbox, letter, letter_file, member

__all__ = [
    "FORMAT",
    "HEAD",
    "SEALED",
    "answer",
    "audit",
    "broadcast",
    "calendar",
    "chat_link",
    "council",
    "delivery",
    "dialogue",
    "draft",
    "errand",
    "feed",
    "filing",
    "inbox",
    "invitation",
    "lease",
    "letter",
    "letter_file",
    "link_offer",
    "mark",
    "meeting",
    "member",
    "membership",
    "metadata",
    "operator",
    "report",
    "secret",
    "steering",
]

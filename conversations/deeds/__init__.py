"""Deeds: what a decision changes in councils, roles and agendas.

A flow asks `may` before it offers a button; the store asks it again, with what is stored then.
"""

from dataclasses import replace
from datetime import datetime

from conversations.deeds import agenda, councils
from conversations.deeds.agenda import (
    AgendaDeed,
    File,
    Follow,
    Link,
    Note,
    OfferLink,
    OpenFeed,
    PutOff,
    Schedule,
    Steer,
    Unlink,
    Unnote,
)
from conversations.deeds.councils import (
    Amend,
    Appoint,
    CouncilDeed,
    Dismiss,
    EndTerm,
    Found,
    Invite,
    Join,
    Known,
    Leave,
    Refused,
    Remove,
    Revoke,
    TakeOver,
    Wear,
    is_admin,
)
from conversations.standing import PersonId, Standing

__all__ = [
    "AgendaDeed",
    "Amend",
    "Appoint",
    "CouncilDeed",
    "Deed",
    "Dismiss",
    "EndTerm",
    "File",
    "Follow",
    "Found",
    "Invite",
    "Join",
    "Known",
    "Leave",
    "Link",
    "Note",
    "OfferLink",
    "OpenFeed",
    "PutOff",
    "Refused",
    "Remove",
    "Revoke",
    "Schedule",
    "Steer",
    "TakeOver",
    "Unlink",
    "Unnote",
    "Wear",
    "applied",
    "is_admin",
    "may",
]

Deed = CouncilDeed | AgendaDeed


def may(standing: Standing, deed: Deed) -> bool:
    """Whether a person of this standing may do it. What needs the store's own look (an invitation
    that is still good, the last operator, a colleague's seat) is judged there."""
    if isinstance(deed, AgendaDeed):
        return agenda.may_change(standing, deed)
    return councils.may(standing, deed)


def applied(known: Known, deed: Deed, person: PersonId, now: datetime) -> Known:
    """What is known after a deed, as the next card shows it."""
    if isinstance(deed, AgendaDeed):
        return replace(known, agenda=agenda.changed(known.agenda, deed))
    return councils.applied(known, deed, person, now)

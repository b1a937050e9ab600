"""Deeds: what a decision changes in councils, roles, agendas and broadcasts.

A flow asks `may` before it offers a button; the store asks it again, with what is stored then.
"""

from dataclasses import replace
from datetime import datetime

from conversations.board import Board
from conversations.deeds import agenda, broadcast_course, broadcasting, councils, operating
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
from conversations.deeds.broadcasting import (
    BroadcastDeed,
    Cancel,
    Compose,
    Confirm,
    Correct,
    Decline,
    Discard,
    Pause,
    Pin,
    Rehearse,
    Reply,
    Resume,
    Retract,
    Second,
    Settle,
    WriteBack,
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
from conversations.deeds.operating import LetBe, OperatingDeed, Release, Resend
from conversations.standing import PersonId, Standing

__all__ = [
    "AgendaDeed",
    "Amend",
    "Appoint",
    "BroadcastDeed",
    "Cancel",
    "Compose",
    "Confirm",
    "Correct",
    "CouncilDeed",
    "Decline",
    "Deed",
    "Discard",
    "Dismiss",
    "EndTerm",
    "File",
    "Follow",
    "Found",
    "Invite",
    "Join",
    "Known",
    "Leave",
    "LetBe",
    "Link",
    "Note",
    "OfferLink",
    "OpenFeed",
    "OperatingDeed",
    "Pause",
    "Pin",
    "PutOff",
    "Refused",
    "Rehearse",
    "Release",
    "Remove",
    "Reply",
    "Resend",
    "Resume",
    "Retract",
    "Revoke",
    "Schedule",
    "Second",
    "Settle",
    "Steer",
    "TakeOver",
    "Unlink",
    "Unnote",
    "Wear",
    "WriteBack",
    "applied",
    "is_admin",
    "may",
]

Deed = CouncilDeed | AgendaDeed | OperatingDeed | BroadcastDeed


def may(standing: Standing, deed: Deed) -> bool:
    """Whether a person of this standing may do it. What needs the store's own look (an invitation
    that is still good, the last operator, a colleague's seat) is judged there."""
    if isinstance(deed, AgendaDeed):
        return agenda.may_change(standing, deed)
    if isinstance(deed, OperatingDeed):
        return standing.operator
    if isinstance(deed, BroadcastDeed):
        return broadcasting.may(standing, deed)
    return councils.may(standing, deed)


def applied(known: Known, deed: Deed, person: PersonId, now: datetime) -> Known:
    """What is known after a deed, as the next card shows it."""
    if isinstance(deed, AgendaDeed):
        return replace(known, agenda=agenda.changed(known.agenda, deed))
    if isinstance(deed, OperatingDeed):
        board = operating.done(known.desk.board or Board(), deed)
        return replace(known, desk=replace(known.desk, board=board))
    if isinstance(deed, BroadcastDeed):
        done = broadcast_course.applied(known.broadcasts, deed, person, now)
        return replace(known, broadcasts=done)
    return councils.applied(known, deed, person, now)

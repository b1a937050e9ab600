"""Deeds that change a council's agenda, each with the one rule of who may do it."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from conversations.agenda import (
    Agenda,
    CalendarSource,
    ChatLinkId,
    CouncilMeeting,
    Filed,
    LinkedChat,
    MeetingId,
    Report,
    ReportId,
)
from conversations.standing import CouncilId, Role, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Meetings are entered, changed (their version grows when day, hour or cancellation do) and
    taken out (admins)."""

    council: CouncilId
    kept: tuple[CouncilMeeting, ...] = ()
    """New and changed ones."""
    dropped: tuple[MeetingId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """A calendar on the web is followed from now on; None ends it (admins)."""

    council: CouncilId
    source: CalendarSource | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFeed:
    """The council's meetings can be read as a calendar by whoever has the token; an older token
    ends. Only its SHA-256 (hex) is stored; empty closes the feed (admins)."""

    council: CouncilId
    token_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A KIM report is recorded or corrected (admins)."""

    council: CouncilId
    report: Report
    file_id: str = ""
    """Telegram's id of the document to keep with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unnote:
    """A KIM report was none (admins)."""

    council: CouncilId
    report: ReportId


@dataclass(frozen=True, slots=True, kw_only=True)
class Steer:
    """The days on which the steering group met (admins)."""

    council: CouncilId
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A paper was filed, or something became of it: the person's own, or an admin's hand. With
    None it was not filed after all."""

    letter: str
    council: CouncilId | None
    filed: Filed | None
    file_id: str = ""
    """Telegram's id of the document that proves it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferLink:
    """A link that connects a chat, good once and for ten minutes; only its SHA-256 is stored."""

    council: CouncilId
    token_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A chat is the council's from now on, or what it receives changes (admins)."""

    council: CouncilId
    chat: LinkedChat


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlink:
    """A chat is the council's no longer (admins)."""

    council: CouncilId
    chat: ChatLinkId


@dataclass(frozen=True, slots=True, kw_only=True)
class PutOff:
    """A reminder that was sent comes once more: the person's own in private, in a chat of the
    council for its admins."""

    council: CouncilId
    reminder: str
    slot: str
    """Of the row that is added: the reminder's own with a mark, "14/2026-11-23"."""
    until: datetime


AgendaDeed = (
    Schedule | Follow | OpenFeed | Note | Unnote | Steer | File | OfferLink | Link | Unlink | PutOff
)


def may_change(standing: Standing, deed: AgendaDeed) -> bool:
    """Whether a person of this standing may do it; whose letter or reminder it is, the store
    judges."""
    if isinstance(deed, File):
        return deed.council is None or standing.seat(deed.council) is not None
    seat = standing.seat(deed.council)
    if isinstance(deed, PutOff):
        return seat is not None
    return seat is not None and seat.role is Role.ADMIN


def changed(agenda: Agenda, deed: AgendaDeed) -> Agenda:
    """The agenda after a deed, as the next card shows it."""
    match deed:
        case Schedule(kept=kept, dropped=dropped):
            gone = {*dropped, *(one.id for one in kept)}
            rest = [one for one in agenda.meetings if one.id not in gone]
            return replace(agenda, meetings=tuple(sorted([*rest, *kept], key=_moment)))
        case Follow(source=source):
            return replace(agenda, source=source)
        case OpenFeed(token_hash=token_hash):
            return replace(agenda, feed=bool(token_hash))
        case Note(report=report):
            others = [one for one in agenda.reports if one.id != report.id]
            days = sorted([*others, report], key=lambda one: one.day, reverse=True)
            return replace(agenda, reports=tuple(days))
        case Unnote(report=id_):
            return replace(agenda, reports=tuple(one for one in agenda.reports if one.id != id_))
        case Steer(days=days):
            return replace(agenda, steering=tuple(sorted(days)))
        case File(letter=letter, filed=filed):
            left = tuple(one for one in agenda.filed if one.letter != letter)
            return replace(agenda, filed=(*([filed] if filed else []), *left))
        case Link(chat=chat):
            chats = tuple(one for one in agenda.chats if one.id != chat.id)
            return replace(agenda, chats=(*chats, chat))
        case Unlink(chat=id_):
            return replace(agenda, chats=tuple(one for one in agenda.chats if one.id != id_))
    return agenda


def _moment(one: CouncilMeeting) -> tuple[date, str]:
    return one.day, one.start.isoformat() if one.start else ""

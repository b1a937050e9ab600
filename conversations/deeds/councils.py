"""Deeds that change councils and roles, each with the one rule of who may do it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from conversations.agenda import Agenda
from conversations.broadcasts import Broadcasts
from conversations.rules.profile import Profile
from conversations.standing import (
    Badge,
    Colleague,
    CouncilEntry,
    CouncilId,
    Desk,
    Invitation,
    InvitationId,
    PersonId,
    Role,
    Seat,
    Standing,
    StoredCouncil,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A council begins (operator)."""

    council: CouncilId
    profile: Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Amend:
    """A council's profile changes (its admins). `revision` is the one it was decided on: another
    one stored means somebody else was faster, and the turn is decided again."""

    council: CouncilId
    revision: int
    profile: Profile
    what: str
    """Which part, for the audit log, e.g. "chair", "rule:anfrage"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """An invitation is made. Only the token's SHA-256 (hex) is stored."""

    id: InvitationId
    token_hash: str
    role: Role
    council: CouncilId | None = None
    uses: int = 1
    expires: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Revoke:
    """An invitation ends."""

    id: InvitationId
    council: CouncilId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """The person uses an invitation: takes a seat, or becomes operator. One use goes; when none is
    left any more the turn is decided again, without the invitation."""

    invitation: InvitationId
    role: Role
    council: CouncilId | None = None
    ags: str = ""
    badge: Badge = Badge()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wear:
    """The person changes how they stand in the council."""

    council: CouncilId
    badge: Badge


@dataclass(frozen=True, slots=True, kw_only=True)
class Appoint:
    """A person of the council gets another role there."""

    council: CouncilId
    person: PersonId
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Remove:
    """A person's seat ends, by an admin's hand."""

    council: CouncilId
    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """The person's own seat ends."""

    council: CouncilId


@dataclass(frozen=True, slots=True, kw_only=True)
class EndTerm:
    """The term is over: all seats end but those of `stay` (the admin who does it among them);
    what was filed stays with the council."""

    council: CouncilId
    stay: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOver:
    """A person goes on with a new Telegram account, which has a seat already: role, badge, drafts
    and letters of the old one move to it, the old one's seat ends."""

    council: CouncilId
    old: PersonId
    new: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismiss:
    """An operator is one no longer; the last one stays."""

    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Nothing changes; the audit log keeps that something forged or forbidden was asked for."""

    what: str
    council: CouncilId | None = None


CouncilDeed = (
    Found
    | Amend
    | Invite
    | Revoke
    | Join
    | Wear
    | Appoint
    | Remove
    | Leave
    | EndTerm
    | TakeOver
    | Dismiss
    | Refused
)


def may(standing: Standing, deed: CouncilDeed) -> bool:
    """Whether a person of this standing may do it. What needs the store's own look (an invitation
    that is still good, the last operator, a colleague's seat) is judged there."""
    match deed:
        case Found() | Dismiss():
            return standing.operator
        case Amend(council=council) | EndTerm(council=council) | TakeOver(council=council):
            return _is_admin(standing, council)
        case Appoint(council=council) | Remove(council=council):
            return _is_admin(standing, council)
        case Invite(role=role, council=council):
            return _may_invite(standing, role, council)
        case Revoke(council=council):
            return standing.operator or (council is not None and _is_admin(standing, council))
        case Wear(council=council) | Leave(council=council):
            return standing.seat(council) is not None
        case Join() | Refused():
            return True


def is_admin(standing: Standing, council: CouncilId | str) -> bool:
    """Whether the person administers this council."""
    return _is_admin(standing, council)


def _is_admin(standing: Standing, council: CouncilId | str) -> bool:
    seat = standing.seat(council)
    return seat is not None and seat.role is Role.ADMIN


def _may_invite(standing: Standing, role: Role, council: CouncilId | None) -> bool:
    """Operators name operators and councils' admins; admins invite to their own council."""
    if council is None:
        return standing.operator and role is Role.OPERATOR
    if role is Role.OPERATOR:
        return False
    return _is_admin(standing, council) or (standing.operator and role is Role.ADMIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The part of a turn's state that deeds change."""

    standing: Standing
    council: StoredCouncil | None
    desk: Desk
    agenda: Agenda = Agenda()
    broadcasts: Broadcasts = Broadcasts()


def applied(known: Known, deed: CouncilDeed, person: PersonId, now: datetime) -> Known:
    """What is known after a deed, as the next card shows it."""
    match deed:
        case Amend(council=council, profile=profile, revision=revision):
            changed = StoredCouncil(id=council, profile=profile, revision=revision + 1)
            standing = _changed(known.standing, council, lambda s: replace(s, ags=profile.ags))
            return replace(known, standing=standing, council=changed)
        case Join(role=Role.OPERATOR):
            return replace(known, standing=replace(known.standing, operator=True))
        case Join(council=council, role=role, ags=ags, badge=badge) if council is not None:
            seat = Seat(council=council, ags=ags, role=role, badge=badge, since=now)
            return replace(known, standing=_seated(known.standing, seat))
        case Wear(council=council, badge=badge):
            return replace(
                known, standing=_changed(known.standing, council, lambda s: replace(s, badge=badge))
            )
        case Appoint(council=council, person=one, role=role) if one == person:
            standing = _changed(known.standing, council, lambda s: replace(s, role=role))
            return replace(known, standing=standing, desk=_desk(known.desk, deed, now))
        case Leave(council=council):
            return _unseated(known, council)
        case TakeOver(council=council, old=one) if one == person:
            return _unseated(known, council)
        case Dismiss(person=one) if one == person:
            standing = replace(known.standing, operator=False)
            return replace(known, standing=standing, desk=_desk(known.desk, deed, now))
        case _:
            return replace(known, desk=_desk(known.desk, deed, now))


def _unseated(known: Known, council: CouncilId) -> Known:
    seats = tuple(s for s in known.standing.seats if s.council != council)
    return replace(known, standing=replace(known.standing, seats=seats), council=None)


def _seated(standing: Standing, seat: Seat) -> Standing:
    others = tuple(s for s in standing.seats if s.council != seat.council)
    return replace(standing, seats=(*others, seat))


def _changed(standing: Standing, council: CouncilId, change: Callable[[Seat], Seat]) -> Standing:
    seats = tuple(change(s) if s.council == council else s for s in standing.seats)
    return replace(standing, seats=seats)


def _desk(desk: Desk, deed: CouncilDeed, now: datetime) -> Desk:
    match deed:
        case Found(council=council, profile=profile):
            begun = CouncilEntry(id=council, ags=profile.ags, created=now)
            return replace(desk, councils=(*desk.councils, begun))
        case Invite():
            made = Invitation(
                id=deed.id,
                role=deed.role,
                council=deed.council,
                left=deed.uses,
                made=now,
                expires=deed.expires,
            )
            return replace(desk, invitations=(made, *desk.invitations))
        case Revoke(id=id_):
            return replace(
                desk, invitations=tuple(one for one in desk.invitations if one.id != id_)
            )
        case Appoint(person=person, role=role):
            return _colleagues(
                desk, [replace(c, role=role) if c.person == person else c for c in desk.colleagues]
            )
        case Remove(person=person):
            return _colleagues(desk, [c for c in desk.colleagues if c.person != person])
        case TakeOver(old=old, new=new):
            was = {c.person: c for c in desk.colleagues}
            if old not in was:
                return desk
            moved = [replace(c, person=new) if c.person == old else c for c in desk.colleagues
                     if c.person != new]  # fmt: skip
            return _colleagues(desk, moved)
        case EndTerm(stay=stay):
            return _colleagues(desk, [c for c in desk.colleagues if c.person in stay])
        case Dismiss(person=person):
            operators = tuple(one for one in desk.operators if one.person != person)
            return replace(desk, operators=operators)
    return desk


def _colleagues(desk: Desk, colleagues: list[Colleague]) -> Desk:
    return replace(desk, colleagues=tuple(colleagues))

"""Deeds done: what each one writes, and the thing that the audit log names.

Who may do it was judged before (`Scope.perform`); here stands what only the store can judge.
"""

from datetime import datetime
from typing import Final, assert_never

from bot.store.codec import stamp
from bot.store.scope import (
    agendas,
    board,
    broadcasts,
    councils,
    instance,
    invitations,
    seats,
    welcoming,
)
from bot.store.scope.principal import ForbiddenError, Principal
from conversations.deeds import (
    Amend,
    Appoint,
    BroadcastDeed,
    Deed,
    Dismiss,
    EndTerm,
    Found,
    Invite,
    Join,
    Leave,
    LetBe,
    Refused,
    Release,
    Remove,
    Reply,
    Resend,
    Revoke,
    TakeOver,
    Wear,
)
from conversations.standing import CouncilId, PersonId, Role


def do(principal: Principal, deed: Deed, now: datetime) -> str | None:
    """Write it; returns which thing it was about, None when nothing had to be changed.

    Raises ForbiddenError, and LostRaceError when a council was changed meanwhile.
    """
    match deed:
        case Found():
            return councils.found(principal, deed, now)
        case Amend():
            return councils.amend(principal, deed)
        case Invite():
            return invitations.make(principal, deed, now)
        case Revoke():
            return invitations.revoke(principal, deed)
        case Join():
            return _join(principal, deed, now)
        case Refused(what=what):
            return what
        case Wear() | Appoint() | Remove() | Leave() | EndTerm() | TakeOver() | Dismiss():
            return _seat(principal, deed, now)
        case Resend() | LetBe() | Release():
            return board.do(principal, deed, now)
        case _ if isinstance(deed, BroadcastDeed):
            return broadcasts.do(principal, deed, now)
        case _:
            return agendas.do(principal, deed, now)


_COUNCILLESS: Final = (Dismiss, Resend, LetBe, Release, Reply)


def _seat(
    principal: Principal,
    deed: Wear | Appoint | Remove | Leave | EndTerm | TakeOver | Dismiss,
    now: datetime,
) -> str:
    match deed:
        case Wear(council=council, badge=badge):
            seats.wear(principal, council, badge)
        case Appoint(council=council, person=person, role=role):
            seats.appoint(principal, council, person, role)
            return _person(principal, person)
        case Remove(council=council, person=person):
            seats.end(principal, council, person, now)
            return _person(principal, person)
        case Leave(council=council):
            seats.end(principal, council, principal.person, now)
        case EndTerm(council=council, stay=stay):
            seats.end_all_but(principal, council, stay, now)
            invitations.revoke_all(principal, council)
        case TakeOver(new=new):
            seats.take_over(principal, deed, now)
            return _person(principal, new)
        case Dismiss(person=person):
            instance.dismiss(principal, person)
            return _person(principal, person)
        case _:
            assert_never(deed)
    return ""


def council_of(deed: Deed) -> CouncilId | None:
    """The council a deed is about, if any."""
    return None if isinstance(deed, _COUNCILLESS) else deed.council


def _join(principal: Principal, deed: Join, now: datetime) -> str | None:
    """A use goes only for what the person isn't yet: pressed twice, the link is used once."""
    if _is_already(principal, deed):
        return None
    made = invitations.use(principal, deed, now)
    if deed.council is None:
        instance.become_operator(principal, now)
    else:
        ended = seats.had_until(principal, deed.council)
        if ended is not None and ended > stamp(made):
            raise ForbiddenError("made before the seat ended")
        seats.take(principal, deed.council, deed.role, deed.badge, now)
        welcoming.welcome(principal, deed.council, now)
    return invitations.named(deed.invitation, deed.role)


def _is_already(principal: Principal, deed: Join) -> bool:
    if deed.council is None:
        return deed.role is Role.OPERATOR and principal.standing.operator
    seat = principal.standing.seat(deed.council)
    return seat is not None and (seat.role is Role.ADMIN or seat.role is deed.role)


def _person(principal: Principal, person: PersonId) -> str:
    return f"person:{principal.pseudonyms.of(person)}"

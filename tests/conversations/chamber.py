"""A council with people, and an instance with councils, as the store would load them: for tests."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from conversations.rules.profile import Profile
from conversations.standing import (
    Badge,
    Colleague,
    CouncilEntry,
    CouncilId,
    Desk,
    Invitation,
    InvitationId,
    Operator,
    PersonId,
    Record,
    Role,
    Seat,
    Standing,
    StoredCouncil,
)
from tests.conversations.walk import NOW, Member

HERE = CouncilId("c-gelsenkirchen")
THERE = CouncilId("c-solingen")
GELSENKIRCHEN, SOLINGEN = "05513000", "05122000"
SELF = PersonId(7)
BEGUN = datetime(2025, 11, 3, 9, 0, tzinfo=UTC)


def colleague(
    person: int, name: str = "", *, admin: bool = False, reachable: bool = True, function: str = ""
) -> Colleague:
    """Somebody of the council."""
    return Colleague(
        person=PersonId(person),
        role=Role.ADMIN if admin else Role.MEMBER,
        badge=Badge(name=name, function=function),
        since=BEGUN + timedelta(days=person),
        reachable=reachable,
    )


AYLIN = colleague(11, "Aylin Demir", function="Vorsitzende")
JENS = colleague(12, "Jens Vogel")
ME = colleague(7, "Mehmet Kaya", admin=True)


def seat(council: CouncilId = HERE, role: Role = Role.ADMIN, ags: str = GELSENKIRCHEN) -> Seat:
    """A seat of the person who walks."""
    return Seat(council=council, ags=ags, role=role, since=BEGUN)


def seated(
    member: Member,
    *people: Colleague,
    role: Role = Role.ADMIN,
    invitations: Sequence[Invitation] = (),
    records: Sequence[Record] = (),
    seats: Sequence[Seat] = (),
) -> Member:
    """Give the person a seat in Gelsenkirchen, and the council these people beside."""
    everybody = people or (AYLIN, JENS)
    member.state = replace(
        member.state,
        standing=Standing(seats=(seat(role=role), *seats)),
        council=StoredCouncil(id=HERE, profile=Profile(ags=GELSENKIRCHEN), revision=1),
        desk=Desk(
            colleagues=(replace(ME, role=role), *everybody),
            invitations=tuple(invitations),
            records=tuple(records),
        ),
    )
    return member


def operating(
    member: Member,
    *councils: CouncilEntry,
    operators: Sequence[Operator] = (),
    invitations: Sequence[Invitation] = (),
) -> Member:
    """Make the person operator of an instance with these councils."""
    mine = Operator(person=SELF, name="Mehmet Kaya", since=BEGUN)
    member.state = replace(
        member.state,
        standing=Standing(operator=True),
        desk=Desk(
            councils=councils,
            operators=(mine, *operators),
            invitations=tuple(invitations),
        ),
    )
    return member


def entry(
    id_: str = HERE, ags: str = GELSENKIRCHEN, *, admins: int = 1, reachable: int = 1
) -> CouncilEntry:
    """A council as operators see it."""
    return CouncilEntry(
        id=CouncilId(id_),
        ags=ags,
        people=12,
        admins=admins,
        reachable_admins=reachable,
        created=BEGUN,
    )


def invitation(
    id_: str = "i1",
    *,
    role: Role = Role.MEMBER,
    council: CouncilId | None = HERE,
    left: int = 1,
    lasts: timedelta = timedelta(days=6, hours=-1),
) -> Invitation:
    """An open invitation."""
    return Invitation(
        id=InvitationId(id_), role=role, council=council, left=left, made=NOW, expires=NOW + lasts
    )

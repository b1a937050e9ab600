"""A council with several people, an instance with several councils: for tests of their desks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from conversations.core import Decision
from conversations.deeds import Deed
from conversations.dialogues import Dialogues
from conversations.replies import Code
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
from tests.conversations.councils import COUNCIL, somebody
from tests.conversations.walk import NOW, Member

THERE = CouncilId("council-2")
GELSENKIRCHEN, SOLINGEN = "05513000", "05122000"
BEGUN = datetime(2025, 11, 3, 9, 0, tzinfo=UTC)


def colleague(
    person: int, name: str = "", *, admin: bool = False, reachable: bool = True, function: str = ""
) -> Colleague:
    """Somebody of the council; the higher the number, the later they joined."""
    return Colleague(
        person=PersonId(person),
        role=Role.ADMIN if admin else Role.MEMBER,
        badge=Badge(name=name, function=function),
        since=BEGUN + timedelta(days=person),
        reachable=reachable,
    )


ME = colleague(7, "Mehmet Kaya", admin=True)
AYLIN = colleague(11, "Aylin Demir", function="Vorsitzende")
JENS = colleague(12, "Jens Vogel")
ELSEWHERE = Seat(council=THERE, ags=SOLINGEN, role=Role.MEMBER, since=BEGUN)


def official(
    dialogues: Dialogues,
    *people: Colleague,
    role: Role = Role.ADMIN,
    invitations: Sequence[Invitation] = (),
    records: Sequence[Record] = (),
    seats: Sequence[Seat] = (),
) -> Member:
    """Somebody with a seat in Gelsenkirchen, beside Aylin and Jens or other people."""
    here = Seat(council=COUNCIL, ags=GELSENKIRCHEN, role=role, since=BEGUN)
    member = somebody(dialogues, Standing(seats=(here, *seats)))
    desk = Desk(
        colleagues=(replace(ME, role=role), *(people or (AYLIN, JENS))),
        invitations=tuple(invitations),
        records=tuple(records),
    )
    council = StoredCouncil(id=COUNCIL, profile=Profile(ags=GELSENKIRCHEN), revision=1)
    member.state = replace(member.state, council=council, desk=desk)
    return member


def operator(
    dialogues: Dialogues,
    *councils: CouncilEntry,
    operators: Sequence[Operator] = (),
    invitations: Sequence[Invitation] = (),
) -> Member:
    """An operator of an instance with these councils."""
    member = somebody(dialogues, Standing(operator=True))
    mine = Operator(person=member.state.person, name="Mehmet Kaya", since=BEGUN)
    desk = Desk(councils=councils, operators=(mine, *operators), invitations=tuple(invitations))
    member.state = replace(member.state, desk=desk)
    return member


def entry(
    id_: str = COUNCIL, ags: str = GELSENKIRCHEN, *, admins: int = 1, reachable: int = 1
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
    council: CouncilId | None = COUNCIL,
    left: int = 1,
    lasts: timedelta = timedelta(days=6),
) -> Invitation:
    """An open invitation."""
    return Invitation(
        id=InvitationId(id_), role=role, council=council, left=left, made=NOW, expires=NOW + lasts
    )


def meanwhile(member: Member, *people: Colleague) -> Member:
    """Other admins changed who belongs to the council between two events."""
    member.state = replace(member.state, desk=replace(member.state.desk, colleagues=people))
    return member


def decided(member: Member) -> Decision:
    """The latest decision."""
    assert member.last is not None
    return member.last


def deeds(member: Member) -> tuple[Deed, ...]:
    """What the latest decision changes in councils and roles."""
    return decided(member).deeds


def pictures(member: Member) -> list[Code]:
    """The links that the latest decision shows."""
    return [reply for reply in decided(member).replies if isinstance(reply, Code)]

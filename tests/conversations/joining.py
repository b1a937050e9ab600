"""Councils, invitations and houses for the tests of joining and of privacy."""

from datetime import timedelta

from conversations.core import Member as Stored
from conversations.dialogues import Dialogues
from conversations.rules.house import Access, House, Imprint
from conversations.rules.knowledge import Knowledge
from conversations.rules.profile import Profile
from conversations.standing import Badge, CouncilId, InvitationId, Invited, Role, StoredCouncil
from tests.conversations.walk import NOW, Member, knowledge

TOKEN, OTHER, WRONG = "A" * 22, "B" * 22, "x-_" + "C" * 19
GELSENKIRCHEN, RHEINE = CouncilId("c1"), CouncilId("c2")
IMPRINT = Imprint(name="Verein & Co", address="Weg 1\n45879 Ort", email="post@example.org")
COUNCILS = {
    GELSENKIRCHEN: StoredCouncil(
        id=GELSENKIRCHEN,
        profile=Profile(ags="05513000", groups=("Miteinander", "Liste <A> & B")),
        revision=1,
    ),
    RHEINE: StoredCouncil(id=RHEINE, profile=Profile(ags="05566076"), revision=1),
}


def invited(
    council: CouncilId | None = GELSENKIRCHEN,
    role: Role = Role.MEMBER,
    ags: str = "",
    id_: str = "i1",
) -> Invited:
    """A good invitation; one of an operator names no council."""
    key = ags or (COUNCILS[council].profile.ags if council else "")
    until = NOW + timedelta(days=7)
    return Invited(id=InvitationId(id_), role=role, council=council, ags=key, expires=until)


def closed(imprint: Imprint = IMPRINT) -> Knowledge:
    """What the dialogues of a house know that only takes who was invited."""
    return knowledge(house=House(access=Access.INVITE, imprint=imprint))


def newcomer(dialogues: Dialogues, *invitations: Invited) -> Member:
    """Somebody with links in hand: TOKEN for the first, OTHER for the second."""
    links = dict(zip((TOKEN, OTHER), invitations, strict=False))
    return Member(dialogues, links=links, councils=dict(COUNCILS))


def seated(dialogues: Dialogues, role: Role = Role.MEMBER, *more: Invited) -> Member:
    """Somebody who has joined Gelsenkirchen and said how they stand there."""
    member = newcomer(dialogues, invited(role=role), *more).call("start", TOKEN)
    member.press("Einverstanden").press("Mehmet Kaya").press("Mitglied").press("Ohne Liste")
    return member.call("start")


def stored(member: Member) -> Stored:
    """The member as stored."""
    assert member.state.member is not None
    return member.state.member


def badge(member: Member) -> Badge:
    """How the person stands in the council in hand."""
    assert member.state.seat is not None
    return member.state.seat.badge


def deeds(member: Member) -> list[type]:
    """What the last turn changed."""
    assert member.last is not None
    return [type(deed) for deed in member.last.deeds]

"""People of a council at the pure dialogues: admins, members, operators, and two at once."""

from collections.abc import Sequence
from dataclasses import replace

from conversations import core
from conversations.deeds import Amend
from conversations.dialogues import Dialogues
from conversations.flows import consent
from conversations.rules.profile import Profile
from conversations.standing import (
    Badge,
    Colleague,
    CouncilId,
    Desk,
    PersonId,
    Role,
    Seat,
    Standing,
    StoredCouncil,
)
from tests.conversations.walk import NOW, Member

COUNCIL = CouncilId("council-1")


def somebody(dialogues: Dialogues, standing: Standing) -> Member:
    """A person who agreed, with a standing."""
    person = PersonId(7)
    agreed = core.Consent(version=consent.VERSION, at=NOW, text_hash="")
    member = Member(dialogues)
    member.state = replace(
        member.state,
        member=core.Member(id=person, language="de", consent=agreed),
        standing=standing,
    )
    return member


def seated(
    dialogues: Dialogues, profile: Profile, role: Role = Role.ADMIN, *, name: str = "Aylin Demir"
) -> Member:
    """A person of the council with this profile, the council in hand."""
    badge = Badge(name=name)
    seat = Seat(council=COUNCIL, ags=profile.ags, role=role, badge=badge, since=NOW)
    member = somebody(dialogues, Standing(seats=(seat,)))
    colleague = Colleague(person=member.state.person, role=role, badge=badge, since=NOW)
    member.state = replace(
        member.state,
        council=StoredCouncil(id=COUNCIL, profile=profile, revision=1),
        desk=Desk(colleagues=(colleague,)),
    )
    return member


def meanwhile(member: Member, **changes: object) -> Member:
    """Another admin changes the profile between two events."""
    old = member.state.council
    assert old is not None
    profile = replace(old.profile, **changes)  # type: ignore[arg-type]
    council = replace(old, profile=profile, revision=old.revision + 1)
    member.state = replace(member.state, council=council)
    return member


def profile_of(member: Member) -> Profile:
    """The council's profile as it is stored."""
    assert member.state.council is not None
    return member.state.council.profile


def changed(member: Member) -> Sequence[str]:
    """Which parts the latest decision changes."""
    assert member.last is not None
    return [deed.what for deed in member.last.deeds if isinstance(deed, Amend)]

"""Councils for tests of letters: fully set up, bare, and odd in every way."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from conversations.core import Filing, LetterId, StoredLetter
from conversations.dialogues import Dialogues
from conversations.rules.answers import Address, FilingRule, Person, Unit
from conversations.rules.profile import (
    CouncilRule,
    Form,
    NamedBody,
    PaperKind,
    Profile,
    Signature,
)
from conversations.standing import Badge, CouncilId, Role, Seat, Standing, StoredCouncil
from tests.conversations.walk import NOW, Member

GELSENKIRCHEN, RHEINE, KREIS_KLEVE = "05513000", "05566076", "05154"
RULE = CouncilRule(
    count=FilingRule(number=21),
    section="§ 4 der Geschäftsordnung",
    basis="Geschäftsordnung vom 03.11.2025",
    checked=date(2026, 11, 3),
)
FULL = Profile(
    ags=GELSENKIRCHEN,
    chair=Person(name="Aylin Demir", address=Address.FRAU),
    head=Person(name="Jens Vogel", address=Address.HERR),
    office_name="Geschäftsstelle des Ausschusses",
    office_address="Musterstraße 1\n45879 Gelsenkirchen",
    office_email="office@example.org",
    groups=("Liste Miteinander", "Internationale Liste"),
    rules={PaperKind.INQUIRY: RULE, PaperKind.MOTION: RULE},
)
IN_A_KREIS = replace(FULL, ags=RHEINE)
BARE = Profile(ags=GELSENKIRCHEN)
ODD = Profile(
    ags=RHEINE,
    bodies=(
        NamedBody(name="Integrationsrat", until=date(2026, 11, 30)),
        NamedBody(name="ACI", since=date(2026, 12, 1)),
    ),
    chair=Person(name="Kim von der Heyde", address=Address.NEUTRAL),
    groups=("Frauen & Männer <gemeinsam>",),
    rules={
        PaperKind.INQUIRY: CouncilRule(
            count=FilingRule(number=10, unit=Unit.WORKING, cutoff=time(12)),
            forms=(Form.LETTER, Form.DESK),
            signature=Signature.FILER,
            most_questions=3,
        )
    },
)
OTHERS = StoredLetter(
    id=LetterId("other"),
    draft=None,
    title="Anfrage von früher",
    version=1,
    made=NOW,
    filed=Filing(day=date(2026, 11, 20)),
    council="c1",
    mine=False,
)
"""A letter that somebody else of the council filed."""
BADGE = Badge(name="Mehmet Kaya", function="Mitglied", group="Liste Miteinander")


def seated(
    dialogues: Dialogues, profile: Profile, *, badge: Badge = BADGE, role: Role = Role.MEMBER
) -> Member:
    """A member of one council, who has agreed and stands before the menu of papers."""
    member = Member(dialogues).call("start").press("Einverstanden")
    enter(member, profile, "c1", badge=badge, role=role)
    member.call("anfrage")
    member.presses = 0
    return member


def enter(
    member: Member,
    profile: Profile,
    council: str,
    *,
    badge: Badge = BADGE,
    role: Role = Role.MEMBER,
) -> None:
    """Give the person a seat, and take that council in hand."""
    id_ = CouncilId(council)
    since = datetime(2026, 11, 1, tzinfo=UTC)
    seat = Seat(council=id_, ags=profile.ags, role=role, badge=badge, since=since)
    seats = (*(s for s in member.state.standing.seats if s.council != id_), seat)
    assert member.state.member is not None
    member.state = replace(
        member.state,
        standing=Standing(seats=seats),
        council=StoredCouncil(id=id_, profile=profile, revision=1),
        member=replace(member.state.member, active=id_),
    )


def amended(member: Member, profile: Profile) -> None:
    """The admins changed the profile of the council in hand."""
    council = member.state.council
    assert council is not None
    member.state = replace(member.state, council=replace(council, profile=profile, revision=2))

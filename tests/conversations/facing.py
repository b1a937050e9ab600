"""People of a council that has meetings, reports and papers: for tests of the cards about them."""

from dataclasses import replace
from datetime import UTC, datetime

from conversations.agenda import Agenda
from conversations.core import Decision, LetterId, StoredLetter
from conversations.deeds import Deed
from conversations.dialogues import Dialogues
from conversations.rules.profile import Profile
from conversations.standing import Role
from tests.conversations.agendas import RULES, meeting, paper, report
from tests.conversations.councils import COUNCIL, seated
from tests.conversations.walk import NOW, Member

MINE = StoredLetter(
    id=LetterId("L1"),
    draft=None,
    title="Anfrage zu KIM",
    version=1,
    made=datetime(2026, 11, 20, 9, 0, tzinfo=UTC),
    council=COUNCIL,
)
THEIRS = replace(MINE, id=LetterId("L2"), title="Anfrage von Jens", mine=False)
AGENDA = Agenda(
    meetings=(meeting("2026-06-11"), meeting("2026-09-24"), meeting("2027-01-14")),
    reports=(report("2026-01-22"),),
)
"""A report in January 2026; today is 22 November, the next meeting in January 2027."""


def facing(
    dialogues: Dialogues,
    agenda: Agenda = AGENDA,
    role: Role = Role.ADMIN,
    *,
    letters: tuple[StoredLetter, ...] = (MINE,),
) -> Member:
    """Somebody of Gelsenkirchen, whose papers are due 21 days before the meeting."""
    member = seated(dialogues, Profile(ags="05513000", rules=RULES), role)
    member.state = replace(member.state, agenda=agenda, letters=letters)
    return member


def filed(day: str = "2026-11-10", **parts: object) -> Agenda:
    """The agenda, with a paper filed on that day."""
    return replace(AGENDA, filed=(paper(day, **parts),))


def deeds(member: Member) -> tuple[Deed, ...]:
    """What the latest decision changes."""
    assert isinstance(member.last, Decision)
    return member.last.deeds


def later(member: Member, now: datetime) -> Member:
    """Days pass."""
    member.state = replace(member.state, now=now)
    return member


__all__ = ["AGENDA", "MINE", "NOW", "THEIRS", "deeds", "facing", "filed", "later"]

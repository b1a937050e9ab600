"""What the bot knows of one council when it plans and sends reminders: read by itself, not in the
scope of a person."""

from dataclasses import dataclass
from datetime import date

from conversations.agenda import Agenda, CouncilMeeting, Filed, LinkedChat, Report
from conversations.rules.reminding import OwnReminding
from conversations.standing import PersonId, Role, StoredCouncil


@dataclass(frozen=True, slots=True, kw_only=True)
class Reachable:
    """Somebody with a seat who agreed to the present consent and neither blocked the bot nor
    withdrew. The private chat has the person's number."""

    person: PersonId
    role: Role
    language: str
    stopped: bool = False
    """/stopp: nothing comes unasked."""
    reminding: OwnReminding = OwnReminding()


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilFacts:
    """One council with its agenda, its chats and its people."""

    council: StoredCouncil
    since: date = date.min
    """Local day on which the council began here: who has just begun is not asked for dates."""
    meetings: tuple[CouncilMeeting, ...] = ()
    """By day; from two years back on."""
    reports: tuple[Report, ...] = ()
    """Newest first."""
    steering: tuple[date, ...] = ()
    """Rising."""
    filed: tuple[Filed, ...] = ()
    """The council's, newest first."""
    chats: tuple[LinkedChat, ...] = ()
    """Confirmed ones, disabled ones among them."""
    people: tuple[Reachable, ...] = ()

    @classmethod
    def of(cls, council: StoredCouncil, agenda: Agenda) -> "CouncilFacts":
        """What a person of the council sees of it, for the same questions."""
        return cls(
            council=council,
            meetings=agenda.meetings,
            reports=agenda.reports,
            steering=agenda.steering,
            filed=agenda.filed,
            chats=agenda.chats,
        )

    def reader(self, person: int) -> Reachable | None:
        """The person, while they have a seat in the council and can be reached."""
        return next((one for one in self.people if one.person == person), None)

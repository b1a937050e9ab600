"""What the planner knows of one council: read outside of any person's scope, for reminders only."""

from dataclasses import dataclass
from datetime import date

from conversations.agenda import Agenda
from conversations.rules.profile import Profile
from conversations.rules.reminding import OwnReminding
from conversations.standing import CouncilId, PersonId, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A person of the council as a recipient; their private chat has the person's id."""

    person: PersonId
    role: Role
    language: str = "de"
    reminding: OwnReminding = OwnReminding()
    reachable: bool = True
    """False when the person stopped messages, withdrew the consent or blocked the bot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilFacts:
    """One council with its agenda (meetings, reports, steering, filed, chats) and its people."""

    council: CouncilId
    since: date
    """Local day on which the council began here."""
    profile: Profile
    agenda: Agenda = Agenda()
    people: tuple[Reader, ...] = ()

    def reader(self, person: int) -> Reader | None:
        """The person, while they have a seat in the council."""
        return next((one for one in self.people if one.person == person), None)

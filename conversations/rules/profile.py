"""A council as the bot knows it: names by date, people, office, lists, and its rules as objects.

Every rule is the council's own; nothing here is a default in law (domain: sections 3 and 4).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from conversations.rules.answers import Council, FilingRule, Person
from conversations.rules.reminding import Reminding
from conversations.rules.reporting import ReportingRule


class PaperKind(StrEnum):
    """What a rule is about."""

    INQUIRY = "anfrage"
    MOTION = "antrag"
    INVITATION = "einladung"


class Form(StrEnum):
    """How a paper may be handed in."""

    EMAIL = "e-mail"
    LETTER = "brief"
    SYSTEM = "ris"
    """By the council information system."""
    DESK = "schalter"
    """In person, at the office."""


class Signature(StrEnum):
    """Whose signature a paper needs."""

    NONE = "keine"
    FILER = "einreichende"
    GROUP_CHAIR = "fraktionsvorsitz"
    """For papers of a Fraktion: its chair or deputy (e.g. Neuss, § 2 Abs. 4 GeschO)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedBody:
    """What the body calls itself from a day to a day (both inclusive; None is open)."""

    name: str
    since: date | None = None
    until: date | None = None

    def on(self, day: date) -> bool:
        """Whether the name is in use on a day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilRule:
    """What the rules of procedure say about one kind of paper; every part may be unknown."""

    count: FilingRule | None = None
    forms: tuple[Form, ...] = ()
    signature: Signature | None = None
    most_questions: int | None = None
    section: str = ""
    """The § of the Geschäftsordnung, e.g. "§ 4 der Geschäftsordnung"."""
    basis: str = ""
    """Where it stands: "Geschäftsordnung vom 03.11.2025", "Auskunft der Geschäftsstelle"."""
    checked: date | None = None
    """The day somebody compared it with its basis; None is "ungeprüft"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One council. Empty fields are unknown; `bodies` empty takes the name in law by date."""

    ags: str
    """Key of the municipality: 8 digits, or 5 for a Kreis."""
    bodies: tuple[NamedBody, ...] = ()
    chair: Person = Person()
    head: Person = Person()
    """Head of the administration; the title follows from the kind of municipality."""
    office_name: str = ""
    office_address: str = ""
    office_email: str = ""
    groups: tuple[str, ...] = ()
    """Lists and Fraktionen, to choose from."""
    rules: Mapping[PaperKind, CouncilRule] = field(default_factory=dict)
    reporting: ReportingRule = ReportingRule()
    """How often the council wants a KIM report."""
    reminding: Reminding = Reminding()

    def body_on(self, day: date) -> str:
        """The body's own name on a day; empty means the name in law."""
        return next((body.name for body in self.bodies if body.on(day)), "")

    def for_letters(self, kind: PaperKind, day: date) -> Council:
        """What a paper of this kind, written on a day, takes over."""
        rule = self.rules.get(kind, CouncilRule())
        count = rule.count and replace(rule.count, checked=rule.checked is not None)
        return Council(
            ags=self.ags,
            body=self.body_on(day),
            chair=self.chair,
            head=self.head,
            office_name=self.office_name,
            office_address=self.office_address,
            office_email=self.office_email,
            section=rule.section,
            rule=count,
        )

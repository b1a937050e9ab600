"""The form of a council in a file: its keys, what they may hold, and how they change a profile.

A key that is not there changes nothing; one that is empty takes away what was known.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from conversations.flows.council.groups import MOST as MOST_GROUPS
from conversations.flows.council.groups import NAME as GROUP_LENGTH
from conversations.flows.council.names import LENGTH as BODY_LENGTH
from conversations.flows.entry import EMAIL, LINE
from conversations.rules.answers import Address, FilingRule, Person, Unit
from conversations.rules.bodies import MOST as MOST_BODIES
from conversations.rules.bodies import Flaw, flaws, ordered
from conversations.rules.deadlines import MOST_UNITS
from conversations.rules.profile import (
    CouncilRule,
    Form,
    NamedBody,
    PaperKind,
    Profile,
    Signature,
)
from conversations.rules.rule_parts import MOST_QUESTIONS

_COUNTED = frozenset(FilingRule.__dataclass_fields__) - {"number", "checked"}
"""What means nothing without a number of days."""


def _one_line(text: str) -> str:
    return " ".join(text.split())


Line = Annotated[str, Field(max_length=LINE), AfterValidator(_one_line)]
Kind = Annotated[PaperKind, Field(strict=False)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class FileBody(_Form):
    """A name of the body, with its days."""

    name: Annotated[str, Field(min_length=1, max_length=BODY_LENGTH), AfterValidator(_one_line)]
    since: date | None = None
    until: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.since and self.until and self.until < self.since:
            raise ValueError("until lies before since")
        return self


class FilePerson(_Form):
    """Somebody a letter addresses."""

    name: Line
    address: Annotated[Address, Field(strict=False)] = Address.NEUTRAL


class FileOffice(_Form):
    """Where papers are handed in."""

    name: Line | None = None
    address: Annotated[str, Field(max_length=LINE)] | None = None
    email: Line | None = None

    @field_validator("email")
    @classmethod
    def _like_an_address(cls, value: str | None) -> str | None:
        if value and not EMAIL.fullmatch(value):
            raise ValueError("does not look like an e-mail address")
        return value


class FileRule(_Form):
    """One rule. Without a number the deadline is unknown."""

    number: Annotated[int, Field(ge=0, le=MOST_UNITS)] | None = None
    unit: Annotated[Unit, Field(strict=False)] = Unit.CALENDAR
    cutoff: time | None = None
    filing_day: bool = True
    meeting_day: bool = False
    holidays: bool = True
    eves: bool = False
    earlier: bool = False
    forms: tuple[Annotated[Form, Field(strict=False)], ...] = Field((), strict=False)
    signature: Annotated[Signature, Field(strict=False)] | None = None
    most_questions: Annotated[int, Field(ge=1, le=MOST_QUESTIONS)] | None = None
    section: Line = ""
    basis: Line = ""
    checked: date | None = None

    @field_validator("cutoff", mode="before")
    @classmethod
    def _written(cls, value: object) -> object:
        """TOML's own times need seconds; "12:00" does as well."""
        if isinstance(value, str):
            try:
                return time.fromisoformat(value)
            except ValueError:
                raise ValueError('must be a time such as "12:00"') from None
        return value

    @field_validator("checked")
    @classmethod
    def _past(cls, value: date | None, info: ValidationInfo) -> date | None:
        """The day of the import comes as the context."""
        if value and isinstance(info.context, date) and value > info.context:
            raise ValueError("lies in the future")
        return value

    @model_validator(mode="after")
    def _counted(self) -> Self:
        said = self.model_fields_set & _COUNTED
        if self.number is None and said:
            raise ValueError(f"{min(said)} is set, but number is missing")
        return self

    @property
    def rule(self) -> CouncilRule:
        """The rule as the profile has it."""
        return CouncilRule(
            count=self._count(),
            forms=tuple(form for form in Form if form in self.forms),
            signature=self.signature,
            most_questions=self.most_questions,
            section=self.section,
            basis=self.basis,
            checked=self.checked,
        )

    def _count(self) -> FilingRule | None:
        if self.number is None:
            return None
        return FilingRule(
            number=self.number,
            unit=self.unit,
            cutoff=self.cutoff,
            earlier=self.earlier,
            filing_day=self.filing_day,
            meeting_day=self.meeting_day,
            holidays=self.holidays,
            eves=self.eves,
        )


Group = Annotated[str, Field(min_length=1, max_length=GROUP_LENGTH), AfterValidator(_one_line)]


class FileCouncil(_Form):
    """A council; `ags` or `municipality` says whose it is."""

    ags: str | None = None
    municipality: str | None = None
    names: Annotated[list[FileBody], Field(max_length=MOST_BODIES)] | None = None
    chair: FilePerson | None = None
    head: FilePerson | None = None
    office: FileOffice | None = None
    groups: Annotated[list[Group], Field(max_length=MOST_GROUPS)] | None = None
    rules: dict[Kind, FileRule] = Field(default_factory=dict)

    def applied(self, old: Profile) -> Profile:
        """The profile with what stands here."""
        office = self.office or FileOffice()
        return replace(
            old,
            bodies=old.bodies if self.names is None else _bodies(self.names),
            chair=_person(self.chair, old.chair),
            head=_person(self.head, old.head),
            office_name=_said(office.name, old.office_name),
            office_address=_said(office.address, old.office_address),
            office_email=_said(office.email, old.office_email),
            groups=old.groups if self.groups is None else tuple(dict.fromkeys(self.groups)),
            rules={**old.rules, **{kind: one.rule for kind, one in self.rules.items()}},
        )

    @field_validator("names")
    @classmethod
    def _one_at_a_time(cls, names: list[FileBody] | None) -> list[FileBody] | None:
        if any(one.flaw is Flaw.OVERLAP for one in flaws(_bodies(names or ()))):
            raise ValueError("two names hold on the same day")
        return names


def _bodies(names: Iterable[FileBody]) -> tuple[NamedBody, ...]:
    return ordered(NamedBody(name=one.name, since=one.since, until=one.until) for one in names)


def _person(said: FilePerson | None, old: Person) -> Person:
    return old if said is None else Person(name=said.name, address=said.address)


def _said(said: str | None, old: str) -> str:
    return old if said is None else said

"""What the texts of a letter may speak of: the variables of its templates.

Whatever a person typed is fenced here, once; from then on it is a value and never a template.
docs/adding-an-inquiry.md describes every name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from conversations.rules.answers import Address, Answers, Filer, Person, Route
from conversations.rules.definition import Definition, FieldType
from conversations.rules.fields import field_values
from conversations.rules.frame import BodyName, LetterTexts
from conversations.rules.grammar import Forms, decline, surname
from conversations.rules.municipalities import Municipality, Register
from conversations.rules.phrases import one_line, typed

PLURAL_FILERS = frozenset({Filer.GROUP, Filer.FIFTH})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChairValues:
    """The chair of the body: `{{ chair.surname }}` is empty when it could only be guessed."""

    name: str
    address: str
    surname: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadValues:
    """The head of the administration the letter may go to."""

    name: str
    address: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderValues:
    """Who signs."""

    name: str
    function: str
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One letter's circumstances: everything `compose` is told, in one value."""

    definition: Definition
    answers: Answers
    municipality: Municipality
    register: Register
    today: date
    """The local day the letter is made; the answers may date it otherwise."""
    texts: LetterTexts

    @property
    def dated(self) -> date:
        """The date of the letter."""
        return self.answers.dated or self.today

    @property
    def to_district(self) -> bool:
        """Whether the letter goes to the Kreis."""
        return self.definition.route is Route.DISTRICT

    @property
    def chair_files(self) -> bool:
        """Whether the chair files, so that the letter goes to the head of the administration."""
        return self.answers.sender.filer is Filer.CHAIR

    @property
    def to_head(self) -> bool:
        """Whether the letter goes to the head of an administration instead of the body's chair."""
        return self.chair_files or self.to_district

    @property
    def many(self) -> bool:
        """Whether several people speak ("wir")."""
        return self.answers.sender.filer in PLURAL_FILERS

    @property
    def district(self) -> Municipality | None:
        """The Kreis: of the municipality, or the chosen Kreis itself."""
        if self.municipality.is_district:
            return self.municipality
        return self.register.district_of(self.municipality)

    @property
    def administration(self) -> Municipality:
        """Whose administration is asked."""
        return (self.district or self.municipality) if self.to_district else self.municipality


def values(case: Case) -> Mapping[str, object]:
    """The variables of a letter's texts by name."""
    return {**_surroundings(case), **_people(case), **_answered(case)}


def _surroundings(case: Case) -> dict[str, object]:
    body = case.texts.frame.body_on(case.dated)
    meeting = case.answers.meeting
    return {
        "today": case.dated,
        "meeting": meeting.day if meeting else None,
        "meeting_start": f"{meeting.start:%H:%M}" if meeting and meeting.start else "",
        "town": _place(case, case.municipality),
        "district": _place(case, case.district) if case.district else None,
        "addressee": _place(case, case.administration),
        "own_town": not case.municipality.is_district,
        "body": _body(case, body),
        "bodies": body,
        "place": typed(one_line(case.answers.place)) or _seat(case.municipality),
        "type": case.definition.wording.type,
        "paper_title": case.definition.title,
        "version": case.definition.version,
        "stand": case.definition.stand,
    }


def _people(case: Case) -> dict[str, object]:
    council, sender = case.answers.council, case.answers.sender
    return {
        "we": case.many,
        "chair_files": case.chair_files,
        "to_district": case.to_district,
        "chair": _chair(case, council.chair),
        "head": _head(case, council.head),
        "sender": SenderValues(
            name=typed(one_line(sender.name)),
            function=typed(one_line(sender.function)),
            group=typed(one_line(sender.group)),
        ),
        "office": _office(case),
        "office_name": typed(one_line(council.office_name)),
        "mail_to": typed(mail_to(case)),
    }


def _answered(case: Case) -> dict[str, object]:
    answers = case.answers
    chosen = field_values(case.definition, answers, case.today, case.texts.phrases)
    by_hand = {one.name for one in case.definition.fields if one.type is FieldType.TEXT}
    return {
        "reply_by": answers.reply_by,
        "replaces": answers.replaces,
        "public": answers.public,
        "section": typed(one_line(answers.council.section)),
        **{name: typed(str(v)) if name in by_hand else v for name, v in chosen.items()},
    }


def addressee_name(case: Case) -> str:
    """The municipality whose administration is asked, with its title: "Kreis Kleve"."""
    return _place(case, case.administration).bare


def _seat(municipality: Municipality) -> str:
    """Where letters are dated from; the register knows no seat of a Kreis."""
    return "" if municipality.is_district else municipality.name


def mail_to(case: Case) -> str:
    """The office's e-mail address, unless the letter goes to another administration."""
    return "" if case.to_district else one_line(case.answers.council.office_email)


def _place(case: Case, municipality: Municipality) -> Forms:
    name = f"{municipality.title} {municipality.name}"
    return decline(name, case.texts.frame.places)


def _body(case: Case, in_law: BodyName) -> Forms | None:
    """The body in all cases. A Kreis has none in law: asked itself, it has one only by name."""
    named = one_line(case.answers.council.body)
    if named and named != in_law.name:
        return decline(named, case.texts.frame.councils, typed)
    if case.municipality.is_district and case.to_district and not named:
        return None
    return decline(in_law.name, case.texts.frame.councils)


def _chair(case: Case, person: Person) -> ChairValues:
    frame = case.texts.frame
    name = one_line(person.name)
    return ChairValues(
        name=typed(name),
        address=person.address.value,
        surname=typed(surname(name, frame.surname_titles, frame.surname_particles)),
    )


def _head(case: Case, person: Person) -> HeadValues:
    title = case.texts.frame.head_title(case.administration.kind)
    by_address = {Address.FRAU: title.frau, Address.HERR: title.herr}
    return HeadValues(
        name=typed(one_line(person.name)),
        address=person.address.value,
        title=by_address.get(person.address, title.neutral),
    )


def _office(case: Case) -> str:
    council = case.answers.council
    lines = (*council.office_name.split("\n"), *council.office_address.split("\n"))
    return "\n".join(typed(line) for line in lines if line.strip())

"""A draft as the dialogue shows it: recipient, points, facts, reasons, deadline, length.

Everything comes from the same pieces as the letter itself, so that card and letter cannot differ.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil

from conversations.rules.answers import Answers, FilingRule
from conversations.rules.composing import FACT, Writer, compose, fact_text, outdated
from conversations.rules.context import Case
from conversations.rules.deadlines import Deadline, deadline
from conversations.rules.definition import Definition, Point
from conversations.rules.fields import FieldTrouble, field_problems, field_values
from conversations.rules.frame import LetterTexts
from conversations.rules.grammar import decline
from conversations.rules.letter import Heading, Letter, Listing, Paragraph, Text, plain
from conversations.rules.municipalities import Municipality, Register
from conversations.rules.phrases import spans
from conversations.rules.points import kept, offered
from conversations.rules.sending import filing_deadline

_LINE_CHARACTERS = 96
_FIRST_PAGE_LINES = 36
_PAGE_LINES = 55
_SIGNING_LINES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPart:
    """A sub-question as it will stand."""

    id: str
    text: str
    kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPoint:
    """A question or demand as it will stand."""

    id: str
    title: str
    text: str
    parts: tuple[ShownPart, ...]
    kept: bool
    adapted: bool
    extra: bool

    @property
    def kept_letters(self) -> str:
        """The parts that stay: "a–d", "a, c"."""
        letters = [part.id for part in self.parts if part.kept]
        if len(letters) == len(self.parts) > 2:
            return f"{letters[0]}–{letters[-1]}"
        return ", ".join(letters)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFact:
    """A dated statement; `key` is its place among the answers."""

    key: str
    title: str
    text: str
    stand: date
    source: str
    months: int
    stale: bool
    kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """Shows and composes drafts over one register and one frame of texts."""

    register: Register
    texts: LetterTexts

    def case(self, definition: Definition, answers: Answers, today: date) -> Case:
        """The circumstances of a draft. Raises LookupError for an unknown municipality."""
        place = self.register.get(answers.council.ags)
        if place is None:
            raise LookupError(answers.council.ags)
        return Case(
            definition=definition,
            answers=answers,
            municipality=place,
            register=self.register,
            today=today,
            texts=self.texts,
        )

    def named(self, place: Municipality) -> str:
        """A place with its title: "Stadt Gelsenkirchen", "Rhein-Kreis Neuss"."""
        return decline(f"{place.title} {place.name}", self.texts.frame.places).bare

    def compose(self, definition: Definition, answers: Answers, today: date) -> Letter:
        """The letter itself."""
        case = self.case(definition, answers, today)
        return compose(
            definition=definition,
            answers=answers,
            municipality=case.municipality,
            register=self.register,
            today=today,
            texts=self.texts,
        )

    def recipient(self, definition: Definition, answers: Answers, today: date) -> str:
        """The address field in one line."""
        lines = Writer.of(self.case(definition, answers, today)).recipient()
        first, *rest = [plain(text) for text in lines]
        return ", ".join([" ".join([first, *rest[:1]]), *rest[1:]])

    def deadline(self, definition: Definition, answers: Answers, today: date) -> Deadline | None:
        """The filing deadline, if it is known."""
        due = filing_deadline(self.case(definition, answers, today))
        return deadline(due, FilingRule(number=0)) if isinstance(due, date) else due

    def fields(
        self, definition: Definition, answers: Answers, today: date
    ) -> Mapping[str, int | str]:
        """Every field's value by name; "" where there is none."""
        return field_values(definition, answers, today, self.texts.phrases)

    def open_fields(
        self, definition: Definition, answers: Answers, today: date
    ) -> tuple[tuple[str, FieldTrouble], ...]:
        """The fields that have to be given or changed, with the reason."""
        problems = field_problems(definition, answers, today, self.texts.phrases)
        return tuple((problem.name, problem.trouble) for problem in problems)

    def points(
        self, definition: Definition, answers: Answers, today: date
    ) -> tuple[ShownPoint, ...]:
        """Every point this municipality is offered, extras included."""
        writer = Writer.of(self.case(definition, answers, today))
        points = offered(definition, answers.council.ags)
        return tuple(_shown(writer, point, answers) for point in points)

    def wording(self, definition: Definition, answers: Answers, today: date, key: str) -> str:
        """The wording of a point ("3") or a part ("2c") as it stands now."""
        for point in self.points(definition, answers, today):
            if key == point.id:
                return point.text
            for part in point.parts:
                if key == point.id + part.id:
                    return part.text
        raise LookupError(key)

    def count(self, definition: Definition, answers: Answers) -> int:
        """How many points the letter has."""
        return len(kept(definition, answers))

    def facts(self, definition: Definition, answers: Answers, today: date) -> tuple[ShownFact, ...]:
        """The dated statements of the reasons."""
        writer = Writer.of(self.case(definition, answers, today))
        return tuple(
            ShownFact(
                key=f"{FACT}{fact.id}",
                title=fact.title,
                text=_fact(writer, fact.id),
                stand=fact.stand,
                source=fact.source,
                months=fact.months,
                stale=outdated(fact, today) and f"{FACT}{fact.id}" not in answers.texts,
                kept=f"{FACT}{fact.id}" not in answers.dropped,
            )
            for fact in definition.facts
        )

    def reasons(self, definition: Definition, answers: Answers, today: date) -> str:
        """The reasons as they will stand, a blank line between paragraphs."""
        blocks = self.compose(definition, answers, today).blocks
        start = max(n for n, block in enumerate(blocks) if isinstance(block, Heading))
        texts = [block.text for block in blocks[start:] if isinstance(block, Heading | Paragraph)]
        return "\n\n".join(plain(text) for text in texts)

    def pages(self, definition: Definition, answers: Answers, today: date) -> int:
        """About how many pages the letter has, estimated by its lines."""
        letter = self.compose(definition, answers, today)
        body = sum(map(_lines, letter.blocks)) + _SIGNING_LINES + len(letter.copies)
        pages = 1 + max(0, ceil((body - _FIRST_PAGE_LINES) / _PAGE_LINES))
        annexes = (sum(map(_lines, annex.blocks)) for annex in letter.annexes)
        return pages + sum(max(1, ceil(lines / _PAGE_LINES)) for lines in annexes)


def _shown(writer: Writer, point: Point, answers: Answers) -> ShownPoint:
    own = answers.texts.get(point.id, "")
    parts = tuple(
        ShownPart(
            id=part.id,
            text=answers.texts.get(point.id + part.id) or plain(writer.text(part.text)),
            kept=point.id + part.id not in answers.dropped,
        )
        for part in point.parts
    )
    return ShownPoint(
        id=point.id,
        title=point.title,
        text=own or plain(writer.text(point.text)),
        parts=() if own else parts,
        kept=(point.id in answers.extras) if point.extra else point.id not in answers.dropped,
        adapted=bool(own) or any(point.id + part.id in answers.texts for part in point.parts),
        extra=point.extra,
    )


def _fact(writer: Writer, id_: str) -> str:
    """The sentence as the paper has it when it is left out."""
    case = writer.case
    text = fact_text(case, id_, writer.values)
    if not text:
        source = next(fact for fact in case.definition.facts if fact.id == id_)
        text = case.texts.phrases.raw(
            source.text, {**writer.values, "stand": source.stand, "source": source.source}
        )
    return plain(spans(text))


def _lines(block: Heading | Paragraph | Listing) -> float:
    match block:
        case Heading():
            return 2
        case Paragraph(text=text):
            return _wrapped(text) + 0.5
        case Listing(items=items):
            texts = [text for item in items for text in (item.text, *(p.text for p in item.parts))]
            return sum(_wrapped(text) + 0.3 for text in texts if text)


def _wrapped(text: Text) -> int:
    return sum(ceil(len(one) / _LINE_CHARACTERS) or 1 for one in re.split("\n", plain(text)))

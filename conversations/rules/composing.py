"""From answers to the letter: one `Letter` value that every format renders.

`compose` never looks anything up: definition, register, texts and the day come in.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from conversations.rules.answers import Answers, Reasons
from conversations.rules.cleaning import slug
from conversations.rules.context import Case, addressee_name, values
from conversations.rules.definition import Definition, Fact
from conversations.rules.frame import LetterTexts
from conversations.rules.letter import (
    Annex,
    Block,
    Heading,
    Item,
    Letter,
    Listing,
    Paragraph,
    Part,
    Span,
    Text,
    plain,
)
from conversations.rules.municipalities import Municipality, Register
from conversations.rules.phrases import as_typed, one_line, spans, typed
from conversations.rules.points import Kept, kept, letter_of
from conversations.rules.sending import calendar_entries, mail_draft

MOST_ADDRESS_LINES = 9
FACT = "fact:"


def compose(
    *,
    definition: Definition,
    answers: Answers,
    municipality: Municipality,
    register: Register,
    today: date,
    texts: LetterTexts,
) -> Letter:
    """The letter for these answers on this local day (Europe/Berlin).

    An own wording of a point takes the place of the whole point, parts included. Call
    `checking.problems` first: what is missing there is simply empty here, for a preview.
    """
    return Writer.of(
        Case(
            definition=definition,
            answers=answers,
            municipality=municipality,
            register=register,
            today=today,
            texts=texts,
        )
    ).letter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Writes the pieces of one letter."""

    case: Case
    values: Mapping[str, object] = field(repr=False)

    @classmethod
    def of(cls, case: Case) -> "Writer":
        """A writer with the variables of its texts."""
        return cls(case=case, values=values(case))

    def text(self, source: str, **more: object) -> Text:
        """One text of the definition or the frame as spans."""
        return self.case.texts.phrases.text(source, {**self.values, **more})

    def letter(self) -> Letter:
        """The whole letter."""
        case, matter = self.case, self.case.texts.frame.matter
        subject, salutation = self.text(case.definition.wording.subject), self.salutation()
        annexes = self.annexes()
        return Letter(
            title=plain(subject),
            author=one_line(case.answers.sender.name),
            slug=slug(case.definition.paper, self._named(), case.dated.isoformat()),
            sender=self.sender(),
            return_line=self._return_line(),
            recipient=self.recipient(),
            info=tuple(self._info()),
            subject=subject,
            salutation=salutation,
            blocks=tuple(self._blocks()),
            closing=self.text(case.definition.wording.closing or matter.closing),
            signature=(*self._lines(matter.signature), *self._cosigners()),
            enclosures=tuple(annex.title for annex in annexes),
            copies=self._lines(matter.copies),
            footer=self.text(matter.footer),
            annexes=annexes,
            dated=case.dated,
            mail=mail_draft(case, self.values, subject, salutation),
            calendar=calendar_entries(case, self.values),
        )

    def _named(self) -> str:
        """Whom file names name: the town, or the Kreis in full, since a town may share its name."""
        one = self.case.administration
        return addressee_name(self.case) if one.is_district else one.name

    # --- head of the letter -------------------------------------------------------------------

    def sender(self) -> tuple[Text, ...]:
        """The letterhead's lines."""
        sender, matter = self.case.answers.sender, self.case.texts.frame.matter
        address = (as_typed(line) for line in sender.address.split("\n"))
        lines = (
            *self._lines(matter.sender),
            self.text(matter.sender_body),
            *address,
            as_typed(one_line(sender.email)),
        )
        return tuple(line for line in lines if line)

    def _return_line(self) -> Text:
        """Name and address in one line; empty without an address, since nothing can come back."""
        sender = self.case.answers.sender
        lines = [line for line in sender.address.split("\n") if line.strip()]
        return as_typed(" · ".join([one_line(sender.name), *lines])) if lines else ()

    def recipient(self) -> tuple[Text, ...]:
        """The address field, nine lines at most: then the address of the office is cut."""
        recipients = self.case.texts.frame.recipient
        lines = self._lines(recipients.head if self.case.to_head else recipients.chair)
        return lines[:MOST_ADDRESS_LINES]

    def salutation(self) -> Text:
        """The salutation with its comma."""
        salutations = self.case.texts.frame.salutation
        return self.text(salutations.head if self.case.to_head else salutations.chair)

    def _info(self) -> Iterator[tuple[str, Text]]:
        for line in self.case.texts.frame.info:
            if text := self.text(line.text):
                yield line.label, text

    def _cosigners(self) -> tuple[Text, ...]:
        return tuple(
            as_typed(one_line(name)) for name in self.case.answers.sender.cosigners if name.strip()
        )

    def _lines(self, sources: tuple[str, ...]) -> tuple[Text, ...]:
        phrases = self.case.texts.phrases
        rendered = (phrases.raw(source, self.values).split("\n") for source in sources)
        found = (spans(line) for lines in rendered for line in lines)
        return tuple(line for line in found if line)

    # --- body of the letter -------------------------------------------------------------------

    def _blocks(self) -> Iterator[Block]:
        wording, answers = self.case.definition.wording, self.case.answers
        matter = self.case.texts.frame.matter
        yield from self._paragraphs(wording.intro)
        if answers.replaces:
            yield from self._paragraphs((self.case.texts.frame.matter.replaces,))
        yield from self._paragraphs((self._request(),))
        if wording.decision:
            yield Heading(text=self.text(wording.decision_heading or matter.decision_heading))
            yield from self._paragraphs(wording.decision)
        if not self.case.definition.annex:
            yield from self._listing()
        yield from self._paragraphs(wording.after)
        yield from self._reasons()

    def _request(self) -> str:
        wording = self.case.definition.wording
        return wording.request_head if self.case.chair_files else wording.request_chair

    def _paragraphs(self, sources: tuple[str, ...]) -> Iterator[Paragraph]:
        for source in sources:
            if text := self.text(source, fact=self.fact):
                yield Paragraph(text=text)

    def _reasons(self) -> Iterator[Block]:
        definition, answers = self.case.definition, self.case.answers
        matter = self.case.texts.frame.matter
        short = answers.reasons is Reasons.SHORT
        offered = () if answers.reasons is Reasons.NONE else definition.reasons
        wanted = tuple(reason.text for reason in offered if reason.short or not short)
        own = () if definition.annex else self._own_reason()
        if paragraphs := (*self._paragraphs(wanted), *own):
            yield Heading(
                text=self.text(definition.wording.reasons_heading or matter.reasons_heading)
            )
            yield from paragraphs

    def _own_reason(self) -> tuple[Paragraph, ...]:
        text = as_typed(self.case.answers.own_reason)
        return (Paragraph(text=text),) if text else ()

    def fact(self, id_: str) -> str:
        """A fact's sentence for the reasons: the member's own wording, or nothing if dropped."""
        return fact_text(self.case, id_, self.values)

    # --- points -------------------------------------------------------------------------------

    def _listing(self) -> Iterator[Listing]:
        items = tuple(self.item(one) for one in kept(self.case.definition, self.case.answers))
        if items:
            yield Listing(items=items)

    def item(self, one: Kept) -> Item:
        """One point under its number."""
        label = str(one.number)
        if one.own or one.point is None:
            return Item(label=label, text=as_typed(one.own))
        lead = self.text(one.point.text)
        parts = tuple(
            Part(label=letter_of(place), text=self._part(f"{one.point.id}{part.id}", part.text))
            for place, part in enumerate(one.parts)
        )
        if len(parts) == 1:
            return Item(label=label, text=_joined(lead, parts[0].text))
        return Item(label=label, text=lead, parts=parts)

    def _part(self, id_: str, source: str) -> Text:
        return as_typed(self.case.answers.texts.get(id_, "")) or self.text(source)

    # --- annex --------------------------------------------------------------------------------

    def annexes(self) -> tuple[Annex, ...]:
        """The annex of a motion, with the points and the member's own paragraph in it."""
        annex = self.case.definition.annex
        if annex is None:
            return ()
        *before, lead = self._paragraphs(annex.before)
        blocks: tuple[Block, ...] = (*before, *self._own_reason(), lead, *self._listing())
        return (
            Annex(
                title=self.text(annex.title),
                blocks=(*blocks, *self._paragraphs(annex.after)),
                signed=self.text(annex.signed),
            ),
        )


def _joined(lead: Text, text: Text) -> Text:
    return (*lead, Span(text=" "), *text) if lead and text else lead or text


def fact_text(case: Case, id_: str, known: Mapping[str, object]) -> str:
    """A fact's sentence with its fences. Raises LookupError for an unknown id."""
    fact = next((fact for fact in case.definition.facts if fact.id == id_), None)
    if fact is None:
        raise LookupError(id_)
    if f"{FACT}{id_}" in case.answers.dropped:
        return ""
    if own := case.answers.texts.get(f"{FACT}{id_}"):
        return typed(own)
    return case.texts.phrases.raw(fact.text, {**known, "stand": fact.stand, "source": fact.source})


def outdated(fact: Fact, today: date) -> bool:
    """Whether a fact is older than its months on the day; a closed historical fact never is."""
    return not fact.permanent and months_between(fact.stand, today) >= fact.months


def months_between(start: date, end: date) -> int:
    """Whole months from one day to the other."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < start.day)

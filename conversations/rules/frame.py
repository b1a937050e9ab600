"""What is the same in all letters, as data: templates/letter/frame.toml, read and checked.

The words live there; here are only their places.
"""

import json
import tomllib
from dataclasses import dataclass, field
from datetime import date

from pydantic import TypeAdapter

from conversations.rules.grammar import FormRule
from conversations.rules.phrases import Phrases


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyName:
    """What the body is called in law until a day (inclusive)."""

    until: date
    name: str
    plural: str
    plural_gen: str
    plural_dat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadTitle:
    """Title of the head of the administration in these kinds of municipality."""

    kinds: tuple[str, ...]
    frau: str
    herr: str
    neutral: str
    """Both titles with article, as they stand behind "An"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipients:
    """Lines of the address field; a line that renders empty falls away."""

    chair: tuple[str, ...]
    head: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Salutations:
    """Salutation to the chair of the body or to the head of the administration."""

    chair: str
    head: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InfoLine:
    """A line of the information block; empty text leaves it out."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """The lines around the text."""

    sender: tuple[str, ...]
    sender_body: str
    signature: tuple[str, ...]
    replaces: str
    copies: tuple[str, ...]
    footer: str
    reasons_heading: str
    decision_heading: str
    closing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """The e-mail that carries the letter."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Titles and descriptions of the calendar entries."""

    deadline: str
    deadline_text: str
    meeting: str
    meeting_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """All of it. The first rule of `places` and `councils` that fits a name declines it."""

    surname_titles: tuple[str, ...]
    surname_particles: tuple[str, ...]
    bodies: tuple[BodyName, ...]
    heads: tuple[HeadTitle, ...]
    places: tuple[FormRule, ...]
    councils: tuple[FormRule, ...]
    recipient: Recipients
    salutation: Salutations
    info: tuple[InfoLine, ...]
    matter: Matter
    mail: Mail
    calendar: Calendar

    def body_on(self, day: date) -> BodyName:
        """The body's name in law on a day (§ 27 GO NRW)."""
        return next(name for name in self.bodies if day <= name.until)

    def head_title(self, kind: str) -> HeadTitle:
        """The title of the head of the administration in this kind of municipality."""
        return next(title for title in self.heads if kind in title.kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterTexts:
    """The frame, and the compiled texts of letters; one per process, made at the start."""

    frame: Frame
    phrases: Phrases = field(default_factory=Phrases)


def read_frame(text: str) -> LetterTexts:
    """The frame from its TOML text. Raises ValueError saying what is wrong with it."""
    data = json.dumps(tomllib.loads(text), default=str)
    frame = TypeAdapter(Frame).validate_json(data, strict=True, extra="forbid")
    return LetterTexts(frame=frame)

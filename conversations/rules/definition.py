"""A paper's definition as data: what a file in templates/inquiries/ says, once it is read.

Texts are Jinja2 (sandboxed, StrictUndefined) over the context described in
docs/adding-an-inquiry.md. Reading and refusing files is `rules.definitions`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from conversations.rules.answers import Route


class Kind(StrEnum):
    """What the paper asks for: an answer (Anfrage) or a decision (Antrag)."""

    INQUIRY = "inquiry"
    MOTION = "motion"


class FieldType(StrEnum):
    """How a field is asked for and checked."""

    YEAR = "year"
    TEXT = "text"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Something the paper needs that is no constant: years, amounts, names."""

    name: str
    type: FieldType
    ask: str
    """The question to the member, in plain German."""
    default: str = ""
    """Jinja2 over the context (e.g. "{{ today.year + 1 }}"); empty asks for it."""
    help: str = ""
    choices: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    """Smallest and largest year, or the largest number of characters."""
    not_before: str = ""
    """Name of the year field this year may not lie before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PointPart:
    """A sub-question that can be answered, adapted and dropped by itself."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A question or demand. `extra` ones are the project's suggestions, off by default."""

    id: str
    title: str
    """A few words for lists and buttons."""
    text: str = ""
    parts: tuple[PointPart, ...] = ()
    help: str = ""
    """What it means and why it is asked, in plain words."""
    extra: bool = False
    only: tuple[str, ...] = ()
    """Keys (AGS) of the municipalities it is offered to; empty for all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A dated statement within the reasons. Flagged when older than `months` on the day."""

    id: str
    title: str
    text: str
    stand: date
    source: str
    months: int = 12
    permanent: bool = False
    """A closed historical fact, which does not age."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One paragraph of the reasons; `{{ fact("id") }}` puts a fact's sentence in its place."""

    text: str
    short: bool = False
    """Stands in the short version, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexText:
    """The annex of a motion. Before its last paragraph, which leads to the points, stands the
    member's own one."""

    title: str
    before: tuple[str, ...]
    after: tuple[str, ...] = ()
    signed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The frame of the letter around the points."""

    subject: str
    type: str
    """Kind of paper in the information block, e.g. "Anfrage" or "Antrag"."""
    intro: tuple[str, ...]
    """Paragraphs before the points."""
    request_chair: str
    """The sentence that leads to the points when somebody else than the chair files."""
    request_head: str
    """The same when the chair files and the letter goes to the head of the administration."""
    decision: tuple[str, ...] = ()
    """Proposed decision of a motion, one paragraph each, under a heading of its own."""
    decision_heading: str = ""
    after: tuple[str, ...] = ()
    """Paragraphs between the points and the reasons (wish for a written answer)."""
    reasons_heading: str = ""
    closing: str = ""
    """Headings and closing; an empty one is the frame's (templates/letter/frame.toml)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the substance comes from, and how close the paper keeps to it."""

    title: str
    stand: str
    faithful: bool
    note: str
    """Shown to the member: "eigene Bearbeitung ..." for what the source does not hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One version of one paper. Drafts are pinned to (id, version)."""

    id: str
    version: int
    paper: str
    """Papers with the same key are variants of one another; the municipality chooses."""
    variant: str
    """Short label of the variant ("A"); empty when there is only one."""
    kind: Kind
    title: str
    """As the member reads it on a button, e.g. "Anfrage zu KIM"."""
    summary: str
    """One or two plain sentences: what this paper does."""
    stand: date
    source: Source
    kinds: tuple[str, ...]
    """Kinds of municipality (column `kind` of the register) it is for; empty for all."""
    route: Route
    """Whether the letter goes to the own municipality or to the Kreis."""
    wording: Wording
    points: tuple[Point, ...]
    fields: tuple[Field, ...] = ()
    reasons: tuple[Reason, ...] = ()
    facts: tuple[Fact, ...] = ()
    annex: AnnexText | None = None
    order: int = 100
    """Place of the paper in the menu."""
    only: tuple[str, ...] = ()
    """Keys (AGS) it is for beside `kinds` (the Stadt Aachen)."""

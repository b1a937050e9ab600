"""What a member has answered so far: the content of a draft, and of an answers file.

Every field may be missing; `compose` says which ones a letter cannot do without. Values are
cleaned text (rules.cleaning), never markup.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum


class Address(StrEnum):
    """Form of address of a person."""

    FRAU = "frau"
    HERR = "herr"
    NEUTRAL = "neutral"


class Route(StrEnum):
    """To whom the paper goes: the member's own municipality, or the Kreis."""

    OWN = "own"
    DISTRICT = "district"


class Filer(StrEnum):
    """Who files the paper (domain: § 48 GO, rules of procedure)."""

    MEMBER = "member"
    GROUP = "group"
    CHAIR = "chair"
    FIFTH = "fifth"


class Reasons(StrEnum):
    """How long the reasons are."""

    LONG = "long"
    SHORT = "short"
    NONE = "none"


class Unit(StrEnum):
    """How a filing deadline counts back from the meeting (domain: section 4.2)."""

    CALENDAR = "kalendertag"
    WORKING = "arbeitstag"
    """Monday to Friday without NRW holidays."""
    WEEKDAY = "werktag"
    """Monday to Saturday without NRW holidays."""
    CLEAR = "volle tage"
    """Full days between the day of filing and the day of the meeting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A named person as a letter addresses them; an empty name is unknown."""

    name: str = ""
    address: Address = Address.NEUTRAL


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingRule:
    """The council's own rule: so many days before the meeting, until `cutoff`.

    The defaults are the usual "21st day before": the day of filing is one of the days, the day
    of the meeting is none (as § 187 Abs. 1 BGB counts).
    """

    number: int
    unit: Unit = Unit.CALENDAR
    cutoff: time | None = None
    """Local time on the deadline day; None is the end of the day."""
    earlier: bool = False
    """A computed day that is no working day moves to the working day before it."""
    checked: bool = False
    """Somebody compared it with the rules of procedure; otherwise shown as "ungeprüft"."""
    filing_day: bool = True
    """The day of filing (or of sending the invitation) counts as one of the days."""
    meeting_day: bool = False
    """The day of the meeting counts as one of the days, too."""
    holidays: bool = True
    """Public holidays of North Rhine-Westphalia are no Werktag and no Arbeitstag."""
    eves: bool = False
    """24 and 31 December are none either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Council:
    """The member's council as letters need it; remembered for the next letter."""

    ags: str = ""
    """Key of the municipality: 8 digits, or 5 for a Kreis."""
    body: str = ""
    """Name of the body on the day of the letter; empty takes the name in law on that day."""
    chair: Person = Person()
    head: Person = Person()
    """Head of the administration: (Ober-)Bürgermeister/in, Landrat/Landrätin."""
    office_name: str = ""
    office_address: str = ""
    """Postal address in lines: street, postcode and town; empty when unknown."""
    office_email: str = ""
    section: str = ""
    """The § the paper is filed under, e.g. "§ 4 der Geschäftsordnung"; empty when unknown."""
    rule: FilingRule | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who signs, as it shall stand in the letter."""

    filer: Filer = Filer.MEMBER
    name: str = ""
    function: str = ""
    """E.g. "Mitglied", "Stellvertretende Vorsitzende"."""
    group: str = ""
    """List or Fraktion."""
    address: str = ""
    email: str = ""
    cosigners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """The meeting the paper is for, in local time (Europe/Berlin)."""

    day: date
    start: time | None = None
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """All answers of one draft. Keys of points are "2", of their parts "2a"."""

    council: Council = Council()
    route: Route = Route.OWN
    meeting: Meeting | None = None
    deadline: date | None = None
    """Filing deadline typed by hand; None computes it from the council's rule, if there is one."""
    dated: date | None = None
    """Date of the letter; None is the day it is made."""
    place: str = ""
    """Place of writing; empty is the municipality."""
    fields: Mapping[str, int | str] = field(default_factory=dict)
    """The definition's own fields by name; a missing one takes its default."""
    dropped: tuple[str, ...] = ()
    """Points ("3"), parts ("2c") and facts ("fact:mittel-2025") that are left out."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """The member's own wording by point ("3"), part ("2c") or fact ("fact:mittel-2025")."""
    extras: tuple[str, ...] = ()
    """Ids of suggested extra points that were taken."""
    own: tuple[str, ...] = ()
    """The member's own points."""
    reasons: Reasons = Reasons.LONG
    own_reason: str = ""
    """An own paragraph, put behind the reasons."""
    sender: Sender = Sender()
    reply_by: date | None = None
    """When a written answer is asked for; None asks for it before the meeting, if one is known."""
    public: bool = True
    replaces: date | None = None
    """Date of the filed letter that this one amends; the letter then says so."""

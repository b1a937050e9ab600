"""The shipped papers, register and frame, and letters made of them: material for tests."""

from dataclasses import replace
from datetime import date, time
from functools import cache
from pathlib import Path

from bot.library import Library, read_library
from conversations.rules.answers import (
    Address,
    Answers,
    Council,
    FilingRule,
    Meeting,
    Person,
    Sender,
)
from conversations.rules.composing import compose
from conversations.rules.context import Case
from conversations.rules.definition import Definition
from conversations.rules.letter import Item, Letter, Listing, plain, texts

TEMPLATES = Path(__file__).parents[2] / "templates"
TODAY = date(2026, 11, 22)
EVERY = (
    ("kim-anfrage-kreisfrei", "05513000"),
    ("kim-anfrage-kreisfrei", "05334002"),
    ("kim-anfrage-grosse-kreisangehoerige", "05978024"),
    ("kim-anfrage-kreisangehoerige", "05978020"),
    ("kim-anfrage-kreis", "05566076"),
    ("kim-anfrage-kreis", "05962"),
    ("kim-resolution", "05513000"),
    ("kim-resolution", "05978020"),
)
"""Each paper with a municipality it is for."""


@cache
def library() -> Library:
    """Read once: nothing in it can change."""
    return read_library(TEMPLATES)


def definition(id_: str) -> Definition:
    """The latest version of a paper."""
    found = library().catalogue.latest(id_)
    assert found is not None
    return found


def answers(ags: str = "05513000") -> Answers:
    """Everything known, as a council with a profile has it."""
    return Answers(
        council=Council(
            ags=ags,
            chair=Person(name="Aylin Demir", address=Address.FRAU),
            office_name="Geschäftsstelle",
            office_address="Rathausplatz 1\n12345 Musterstadt",
            office_email="office@example.org",
            section="§ 4 der Geschäftsordnung",
            rule=FilingRule(number=21),
        ),
        meeting=Meeting(day=date(2027, 1, 14), start=time(17), place="Rathaus"),
        sender=Sender(
            name="Mehmet Kaya",
            function="Mitglied",
            group="Liste „Miteinander“",
            address="Beispielweg 2\n12345 Musterstadt",
            email="kaya@example.org",
        ),
    )


def case(id_: str, given: Answers, today: date = TODAY) -> Case:
    """The case of a paper and answers."""
    known = library()
    municipality = known.register.get(given.council.ags)
    assert municipality is not None
    return Case(
        definition=definition(id_),
        answers=given,
        municipality=municipality,
        register=known.register,
        today=today,
        texts=known.texts,
    )


def letter(id_: str, given: Answers, today: date = TODAY) -> Letter:
    """The letter of a paper and answers."""
    found = case(id_, given, today)
    return compose(
        definition=found.definition,
        answers=given,
        municipality=found.municipality,
        register=found.register,
        today=today,
        texts=found.texts,
    )


def written(id_: str, given: Answers, today: date = TODAY) -> str:
    """All of a letter's text, one line each, non-breaking spaces as spaces."""
    made = letter(id_, given, today)
    return "\n".join(plain(text) for text in texts(made)).replace("\u00a0", " ")


def all_in(id_: str, ags: str) -> Answers:
    """Everything known, and every suggested point taken."""
    extras = tuple(
        point.id
        for point in definition(id_).points
        if point.extra and (not point.only or ags in point.only)
    )
    return replace(answers(ags), extras=extras)


def points(made: Letter) -> tuple[Item, ...]:
    """The numbered points, wherever they stand."""
    everywhere = (*made.blocks, *(block for annex in made.annexes for block in annex.blocks))
    return tuple(item for block in everywhere if isinstance(block, Listing) for item in block.items)


def labels(made: Letter) -> list[str]:
    """Numbers and letters as they stand: "2", "2a", …"""
    return [
        label
        for item in points(made)
        for label in (item.label, *(f"{item.label}{part.label}" for part in item.parts))
    ]

"""The dialogues over the shipped templates, read once."""

import pytest

from conversations.dialogues import Dialogues
from conversations.rules.knowledge import Knowledge
from tests.conversations.casting import operator
from tests.conversations.joining import closed
from tests.conversations.walk import Member, knowledge


@pytest.fixture(scope="session")
def know() -> Knowledge:
    """What the dialogues know."""
    return knowledge()


@pytest.fixture(scope="session")
def dialogues(know: Knowledge) -> Dialogues:
    """The dialogues."""
    return Dialogues(know)


@pytest.fixture
def stranger(dialogues: Dialogues) -> Member:
    """Somebody who never wrote before."""
    return Member(dialogues)


@pytest.fixture
def member(stranger: Member) -> Member:
    """Somebody who agreed and stands before the menu of papers."""
    return stranger.call("start").press("Einverstanden")


@pytest.fixture
def settled(member: Member) -> Member:
    """A member of Gelsenkirchen who has made one letter, so that everything is known."""
    member.press("Anfrage").type("Gelsenkirchen").type("Frau Aylin Demir").type("14.1. 17 Uhr")
    member.press("21 Tage").type("geschaeftsstelle@example.org").press("Stimmt").press("Übernehmen")
    member.press("Alle 7").press("Lang, so lassen").press("Mehmet Kaya").press("So unterschreiben")
    member.press("Brief erstellen")
    member.presses = 0
    return member


@pytest.fixture(scope="session")
def known() -> Knowledge:
    """What a house knows that only takes who was invited."""
    return closed()


@pytest.fixture(scope="session")
def house(known: Knowledge) -> Dialogues:
    """The dialogues of that house."""
    return Dialogues(known)


@pytest.fixture
def written(dialogues: Dialogues) -> Member:
    """An operator whose text is written."""
    return operator(dialogues).call("rundruf").press("Neuer Rundruf").type("Bitte lesen.")

"""Who writes to whom, and what the body is called."""

import re
from dataclasses import replace
from datetime import date

import pytest

from conversations.rules.answers import Address, Filer, Person, Sender
from conversations.rules.letter import plain, texts
from tests.conversations.papers import EVERY, answers, letter, written

A = "kim-anfrage-kreisfrei"
C = "kim-anfrage-kreisangehoerige"
D = "kim-anfrage-kreis"


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (Person(), "Sehr geehrte Damen und Herren,"),
        (Person(address=Address.FRAU), "Sehr geehrte Frau Vorsitzende,"),
        (Person(address=Address.HERR), "Sehr geehrter Herr Vorsitzender,"),
        (Person(name="Aylin Demir", address=Address.FRAU), "Sehr geehrte Frau Demir,"),
        (Person(name="Dr. Can Öz", address=Address.HERR), "Sehr geehrter Herr Öz,"),
        (Person(name="Ida von der Au", address=Address.FRAU), "Sehr geehrte Frau von der Au,"),
        (Person(name="Ana García López", address=Address.FRAU), "Sehr geehrte Frau Vorsitzende,"),
        (Person(name="Kim Demir"), "Guten Tag Kim Demir,"),
    ],
)
def test_salutation_to_the_chair(person: Person, expected: str) -> None:
    """By name when it is plain which word is the family name, else by office, else neutral."""
    given = answers()
    made = letter(A, replace(given, council=replace(given.council, chair=person)))
    assert plain(made.salutation) == expected


@pytest.mark.parametrize(
    ("id_", "ags", "address", "salutation", "first"),
    [
        (
            A,
            "05513000",
            Address.FRAU,
            "geehrte Frau Oberbürgermeisterin",
            "die Oberbürgermeisterin",
        ),
        (A, "05334002", Address.HERR, "geehrter Herr Oberbürgermeister", "den Oberbürgermeister"),
        (C, "05978020", Address.FRAU, "geehrte Frau Bürgermeisterin", "die Bürgermeisterin"),
        (D, "05566076", Address.HERR, "geehrter Herr Landrat", "den Landrat"),
        (D, "05334002", Address.FRAU, "geehrte Frau Städteregionsrätin", "die Städteregionsrätin"),
        (
            D,
            "05978020",
            Address.NEUTRAL,
            "geehrte Damen und Herren",
            "die Landrätin oder den Landrat",
        ),
    ],
)
def test_the_chair_writes_to_the_head(
    id_: str, ags: str, address: Address, salutation: str, first: str
) -> None:
    """If the chair files, or to the Kreis, the head of the administration is addressed by title."""
    given = answers(ags)
    council = replace(given.council, head=Person(address=address))
    made = letter(
        id_, replace(given, council=council, sender=Sender(name="A B", filer=Filer.CHAIR))
    )
    assert plain(made.salutation) == f"Sehr {salutation},"
    assert plain(made.recipient[0]) == f"An {first}"


def test_the_chairs_letter_asks_the_administration_itself() -> None:
    """No "pass it on" and no "put it on the agenda" in a letter of the chair."""
    given = answers()
    text = written(A, replace(given, sender=replace(given.sender, filer=Filer.CHAIR)))
    assert "durch die Verwaltung beantworten zu lassen" in text
    assert "Tagesordnung" not in text


@pytest.mark.parametrize(("id_", "ags"), EVERY)
@pytest.mark.parametrize("filer", list(Filer))
def test_i_or_we(id_: str, ags: str, filer: Filer) -> None:
    """One person says ich, a group says wir, and nobody says both; a resolution's text says wir."""
    given = answers(ags)
    made = letter(id_, replace(given, sender=replace(given.sender, filer=filer)))
    own = "\n".join(plain(text) for text in texts(replace(made, annexes=())))
    many = filer in {Filer.GROUP, Filer.FIFTH}
    assert bool(re.search(r"\b[Ww]ir\b", own)) == many
    assert bool(re.search(r"\b[Ii]ch\b", own)) != many


def test_body_by_its_name_on_the_day() -> None:
    """Until 31 October 2025 Integrationsrat, from 1 November the new name, in the right case."""
    before = written(A, replace(answers(), dated=date(2025, 10, 31)))
    after = written(A, replace(answers(), dated=date(2025, 11, 1)))
    assert "Beteiligung des Integrationsrates der Stadt" in before
    assert "Chancengerechtigkeit" not in before
    assert "Beteiligung des Ausschusses für Chancengerechtigkeit und Integration" in after
    assert "Integrationsr" not in after


@pytest.mark.parametrize(
    ("body", "genitive", "our"),
    [
        ("Integrationsrat", "des Integrationsrates", "unser Integrationsrat"),
        ("Integrationsausschuss", "des Integrationsausschusses", "unser Ausschuss"),
        ("Integrationskommission", "der Integrationskommission", "unsere Integrationskommission"),
        ("ACI", "des Gremiums „ACI“", "unser Gremium"),
        ("Rat {{7*7}}", "des Gremiums „Rat {{7*7}}“", "unser Gremium"),
    ],
)
def test_other_names_of_the_body(body: str, genitive: str, our: str) -> None:
    """Known shapes are declined; anything else stands as typed, in quotation marks."""
    given = answers()
    text = written(A, replace(given, council=replace(given.council, body=body)))
    assert genitive in text
    assert our in text
    assert f"Gremium: {body}" in text


def test_an_office_may_have_two_lines() -> None:
    """A line feed in its name makes two lines of the address field, as in its address."""
    given = answers()
    council = replace(given.council, office_name="Geschäftsstelle\nZimmer 3")
    made = letter(A, replace(given, council=council))
    assert {"Geschäftsstelle", "Zimmer 3"} <= {plain(line) for line in made.recipient}

"""To whom a broadcast goes is chosen in the chat, with the count beside each choice."""

from dataclasses import replace

import pytest

from conversations.broadcasts import Audience, Public
from conversations.dialogues import Dialogues
from conversations.rules.reporting import ClockState
from conversations.standing import Role
from tests.conversations.casting import (
    admin,
    at,
    deeds,
    drafted,
    operator,
    ready,
)
from tests.conversations.chamber import THERE
from tests.conversations.councils import COUNCIL
from tests.conversations.walk import Member


def audience(member: Member) -> Audience:
    """To whom the draft would go."""
    return drafted(member).content.audience


# --- the audience -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("way", "reach"),
    [
        (["Gruppen und Kanäle"], "6 Personen in 3 Gremien"),
        (["Personen"], "2 Gruppen und 1 Kanal in 3 Gremien"),
        (["Rolle", "Ratsadmins", "Fertig"], "2 Personen, 2 Gruppen und 1 Kanal in 3 Gremien"),
        (["Sprache", "English", "Fertig"], "1 Person, 2 Gruppen und 1 Kanal in 3 Gremien"),
        (["KIM-Uhr", "überfällig", "Fertig"], "3 Personen und 1 Gruppe"),
        (["KIM-Uhr", "überfällig", "noch nie", "Fertig"], "4 Personen, 1 Gruppe und 1 Kanal in 2"),
        (["Art der Kommune", "große kreis", "Fertig"], "1 Person und 1 Kanal"),
        (["Fassung", "kreisfreie", "Fertig"], "5 Personen und 2 Gruppen in 2 Gremien"),
    ],
)
def test_each_choice_shows_its_count(written: Member, way: list[str], reach: str) -> None:
    """Conditions narrow the audience, and the card says at once to how many."""
    written.press("Empfänger")
    for words in way:
        found = [one for one in written.labels if one.removeprefix("☐ ").startswith(words)]
        switches = [one for one in written.labels if one.removeprefix("☑ ").startswith(words)]
        written.press((found or switches)[0])
    assert reach in written.html


@pytest.mark.parametrize("condition", ["Art der Kommune", "Fassung der Anfrage", "KIM-Uhr"])
def test_every_choice_says_how_many_it_would_be(written: Member, condition: str) -> None:
    """Also one with a long name."""
    written.press("Empfänger").press(condition)
    choices = [label for label in written.labels if label[0] in "☐☑"]
    assert choices
    assert all(label.endswith(")") for label in choices)


def test_conditions_are_stored(written: Member) -> None:
    """As values, not as words."""
    written.press("Empfänger").press("KIM-Uhr").press("☐ überfällig").press("Fertig")
    written.press("Rolle").press("☐ Ratsadmins")
    assert audience(written).clocks == {ClockState.OVERDUE}
    assert audience(written).roles == {Role.ADMIN}
    written.press("☑ Ratsadmins")
    assert audience(written).roles == frozenset()


def test_councils_are_found_by_typed_names(written: Member) -> None:
    """One by one, and taken out again; none is all."""
    written.press("Empfänger").press("Bestimmte Gremien").type("solingn").type("Gelsenkirchen")
    assert audience(written).councils == {COUNCIL, THERE}
    assert "5 Personen und 2 Gruppen in 2 Gremien" in written.html
    written.press("Entfernen: Stadt Solingen").press("Alle Gremien")
    assert audience(written).councils == frozenset()


@pytest.mark.parametrize(("typed", "said"), [("Kleve", "Kleve"), ("xyzzy", "xyzzy")])
def test_a_place_without_a_council_is_said(written: Member, typed: str, said: str) -> None:
    """Nothing is chosen by mistake."""
    written.press("Empfänger").press("Bestimmte Gremien").type(typed)
    assert said in written.html
    assert deeds(written) == ()


def test_an_admin_has_only_what_makes_sense(dialogues: Dialogues) -> None:
    """Within one council: people or chats, role, language; names as examples."""
    member = admin(dialogues).call("rundruf").press("Neuer Rundruf").type("Hallo")
    member.press("Empfänger")
    assert "Bestimmte Gremien" not in member.labels
    assert "KIM-Uhr" not in member.labels
    assert "Zum Beispiel: Aylin Demir, Jens Vogel, Ayşe Yılmaz" in member.html


def test_an_operator_sees_no_names(written: Member) -> None:
    """Counts only."""
    assert "Zum Beispiel" not in written.press("Empfänger").html


def test_nobody_is_said_and_goes_no_further(written: Member) -> None:
    """A broadcast to nobody ends at the draft."""
    written.press("Empfänger").press("☑ Personen").press("☑ Gruppen und Kanäle").press("Fertig")
    assert "So bekommt ihn niemand." in written.html
    written.press("Vorschau")
    assert at(written) == ("composing", "draft")
    assert written.last is not None
    assert written.last.rehearse is None


def test_an_audience_that_vanished_is_not_sent_to(dialogues: Dialogues) -> None:
    """Everybody left between the preview and the last word."""
    member = ready(operator(dialogues))
    empty = replace(member.state.broadcasts, public=Public())
    member.state = replace(member.state, broadcasts=empty)
    member.press("Jetzt senden")
    assert deeds(member) == ()
    assert "So bekommt ihn niemand." in member.html

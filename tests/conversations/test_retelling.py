"""Messages edited afterwards change the answer they gave, or nothing."""

import pytest

from conversations.events import (
    Edited,
)
from tests.conversations.walk import Member


@pytest.fixture
def listed(settled: Member) -> Member:
    """A member before the list of questions."""
    settled.call("anfrage").press("Anfrage").press("Stimmt, weiter").press("Übernehmen")
    return settled


def edit(member: Member, text: str) -> Member:
    """Change the latest message."""
    return member.send(Edited(text=text, message=member.message))


def test_an_edit_changes_the_answer_it_gave(member: Member) -> None:
    """The chair's name is another one; the question after it still waits."""
    member.press("Anfrage").type("Gelsenkirchen").type("Frau Aylin Demir")
    edit(member, "Frau Aylin Demir-Kaya")
    assert member.draft.answers.council.chair.name == "Aylin Demir-Kaya"
    assert member.state.position is not None
    assert member.state.position.step == "meeting"


def test_an_edited_question_of_ones_own_is_not_doubled(listed: Member) -> None:
    """Each text typed there is one more: an edit of it points to the buttons."""
    listed.press("Eigene Frage").type("Wie viel kostet es?")
    edit(listed, "Wie viel kostet das alles?")
    assert listed.draft.answers.own == ("Wie viel kostet es?",)
    assert "frühere Nachricht" in listed.html


def test_an_edit_does_not_change_a_letter_that_is_out(listed: Member) -> None:
    """What was made is not said to be changed."""
    listed.press("Alle 7").press("Eigener Absatz").type("So nicht.").press("Lang, so lassen")
    listed.press("So unterschreiben").press("Brief erstellen")
    listed.send(Edited(text="Doch.", message=listed.message - 3))
    assert listed.draft.answers.own_reason == "So nicht."
    assert "frühere Nachricht" in listed.html

"""Whom a letter addresses: asked once, in few words, changeable and removable."""

import pytest

from conversations.rules.answers import Address
from tests.conversations.walk import Member


def test_a_name_without_form_of_address_offers_three_different_ones(member: Member) -> None:
    """Frau, Herr or neither: each button says which."""
    member.press("Anfrage").type("Gelsenkirchen").type("Aylin Demir")
    assert member.labels[:3] == ["Frau", "Herr", "Ohne Frau/Herr"]


def test_the_form_of_address_chosen_is_taken(member: Member) -> None:
    """Pressing «Herr» addresses a man."""
    member.press("Anfrage").type("Gelsenkirchen").type("Can Demir").press("Herr")
    assert member.draft.answers.council.chair.address is Address.HERR


def test_back_from_the_form_of_address_asks_for_the_name_again(member: Member) -> None:
    """A mistyped name can be typed anew before its form is chosen."""
    member.press("Anfrage").type("Gelsenkirchen").type("Ayln Demir").press("Zurück")
    assert "Wer hat den Vorsitz?" in member.html


def test_a_character_without_glyph_can_be_left_out_of_a_name(member: Member) -> None:
    """The question about the character comes with a button that answers it."""
    member.press("Anfrage").type("Gelsenkirchen").type("Frau Aylin 🎉 Demir")
    member.press("Ohne übernehmen")
    assert member.draft.answers.council.chair.name == "Aylin Demir"


def test_a_known_chair_stays_when_the_question_is_passed(settled: Member) -> None:
    """«So lassen» keeps the name; only «Angabe entfernen» takes it away."""
    settled.call("anfrage").press("Anfrage").press("Empfänger ändern").press("Vorsitz")
    settled.press("So lassen")
    assert settled.draft.answers.council.chair.name == "Aylin Demir"


def test_a_known_detail_can_be_removed(settled: Member) -> None:
    """An address that is wrong need not be replaced by another."""
    settled.call("anfrage").press("Anfrage").press("Empfänger ändern").press("E-Mail")
    settled.press("Angabe entfernen")
    assert settled.draft.answers.council.office_email == ""


def test_a_change_from_the_review_leads_back_to_the_review(settled: Member) -> None:
    """Also across the list of the recipient's details."""
    settled.call("anfrage").press("Anfrage").press("Gleich zur Durchsicht").press("Etwas ändern")
    settled.press("Empfänger").press("Vorsitz").type("Herr Jens Vogel").press("Fertig")
    assert "Fertig zum Durchsehen" in settled.html


def test_a_letter_to_the_kreis_asks_for_its_own_head(member: Member) -> None:
    """The question names the Kreis and its Landrat, not the town."""
    member.press("Anfrage").type("Rheine").press("An den Kreis")
    assert "Kreis Steinfurt" in member.html
    assert "Landrat" in member.html


def test_the_head_of_the_kreis_is_never_the_towns(member: Member) -> None:
    """A later letter to the own town doesn't address its mayor by the Landrat's name."""
    member.press("Anfrage").type("Rheine").press("An den Kreis").type("Herr Jens Vogel")
    member.call("anfrage").press("Resolution").press("Überspringen").press("Ohne Sitzung")
    member.press("Überspringen")
    assert member.draft.answers.council.head.name == ""


def test_the_head_of_the_kreis_is_remembered(member: Member) -> None:
    """The second letter to the Kreis knows whom it goes to."""
    member.press("Anfrage").type("Rheine").press("An den Kreis").type("Herr Jens Vogel")
    member.call("anfrage").press("Anfrage")
    assert "Herrn Jens Vogel" in member.html


def test_the_route_can_be_changed_later(member: Member) -> None:
    """Who wrote to the Kreis once may still ask the own town."""
    member.press("Anfrage").type("Rheine").press("An den Kreis").type("Herr Jens Vogel")
    member.press("Empfänger ändern").press("Eigene Verwaltung").press("An die eigene")
    assert "Wer hat den Vorsitz?" in member.html


def test_a_draft_that_was_only_opened_leaves_nothing_behind(settled: Member) -> None:
    """Going back at once doesn't fill the list with empty drafts."""
    before = len(settled.state.drafts)
    settled.call("anfrage").press("Anfrage").press("Zurück")
    assert len(settled.state.drafts) == before


@pytest.mark.parametrize("word", ["weiter", "Weiter!"])
def test_weiter_presses_the_usual_button(settled: Member, word: str) -> None:
    """Where nothing can be skipped, the word goes on."""
    settled.call("anfrage").press("Anfrage").type(word)
    assert "Schritt 2 von 5" in settled.html


def test_a_date_is_no_name(member: Member) -> None:
    """Who answers the next question too early is told what is asked now."""
    member.press("Anfrage").type("Gelsenkirchen").type("14.1. 17 Uhr")
    assert "Ich brauche hier einen Namen" in member.html
    assert "Wer hat den Vorsitz?" in member.html


def test_the_deadline_says_how_it_is_counted(settled: Member) -> None:
    """«Wie gerechnet?» tells it in words, above the same card."""
    settled.call("anfrage").press("Anfrage").press("Wie gerechnet?")
    assert "21. Tag vor dem 14.01.: <b>Do 24.12.2026</b>, muss kein Werktag sein" in settled.html
    assert "Die Regel ist ungeprüft" in settled.html
    assert "Stimmt, weiter" in settled.labels


def test_without_a_deadline_there_is_nothing_to_count(member: Member) -> None:
    """A letter to the Kreis has none."""
    member.press("Anfrage").type("Rheine").press("An den Kreis").type("Herr Jens Vogel")
    assert "Wie gerechnet?" not in member.labels

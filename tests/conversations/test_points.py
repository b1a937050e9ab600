"""The questions and demands one by one: ticks that show, and no press without effect."""

import pytest

from tests.conversations.walk import Member


@pytest.fixture
def listed(settled: Member) -> Member:
    """A member before the list of questions."""
    settled.call("anfrage").press("Anfrage").press("Stimmt, weiter").press("Übernehmen")
    return settled


def test_a_suggested_question_shows_whether_it_is_taken(listed: Member) -> None:
    """The box on the button changes with the press."""
    listed.press("Vorschläge ansehen").press("☐ Eigenanteil")
    assert "☑ Eigenanteil der Stadt" in listed.labels


def test_a_taken_suggestion_opens_by_its_number(listed: Member) -> None:
    """The list and the card count alike."""
    listed.press("Vorschläge ansehen").press("☐ Eigenanteil").press("Fertig").type("8")
    assert "Frage 8 von 8" in listed.html


def test_a_suggestion_can_be_dropped_on_its_card(listed: Member) -> None:
    """«Weglassen» works for suggested questions as for the others."""
    listed.press("Vorschläge ansehen").press("☐ Eigenanteil").press("Fertig").type("8")
    listed.press("Weglassen")
    assert listed.draft.answers.extras == ()


def test_going_on_does_not_take_a_dropped_question_back(listed: Member) -> None:
    """«Weiter» leaves it out; only «Doch aufnehmen» takes it back."""
    listed.type("3").press("Weglassen").press("Einzeln").press("Übernehmen").press("Übernehmen")
    listed.press("Weiter")
    assert "3" in listed.draft.answers.dropped


def test_a_part_shows_whether_it_stays(listed: Member) -> None:
    """Each part has its box."""
    listed.type("2").press("Nur einzelne").press("☑ 2b")
    assert any(label.startswith("☐ 2b") for label in listed.labels)


def test_a_motion_speaks_of_demands(settled: Member) -> None:
    """No card of a motion offers an own question."""
    settled.call("anfrage").press("Resolution").press("Stimmt, weiter").press("Übernehmen")
    settled.press("Eigene Forderung")
    assert "Forderung" in settled.html
    assert "Frage" not in settled.html


def test_a_motion_has_no_day_for_an_answer(settled: Member) -> None:
    """What would change nothing in the letter is not offered."""
    settled.call("anfrage").press("Resolution").press("Gleich zur Durchsicht")
    settled.press("Etwas ändern")
    assert "Antwort bis" not in settled.labels
    assert "Forderungen" in settled.labels


def test_no_two_buttons_of_the_changes_card_read_alike(settled: Member) -> None:
    """Every part of the letter is named by its own word."""
    settled.call("anfrage").press("Anfrage").press("Gleich zur Durchsicht").press("Etwas ändern")
    assert len(set(settled.labels)) == len(settled.labels)
    assert "Jahre" in settled.labels


def test_short_reasons_do_not_warn_of_what_they_leave_out(listed: Member) -> None:
    """A statement that isn't in the letter cannot be out of date in it."""
    listed.press("Alle 7").press("Kurz")
    assert "⚠" not in listed.html


def test_a_place_half_way_is_kept(listed: Member) -> None:
    """After a break, /weiter opens the very question that was on the card."""
    listed.type("6").call("abbrechen").call("weiter")
    assert "Frage 6 von 7" in listed.html


def test_a_number_of_thousands_of_digits_opens_nothing(listed: Member) -> None:
    """Python refuses to read such a number; the member is told what can be typed."""
    listed.type("9" * 5000)
    assert listed.state.position is not None
    assert listed.state.position.step == "points"

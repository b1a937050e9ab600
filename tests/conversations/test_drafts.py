"""Leaving and finding again: what is said is true, and lists stay tidy."""

from conversations.core import Media, Need, Pressed, Received
from conversations.dialogues import Dialogues
from tests.conversations.walk import Member


def test_leaving_a_finished_letter_promises_no_draft(settled: Member) -> None:
    """«Ihr Entwurf ist gespeichert» is only said of a draft that /weiter finds."""
    settled.call("abbrechen")
    assert "/weiter" not in settled.html


def test_the_list_counts_only_what_is_there(settled: Member) -> None:
    """One letter, and no «0 Entwürfe»."""
    settled.call("entwuerfe")
    assert "1 fertiger Brief" in settled.html
    assert "0 " not in settled.html


def test_letters_of_one_name_differ_by_their_day(settled: Member) -> None:
    """The button says when a letter was made."""
    settled.call("entwuerfe")
    assert any(label.endswith("22.11.26") for label in settled.labels)


def test_a_sticker_before_consent_is_greeted(stranger: Member) -> None:
    """A newcomer is never met with silence."""
    stranger.send(Received(media=Media.STICKER))
    assert "KIM-Bot" in stranger.html


def test_leaving_a_draft_loads_the_others(dialogues: Dialogues) -> None:
    """The card that follows lists them."""
    assert Need.DRAFTS in dialogues.needs(Pressed(data="3.cancel"), "inquiry")


def test_an_answer_loads_no_more_than_it_needs(dialogues: Dialogues) -> None:
    """Most turns read one row only."""
    assert dialogues.needs(Pressed(data="3.take"), "inquiry") == frozenset()


def test_a_letter_to_the_kreis_is_named_after_it(member: Member) -> None:
    """Two drafts of one town can be told apart in the list."""
    member.press("Anfrage").type("Rheine").press("An den Kreis")
    assert member.draft.title == "Anfrage zu KIM – Kreis Steinfurt"

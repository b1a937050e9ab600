"""Leaving and finding again: what is said is true, and lists stay tidy."""

from dataclasses import replace
from datetime import UTC, date, datetime

from conversations.core import (
    LetterId,
    Need,
)
from conversations.dialogues import Dialogues
from conversations.events import (
    Media,
    Pressed,
    Received,
)
from conversations.flows.papers import MAX_OPEN
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
    """The council's agenda, whose meetings are proposed; no other drafts, letters or people."""
    assert dialogues.needs(Pressed(data="3.take"), "inquiry") == {Need.AGENDA}


def test_a_letter_to_the_kreis_is_named_after_it(member: Member) -> None:
    """Two drafts of one town can be told apart in the list."""
    member.press("Anfrage").type("Rheine").press("An den Kreis")
    assert member.draft.title == "Anfrage zu KIM – Kreis Steinfurt"


def test_every_letter_can_be_found_again(settled: Member) -> None:
    """Old ones stand on a further page of the list."""
    (old,) = settled.state.letters
    newer = tuple(replace(old, id=LetterId(f"l{n}"), title=f"Brief {n}") for n in range(40))
    settled.state = replace(settled.state, letters=(*newer, replace(old, title="Der erste")))
    settled.call("entwuerfe")
    while not any("Der erste" in label for label in settled.labels):
        settled.press(settled.labels[-3])
    settled.press("✉ Der erste")
    assert "Der erste" in settled.html


def test_copies_are_not_made_without_end(settled: Member) -> None:
    """There are as many open drafts as can be kept; the reason is said."""
    settled.call("anfrage").press("Anfrage").call("entwuerfe")
    for _ in range(MAX_OPEN + 3):
        settled.press("✎").press("Kopieren")
        settled.call("entwuerfe")
    assert f"{MAX_OPEN} Entwürfe" in settled.html


def test_a_letter_made_after_midnight_is_of_the_new_day(settled: Member) -> None:
    """An hour after midnight here it is still yesterday in UTC."""
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    (letter,) = settled.state.letters
    settled.state = replace(settled.state, letters=(replace(letter, made=new_year),))
    settled.call("entwuerfe").press("✉").press("Ist eingereicht").press("Heute")
    settled.press("Brief ansehen").press("Etwas ändern")
    assert settled.draft.answers.replaces == date(2027, 1, 1)

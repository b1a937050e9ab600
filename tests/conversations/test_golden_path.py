"""The quick way to a letter, and what is remembered for the next one."""

from dataclasses import replace
from datetime import timedelta

from conversations.core import DraftState
from conversations.core import Member as Stored
from tests.conversations.walk import Member


def stored(member: Member) -> Stored:
    """The member as stored."""
    assert member.state.member is not None
    return member.state.member


def test_the_first_letter_asks_only_what_it_needs(settled: Member) -> None:
    """A letter comes out of the first dialogue, with the draft done and the council remembered."""
    assert len(settled.orders) == 1
    assert settled.delivered == [settled.orders[0].id]
    assert [draft.state for draft in settled.state.drafts] == [DraftState.DONE]
    assert stored(settled).council.chair.name == "Aylin Demir"
    assert stored(settled).sender.name == "Mehmet Kaya"


def test_the_second_letter_takes_seven_presses_and_no_typing(settled: Member) -> None:
    """Paper, recipient, years, questions, reasons, sender, make: seven presses."""
    settled.call("anfrage").press("Anfrage zu KIM").press("Stimmt, weiter").press("Übernehmen")
    settled.press("Alle 7").press("Lang, so lassen").press("So unterschreiben")
    settled.press("Brief erstellen")
    assert settled.presses == 7
    assert len(settled.orders) == 2


def test_the_shortest_second_letter_takes_three_presses(settled: Member) -> None:
    """With everything known, one press leads from the recipient to the review."""
    settled.call("anfrage").press("Anfrage zu KIM").press("Gleich zur Durchsicht")
    settled.press("Brief erstellen")
    assert settled.presses == 3
    assert len(settled.orders) == 2


def test_typed_words_do_what_buttons_do(settled: Member) -> None:
    """The whole second letter without a single press."""
    settled.call("anfrage").type("anfrage zu kim").type("stimmt, weiter").type("übernehmen")
    settled.type("Alle 7 übernehmen").type("lang, so lassen").type("so unterschreiben")
    settled.type("Brief erstellen")
    assert settled.presses == 0
    assert len(settled.orders) == 2


def test_a_past_meeting_is_not_proposed_again(settled: Member) -> None:
    """After the meeting's day the next draft starts without a meeting."""
    settled.state = replace(settled.state, now=settled.state.now + timedelta(days=80))
    settled.call("anfrage").press("Anfrage zu KIM")
    assert settled.state.draft is not None
    assert settled.state.draft.answers.meeting is None

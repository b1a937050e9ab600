"""The meeting of a letter: quick to pick, its hour and its deadline asked once."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.conversations.walk import Member


@pytest.fixture
def asked(member: Member) -> Member:
    """A member who is asked for the meeting of a first letter."""
    return member.press("Anfrage").type("Gelsenkirchen").press("Überspringen")


def test_a_month_ahead_takes_one_press(asked: Member) -> None:
    """The next five months have buttons of their own."""
    asked.press("Apr")
    assert "April 2027" in asked.labels


def test_the_month_of_a_known_meeting_opens_first(settled: Member) -> None:
    """Who moves a meeting starts where it was."""
    settled.call("anfrage").press("Anfrage").press("Andere Sitzung")
    assert "Januar 2027" in settled.labels


def test_a_bare_number_picks_the_day_shown(asked: Member) -> None:
    """«14» with January on the card is 14 January, as if it were pressed."""
    asked.press("Jan").type("14").press("Überspringen")
    meeting = asked.draft.answers.meeting
    assert meeting is not None
    assert meeting.day == date(2027, 1, 14)


def test_a_number_that_is_no_day_gets_an_example(asked: Member) -> None:
    """«44» is answered with what is expected, not with a button somewhere."""
    asked.type("44")
    assert "Ich brauche hier ein Datum" in asked.html


def test_a_doubtful_day_can_be_picked_anew(asked: Member) -> None:
    """The two days that a text may mean are not the only way on."""
    asked.type("31.2.").press("Anderen Tag wählen")
    assert "Für welche Sitzung" in asked.html


def test_a_first_meeting_asks_for_its_hour_also_later(asked: Member) -> None:
    """A meeting picked on the recipient's card gets its hour like one picked before."""
    asked.press("Ohne Sitzung").press("Überspringen").press("Sitzung wählen").type("14.1.")
    assert "Um wie viel Uhr" in asked.html


def test_an_unknown_deadline_can_be_given_on_the_card(asked: Member) -> None:
    """The card that says that the deadline is unknown offers to enter it."""
    asked.type("14.1. 17 Uhr").press("Weiß ich nicht").press("Überspringen")
    asked.press("Abgabefrist eingeben").press("21 Tage")
    assert "Abgabe bis" in asked.html


def test_a_missed_deadline_says_what_can_be_done(asked: Member) -> None:
    """Kindly: ask the office, or take the next meeting."""
    asked.type("3.12. 17 Uhr").press("21 Tage").press("Überspringen")
    assert "Fragen Sie dort nach" in asked.html
    assert "Andere Sitzung" in asked.labels


def test_first_questions_say_how_many_there_are(asked: Member) -> None:
    """Nobody wonders how long it goes on."""
    assert "Frage 2 von 4" in asked.html


def test_first_questions_go_on_after_a_break(asked: Member) -> None:
    """After cancelling in between, the rest is asked as if nothing had happened."""
    asked.call("abbrechen").call("weiter").type("14.1. 17 Uhr")
    assert "Frage 3 von 4" in asked.html


def test_the_day_of_filing_is_today_or_yesterday_at_once(settled: Member) -> None:
    """The two usual days stand first, with the usual way."""
    settled.press("Ist eingereicht")
    assert settled.labels[:2] == ["Heute, per E-Mail", "Gestern, per E-Mail"]


def test_yesterday_is_the_local_yesterday(settled: Member) -> None:
    """Half past midnight in Germany is still the day before in UTC."""
    settled.state = replace(settled.state, now=datetime(2026, 11, 22, 23, 30, tzinfo=UTC))
    settled.press("Ist eingereicht").press("Gestern")
    filed = settled.state.letters[0].filed
    assert filed is not None
    assert filed.day == date(2026, 11, 22)


def test_without_a_meeting_no_way_leads_to_the_deadline(asked: Member) -> None:
    """Neither onward nor back: nothing is due without a meeting."""
    asked.press("Ohne Sitzung").press("Zurück")
    assert "Für welche Sitzung" in asked.html


def test_a_meeting_gone_by_is_named_before_the_letter_is_made(settled: Member) -> None:
    """A draft resumed too late says so where the letter is made, also without a deadline."""
    settled.call("anfrage").press("Anfrage").press("Gleich zur Durchsicht")
    settled.state = replace(settled.state, now=datetime(2027, 2, 1, tzinfo=UTC))
    settled.call("weiter")
    assert "Diese Sitzung ist schon vorbei" in settled.html

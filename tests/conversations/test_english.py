"""A member who chats in English: what is typed, how dates are said, and a German letter at last."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from types import SimpleNamespace

import pytest

from conversations.dialogues import Dialogues
from conversations.rules import dates, saying
from conversations.rules.answers import FilingRule, Unit
from conversations.rules.dates import Unclear, Understood
from conversations.rules.filing import read_hour, read_rule
from conversations.rules.knowledge import Knowledge
from conversations.rules.letter import plain
from conversations.rules.profile import CouncilRule
from tests.conversations.walk import Member

TODAY = date(2026, 11, 22)
QUOTED = re.compile("[„“]([^“”]+)[“”]")


@pytest.fixture
def english(dialogues: Dialogues) -> Member:
    """A member whose Telegram speaks British English and who has agreed."""
    member = Member(dialogues)
    member.state = replace(member.state, telegram_language="en-GB")
    return member.call("start").press("I agree")


@pytest.fixture
def reviewed(english: Member) -> Member:
    """An inquiry before its review."""
    english.press("Anfrage").type("Gelsenkirchen").type("Ms Aylin Demir").type("14 Jan, 5 pm")
    english.press("21 days").type("office@example.org").press("Correct").press("Accept")
    return english.press("Accept all").press("Long").press("Mehmet Kaya").press("Sign")


@pytest.mark.parametrize(
    "typed",
    ["14 January, 17:00", "14 Jan 2027 5 pm", "14th of January, 5pm", "Thu 14th Jan, 5:00 p.m."],
)  # fmt: skip
def test_an_english_date_is_understood(typed: str) -> None:
    """Day before month, with or without "of", and the hour of the half day."""
    assert dates.read(typed, TODAY) == Understood(day=date(2027, 1, 14), start=time(17))


@pytest.mark.parametrize("typed", ["14/1/2027", "1/2", "14 Jan 17 pm", "14 Jan, 0 am", "5 pm"])
def test_a_doubtful_english_date_is_asked_back(typed: str) -> None:
    """What an American and a Briton would read differently, or nobody at all, is not guessed."""
    assert isinstance(dates.read(typed, TODAY), Unclear)


@pytest.mark.parametrize(
    ("typed", "hour"),
    [("12 am", time(0)), ("12 pm", time(12)), ("5.30 pm", time(17, 30)), ("1 PM", time(13))],
)  # fmt: skip
def test_the_half_day_is_counted_right(typed: str, hour: time) -> None:
    """Noon is 12 pm, midnight 12 am."""
    assert dates.half_day(typed.casefold())[1] == hour


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("10 working days, 12:00", FilingRule(number=10, unit=Unit.WORKING, cutoff=time(12))),
        ("by 4 pm, 10 weekdays", FilingRule(number=10, unit=Unit.WORKING, cutoff=time(16))),
        ("2 Werktage", FilingRule(number=2, unit=Unit.WEEKDAY)),
        ("21 days", FilingRule(number=21)),
        ("3 weeks", FilingRule(number=21)),
        ("10 Wochentage", FilingRule(number=10)),
        ("5 full days", FilingRule(number=5, unit=Unit.CLEAR)),
    ],
)
def test_an_english_filing_rule_is_understood(typed: str, rule: FilingRule) -> None:
    """English weekdays end on Friday, German Werktage on Saturday; an hour is no number of days."""
    assert read_rule(typed) == rule


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    ("key", "understood"),
    [
        ("recipient/rule", lambda text: read_rule(text) is not None),
        ("recipient/expects_rule", lambda text: read_rule(text) is not None),
        ("rules/count", lambda text: read_rule(text) is not None),
        ("rules/rule", lambda text: read_rule(text) is not None),
        ("rules/cutoff", lambda text: read_hour(text) is not None),
        ("recipient/meeting", lambda text: isinstance(dates.read(text, TODAY), Understood)),
    ],
)
def test_every_example_given_is_understood(
    know: Knowledge, key: str, understood: Callable[[str], bool], language: str
) -> None:
    """What the bot proposes to type, it understands when typed."""
    it = SimpleNamespace(kind="anfrage", sending=False, rule=CouncilRule())
    said = {"intro": (0, 0), "now": None, "doubt": False, "it": it}
    said |= {"admin": True, "example": None}
    examples = QUOTED.findall(know.texts.html(key, language, **said))
    assert examples
    assert [text for text in examples if not understood(text)] == []


def test_the_hour_of_a_meeting_may_be_said_in_english(english: Member) -> None:
    """Half past five in the afternoon is not half past five in the morning."""
    english.press("Anfrage").type("Gelsenkirchen").press("Skip").type("14 January").type("5:30 pm")
    meeting = english.draft.answers.meeting
    assert meeting is not None
    assert meeting.start == time(17, 30)


def test_dates_are_said_as_in_europe() -> None:
    """The day comes before the month, and the day has 24 hours."""
    day = date(2027, 1, 14)
    assert saying.day(day, "en") == "Thu 14 Jan 2027"
    assert saying.long_day(day, "en") == "Thursday, 14 January 2027"
    assert saying.bare_day(day, "en") == "14 Jan 2027"
    assert saying.clock(time(17), "en") == "17:00"


def test_typed_words_do_what_buttons_do(english: Member) -> None:
    """Back, skip, next and cancel work as words."""
    english.type("anfrage zu kim (inquiry)").type("Gelsenkirchen").type("skip").type("back")
    assert "Who is the chair?" in english.html
    english.type("skip").type("no meeting date yet").type("skip").type("next")
    assert "Which years" in english.html
    english.type("cancel")
    assert "What would you like to do?" in english.html


@pytest.mark.parametrize(("word", "left"), [("yes", 0), ("ja", 0), ("no", 1), ("Nein", 1)])
def test_yes_and_no_answer_the_question_before_a_draft_goes(
    english: Member, word: str, left: int
) -> None:
    """A plain yes or no does what the longer button does."""
    english.press("Anfrage").type("Gelsenkirchen").type("cancel").call("drafts").press("✎")
    english.press("Delete").type(word)
    assert len(english.state.drafts) == left


@pytest.mark.parametrize(("word", "erased"), [("yes", True), ("no", False)])
def test_yes_and_no_answer_the_question_before_everything_goes(
    english: Member, word: str, erased: bool
) -> None:
    """The same words mean the buttons of the card that asks."""
    assert (english.call("delete").type(word).state.member is None) is erased


def test_yes_is_an_ordinary_text_elsewhere(reviewed: Member) -> None:
    """A list may be called "Yes"."""
    reviewed.press("Change something").press("Sender").press("Change details").press("List")
    assert reviewed.type("Yes").draft.answers.sender.group == "Yes"


def test_a_choice_is_asked_in_english_and_written_in_german(english: Member) -> None:
    """The member chooses in English; the letter has the German words."""
    english.press("Resolution").type("Gelsenkirchen").press("Skip").press("No meeting").press(
        "Skip"
    )
    english.press("Correct").press("Change something").type("at least twice a year")
    assert "<b>at least twice a year</b>" in english.html
    assert english.draft.answers.fields["rhythm"] == "mindestens zweimal im Jahr"


def test_the_letter_is_german_whatever_the_chat_speaks(
    reviewed: Member, dialogues: Dialogues
) -> None:
    """An English and a German chat with the same answers make the very same letter."""
    german = Member(dialogues).call("start").press("Einverstanden").press("Anfrage")
    german.type("Gelsenkirchen").type("Frau Aylin Demir").type("14.1. 17 Uhr").press("21 Tage")
    german.type("office@example.org").press("Stimmt").press("Übernehmen").press("Alle 7")
    german.press("Lang").press("Mehmet Kaya").press("So unterschreiben").press("Brief erstellen")
    reviewed.press("Make the letter")
    assert reviewed.orders[0].letter == german.orders[0].letter
    assert "Umsetzung des Landesprogramms" in plain(reviewed.orders[0].letter.subject)


def test_the_deadline_is_shown_in_english(reviewed: Member) -> None:
    """Day, rule and the days left, all in the chat's language."""
    reviewed.state = replace(reviewed.state, now=datetime(2026, 12, 23, 9, tzinfo=UTC))
    reviewed.press("Change something").press("Recipient").press("Done").call("cancel")
    reviewed.call("resume").press("Back").press("Back").press("Back").press("Back").press("Back")
    assert "Hand it in by <b>Thu 24 Dec 2026</b>" in reviewed.html
    assert "21 days before the meeting, as you told me, not checked" in reviewed.html
    assert "tomorrow" in reviewed.html

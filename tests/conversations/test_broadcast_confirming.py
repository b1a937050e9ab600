"""A written broadcast is looked at and let go: preview, time, a second person."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from conversations.broadcasts import Stage
from conversations.deeds import Confirm, Rehearse
from conversations.dialogues import Dialogues
from conversations.events import Rehearsed
from conversations.rules.house import House
from tests.conversations.casting import (
    ME,
    NIGHT,
    OTHER,
    PUBLIC,
    admin,
    at,
    broadcast,
    deeds,
    drafted,
    operator,
    ready,
    rehearse,
)
from tests.conversations.walk import Member, knowledge


@pytest.fixture(scope="session")
def careful() -> Dialogues:
    """An instance whose broadcasts need a second operator."""
    return Dialogues(knowledge(house=House(four_eyes=True)))


# --- the preview ------------------------------------------------------------------------------


def test_the_preview_is_asked_for_and_noted(written: Member) -> None:
    """Only what Telegram took can be sent."""
    written.press("Vorschau")
    assert written.last is not None
    assert written.last.rehearse == drafted(written).id
    rehearse(written)
    assert deeds(written) == (Rehearse(id=drafted(written).id, council=None, revision=1),)


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("markup", "Formatierung"),
        ("long", "zu lang"),
        ("button", "Adresse auf den Knöpfen"),
        ("file", "Bild oder Datei"),
        ("offline", "erreiche Telegram gerade nicht"),
        ("other", "Einen Grund nennt Telegram nicht"),
    ],
)
def test_what_telegram_refuses_is_said(written: Member, why: str, said: str) -> None:
    """In a sentence, back at the draft: nobody got anything."""
    rehearse(written.press("Vorschau"), why)
    assert said in written.html
    assert at(written) == ("composing", "draft")
    assert deeds(written) == ()


def test_a_telegram_out_of_reach_is_not_said_to_refuse(written: Member) -> None:
    """Nothing is wrong with the broadcast, and nobody looks for a mistake in it."""
    rehearse(written.press("Vorschau"), "offline")
    assert "nimmt den Rundruf so nicht an" not in written.html


def test_a_preview_of_an_older_draft_does_not_count(written: Member) -> None:
    """The draft changed meanwhile, or it is another one's."""
    written.press("Vorschau")
    written.send(Rehearsed(broadcast=drafted(written).id, revision=7))
    assert at(written) == ("composing", "preview")
    written.send(Rehearsed(broadcast="b9", revision=1))
    assert deeds(written) == ()


def test_a_draft_changed_after_the_preview_is_shown_again(dialogues: Dialogues) -> None:
    """The last press finds another revision than the one that was looked at."""
    member = ready(operator(dialogues))
    one = replace(drafted(member), revision=2)
    member.state = replace(member.state, broadcasts=replace(member.state.broadcasts, known=(one,)))
    member.press("Jetzt senden")
    assert deeds(member) == ()
    assert "seit der Vorschau geändert" in member.html


def test_only_to_me_shows_it_once_more(dialogues: Dialogues) -> None:
    """And comes back to the last question."""
    member = ready(operator(dialogues)).press("Nur an mich")
    assert rehearse(member).labels[0] == "Jetzt senden"


def test_a_typed_text_at_the_last_question_sends_nothing(dialogues: Dialogues) -> None:
    """Only a press or the button's own word does."""
    member = ready(operator(dialogues)).type("los")
    assert deeds(member) == ()


# --- the time ---------------------------------------------------------------------------------


def test_a_later_moment_is_typed(dialogues: Dialogues) -> None:
    """Day and hour in one message; the last question names them."""
    member = ready(operator(dialogues)).press("Später senden").type("morgen 9 Uhr")
    assert "Geplant für Mo 23.11.2026 um 09:00 Uhr" in member.html
    member.press("So planen")
    (deed,) = deeds(member)
    assert isinstance(deed, Confirm)
    assert deed.due == datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    assert drafted(member).stage is Stage.WAITING


def test_a_later_moment_is_picked(dialogues: Dialogues) -> None:
    """A day from the month, then an hour."""
    member = ready(operator(dialogues)).press("Später senden").press("25").press("17:00")
    assert "Geplant für Mi 25.11.2026 um 17:00 Uhr" in member.html


@pytest.mark.parametrize(
    ("typed", "near"),
    [("morgen 22 Uhr", "Di 24.11.2026, 08:00 Uhr"), ("morgen 6 Uhr", "Mo 23.11.2026, 08:00 Uhr")],
)
def test_at_night_the_nearest_moment_is_offered(
    dialogues: Dialogues, typed: str, near: str
) -> None:
    """One sentence, and a button with the next moment that is allowed."""
    member = ready(operator(dialogues)).press("Später senden").type(typed)
    assert "Zwischen 20 und 8 Uhr sende ich nichts." in member.html
    member.press(near)
    assert at(member) == ("composing", "confirm")
    assert member.labels[0] == "So planen"


@pytest.mark.parametrize("typed", ["heute 9 Uhr", "1.1.2020", "heute 00:00"])
def test_what_is_over_is_not_planned(dialogues: Dialogues, typed: str) -> None:
    """A moment that has been."""
    member = ready(operator(dialogues)).press("Später senden").type(typed)
    assert "vorbei" in member.html
    assert at(member) != ("composing", "confirm")


def test_too_far_ahead_is_not_planned(dialogues: Dialogues) -> None:
    """Ninety days are the most."""
    member = ready(operator(dialogues)).press("Später senden").type("1.4.2027 9 Uhr")
    assert "Der Do 01.04.2027 ist zu weit weg." in member.html


def test_the_day_ninety_days_ahead_is_judged_with_its_hour(dialogues: Dialogues) -> None:
    """What the store would refuse is not offered."""
    member = ready(operator(dialogues)).press("Später senden").type("20.2.2027 19 Uhr")
    assert "Planen kann ich bis 20.02.2027, 12:00 Uhr." in member.html
    assert at(member) != ("composing", "confirm")


def test_at_night_now_means_the_morning(dialogues: Dialogues) -> None:
    """It is said before, on the card and on the button."""
    member = operator(dialogues)
    member.state = replace(member.state, now=NIGHT)
    ready(member)
    assert "Los geht es am Mo 23.11.2026 um 08:00 Uhr." in member.html
    member.press("Ab 8 Uhr senden")
    (deed,) = deeds(member)
    assert isinstance(deed, Confirm)
    assert deed.due == datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


# --- two people -------------------------------------------------------------------------------


def test_with_four_eyes_a_second_operator_is_asked(careful: Dialogues) -> None:
    """It waits for another one's yes."""
    member = ready(operator(careful)).press("Zur Freigabe geben")
    (deed,) = deeds(member)
    assert isinstance(deed, Confirm)
    assert deed.check
    assert drafted(member).stage is Stage.CHECK


def test_a_single_operator_is_told_that_a_second_one_is_needed(careful: Dialogues) -> None:
    """Before and when they press."""
    member = ready(operator(careful, others=False))
    assert "Zurzeit sind Sie die einzige" in member.html
    member.press("Zur Freigabe geben")
    assert deeds(member) == ()


def test_a_council_needs_no_second_operator(careful: Dialogues) -> None:
    """What an admin sends to the own council is their own business."""
    assert ready(admin(careful)).labels[0] == "Jetzt senden"


def test_the_second_one_sees_it_and_lets_it_go(careful: Dialogues) -> None:
    """Text, count, buttons; shown on demand; then it goes."""
    one = broadcast(Stage.CHECK, author=OTHER, due=NIGHT)
    member = operator(careful, one).call("rundruf").press("❓")
    assert "Bitte fragen Sie jetzt nach KIM." in member.html
    assert "An: 6 Personen" in member.html
    member.press("Genau so ansehen")
    assert member.last is not None
    assert member.last.rehearse == one.id
    rehearse(member).press("Freigeben")
    assert drafted(member).stage is not Stage.CHECK


def test_the_second_one_gives_it_back(careful: Dialogues) -> None:
    """Nothing is sent."""
    one = broadcast(Stage.CHECK, author=OTHER)
    member = operator(careful, one).call("rundruf").press("❓").press("Zurückgeben")
    assert drafted(member).stage is Stage.DRAFT


def test_nobody_lets_go_what_is_their_own(careful: Dialogues) -> None:
    """The author sees that it waits, and may take it back."""
    member = operator(careful, broadcast(Stage.CHECK)).call("rundruf").press("❓")
    assert "Freigeben" not in member.labels
    member.press("Zurücknehmen und ändern")
    assert at(member) == ("composing", "draft")
    assert drafted(member).stage is Stage.DRAFT


def test_somebody_elses_draft_does_not_open(dialogues: Dialogues) -> None:
    """Even if it were known: a draft is its author's."""
    member = operator(dialogues, broadcast(Stage.DRAFT, author=OTHER), public=PUBLIC)
    member.call("rundruf").press("✎")
    assert "gibt es hier nicht mehr" in member.html
    assert drafted(member).author != ME


@pytest.mark.parametrize(
    "way",
    [[], ["Empfänger"], ["Empfänger", "Rolle"], ["Empfänger", "Bestimmte"], ["Knöpfe"],
     ["Text ändern"], ["Zweite Sprache"], ["Verwerfen"], ["Vorschau"]],
)  # fmt: skip
def test_a_draft_that_is_gone_is_said_everywhere(written: Member, way: list[str]) -> None:
    """It was sent or thrown away on another device: no step breaks, every one leads on."""
    for words in way:
        written.press(words)
    before = written.screen
    empty = replace(written.state.broadcasts, known=())
    assert before is not None
    for row in before.rows:
        for label, _ in row:
            written.state = replace(written.state, broadcasts=empty)
            position = written.state.position
            written.screen = before
            written.press(label)
            assert deeds(written) == ()
            written.state = replace(written.state, position=position)

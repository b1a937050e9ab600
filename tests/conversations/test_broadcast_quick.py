"""A broadcast is sent with few presses: a template, a typed word, an hour; nothing is lost."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from conversations.broadcasts import Public
from conversations.deeds import Confirm
from conversations.dialogues import Dialogues
from tests.conversations.casting import (
    PUBLIC,
    at,
    deeds,
    drafted,
    knowing,
    operator,
    person,
    ready,
    rehearse,
)


def test_a_template_is_sent_with_three_presses(dialogues: Dialogues) -> None:
    """It is shown at once: choose, look, send."""
    member = operator(dialogues).call("rundruf")
    before = member.presses
    member.press("Vorlage wählen").press(member.labels[0])
    rehearse(member).press("Jetzt senden")
    assert member.presses - before == 3
    assert isinstance(deeds(member)[0], Confirm)


def test_a_template_for_nobody_is_kept_as_a_draft(dialogues: Dialogues) -> None:
    """There is nobody to show a preview for; what is missing is said."""
    member = operator(dialogues, public=Public()).call("rundruf").press("Vorlage wählen")
    member.press(member.labels[0])
    assert at(member) == ("composing", "draft")
    assert "So bekommt ihn niemand." in member.html
    assert drafted(member).content.template


def test_the_other_language_is_not_forgotten(dialogues: Dialogues) -> None:
    """A new German text beside the template's English one would say two things."""
    member = operator(dialogues).call("rundruf").press("Vorlage wählen")
    member.press(member.labels[0])
    rehearse(member).press("Text ändern").type("Etwas ganz anderes.")
    assert "Der Text auf English ist noch der alte." in member.html
    member.press("Zweite Sprache").type("Something quite different.")
    assert "noch der alte" not in member.html


def test_both_languages_are_explained(dialogues: Dialogues) -> None:
    """Two texts are shown, and nobody gets both."""
    member = operator(dialogues).call("rundruf").press("Vorlage wählen")
    member.press(member.labels[0])
    assert "nur eine der Fassungen, in ihrer Sprache" in rehearse(member).html


def test_the_word_senden_is_the_button(dialogues: Dialogues) -> None:
    """At the draft it leads to the preview, at the last question it sends."""
    member = operator(dialogues).call("rundruf").press("Neuer Rundruf").type("Bitte lesen.")
    rehearse(member.type("Senden")).type("senden")
    assert isinstance(deeds(member)[0], Confirm)


def test_the_text_is_changed_from_the_last_question(dialogues: Dialogues) -> None:
    """A slip is often found in the preview."""
    member = ready(operator(dialogues)).press("Text ändern").type("Bitte lesen!")
    assert drafted(member).content.posts["de"].text == "Bitte lesen!"


def test_an_evening_too_short_is_said(dialogues: Dialogues) -> None:
    """What is not out by 20 h goes in the morning."""
    member = operator(dialogues)
    many = tuple(person(number) for number in range(1000, 3000))
    member = knowing(member, (), replace(PUBLIC, addressees=many))
    assert "Der Rest" not in ready(member).html
    late = datetime(2026, 11, 22, 18, 59, 30, tzinfo=UTC)
    member = knowing(operator(dialogues), (), replace(PUBLIC, addressees=many), now=late)
    assert "Der Rest geht am Mo 23.11.2026 ab 08:00 Uhr hinaus." in ready(member).html


@pytest.mark.parametrize(
    ("typed", "when"), [("um 15 Uhr", "So 22.11.2026 um 15:00"), ("8:30", "Mo 23.11.2026 um 08:30")]
)
def test_an_hour_alone_is_the_next_one(dialogues: Dialogues, typed: str, when: str) -> None:
    """Today where it lies ahead, else tomorrow."""
    member = ready(operator(dialogues)).press("Später senden").type(typed)
    assert f"Geplant für {when} Uhr" in member.html


def test_a_planned_moment_stays(dialogues: Dialogues) -> None:
    """Looking at the calendar again, or changing something else, does not send at once."""
    member = ready(operator(dialogues)).press("Später senden").type("morgen 9 Uhr")
    member.press("Zeit ändern").press("Zurück")
    assert "So planen" in member.labels
    member.press("Empfänger wählen").press("☑ Gruppen").press("Fertig").press("Vorschau")
    assert "So planen" in rehearse(member).labels


def test_a_planned_moment_is_taken_back(dialogues: Dialogues) -> None:
    """By a button that says so."""
    member = ready(operator(dialogues)).press("Später senden").type("morgen 9 Uhr")
    member.press("Zeit ändern").press("Ohne feste Zeit")
    assert member.labels[:2] == ["Jetzt senden", "Später senden"]

"""Who files and signs: nobody signs in another's name, and nothing typed is lost."""

from dataclasses import replace

import pytest

from conversations.events import (
    Resumed,
)
from conversations.rules.answers import Filer
from tests.conversations.walk import Member


@pytest.fixture
def signing(settled: Member) -> Member:
    """A member with everything known, before the card of the sender."""
    settled.call("anfrage").press("Anfrage").press("Stimmt, weiter").press("Übernehmen")
    return settled.press("Alle 7").press("Lang, so lassen")


def test_the_chair_signs_by_name(signing: Member) -> None:
    """When the chair files, the letter isn't signed by the member who wrote it."""
    signing.press("Der Vorsitz")
    assert signing.draft.answers.sender.name == "Aylin Demir"
    assert signing.draft.answers.sender.function == "Vorsitzende"


def test_the_chairs_name_is_not_remembered_as_the_members(signing: Member) -> None:
    """The next letter starts with the member's own name again."""
    signing.press("Der Vorsitz")
    assert signing.state.member is not None
    assert signing.state.member.sender.name == "Mehmet Kaya"


def test_back_from_the_chair_the_member_signs_again(signing: Member) -> None:
    """«Ich selbst» brings the own name back."""
    signing.press("Der Vorsitz").press("Ich selbst")
    assert signing.draft.answers.sender.name == "Mehmet Kaya"
    assert signing.draft.answers.sender.filer is Filer.MEMBER


def test_a_list_is_asked_for_its_name_at_once(signing: Member) -> None:
    """The card afterwards is complete."""
    signing.press("Für die Liste").type("Miteinander")
    assert "<b>Miteinander</b>" in signing.html


def test_a_fifth_is_asked_for_the_others(signing: Member) -> None:
    """One name a line makes one signature each."""
    signing.press("Ein Fünftel").type("Ada Beispiel\nBen Muster")
    assert signing.draft.answers.sender.cosigners == ("Ada Beispiel", "Ben Muster")


def test_without_the_fifth_nobody_else_signs(signing: Member) -> None:
    """Names typed for a fifth don't stand under a letter of the member alone."""
    signing.press("Ein Fünftel").type("Ada Beispiel").press("Ich selbst")
    assert signing.draft.answers.sender.cosigners == ()


def test_an_address_keeps_its_lines(signing: Member) -> None:
    """Street and town stand below each other in the letter."""
    signing.press("Angaben ändern").press("Anschrift").type("Weg 1\n45879 Gelsenkirchen")
    assert signing.draft.answers.sender.address == "Weg 1\n45879 Gelsenkirchen"


def test_a_letter_to_the_kreis_needs_no_agenda(member: Member) -> None:
    """The hint on who may put a point on the agenda is only for the own council."""
    member.press("Anfrage").type("Kreis Kleve").press("Überspringen").press("Stimmt, weiter")
    member.press("Übernehmen").press("Alle 7").press("Lang, so lassen").press("Mehmet Kaya")
    assert "Tagesordnung" not in member.html


def test_a_telegram_name_is_cleaned_like_a_typed_one(member: Member) -> None:
    """Marks that nobody sees are on no button and under no letter."""
    member.state = replace(
        member.state, first_name="\u202eAda\u200b", last_name="\u200bLove\u00adlace"
    )
    member.press("Anfrage").type("Kreis Kleve").press("Überspringen").press("Stimmt, weiter")
    member.press("Übernehmen").press("Alle 7").press("Lang, so lassen").press("Ada Lovelace")
    assert member.draft.answers.sender.name == "Ada Lovelace"


def test_an_invisible_telegram_name_is_not_suggested(member: Member) -> None:
    """Telegram refuses a button without a visible word."""
    member.state = replace(member.state, first_name="\u200b", last_name="")
    member.press("Anfrage").type("Kreis Kleve").press("Überspringen").press("Stimmt, weiter")
    member.press("Übernehmen").press("Alle 7").press("Lang, so lassen")
    assert member.labels == ["Zurück", "Abbrechen", "Hilfe"]


def test_the_proposed_name_outlives_a_restart(member: Member) -> None:
    """A card shown again without any message still proposes the name Telegram showed."""
    member.press("Anfrage").type("Gelsenkirchen").press("Überspringen").press("Ohne Sitzung")
    member.press("Überspringen").press("Stimmt").press("Übernehmen").press("Alle 7").press("Lang")
    member.state = replace(member.state, first_name="", last_name="")
    member.send(Resumed())
    assert "Mehmet Kaya" in member.labels

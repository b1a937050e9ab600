"""The privacy commands and the consent: given anew, taken back, everything erased."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from conversations.core import Decision
from conversations.dialogues import Dialogues
from conversations.events import Called, Edited, Event, Flooded, Media, Pressed, Received, Typed
from conversations.flows import consent
from conversations.replies import OwnData
from conversations.rules.house import Imprint
from conversations.standing import Desk, Role
from tests.conversations.chamber import colleague
from tests.conversations.joining import OTHER, RHEINE, closed, invited, newcomer, seated, stored
from tests.conversations.walk import Member

Change = Callable[[Member], Member]
PRIVATE = ("datenschutz", "privacy", "impressum", "imprint", "meinedaten", "mydata", "stopp")
ANYTHING: tuple[Event, ...] = (
    Called(name="anfrage"), Called(name="start"), Called(name="rat"), Called(name="weiter"),
    Typed(text="hallo"), Received(media=Media.VOICE), Pressed(data="5.write"), Flooded(count=9),
    Edited(text="anders", message=101), Pressed(data="0.read:de"), Pressed(data="0.erase_no:de"),
)  # fmt: skip


@pytest.fixture
def person(house: Dialogues) -> Member:
    """A member of a council."""
    return seated(house)


def as_is(person: Member) -> Member:
    """The same person."""
    return person


def outdated(person: Member) -> Member:
    """The same person, who agreed to an earlier text."""
    old = replace(stored(person).consent, version=consent.VERSION - 1)
    person.state = replace(person.state, member=replace(stored(person), consent=old))
    return person


def withdrawn(person: Member) -> Member:
    """The same person, who took the consent back."""
    person.press("Einstellungen").press("Datenschutz").press("Einwilligung").press("Ja")
    return person


# --- commands -------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [*PRIVATE, "stop", "loeschen", "delete"])
def test_g01_privacy_commands_answer_strangers_and_store_nothing(
    house: Dialogues, command: str
) -> None:
    """Each is answered before any consent, and there is nothing to store."""
    stranger = newcomer(house).call(command)
    assert stranger.last is not None
    assert stranger.last.replies
    assert replace(stranger.last, replies=()) == Decision()


@pytest.mark.parametrize("command", PRIVATE)
def test_privacy_commands_leave_the_question_in_hand(person: Member, command: str) -> None:
    """Answered beside the card, which comes again."""
    card = person.press("Brief schreiben").html
    assert person.call(command).html == card


def test_g01_the_operators_particulars_stand_in_the_imprint(house: Dialogues) -> None:
    """Name and address as set, escaped."""
    said = newcomer(house).call("impressum").said[-1]
    assert "Verein &amp; Co\nWeg 1\n45879 Ort\nE-Mail: post@example.org" in said


@pytest.mark.parametrize(
    ("imprint", "word"),
    [(Imprint(), "noch keine Angaben"), (Imprint(name="Verein"), "noch nicht vollständig")],
)
def test_missing_particulars_are_said(imprint: Imprint, word: str) -> None:
    """An imprint that is not set is no empty card."""
    assert word in newcomer(Dialogues(closed(imprint))).call("impressum").said[-1]


def test_the_privacy_text_names_who_to_complain_to(house: Dialogues) -> None:
    """The supervisory authority of the state."""
    assert "ldi.nrw.de" in newcomer(house).call("privacy").html


def test_the_privacy_text_fits_into_one_message_with_the_longest_particulars() -> None:
    """Telegram takes 4,096 characters; the hint above the card needs some, too."""
    long = Imprint(
        name="N" * 120, address="A" * 200, email="e" * 60, phone="1" * 30, privacy="p" * 99
    )
    person = newcomer(Dialogues(closed(long))).call("datenschutz")
    assert len(person.html) < 3900


def test_own_data_of_a_stranger_are_none(house: Dialogues) -> None:
    """No file for somebody of whom nothing is stored."""
    stranger = newcomer(house).call("meinedaten")
    assert stranger.last is not None
    assert not any(isinstance(reply, OwnData) for reply in stranger.last.replies)
    assert "nichts über Sie" in stranger.said[-1]


@pytest.mark.parametrize("state", [as_is, outdated, withdrawn])
def test_own_data_are_sent_to_everybody_of_whom_something_is_stored(
    person: Member, state: Change
) -> None:
    """Also without a consent in force."""
    state(person).call("meinedaten")
    assert person.last is not None
    assert any(isinstance(reply, OwnData) for reply in person.last.replies)


def test_stop_keeps_the_account(person: Member) -> None:
    """No message comes unasked; letters are written as before."""
    person.call("stopp")
    assert stored(person).stopped == person.state.now
    assert person.call("anfrage").labels[0].startswith("Anfrage")


@pytest.mark.parametrize("where", ["start", "einstellungen"])
def test_messages_are_switched_on_again_by_a_button(person: Member, where: str) -> None:
    """From the home card and from the settings."""
    person.call("stopp").call(where).press("Nachrichten einschalten")
    assert stored(person).stopped is None


# --- erasing --------------------------------------------------------------------------------------


def test_erasing_says_what_stays_with_the_council(person: Member) -> None:
    """Filed letters stay, without the name."""
    assert "ohne Ihren Namen" in person.call("loeschen").html
    person.press("Ja")
    assert person.last is not None
    assert person.last.erase


def test_the_only_admin_is_reminded_before_erasing(house: Dialogues) -> None:
    """Somebody else should be made admin before."""
    assert "Ratsadmin" in seated(house, Role.ADMIN).call("loeschen").html


def test_an_admin_beside_another_one_is_not_reminded(house: Dialogues) -> None:
    """The council keeps somebody who can be reached."""
    person = seated(house, Role.ADMIN)
    people = (colleague(8, "Aylin Demir", admin=True),)
    person.state = replace(person.state, desk=Desk(colleagues=people))
    assert "Ratsadmin" not in person.call("loeschen").html


def test_a_forged_erasure_of_a_member_is_only_answered(person: Member) -> None:
    """The stateless button works for people without a consent in force; others are asked."""
    person.send(Pressed(data="0.erase_yes:de"))
    assert person.state.member is not None


# --- consent --------------------------------------------------------------------------------------


@pytest.mark.parametrize("event", ANYTHING, ids=str)
@pytest.mark.parametrize("state", [outdated, withdrawn])
def test_g07_without_a_consent_in_force_nothing_works(
    person: Member, state: Change, event: Event
) -> None:
    """Another text, or the consent taken back: every event leads to the question alone."""
    kept = state(person).state.member
    person.send(event)
    assert person.last is not None
    assert replace(person.last, replies=()) == Decision()
    assert person.state.member == kept
    assert "Einverstanden" in person.labels


def test_g07_a_new_text_is_agreed_to_where_the_person_stood(person: Member) -> None:
    """The data stay, and so does the question in hand."""
    card = person.press("Brief schreiben").html
    outdated(person).type("hallo").press("Einverstanden")
    assert stored(person).consent.version == consent.VERSION
    assert card in person.html


def test_a_consent_taken_back_can_be_given_again(person: Member) -> None:
    """Everything is still there."""
    withdrawn(person).press("Einverstanden")
    assert stored(person).withdrawn is None
    assert "Brief schreiben" in person.labels
    assert person.state.seat is not None


def test_taking_the_consent_back_is_asked_first(person: Member) -> None:
    """«Nein» changes nothing."""
    person.press("Einstellungen").press("Datenschutz").press("Einwilligung").press("Nein")
    assert stored(person).withdrawn is None


def test_the_day_of_erasure_is_said(person: Member) -> None:
    """30 days after the consent was taken back, in local days."""
    person.state = replace(person.state, now=person.state.now + timedelta(hours=12))  # 23:00 UTC
    assert "Mi 23.12.2026" in withdrawn(person).html


@pytest.mark.parametrize("state", [outdated, withdrawn])
def test_without_a_consent_in_force_everything_can_be_erased(person: Member, state: Change) -> None:
    """By the button below the question, asked once."""
    state(person).type("hallo").press("Alles löschen").press("Ja")
    assert person.last is not None
    assert person.last.erase


def test_erasing_without_a_consent_in_force_may_be_thought_over(person: Member) -> None:
    """«Nein» leads back to the question."""
    withdrawn(person).call("loeschen").press("Nein")
    assert person.state.member is not None
    assert "Einverstanden" in person.labels


def test_stop_works_without_a_consent_in_force(person: Member) -> None:
    """It is a wish of the person, and only less happens."""
    withdrawn(person).call("stopp")
    assert stored(person).stopped is not None
    assert stored(person).withdrawn is not None


def test_an_invitation_brings_somebody_back_who_took_the_consent_back(house: Dialogues) -> None:
    """The card says to what; one press agrees and joins."""
    person = withdrawn(seated(house, Role.MEMBER, invited(RHEINE, id_="i2")))
    assert "Stadt Rheine" in person.call("start", OTHER).html
    person.press("Einverstanden")
    assert stored(person).withdrawn is None
    assert [seat.council for seat in person.state.standing.seats][1:] == [RHEINE]

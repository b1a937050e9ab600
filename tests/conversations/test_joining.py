"""First contact and invitations, until the person has a seat."""

from dataclasses import replace
from datetime import timedelta

import pytest

from conversations.core import Decision
from conversations.deeds import Join
from conversations.dialogues import Dialogues
from conversations.events import (
    Called,
    Edited,
    Event,
    Flooded,
    Media,
    Pressed,
    Received,
    Resumed,
    Typed,
)
from conversations.flows import consent
from conversations.rules.house import Imprint
from conversations.rules.knowledge import Knowledge
from conversations.standing import Badge, Role, Standing
from tests.conversations.joining import (
    GELSENKIRCHEN,
    TOKEN,
    WRONG,
    badge,
    closed,
    deeds,
    invited,
    newcomer,
    stored,
)
from tests.conversations.test_any_way import assert_fits
from tests.conversations.walk import NOW, Member

EVENTS: tuple[Event, ...] = (
    *(Called(name=name) for name in ("start", "anfrage", "rat", "weiter", "foo", "einladen")),
    *(Called(name=name) for name in ("hilfe", "datenschutz", "impressum", "meinedaten")),
    *(Called(name=name) for name in ("stopp", "loeschen", "privacy", "stop", "mydata")),
    Called(name="start", args=WRONG), Called(name="start", args="gruppe"),
    Pressed(data="0.agree:de"), Pressed(data=f"0.agree:de:{WRONG}"), Pressed(data="0.erase_yes:de"),
    Pressed(data=f"0.join:{WRONG}"), Pressed(data="0.read:de"), Pressed(data="7.home"),
    Pressed(data="0."), Pressed(data="garbage"), Typed(text="Einverstanden"), Resumed(),
    Received(media=Media.PHOTO), Edited(text="x", message=3), Flooded(count=40),
)  # fmt: skip


# --- strangers ------------------------------------------------------------------------------------


@pytest.mark.parametrize("event", EVENTS, ids=str)
def test_g02_a_stranger_leaves_nothing(house: Dialogues, event: Event) -> None:
    """Whatever somebody without an invitation does, there is nothing to store."""
    stranger = newcomer(house).send(event)
    assert stranger.last is not None
    assert replace(stranger.last, replies=()) == Decision()
    assert_fits(stranger)


def test_a_stranger_is_told_whom_to_ask(house: Dialogues) -> None:
    """Without an invitation: what the bot is, and no button to agree to anything."""
    stranger = newcomer(house).call("start")
    assert "Einladung Ihres Gremiums" in stranger.html
    assert not any(label.startswith("Einverstanden") for label in stranger.labels)


def test_in_an_open_house_everybody_may_agree(stranger: Member) -> None:
    """With open access the consent is asked of anybody, and letters follow."""
    stranger.call("start").press("Einverstanden")
    assert stranger.labels[0].startswith("Anfrage")


def test_f06_a_bad_link_is_answered_alike_whatever_is_wrong_with_it(house: Dialogues) -> None:
    """Wrong, cut off, used: the same words for a stranger."""
    said = {newcomer(house).call("start", token).html for token in (WRONG, "C" * 9, TOKEN)}
    assert len(said) == 1
    assert "gilt nicht oder nicht mehr" in said.pop()


def test_f06_a_link_that_went_bad_before_the_consent_makes_no_member(house: Dialogues) -> None:
    """Used up between card and press: the press on «Einverstanden» stores nothing."""
    person = newcomer(house, invited()).call("start", TOKEN)
    person.links.clear()
    person.press("Einverstanden")
    assert person.state.member is None
    assert "gilt nicht oder nicht mehr" in person.html


def test_the_link_of_a_group_is_no_invitation(house: Dialogues) -> None:
    """/start from a group's button is greeted like any other, not told that a link is bad."""
    assert "gilt nicht" not in newcomer(house).call("start", "gruppe").html


# --- joining --------------------------------------------------------------------------------------


def test_three_presses_lead_from_the_consent_to_the_end(house: Dialogues) -> None:
    """Name, function, list: one press each, no typing, and the person stands in the council."""
    person = newcomer(house, invited()).call("start", TOKEN).press("Einverstanden")
    person.presses = 0
    person.press("Mehmet Kaya").press("Mitglied").press("Miteinander")
    assert person.presses == 3
    assert badge(person) == Badge(name="Mehmet Kaya", function="Mitglied", group="Miteinander")
    assert "Fertig" in person.html


def test_a_link_pasted_as_text_is_followed(house: Dialogues) -> None:
    """People copy the link into the chat, perhaps with the words around it."""
    text = f"Hier ist der Link: https://t.me/kim_bot?start={TOKEN} – viele Grüße"
    person = newcomer(house, invited()).type(text)
    assert "als <b>Mitglied</b>" in person.html
    assert "Fertig" not in person.press("Einverstanden").html
    assert person.state.standing.seats


def test_f06_a_bad_link_pasted_is_answered_as_if_followed(house: Dialogues) -> None:
    """The same words, and nothing stored."""
    pasted = newcomer(house).type(f"t.me/kim_bot?start={WRONG}")
    assert pasted.html == newcomer(house).call("start", WRONG).html


def test_the_invitation_says_to_what(house: Dialogues) -> None:
    """Body, place and role stand on the card before anything is agreed to."""
    card = newcomer(house, invited()).call("start", TOKEN).html
    assert "Ausschuss für Chancengerechtigkeit und Integration, Stadt Gelsenkirchen" in card
    assert "als <b>Mitglied</b>" in card


def test_an_invitation_from_before_the_new_law_names_the_body_of_its_day(house: Dialogues) -> None:
    """Until 31 October 2025 the body is called Integrationsrat."""
    person = newcomer(house, invited())
    person.state = replace(person.state, now=NOW - timedelta(days=400))
    assert ": Integrationsrat, Stadt Gelsenkirchen" in person.call("start", TOKEN).html


def test_a_council_the_register_does_not_know_is_named_by_its_key(house: Dialogues) -> None:
    """A merged municipality does not stop an invitation."""
    card = newcomer(house, invited(ags="05999999")).call("start", TOKEN).html
    assert "Gemeinde mit dem Schlüssel 05999999" in card


def test_the_language_chosen_before_goes_with_the_invitation(house: Dialogues) -> None:
    """Read closely, switch the language, agree: the token travels in the buttons."""
    person = newcomer(house, invited()).call("start", TOKEN).press("Genau lesen").press("English")
    person.press("I agree")
    assert stored(person).language == "en"
    assert deeds(person) == [Join]


def test_joining_is_one_deed_with_the_consent(house: Dialogues) -> None:
    """Member, seat and council in hand come in the same decision."""
    person = newcomer(house, invited()).call("start", TOKEN).press("Einverstanden")
    assert deeds(person) == [Join]
    assert stored(person).active == GELSENKIRCHEN
    assert person.state.standing.seat(GELSENKIRCHEN) is not None


@pytest.mark.parametrize("language", ["Deutsch", "English"])
def test_the_hash_is_of_the_words_that_were_shown(
    house: Dialogues, known: Knowledge, language: str
) -> None:
    """What was agreed to stands on the card word for word, and the details on the next one."""
    person = newcomer(house, invited()).call("start", TOKEN)
    if language == "English":
        person.press("English")
    code = language[:2].casefold()
    terms, details = consent.terms(known, code)
    assert terms in person.html
    assert person.press("Genau" if code == "de" else person.labels[1]).html == details
    person.press(person.labels[0])
    assert stored(person).consent.text_hash == consent.text_hash(known, code)


def test_other_particulars_of_the_operator_are_another_text(known: Knowledge) -> None:
    """To whom somebody agrees is part of what they agree to."""
    texts = {consent.text_hash(one, "de") for one in (known, closed(Imprint()))}
    assert len(texts) == 2


def test_an_operator_is_told_what_operators_see(house: Dialogues) -> None:
    """An operator's link says what operators may do; agreeing makes one, without a council."""
    person = newcomer(house, invited(None, Role.OPERATOR)).call("start", TOKEN)
    assert "Betreiber legen Gremien an" in person.html
    person.press("Einverstanden")
    assert person.state.standing == Standing(operator=True)
    assert "Alle Gremien" in person.labels


def test_an_operator_by_setting_is_asked_for_consent(house: Dialogues) -> None:
    """Who stands in the settings needs no link, but agrees like everybody."""
    person = newcomer(house)
    person.state = replace(person.state, standing=Standing(operator=True))
    person.call("start").press("Einverstanden")
    assert "Brief schreiben" in person.labels


def test_an_admin_of_a_bare_council_goes_on_to_its_particulars(house: Dialogues) -> None:
    """The first admin is led to what has to be set up."""
    person = newcomer(house, invited(role=Role.ADMIN)).call("start", TOKEN).press("Einverstanden")
    person.press("Mehmet Kaya").press("Vorsitzender").press("Ohne Liste")
    assert person.state.position is not None
    assert person.state.position.flow == "council"


def test_a_new_operators_consent_is_kept(house: Dialogues) -> None:
    """Agreed to by way of the link: the next press is a member's, and asks for nothing again."""
    person = newcomer(house, invited(None, Role.OPERATOR)).call("start", TOKEN)
    person.press("Einverstanden").press("Alle Gremien")
    assert stored(person).consent.version == consent.VERSION
    assert "Noch gibt es kein Gremium" in person.html

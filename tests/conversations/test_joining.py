"""First contact, invitations, and how a person stands in the council after joining."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from conversations.core import Decision
from conversations.core import Member as Stored
from conversations.deeds import Join, Wear
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
    COUNCILS,
    GELSENKIRCHEN,
    OTHER,
    RHEINE,
    TOKEN,
    WRONG,
    closed,
    invited,
    newcomer,
    seated,
)
from tests.conversations.test_any_way import anything, assert_fits
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


@pytest.fixture(scope="module")
def known() -> Knowledge:
    """What a house knows that only takes who was invited."""
    return closed()


@pytest.fixture(scope="module")
def house(known: Knowledge) -> Dialogues:
    """Its dialogues."""
    return Dialogues(known)


def stored(member: Member) -> Stored:
    """The member as stored."""
    assert member.state.member is not None
    return member.state.member


def badge(member: Member) -> Badge:
    """How the person stands in the council in hand."""
    assert member.state.seat is not None
    return member.state.seat.badge


def deeds(member: Member) -> list[type]:
    """What the last turn changed."""
    assert member.last is not None
    return [type(deed) for deed in member.last.deeds]


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


def test_the_function_in_letters_is_german_in_every_language(house: Dialogues) -> None:
    """Letters are German: so is the function, whatever the chat speaks."""
    person = newcomer(house, invited()).call("start", TOKEN).press("English").press("I agree")
    person.press("Mehmet Kaya").send(Pressed(data=f"{_version(person)}.function:function_chair_f"))
    assert badge(person).function == "Vorsitzende"


def _version(member: Member) -> int:
    assert member.state.position is not None
    return member.state.position.version


def test_typed_words_are_cleaned_and_measured(house: Dialogues) -> None:
    """A name of 300 characters is refused and kept; direction marks do not get in."""
    person = newcomer(house, invited()).call("start", TOKEN).press("Einverstanden")
    person.type("x" * 300)
    assert "Zeichen" in person.html
    person.type("Aylin\u202e  Demir").type("Beisitzerin").type("Bunte Liste")
    assert badge(person) == Badge(name="Aylin Demir", function="Beisitzerin", group="Bunte Liste")


def test_the_name_also_signs_letters(house: Dialogues) -> None:
    """What stands in the council stands under letters."""
    sender = stored(seated(house)).sender
    assert (sender.name, sender.function, sender.group) == ("Mehmet Kaya", "Mitglied", "")


def test_an_answer_that_changes_nothing_is_no_deed(house: Dialogues) -> None:
    """«Ohne Liste» for somebody without one writes no line into the audit log."""
    person = newcomer(house, invited()).call("start", TOKEN).press("Einverstanden")
    person.press("Mehmet Kaya").press("Mitglied").press("Ohne Liste")
    assert deeds(person) == []
    person.press("Einstellungen").press("Mein Name").press("Liste ändern").press("Miteinander")
    assert deeds(person) == [Wear]


def test_a_list_that_is_gone_meanwhile_is_not_taken(house: Dialogues) -> None:
    """An admin removed the list between card and press: the question comes again."""
    person = newcomer(house, invited()).call("start", TOKEN).press("Einverstanden")
    person.press("Mehmet Kaya").press("Mitglied")
    council = COUNCILS[GELSENKIRCHEN]
    bare = replace(council, profile=replace(council.profile, groups=()))
    person.councils[GELSENKIRCHEN] = bare
    person.press("Miteinander")
    assert deeds(person) == []
    assert "Für welche Liste" in person.html


# --- people who belong somewhere already ----------------------------------------------------------


def test_a_member_joins_a_second_council_with_the_name_of_the_first(house: Dialogues) -> None:
    """Confirmed once; name and function come along as a proposal; the new council is in hand."""
    person = seated(house, Role.MEMBER, invited(RHEINE, id_="i2")).call("start", OTHER)
    assert "Stadt Rheine" in person.html
    person.press("Beitreten")
    assert badge(person).name == "Mehmet Kaya"
    person.press("Stimmt so")
    assert stored(person).active == RHEINE
    assert [seat.council for seat in person.state.standing.seats] == [GELSENKIRCHEN, RHEINE]


def test_a_declined_invitation_leaves_a_draft_where_it_was(house: Dialogues) -> None:
    """«Jetzt nicht» shows the question that was asked before."""
    person = seated(house, Role.MEMBER, invited(RHEINE, id_="i2")).press("Brief schreiben")
    before = person.html
    person.call("start", OTHER).press("Jetzt nicht")
    assert before in person.html
    assert len(person.state.standing.seats) == 1


def test_no_token_is_stored_with_the_position(house: Dialogues) -> None:
    """The link travels in Telegram's buttons only."""
    person = seated(house, Role.MEMBER, invited(RHEINE, id_="i2")).call("start", OTHER)
    assert OTHER not in repr(person.state)


def test_a_second_press_on_join_is_only_answered(house: Dialogues) -> None:
    """The first one used the invitation up; nobody is told that the link is bad."""
    person = (
        seated(house, Role.MEMBER, invited(RHEINE, id_="i2"))
        .call("start", OTHER)
        .press("Beitreten")
    )
    card = person.html
    person.send(Pressed(data=f"0.join:{OTHER}"))
    assert person.html == card
    assert "gilt nicht" not in person.said[-1]


def test_f06_a_member_with_a_bad_link_gets_one_sentence_and_the_home_card(
    house: Dialogues,
) -> None:
    """The same sentence as a stranger's."""
    person = seated(house).call("start", WRONG)
    assert "gilt nicht oder nicht mehr" in person.html
    assert "Brief schreiben" in person.labels


def test_a_link_to_the_own_council_takes_no_seat(house: Dialogues) -> None:
    """Who belongs already uses nothing up."""
    person = seated(house, Role.MEMBER, invited(id_="i2")).call("start", OTHER)
    assert deeds(person) == []
    assert "gehören Sie schon dazu" in person.html


def test_a_member_invited_as_admin_of_the_own_council_may_take_it(house: Dialogues) -> None:
    """More than one is already is worth a question."""
    person = seated(house, Role.MEMBER, invited(role=Role.ADMIN, id_="i2")).call("start", OTHER)
    person.press("Beitreten")
    assert person.state.seat is not None
    assert person.state.seat.role is Role.ADMIN


# --- home and settings ----------------------------------------------------------------------------


def test_home_shows_what_the_standing_allows(house: Dialogues) -> None:
    """Members see their council; admins also its people; operators also the instance."""
    member, admin = seated(house), seated(house, Role.ADMIN)
    assert "Gremium" in member.labels
    assert "Personen und Einladungen" not in member.labels
    assert "Personen und Einladungen" in admin.labels
    admin.state = replace(admin.state, standing=replace(admin.state.standing, operator=True))
    assert "Alle Gremien" in admin.call("start").labels
    assert "Alle Gremien" not in member.labels


def test_somebody_without_any_council_writes_no_letters(house: Dialogues) -> None:
    """A former member is told what it means; drafts and papers do not exist any more."""
    person = seated(house)
    person.press("Brief schreiben")
    person.state = replace(person.state, standing=Standing())
    for command in ("anfrage", "weiter", "entwuerfe", "rat", "start"):
        person.call(command)
        assert "zu keinem Gremium" in person.html
    assert "/anfrage" not in person.call("hilfe").said[-2]


def test_help_lists_only_what_this_person_can_use(house: Dialogues) -> None:
    """Before the consent the privacy commands, afterwards those of the standing."""
    before = newcomer(house).call("hilfe").said[-1]
    assert "/meinedaten" in before
    assert "/anfrage" not in before
    after = "\n".join(seated(house).call("hilfe").said)
    assert "/anfrage" in after


def test_the_settings_offer_to_switch_only_between_several_councils(house: Dialogues) -> None:
    """One council: nothing to switch."""
    person = seated(house, Role.MEMBER, invited(RHEINE, id_="i2")).press("Einstellungen")
    assert "Gremium wechseln" not in person.labels
    person.call("start", OTHER).press("Beitreten").press("Stimmt so").press("Einstellungen")
    assert "Gremium wechseln" in person.labels


# --- any way --------------------------------------------------------------------------------------


def _turned(person: Member, chance: random.Random) -> None:
    """What others may do meanwhile, or a link that is opened."""
    match chance.randrange(5):
        case 0:
            person.call("start", chance.choice((TOKEN, OTHER, WRONG)))
        case 1 if person.state.standing.seats:
            person.state = replace(person.state, standing=Standing(), council=None)
        case 2:
            role = chance.choice((Role.MEMBER, Role.ADMIN))
            links = (invited(role=role), invited(RHEINE, id_="i2"))
            person.links = dict(zip((TOKEN, OTHER), links, strict=True))
        case 3 if person.state.member is not None:
            old = replace(stored(person).consent, version=1)
            person.state = replace(person.state, member=replace(stored(person), consent=old))
        case _:
            person.call(chance.choice(("start", "einstellungen", "stopp", "loeschen", "hilfe")))


def test_no_way_through_the_door_ends_in_an_error(house: Dialogues) -> None:
    """Random people with links, lost seats and old consents: every turn fits into Telegram, and
    together they see every step of joining and of privacy."""
    wanted = {"badge", "privacy", "settings", "home", "erase"}
    every = {(f.name, step) for f in house.flows if f.name in wanted for step in f.steps}
    reached = set()
    for seed in range(60):
        chance, person = random.Random(seed), newcomer(house, invited())
        person.call("start", TOKEN).press("Einverstanden")
        for _ in range(50):
            act = _turned if chance.random() < 0.15 else anything
            act(person, chance)
            assert_fits(person)
            position = person.state.position
            if position is not None:
                reached.add((position.flow, position.step))
    assert every - reached == set()

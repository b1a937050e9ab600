"""People who belong somewhere: links they follow, their home card and their settings."""

import random
from dataclasses import replace

from conversations.dialogues import Dialogues
from conversations.events import Pressed
from conversations.standing import Role, Standing
from tests.conversations.joining import (
    GELSENKIRCHEN,
    OTHER,
    RHEINE,
    TOKEN,
    WRONG,
    badge,
    deeds,
    invited,
    newcomer,
    seated,
    stored,
)
from tests.conversations.test_any_way import anything, assert_fits
from tests.conversations.walk import Member

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

"""Whose council it is: municipalities that merged, councils founded, rights lost meanwhile."""

from dataclasses import replace
from datetime import date

import pytest

from conversations.deeds import Found
from conversations.dialogues import Dialogues
from conversations.events import Pressed
from conversations.rules.answers import Person
from conversations.rules.bodies import Flaw, flaws, in_law, renamed
from conversations.rules.knowledge import Knowledge
from conversations.rules.profile import NamedBody, PaperKind, Profile
from conversations.standing import CouncilEntry, CouncilId, Desk, Role, Seat, Standing
from tests.conversations.councils import changed, meanwhile, profile_of, seated, somebody
from tests.conversations.walk import NOW, Member

GONE = "05999000"
"""No municipality has this key."""


def test_a_council_without_municipality_stays_usable(dialogues: Dialogues) -> None:
    """Its key stands where the name stood, one line says why."""
    member = seated(dialogues, Profile(ags=GONE), Role.MEMBER).call("rat")
    assert f"Der Schlüssel {GONE} steht nicht im Verzeichnis" in member.html


def test_every_part_can_be_changed_without_municipality(dialogues: Dialogues) -> None:
    """No card needs to know the place."""
    admin = seated(dialogues, Profile(ags=GONE)).call("rat").press("Weiter einrichten")
    admin.press("Stimmt so").type("Frau Aylin Demir").press("Überspringen").type("Herr Kim Vogel")
    assert profile_of(admin).head.name == "Kim Vogel"


def test_an_admin_names_the_successor(dialogues: Dialogues) -> None:
    """The council goes on with another municipality, and keeps everything else."""
    chair = Person(name="Aylin Demir")
    admin = seated(dialogues, Profile(ags=GONE, chair=chair)).call("rat")
    admin.press("Gemeinde ändern").type("Gelsenkirchn").press("Ja, so ist es richtig")
    assert profile_of(admin) == Profile(ags="05513000", chair=chair)
    assert "Stadt Gelsenkirchen" in admin.html


def test_the_seat_follows_the_council(dialogues: Dialogues) -> None:
    """The next card knows the new place, too."""
    admin = seated(dialogues, Profile(ags=GONE)).call("rat")
    admin.press("Gemeinde ändern").type("Gelsenkirchen").press("Ja, so")
    assert admin.state.standing.seats[0].ags == "05513000"


def test_a_place_with_a_council_is_not_taken_over(dialogues: Dialogues) -> None:
    """Two councils of merged municipalities: the second one is told, nothing changes."""
    admin = seated(dialogues, Profile(ags=GONE)).call("rat")
    desk = replace(admin.state.desk, taken=frozenset({GONE, "05513000"}))
    admin.state = replace(admin.state, desk=desk)
    admin.press("Gemeinde ändern").type("Gelsenkirchen")
    assert "gibt es hier schon ein Gremium" in admin.html
    assert "Ja, so ist es richtig" not in admin.labels


def test_a_name_of_two_places_is_asked_about(dialogues: Dialogues) -> None:
    """Kleve is a town and a Kreis."""
    admin = seated(dialogues, Profile(ags=GONE)).call("rat")
    admin.press("Gemeinde ändern").type("Kleve")
    assert admin.labels[:2] == ["Stadt Kleve", "Kreis Kleve"]


def test_an_unknown_place_is_asked_again(dialogues: Dialogues) -> None:
    """In one sentence."""
    admin = seated(dialogues, Profile(ags=GONE)).call("rat")
    admin.press("Gemeinde ändern").type("Atlantis an der Ruhr")
    assert "finde ich unter den Städten" in admin.html


def test_letters_take_the_name_of_their_date(know: Knowledge) -> None:
    """A council renamed has two names, each at its time."""
    bodies = renamed(in_law(know.letters.texts.frame), "ACI", date(2027, 1, 1))
    profile = Profile(ags="05513000", bodies=bodies)
    days = (date(2025, 10, 31), date(2025, 11, 1), date(2027, 1, 1))
    names = [profile.for_letters(PaperKind.INQUIRY, day).body for day in days]
    law = know.letters.texts.frame.bodies
    assert names == [law[0].name, law[1].name, "ACI"]


def test_a_renaming_in_the_past_leaves_later_names(know: Knowledge) -> None:
    """A name typed late takes only the days up to the next one."""
    law = in_law(know.letters.texts.frame)
    bodies = renamed(law, "Migrationsrat", date(2024, 1, 1))
    assert bodies[1] == NamedBody(
        name="Migrationsrat", since=date(2024, 1, 1), until=date(2025, 10, 31)
    )
    assert bodies[2] == law[1]


def test_a_renaming_leaves_no_gap_and_no_overlap(know: Knowledge) -> None:
    """Whatever the day."""
    law = in_law(know.letters.texts.frame)
    for month in range(1, 13):
        assert flaws(renamed(law, "ACI", date(2025, month, 15))) == ()


def test_names_without_end_overlap() -> None:
    """Found from the day on which the second begins."""
    bodies = (NamedBody(name="A"), NamedBody(name="B", since=date(2025, 1, 1)))
    span = flaws(bodies)[0]
    assert (span.flaw, span.since, span.name) == (Flaw.OVERLAP, date(2025, 1, 1), "A")


# --- founding -------------------------------------------------------------------------------------


@pytest.fixture
def operator(dialogues: Dialogues) -> Member:
    """An operator without a seat, with one council there already."""
    operator = somebody(dialogues, Standing(operator=True))
    entry = CouncilEntry(id=CouncilId("old"), ags="05513000", created=NOW)
    operator.state = replace(
        operator.state, desk=Desk(councils=(entry,), taken=frozenset({entry.ags}))
    )
    return operator.call("rat")


def found(member: Member) -> list[Found]:
    """The councils that the latest decision founds."""
    assert member.last is not None
    return [deed for deed in member.last.deeds if isinstance(deed, Found)]


def test_an_operator_founds_a_council(operator: Member, know: Knowledge) -> None:
    """With the names in law by date, after one look at the place."""
    operator.press("Neues Gremium").type("Bonn").press("Ja, so ist es richtig")
    assert [deed.profile for deed in found(operator)] == [
        Profile(ags="05314000", bodies=in_law(know.letters.texts.frame))
    ]


def test_a_council_is_founded_once(operator: Member) -> None:
    """A municipality that has one is said, and nothing begins."""
    operator.press("Neues Gremium").type("Gelsenkirchen")
    assert "gibt es hier schon ein Gremium: Stadt Gelsenkirchen" in operator.html
    assert "Ja, so ist es richtig" not in operator.labels


def test_two_operators_at_once_found_one_council(operator: Member) -> None:
    """What the other one founded meanwhile is there already."""
    operator.press("Neues Gremium").type("Bonn")
    entry = CouncilEntry(id=CouncilId("new"), ags="05314000", created=NOW)
    operator.state = replace(
        operator.state, desk=Desk(councils=(entry,), taken=frozenset({entry.ags}))
    )
    operator.press("Ja, so")
    assert found(operator) == []
    assert "gibt es hier schon" in operator.html


def test_a_kreis_is_founded_with_a_word_of_caution(operator: Member) -> None:
    """The law knows no such body there."""
    operator.press("Neues Gremium").type("Kreis Wesel")
    assert "Kreise haben nach dem Gesetz kein solches Gremium" in operator.html


def test_an_admin_cannot_found(dialogues: Dialogues) -> None:
    """A position at that step, however it came to be, shows the profile."""
    admin = seated(dialogues, Profile(ags="05513000")).call("rat")
    position = admin.state.position
    assert position is not None
    admin.state = replace(admin.state, position=replace(position, step="found"))
    admin.type("Bonn")
    assert found(admin) == []
    assert "Gelsenkirchen" in admin.html


# --- rights lost meanwhile ------------------------------------------------------------------------


def test_who_is_admin_no_longer_changes_nothing(dialogues: Dialogues) -> None:
    """The answer to an open question is not taken; the profile is shown."""
    admin = seated(dialogues, Profile(ags="05513000")).call("rat").press("Vorsitz")
    seat = replace(admin.state.standing.seats[0], role=Role.MEMBER)
    admin.state = replace(admin.state, standing=Standing(seats=(seat,)))
    admin.type("Frau Aylin Demir")
    assert changed(admin) == []
    assert "Frist für Anfragen" in admin.html


def test_an_answer_never_reaches_another_council(dialogues: Dialogues) -> None:
    """The seat went, another council is in hand: the typed name is not put there."""
    admin = seated(dialogues, Profile(ags="05513000")).call("rat").press("Vorsitz")
    other = CouncilId("council-2")
    seat = Seat(council=other, ags="05314000", role=Role.ADMIN, since=NOW)
    assert admin.state.council is not None
    council = replace(admin.state.council, id=other, profile=Profile(ags="05314000"))
    admin.state = replace(admin.state, standing=Standing(seats=(seat,)), council=council)
    admin.type("Frau Aylin Demir")
    assert changed(admin) == []
    assert "ein anderes Ihrer Gremien" in admin.html


def test_a_former_member_is_led_home(dialogues: Dialogues) -> None:
    """Without a council the dialogue does not exist."""
    admin = seated(dialogues, Profile(ags="05513000")).call("rat").press("Vorsitz")
    admin.state = replace(admin.state, standing=Standing(), council=None)
    admin.type("Frau Aylin Demir")
    assert admin.last is not None
    assert admin.last.deeds == ()
    assert admin.state.position is not None
    assert admin.state.position.flow == "home"


def test_a_forged_press_of_a_member_changes_nothing(dialogues: Dialogues) -> None:
    """The data of an admin's button, sent by a member, is no button of the card."""
    member = seated(dialogues, Profile(ags="05513000"), Role.MEMBER).call("rat")
    position = member.state.position
    assert position is not None
    member.send(Pressed(data=f"{position.version}.place"))
    assert member.state.position is not None
    assert member.state.position.step == "profile"


def test_the_conflict_over_a_place_names_both(dialogues: Dialogues) -> None:
    """Two admins choose different successors."""
    admin = seated(dialogues, Profile(ags=GONE)).call("rat")
    admin.press("Gemeinde ändern").type("Bonn")
    meanwhile(admin, ags="05513000").press("Ja, so")
    assert "Stadt Gelsenkirchen" in admin.html
    assert "Stadt Bonn" in admin.html

"""Drafts and letters of councils: they follow their council, and stay with it."""

from dataclasses import replace

import pytest

from conversations.core import Deliver
from conversations.core import Member as Stored
from conversations.dialogues import Dialogues
from conversations.rules.answers import Address, Person
from conversations.rules.profile import NamedBody, Profile
from conversations.standing import Standing
from tests.conversations.walk import NOW, Member
from tests.conversations.writers import FULL, IN_A_KREIS, ODD, OTHERS, amended, enter, seated


@pytest.fixture
def mehmet(dialogues: Dialogues) -> Member:
    """A member of a council that is set up in full, before the menu of papers."""
    return seated(dialogues, FULL)


def straight(member: Member) -> Member:
    """From the recipient's card to the letter."""
    return member.press("Gleich zur Durchsicht").press("Brief erstellen")


def stored(member: Member) -> Stored:
    """The member as stored."""
    assert member.state.member is not None
    return member.state.member


# --- while a draft lies there -------------------------------------------------------------------


def resumed_after(member: Member, profile: Profile) -> Member:
    """A draft is left, the admins change the profile, the draft is taken up again."""
    member.press("Anfrage").call("abbrechen")
    amended(member, profile)
    return member.call("weiter")


def test_a_draft_follows_its_council(mehmet: Member) -> None:
    """A new chair is addressed, and the member is told."""
    chair = Person(name="Can Yıldız", address=Address.HERR)
    resumed_after(mehmet, replace(FULL, chair=chair))
    assert "Angaben Ihres Gremiums sind inzwischen andere" in mehmet.html
    assert "Herrn Can Yıldız" in mehmet.html


def test_what_the_member_changed_stays(mehmet: Member) -> None:
    """Only what came from the council follows it."""
    mehmet.press("Anfrage").press("Empfänger ändern").press("Vorsitz").type("Frau Ada Beispiel")
    mehmet.call("abbrechen")
    amended(mehmet, replace(FULL, chair=Person(name="Can"), office_email="neu@example.org"))
    council = mehmet.call("weiter").draft.answers.council
    assert (council.chair.name, council.office_email) == ("Ada Beispiel", "neu@example.org")


def test_a_renamed_body_has_its_new_name(mehmet: Member) -> None:
    """The name in use on the day."""
    bodies = (NamedBody(name="Integrationsausschuss"),)
    assert "Integrationsausschusses" in resumed_after(mehmet, replace(FULL, bodies=bodies)).html


def test_an_unchanged_council_is_not_mentioned(mehmet: Member) -> None:
    """The hint is for changes."""
    assert "inzwischen" not in resumed_after(mehmet, FULL).html


def test_a_change_before_the_last_press_is_shown_first(mehmet: Member) -> None:
    """No letter goes out that says something else than the card did."""
    mehmet.press("Anfrage").press("Gleich zur Durchsicht")
    amended(mehmet, replace(FULL, chair=Person(name="Can Yıldız", address=Address.HERR)))
    mehmet.press("Brief erstellen")
    assert mehmet.orders == []
    assert "Herrn Can Yıldız" in mehmet.html
    assert len(mehmet.press("Brief erstellen").orders) == 1


def test_the_bodys_name_is_of_the_letters_day(dialogues: Dialogues) -> None:
    """A draft of November is a letter of December: the body has its new name by then."""
    member = seated(dialogues, ODD).press("Anfrage").press("An die eigene").press("Gleich")
    member.state = replace(member.state, now=NOW.replace(month=12))
    member.press("Brief erstellen").press("Brief erstellen")
    assert dict(member.orders[-1].letter.info)["Gremium"][0].text == "ACI"


def test_another_municipality_takes_its_own_paper(mehmet: Member) -> None:
    """A council whose key changed gets the variant for the new kind."""
    resumed_after(mehmet, IN_A_KREIS)
    assert mehmet.draft.definition == "kim-anfrage-grosse-kreisangehoerige"
    assert "Stadt Rheine" in mehmet.html


def test_a_letter_to_the_kreis_follows_to_a_city_without_one(dialogues: Dialogues) -> None:
    """It goes to the own administration then, not with the name of the Landrat."""
    member = seated(dialogues, IN_A_KREIS).press("Anfrage").press("An den Kreis")
    member.press("Empfänger ändern").press("Verwaltungsleitung").type("Frau Ada Beispiel")
    member.call("abbrechen")
    amended(member, FULL)
    assert member.call("weiter").draft.definition == "kim-anfrage-kreisfrei"
    assert member.draft.answers.council.head.name == "Jens Vogel"


def test_the_head_of_the_kreis_stays_when_the_council_changes(dialogues: Dialogues) -> None:
    """A new mayor does not become the Landrat."""
    member = seated(dialogues, IN_A_KREIS).press("Anfrage").press("An den Kreis")
    member.press("Empfänger ändern").press("Verwaltungsleitung").type("Frau Ada Beispiel")
    member.call("abbrechen")
    amended(member, replace(IN_A_KREIS, head=Person(name="Can Yıldız", address=Address.HERR)))
    assert member.call("weiter").draft.answers.council.head.name == "Ada Beispiel"


def test_a_council_nowhere_in_the_register_writes_without_it(dialogues: Dialogues) -> None:
    """The reason is said, and the place asked for."""
    member = seated(dialogues, replace(FULL, ags="05999999")).press("Anfrage")
    assert "gibt es im Verzeichnis nicht mehr" in member.html
    assert member.type("Gelsenkirchen").draft.council == ""


def lost(member: Member) -> Member:
    """Take up a draft whose municipality the register does not know any more."""
    member.press("Anfrage").call("abbrechen")
    (draft,) = member.state.drafts
    council = replace(draft.answers.council, ags="05999999")
    draft = replace(draft, answers=replace(draft.answers, council=council))
    member.state = replace(member.state, drafts=(draft,))
    return member.call("weiter")


def test_a_draft_of_a_lost_municipality_asks_for_its_place(mehmet: Member) -> None:
    """Instead of breaking at every card."""
    assert "05999999" in lost(mehmet).html
    mehmet.press("Ort nennen").type("Gelsenkirchen")
    assert "Stadt Gelsenkirchen" in mehmet.press("Überspringen").press("Ohne").press("Übers").html


# --- several councils ---------------------------------------------------------------------------


def test_a_draft_of_another_own_council_goes_on_with_its_own_answers(mehmet: Member) -> None:
    """The card names the place; nothing of the council in hand gets in."""
    mehmet.press("Anfrage").call("abbrechen")
    enter(mehmet, ODD, "c2")
    mehmet.call("weiter")
    assert "zu einem anderen Gremium als dem gewählten: Stadt Gelsenkirchen" in mehmet.html
    assert "Aylin Demir" in mehmet.html
    assert "mit der Post" not in mehmet.html
    assert straight(mehmet).orders[0].council == "c1"


def test_with_several_councils_the_menu_names_the_one_in_hand(mehmet: Member) -> None:
    """And where another one is chosen."""
    enter(mehmet, IN_A_KREIS, "c2")
    mehmet.call("anfrage")
    assert "Integration, Stadt Rheine. Ein anderes Gremium" in mehmet.html


def test_with_one_council_the_menu_does_without(mehmet: Member) -> None:
    """There is nothing to choose."""
    assert "Ein anderes Gremium" not in mehmet.html


def test_a_draft_without_a_council_stays_without_one(settled: Member) -> None:
    """Joining a council later changes no draft from before."""
    settled.call("anfrage").press("Anfrage")
    enter(settled, FULL, "c1")
    settled.call("weiter").press("Gleich zur Durchsicht").press("Brief erstellen")
    assert settled.orders[-1].council == ""


def test_what_was_remembered_without_a_council_stays(settled: Member) -> None:
    """A council's letter does not change it."""
    before = stored(settled)
    enter(settled, IN_A_KREIS, "c1")
    settled.call("anfrage").press("Anfrage").press("An die eigene")
    settled.press("Sitzung wählen").press("Jan").press("21").press("15:00")
    assert stored(settled).council == before.council
    assert stored(settled).meeting == before.meeting


def test_after_leaving_its_draft_is_closed(mehmet: Member) -> None:
    """A press on a card of the council that was left shows nothing of it."""
    mehmet.press("Anfrage")
    mehmet.state = replace(mehmet.state, standing=Standing(), council=None)
    mehmet.press("Gleich zur Durchsicht")
    assert "Aylin Demir" not in mehmet.html
    assert "Was möchten Sie tun?" in mehmet.html


# --- letters of the council ---------------------------------------------------------------------


@pytest.fixture
def reader(mehmet: Member) -> Member:
    """A member whose council filed a letter that somebody else wrote, before the list."""
    mehmet.state = replace(mehmet.state, letters=(OTHERS,))
    return mehmet.call("entwuerfe")


def test_the_councils_letters_stand_below_the_own_ones(reader: Member) -> None:
    """They are counted apart from the own ones."""
    assert "Vom Gremium eingereicht (1)" in reader.labels
    assert "fertiger Brief" not in reader.html


def test_a_letter_of_the_council_can_be_opened(reader: Member) -> None:
    """Its files come again."""
    reader.press("Vom Gremium").press("✓ Anfrage von früher").press("Dateien senden")
    assert reader.last is not None
    assert Deliver(letter=OTHERS.id) in reader.last.replies


def test_a_letter_of_the_council_cannot_be_changed(reader: Member) -> None:
    """Neither its filing nor a new version is another's business."""
    reader.press("Vom Gremium").press("✓ Anfrage von früher")
    assert reader.labels == ["Dateien senden", "Zurück", "Abbrechen", "Hilfe"]

"""A council set up in chat: every part, by its admins, and two of them at once."""

from dataclasses import replace
from datetime import date

import pytest

from conversations.dialogues import Dialogues
from conversations.rules.answers import Address, Person
from conversations.rules.bodies import in_law
from conversations.rules.knowledge import Knowledge
from conversations.rules.profile import NamedBody, Profile
from conversations.standing import Role, Standing
from tests.conversations.councils import changed, meanwhile, profile_of, seated
from tests.conversations.test_any_way import assert_fits
from tests.conversations.walk import Member

NEW = "Ausschuss für Chancengerechtigkeit und Integration"
CHAIR = Person(name="Aylin Demir", address=Address.FRAU)


@pytest.fixture
def fresh(know: Knowledge) -> Profile:
    """A council as it begins, with the names in law."""
    return Profile(ags="05513000", bodies=in_law(know.letters.texts.frame))


@pytest.fixture
def admin(dialogues: Dialogues, fresh: Profile) -> Member:
    """The admin of a council nobody filled yet."""
    return seated(dialogues, fresh).call("rat")


# --- looking --------------------------------------------------------------------------------------


def test_a_member_only_looks(dialogues: Dialogues, fresh: Profile) -> None:
    """A member's card has no button that changes anything."""
    member = seated(dialogues, fresh, Role.MEMBER).call("rat")
    assert member.labels == ["Fristen und Regeln", "Stand", "Erinnerungen", "Zum Anfang"]


def test_the_card_says_who_the_admins_are(admin: Member) -> None:
    """Who wants something changed sees whom to ask."""
    assert "Ratsadmin: Aylin Demir" in admin.html


@pytest.mark.parametrize("word", ["gremium", "Council", "RAT"])
def test_the_command_has_other_names(admin: Member, word: str) -> None:
    """/gremium and /council are /rat."""
    assert "Stadt Gelsenkirchen" in admin.call("start").call(word).html


def test_without_a_council_there_is_no_such_command(member: Member) -> None:
    """Somebody without a seat is answered as to any unknown command."""
    assert "kenne ich nicht" in member.call("rat").html


@pytest.mark.parametrize(
    ("ags", "title"),
    [
        ("05513000", "Oberbürgermeisterin: Frau"),
        ("05334002", "Oberbürgermeisterin: Frau"),
        ("05566076", "Bürgermeisterin: Frau"),
        ("05154", "Landrätin: Frau"),
        ("05334", "Städteregionsrätin: Frau"),
    ],
)
def test_the_head_has_the_title_of_the_kind(dialogues: Dialogues, ags: str, title: str) -> None:
    """Gelsenkirchen, Aachen, Rheine, a Kreis and the Städteregion each have their own."""
    head = Person(name="Kim Vogel", address=Address.FRAU)
    admin = seated(dialogues, Profile(ags=ags, head=head)).call("rat")
    assert f"\n{title} Kim Vogel" in admin.html


def test_the_largest_profile_fits_a_message(dialogues: Dialogues) -> None:
    """Every part as long as it may be: every card keeps Telegram's limits."""
    person = Person(name="N" * 300)
    largest = Profile(
        ags="05513000",
        bodies=tuple(NamedBody(name="B" * 150, since=date(2027, 1, n)) for n in range(1, 9)),
        chair=person,
        head=person,
        office_name="O" * 300,
        office_address="A" * 300,
        office_email="e" * 60 + "@" + "e" * 180 + ".de",
        groups=tuple(f"{n:02}" + "L" * 98 for n in range(40)),
    )
    admin = seated(dialogues, largest).call("rat")
    assert_fits(admin)
    for part in ("Name des", "Vorsitz", "Geschäfts", "Verwaltungs", "Listen", "Gemeinde"):
        assert_fits(admin.call("rat").press(part))


# --- set-up ---------------------------------------------------------------------------------------


def test_a_fresh_council_is_set_up_in_order(admin: Member) -> None:
    """Names, chair, office, head, lists: one after the other, with few words to type."""
    admin.press("Weiter einrichten (noch 5)").press("Stimmt so").press("Aylin Demir").press("Frau")
    admin.type("Geschäftsstelle\nRathausplatz 1\n45879 Gelsenkirchen\nrat@stadt.de").press("Weiter")
    admin.type("Frau Karin Beispiel").type("Liste Miteinander\nListe Zukunft").press("Weiter")
    profile = profile_of(admin)
    assert profile.chair == CHAIR
    assert profile.head == Person(name="Karin Beispiel", address=Address.FRAU)
    assert profile.office_name == "Geschäftsstelle"
    assert profile.office_address == "Rathausplatz 1\n45879 Gelsenkirchen"
    assert profile.office_email == "rat@stadt.de"
    assert profile.groups == ("Liste Miteinander", "Liste Zukunft")


def test_the_set_up_ends_in_a_council_that_letters_can_use(admin: Member) -> None:
    """Names, chair, office, head, lists, one rule: ten presses and four messages."""
    admin.presses = 0
    admin.press("Weiter einrichten").press("Stimmt so").press("Aylin Demir").press("Frau")
    admin.type("Geschäftsstelle\nRathausplatz 1\n45879 Gelsenkirchen\nrat@stadt.de").press("Weiter")
    admin.type("Frau Karin Beispiel").type("Liste Miteinander").press("Weiter")
    admin.press("Anfragen").type("21 Tage").press("Alle Regeln").press("Fertig")
    assert "Ihr Gremium ist eingerichtet" in admin.html
    assert "Frist für Anfragen: 21. Tag vor der Sitzung, ungeprüft" in admin.html
    assert admin.presses <= 10


def test_each_part_of_the_set_up_can_be_skipped(admin: Member) -> None:
    """Nothing is changed, and the card goes on saying how much is open."""
    admin.press("Weiter einrichten (noch 5)").press("Stimmt so")
    for _ in range(4):
        admin.press("Überspringen")
    assert "Noch 5 Angaben" in admin.call("rat").html


def test_the_set_up_goes_on_at_the_first_gap(admin: Member) -> None:
    """What is known is not asked again."""
    admin.press("Vorsitz").type("Frau Aylin Demir").press("Weiter einrichten (noch 4)")
    assert "Angabe 3 von 6" in admin.html


def test_back_in_the_set_up_leads_to_the_part_before(admin: Member) -> None:
    """One step, not out of it."""
    admin.press("Weiter einrichten (noch 5)").press("Stimmt so").press("Zurück")
    assert "Angabe 1 von 6" in admin.html


# --- names ----------------------------------------------------------------------------------------


def test_a_council_may_keep_its_old_name(admin: Member) -> None:
    """One press, and it holds on every day."""
    admin.press("Name des").press("Weiterhin Integrationsrat")
    assert profile_of(admin).body_on(date(2030, 1, 1)) == "Integrationsrat"


def test_the_names_in_law_can_be_taken_again(admin: Member, fresh: Profile) -> None:
    """Who tried something gets back to the proposal."""
    admin.press("Name des").press("Weiterhin").press("Namen nach dem Gesetz")
    assert profile_of(admin).bodies == fresh.bodies


def test_a_renaming_in_the_future_holds_from_its_day_on(admin: Member) -> None:
    """The day before, letters still have the old name."""
    admin.press("Name des").press("Anderen").type("ACI").type("1.1.2027")
    profile = profile_of(admin)
    assert profile.body_on(date(2026, 12, 31)) == NEW
    assert profile.body_on(date(2027, 1, 1)) == "ACI"


def test_an_own_name_from_the_day_of_the_law_replaces_the_name_in_law(admin: Member) -> None:
    """The usual case: another name since 1.11.2025, the old one before."""
    admin.press("Name des").press("Anderen").type("ACI").press("Ab 01.11.2025")
    assert [one.name for one in profile_of(admin).bodies] == ["Integrationsrat", "ACI"]


def test_a_gap_between_two_names_is_said(admin: Member) -> None:
    """Nobody has to find out from a letter."""
    admin.press("Name des").press(f"✎ {NEW}").press("Erster Tag").type("1.12.2025")
    assert "Vom 01.11.2025 bis 30.11.2025 gilt keiner dieser Namen" in admin.html


def test_two_names_at_once_are_said(admin: Member) -> None:
    """With the name that letters take meanwhile."""
    admin.press("Name des").press("✎ Integrationsrat").press("Letzter Tag").type("31.12.2025")
    assert "Bis 31.12.2025 gelten zwei Namen zugleich" in admin.html
    assert profile_of(admin).body_on(date(2025, 12, 1)) == "Integrationsrat"


def test_a_name_cannot_end_before_it_begins(admin: Member, fresh: Profile) -> None:
    """The day is asked again, nothing is changed."""
    admin.press("Name des").press(f"✎ {NEW}").press("Letzter Tag").type("1.10.2025")
    assert "läge vor dem ersten" in admin.html
    assert profile_of(admin).bodies == fresh.bodies


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31.2.2027", "gibt es nicht"),
        ("Mo 1.1.2027", "ist kein Montag"),
        ("bald", "Ich brauche hier ein Datum"),
    ],
)
def test_a_day_that_is_none_is_asked_again(admin: Member, typed: str, said: str) -> None:
    """With one sentence, and the name typed before still there."""
    admin.press("Name des").press("Anderen").type("ACI").type(typed)
    assert said in admin.html
    assert "„ACI“" in admin.html


def test_the_wording_of_a_name_can_be_changed(admin: Member) -> None:
    """Its days stay."""
    admin.press("Name des").press(f"✎ {NEW}").press("Wortlaut").type("Forum & Rat")
    assert profile_of(admin).bodies[-1] == NamedBody(name="Forum & Rat", since=date(2025, 11, 1))


def test_a_name_can_be_removed(admin: Member) -> None:
    """Without any the name in law holds."""
    admin.press("Name des").press("✎ Integrationsrat").press("Namen entfernen")
    admin.press(f"✎ {NEW}").press("Namen entfernen")
    assert profile_of(admin).bodies == ()
    assert NEW in admin.html


def test_a_name_that_is_too_long_is_told_and_kept(admin: Member) -> None:
    """The text can be shown again for shortening."""
    admin.press("Name des").press("Anderen").type("Rat " * 60).press("Meinen Text")
    assert "Rat Rat Rat" in admin.html


def test_eight_names_are_enough(dialogues: Dialogues) -> None:
    """The ninth is not offered, and the card says why."""
    bodies = tuple(NamedBody(name=f"Rat {n}", since=date(2027, 1, n)) for n in range(1, 9))
    admin = seated(dialogues, Profile(ags="05513000", bodies=bodies)).call("rat").press("Name des")
    assert "Anderen Namen eingeben" not in admin.labels
    assert "Entfernen Sie erst einen" in admin.html


# --- office and lists -----------------------------------------------------------------------------


def test_a_wrong_address_takes_the_rest(admin: Member) -> None:
    """Only the e-mail is asked for once more."""
    admin.press("Geschäfts").type("Büro des Rats\nAm Markt 1\n12345 Ort\nrat(at)stadt@")
    assert "sieht nicht nach einer E-Mail-Adresse aus" in admin.html
    assert profile_of(admin).office_name == "Büro des Rats"
    assert profile_of(admin).office_email == ""


def test_one_detail_of_the_office_is_changed_alone(admin: Member) -> None:
    """The others stay."""
    admin.press("Geschäfts").type("Büro\nMarkt 1\nrat@stadt.de")
    admin.press("E-Mail").type("neu@stadt.de")
    assert profile_of(admin).office_email == "neu@stadt.de"
    assert profile_of(admin).office_name == "Büro"


def test_a_detail_of_the_office_can_go(admin: Member) -> None:
    """An address that is wrong need not be replaced."""
    admin.press("Geschäfts").type("Büro\nrat@stadt.de").press("E-Mail").press("Angabe entfernen")
    assert profile_of(admin).office_email == ""


def test_a_list_is_added_once(admin: Member) -> None:
    """Whatever stands before it, and in any case; in the order typed."""
    admin.press("Listen").type("- Liste A & B\n• Liste C\n2. liste a & b")
    assert profile_of(admin).groups == ("Liste A & B", "Liste C")


def test_a_list_is_removed_by_its_button(admin: Member) -> None:
    """The others stay."""
    admin.press("Listen").type("Liste A\nListe B").press("Entfernen: Liste A")
    assert profile_of(admin).groups == ("Liste B",)


def test_forty_lists_are_enough(admin: Member) -> None:
    """What does not fit any more is named."""
    admin.press("Listen").type("\n".join(f"Liste {n}" for n in range(1, 43)))
    assert len(profile_of(admin).groups) == 40
    assert "Liste 41, Liste 42" in admin.html


def test_a_list_with_too_long_a_name_is_given_back(admin: Member) -> None:
    """The others of the same message are taken."""
    admin.press("Listen").type("Liste A\n" + "x" * 120)
    assert profile_of(admin).groups == ("Liste A",)
    assert "x" * 120 in admin.html


# --- two admins at once ---------------------------------------------------------------------------


def test_another_admins_change_is_not_overwritten(admin: Member) -> None:
    """Who answers second sees what stands there now and what the own answer would be."""
    admin.press("Vorsitz")
    meanwhile(admin, chair=Person(name="Can Yilmaz", address=Address.HERR))
    admin.type("Frau Aylin Demir")
    assert changed(admin) == []
    assert "Herr Can Yilmaz" in admin.html
    assert "Frau Aylin Demir" in admin.html


def test_the_own_answer_can_be_taken_after_all(admin: Member) -> None:
    """One press, on the newest profile."""
    admin.press("Vorsitz")
    meanwhile(admin, chair=Person(name="Can Yilmaz"))
    admin.type("Frau Aylin Demir").press("Meine Angabe nehmen")
    assert profile_of(admin).chair == CHAIR
    assert "Stadt Gelsenkirchen" in admin.html


def test_the_others_answer_can_stay(admin: Member) -> None:
    """Nothing is written."""
    admin.press("Vorsitz")
    meanwhile(admin, chair=Person(name="Can Yilmaz"))
    admin.type("Frau Aylin Demir").press("So lassen")
    assert profile_of(admin).chair.name == "Can Yilmaz"
    assert changed(admin) == []


def test_a_change_of_another_part_is_no_conflict(admin: Member) -> None:
    """Both changes stand."""
    admin.press("Vorsitz")
    meanwhile(admin, office_email="neu@stadt.de")
    admin.type("Frau Aylin Demir")
    assert profile_of(admin).chair == CHAIR
    assert profile_of(admin).office_email == "neu@stadt.de"


def test_the_same_answer_of_both_is_no_conflict(admin: Member) -> None:
    """Nothing would change."""
    admin.press("Vorsitz")
    meanwhile(admin, chair=CHAIR)
    admin.type("Frau Aylin Demir")
    assert changed(admin) == []
    assert "schneller" not in admin.html


def test_a_change_between_name_and_form_of_address_is_seen(admin: Member) -> None:
    """The card that counts is the one that asked for the name."""
    admin.press("Vorsitz").type("Aylin Demir")
    meanwhile(admin, chair=Person(name="Can Yilmaz"))
    admin.press("Frau")
    assert "Can Yilmaz" in admin.html
    assert changed(admin) == []


def test_a_third_change_before_the_choice_is_seen_too(admin: Member) -> None:
    """The card of the choice shows what it would overwrite, each time."""
    admin.press("Vorsitz")
    meanwhile(admin, chair=Person(name="Can Yilmaz"))
    admin.type("Frau Aylin Demir")
    meanwhile(admin, chair=Person(name="Minh Tran"))
    admin.press("Meine Angabe nehmen")
    assert "Minh Tran" in admin.html
    assert profile_of(admin).chair.name == "Minh Tran"


def test_a_name_removed_meanwhile_is_not_changed(admin: Member, fresh: Profile) -> None:
    """The days of a name that is gone lead back to the names there are."""
    admin.press("Name des").press("✎ Integrationsrat").press("Letzter Tag")
    meanwhile(admin, bodies=fresh.bodies[1:])
    admin.type("31.12.2025")
    assert profile_of(admin).bodies == fresh.bodies[1:]


def test_the_conflict_over_names_shows_their_days(admin: Member, fresh: Profile) -> None:
    """The same words with other days are another answer."""
    admin.press("Name des").press("Anderen").type("ACI")
    meanwhile(admin, bodies=fresh.bodies[:1])
    admin.press("Ab 01.11.2025")
    assert "Jetzt steht dort:\n• Integrationsrat – bis 31.10.2025\n" in admin.html
    assert "• ACI – ab 01.11.2025" in admin.html


def test_lists_added_by_both_are_shown_before_they_are_joined(admin: Member) -> None:
    """Taking the own answer keeps the other's list."""
    admin.press("Listen")
    meanwhile(admin, groups=("Liste A",))
    admin.type("Liste B").press("Meine Angabe nehmen")
    assert profile_of(admin).groups == ("Liste A", "Liste B")


def test_an_address_on_one_line_is_an_address(admin: Member) -> None:
    """Typed after the name, it does not take the name's place."""
    admin.call("rat").press("Geschäftsstelle").type("Geschäftsstelle des Ausschusses")
    admin.type("Musterstraße 1, 45879 Gelsenkirchen")
    profile = profile_of(admin)
    assert profile.office_name == "Geschäftsstelle des Ausschusses"
    assert profile.office_address == "Musterstraße 1\n45879 Gelsenkirchen"


def test_an_operator_who_lost_the_seat_presses_on(admin: Member) -> None:
    """A card of the council, still open when the seat ended, leads to what operators have."""
    admin.call("rat")
    admin.state = replace(admin.state, standing=Standing(operator=True), council=None)
    admin.press("Weiter einrichten")
    assert "Neues Gremium anlegen" in admin.labels

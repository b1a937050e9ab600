"""Letters that start from the council in hand: few presses, nothing asked that admins keep."""

from dataclasses import replace
from datetime import date, time

import pytest

from conversations.agenda import Agenda, CouncilMeeting
from conversations.core import Member as Stored
from conversations.dialogues import Dialogues
from conversations.rules.answers import Filer, Meeting, Person
from conversations.rules.letter import Letter, plain
from conversations.rules.profile import Form, PaperKind, Signature
from conversations.standing import Badge, Role
from tests.conversations.agendas import meeting
from tests.conversations.walk import Member
from tests.conversations.writers import (
    BADGE,
    BARE,
    FULL,
    IN_A_KREIS,
    KREIS_KLEVE,
    ODD,
    RULE,
    amended,
    enter,
    seated,
)

MOST = 8


@pytest.fixture
def mehmet(dialogues: Dialogues) -> Member:
    """A member of a council that is set up in full, before the menu of papers."""
    return seated(dialogues, FULL)


def stored(member: Member) -> Stored:
    """The member as stored."""
    assert member.state.member is not None
    return member.state.member


def made(member: Member) -> Letter:
    """The letter ordered last."""
    return member.orders[-1].letter


def lines(texts: tuple[object, ...]) -> list[str]:
    """The letter's lines as text."""
    return [plain(text) for text in texts]  # type: ignore[arg-type]


def day(member: Member) -> Member:
    """Pick 14 January, 17:00, by presses from the recipient's card."""
    return member.press("Sitzung wählen").press("Jan").press("14").press("17:00")


def straight(member: Member) -> Member:
    """From the recipient's card to the letter."""
    return member.press("Gleich zur Durchsicht").press("Brief erstellen")


def through(member: Member) -> Member:
    """From the recipient's card over every card to the letter."""
    member.press("Stimmt, weiter")
    for label in ("Übernehmen", "Alle ", "Lang, so lassen", "So unterschreiben", "Brief erstellen"):
        if any(words.startswith(label) for words in member.labels):
            member.press(label)
    return member


# --- eight presses ------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", ["Anfrage", "Resolution"])
def test_a_first_letter_with_its_meeting_takes_eight_presses_at_most(
    mehmet: Member, paper: str
) -> None:
    """Paper, meeting, month, day, hour, review, make."""
    straight(day(mehmet.press(paper)))
    assert len(mehmet.orders) == 1
    assert mehmet.presses <= MOST


@pytest.mark.parametrize("paper", ["Anfrage", "Resolution"])
def test_a_first_letter_over_every_card_takes_eight_presses_at_most(
    mehmet: Member, paper: str
) -> None:
    """Nobody has to skip the cards to be quick."""
    through(mehmet.press(paper))
    assert len(mehmet.orders) == 1
    assert mehmet.presses <= MOST


@pytest.mark.parametrize("route", ["An die eigene", "An den Kreis"])
def test_both_routes_take_eight_presses_at_most(dialogues: Dialogues, route: str) -> None:
    """The question for the route is one more, once."""
    member = through(seated(dialogues, IN_A_KREIS).press("Anfrage").press(route))
    assert len(member.orders) == 1
    assert member.presses <= MOST


def test_the_own_route_with_its_meeting_takes_eight_presses(dialogues: Dialogues) -> None:
    """Also when route and meeting are both chosen."""
    member = straight(day(seated(dialogues, IN_A_KREIS).press("Anfrage").press("An die eigene")))
    assert len(member.orders) == 1
    assert member.presses <= MOST


def picked(member: Member) -> Meeting | None:
    """The meeting of the draft written last."""
    return member.state.drafts[0].answers.meeting


def meets(member: Member, *meetings: CouncilMeeting) -> Member:
    """The council has entered its meetings."""
    member.state = replace(member.state, agenda=Agenda(meetings=meetings))
    return member


def test_a_first_letter_for_a_known_meeting_takes_three_presses(mehmet: Member) -> None:
    """Paper, review, make: the next meeting is there already, with hour and place."""
    straight(meets(mehmet, meeting("2027-01-14", place="Rathaus")).press("Anfrage"))
    assert mehmet.presses == 3
    found = picked(mehmet)
    assert found == Meeting(day=date(2027, 1, 14), start=time(17), place="Rathaus")


def test_a_meeting_whose_deadline_is_over_is_not_proposed(mehmet: Member) -> None:
    """The next one in time is; nor is a cancelled one."""
    cancelled = meeting("2027-01-14", cancelled=True)
    meets(mehmet, meeting("2026-12-01"), cancelled, meeting("2027-03-11")).press("Anfrage")
    assert picked(mehmet) == Meeting(day=date(2027, 3, 11), start=time(17))


def test_a_letter_to_the_kreis_takes_no_meeting_of_the_town(dialogues: Dialogues) -> None:
    """The Kreis meets on other days."""
    member = meets(seated(dialogues, IN_A_KREIS), meeting("2027-01-14"))
    assert picked(member.press("Anfrage").press("An den Kreis")) is None


def test_the_councils_next_meetings_are_buttons(mehmet: Member) -> None:
    """One press picks day, hour and place."""
    meets(mehmet, meeting("2027-01-14"), meeting("2027-03-11", place="Rathaus")).press("Anfrage")
    mehmet.press("Andere Sitzung").press("Do 11.03.2027, 17:00 Uhr")
    assert picked(mehmet) == Meeting(day=date(2027, 3, 11), start=time(17), place="Rathaus")
    assert "Do 11.03.2027" in mehmet.html


def test_nothing_is_typed_on_the_way(mehmet: Member) -> None:
    """Every line the member sent is a press or the command."""
    straight(day(mehmet.press("Anfrage")))
    sent = [said for said in mehmet.said if said.startswith("> ")]
    assert all(said.startswith(("> [", "> /")) for said in sent)


def test_a_council_without_details_needs_no_more_presses(dialogues: Dialogues) -> None:
    """Members are not asked for what only their admins keep."""
    member = straight(day(seated(dialogues, BARE).press("Anfrage")))
    assert len(member.orders) == 1
    assert member.presses <= MOST


# --- what is taken over -------------------------------------------------------------------------


def test_draft_and_letter_belong_to_the_council(mehmet: Member) -> None:
    """So that the council keeps what was filed, and former members see it no more."""
    straight(mehmet.press("Anfrage"))
    assert mehmet.draft.council == "c1"
    assert mehmet.orders[0].council == "c1"


def test_the_sender_is_as_on_the_badge(mehmet: Member) -> None:
    """Name, function and list."""
    straight(mehmet.press("Anfrage"))
    assert lines(made(mehmet).signature) == ["Mehmet Kaya", "Mitglied, Liste Miteinander"]


def test_the_senders_own_address_is_remembered(mehmet: Member) -> None:
    """It is the person's, not the council's."""
    mehmet.press("Anfrage").press("Gleich").press("Etwas ändern").press("Absender")
    mehmet.press("Angaben ändern").press("Anschrift").type("Weg 1\n45879 Gelsenkirchen")
    mehmet.call("anfrage").press("Anfrage")
    assert mehmet.draft.answers.sender.address == "Weg 1\n45879 Gelsenkirchen"


def test_a_badge_without_a_name_asks_for_it_once(dialogues: Dialogues) -> None:
    """The name is kept for the next letter."""
    member = seated(dialogues, FULL, badge=Badge()).press("Anfrage").press("Stimmt").press("Über")
    member.press("Alle 7").press("Lang").press("Mehmet Kaya").call("anfrage").press("Anfrage")
    assert "Gleich zur Durchsicht" in member.labels


def test_the_rule_of_the_kind_of_paper_counts(dialogues: Dialogues) -> None:
    """A motion has another deadline than an inquiry, and its own section."""
    assert RULE.count is not None
    motion = replace(RULE, count=replace(RULE.count, number=10), section="§ 7 der Geschäftsordnung")
    profile = replace(FULL, rules={**FULL.rules, PaperKind.MOTION: motion})
    member = day(seated(dialogues, profile).press("Resolution"))
    assert "10. Tag vor der Sitzung" in member.html
    assert "§ 7 der Geschäftsordnung" in member.html


def test_the_day_of_checking_stands_on_the_card(mehmet: Member) -> None:
    """Everybody sees how old the check is."""
    day(mehmet.press("Anfrage"))
    assert "geprüft am 03.11.2026" in mehmet.html


def test_the_day_of_checking_stands_in_the_explanation(mehmet: Member) -> None:
    """Who asks how the deadline is counted sees it, too."""
    day(mehmet.press("Anfrage")).press("Wie gerechnet?")
    assert "Die Regel ist geprüft am 03.11.2026." in mehmet.html


def test_an_unchecked_rule_says_so(dialogues: Dialogues) -> None:
    """Without a day nobody compared it; the word is the council's, not the member's."""
    profile = replace(FULL, rules={PaperKind.INQUIRY: replace(RULE, checked=None)})
    member = day(seated(dialogues, profile).press("Anfrage"))
    assert "Tag vor der Sitzung, ungeprüft" in member.html


def test_a_rule_typed_for_this_letter_is_not_shown_as_checked(mehmet: Member) -> None:
    """The council's check says nothing about what the member typed."""
    day(mehmet.press("Anfrage")).press("Empfänger ändern").press("Abgabefrist").press("7 Tage")
    mehmet.press("Fertig")
    assert "nach Ihrer Angabe, ungeprüft" in mehmet.html


def test_the_next_letter_takes_the_meeting_ahead(mehmet: Member) -> None:
    """Two letters for one meeting ask for it once."""
    straight(day(mehmet.press("Anfrage"))).call("anfrage").press("Resolution")
    assert "14.01.2027, 17:00" in mehmet.html


def test_another_councils_meeting_is_not_taken(mehmet: Member) -> None:
    """A meeting belongs to one council."""
    straight(day(mehmet.press("Anfrage")))
    enter(mehmet, IN_A_KREIS, "c2")
    mehmet.call("anfrage").press("Anfrage").press("An die eigene")
    assert mehmet.draft.answers.meeting is None


def test_the_place_of_a_councils_letter_is_the_councils(mehmet: Member) -> None:
    """No button moves it to another municipality."""
    assert "Anderer Ort" not in mehmet.press("Anfrage").press("Empfänger ändern").labels


# --- what is missing ----------------------------------------------------------------------------


def test_what_is_missing_is_said_with_who_adds_it(dialogues: Dialogues) -> None:
    """A member is sent to the admin, and can fill it in for this letter."""
    member = seated(dialogues, BARE).press("Anfrage")
    assert "Vorsitz, Abgabefrist, E-Mail der Geschäftsstelle" in member.html
    assert "Ihr Ratsadmin unter /rat" in member.html


def test_an_admin_is_sent_to_the_profile(dialogues: Dialogues) -> None:
    """Who can enter it is not sent to somebody else."""
    member = seated(dialogues, BARE, role=Role.ADMIN).press("Anfrage")
    assert "Das ergänzen Sie unter /rat" in member.html


def test_a_full_profile_misses_nothing(mehmet: Member) -> None:
    """The line is not there for nothing."""
    assert "Noch nicht eingetragen" not in mehmet.press("Anfrage").html


def test_a_letter_to_the_kreis_misses_nothing_of_the_council(dialogues: Dialogues) -> None:
    """It has no meeting, no deadline, and goes past the council's chair."""
    member = seated(dialogues, replace(BARE, ags=IN_A_KREIS.ags)).press("Anfrage")
    assert "Noch nicht eingetragen" not in member.press("An den Kreis").html


def test_what_is_filled_in_counts_for_this_letter_only(dialogues: Dialogues) -> None:
    """The next letter starts from the profile again, and so does one without a council."""
    member = seated(dialogues, BARE).press("Anfrage").press("Empfänger ändern").press("Vorsitz")
    member.type("Frau Aylin Demir").call("anfrage").press("Anfrage")
    assert member.draft.answers.council.chair == Person()
    assert stored(member).council.chair == Person()


# --- routes -------------------------------------------------------------------------------------


def test_the_route_is_asked_once_per_paper(dialogues: Dialogues) -> None:
    """The second inquiry goes straight to its card."""
    member = seated(dialogues, IN_A_KREIS).press("Anfrage").press("An den Kreis")
    member.call("anfrage").press("Anfrage")
    assert "Kreis Steinfurt" in member.draft.title


def test_the_route_of_one_council_is_none_of_anothers(dialogues: Dialogues) -> None:
    """Each council's members decide for themselves."""
    member = seated(dialogues, IN_A_KREIS).press("Anfrage").press("An den Kreis")
    enter(member, IN_A_KREIS, "c2")
    assert "An wen soll der Brief gehen?" in member.call("anfrage").press("Anfrage").html


def test_a_letter_to_the_kreis_is_not_addressed_to_the_towns_head(dialogues: Dialogues) -> None:
    """The profile knows the mayor, not the Landrat."""
    member = seated(dialogues, IN_A_KREIS).press("Anfrage").press("An den Kreis")
    assert "Vogel" not in member.html
    assert "Landrat" in member.html


def test_the_head_of_the_kreis_is_known_in_the_next_letter(dialogues: Dialogues) -> None:
    """It is taken from the council's letter before."""
    member = seated(dialogues, IN_A_KREIS).press("Anfrage").press("An den Kreis")
    member.press("Empfänger ändern").press("Verwaltungsleitung").type("Frau Ada Beispiel")
    member.call("anfrage").press("Anfrage")
    assert "Landrätin" in member.html
    assert "Ada Beispiel" in member.html


def test_back_on_the_own_route_the_towns_head_is_there_again(dialogues: Dialogues) -> None:
    """Changing the route to and fro leaves nobody else's name."""
    member = seated(dialogues, IN_A_KREIS).press("Anfrage").press("An den Kreis")
    member.press("Empfänger ändern").press("Eigene Verwaltung").press("An die eigene")
    assert member.draft.answers.council.head.name == "Jens Vogel"
    assert member.draft.council == "c1"


def test_a_council_of_a_kreis_writes_to_its_own_head(dialogues: Dialogues) -> None:
    """There the profile's head is the head of the Kreis."""
    member = seated(dialogues, replace(FULL, ags=KREIS_KLEVE)).press("Anfrage")
    assert "An den Landrat des Kreises Kleve, Herrn Jens Vogel" in member.html


# --- forms, signature, number -------------------------------------------------------------------


def test_a_council_without_email_says_how_to_hand_in(dialogues: Dialogues) -> None:
    """On the first card and again when the letter is there."""
    member = seated(dialogues, ODD).press("Anfrage").press("An die eigene")
    way = "Abgabe mit der Post oder persönlich in der Geschäftsstelle, nicht per E-Mail."
    assert way in member.html
    assert way in straight(member).html


def test_no_email_address_where_email_does_not_count(dialogues: Dialogues) -> None:
    """Neither the e-mail draft nor the calendar sends anybody there."""
    rule = replace(RULE, forms=(Form.LETTER,))
    profile = replace(FULL, rules={PaperKind.INQUIRY: rule})
    member = straight(day(seated(dialogues, profile).press("Anfrage")))
    assert made(member).mail.to == ""
    assert not any("E-Mail" in entry.description for entry in made(member).calendar)
    assert "E-Mail der Geschäftsstelle" not in member.html


def test_a_needed_signature_is_named(dialogues: Dialogues) -> None:
    """The letter must not go out unsigned."""
    member = seated(dialogues, ODD).press("Anfrage").press("An die eigene")
    assert "muss unterschrieben sein" in member.html


def test_the_fraktions_chair_signs_only_for_the_fraktion(dialogues: Dialogues) -> None:
    """A member's own letter needs no other signature."""
    rule = replace(RULE, signature=Signature.GROUP_CHAIR)
    member = seated(dialogues, replace(FULL, rules={PaperKind.INQUIRY: rule})).press("Anfrage")
    assert "unterschreibt ihr Vorsitz" not in member.html
    member.press("Stimmt").press("Übernehmen").press("Alle 7").press("Lang").press("Für die Liste")
    member.press("So unterschreiben").press("Brief erstellen")
    assert "unterschreibt ihr Vorsitz" in member.html


def test_too_many_points_are_said_in_the_review(dialogues: Dialogues) -> None:
    """The council allows three, the letter has seven."""
    member = seated(dialogues, ODD).press("Anfrage").press("An die eigene").press("Gleich")
    assert "nur 3 Punkte je Brief" in member.html


# --- who files ----------------------------------------------------------------------------------


CHAIR = Badge(name="Aylin Demir", function="Vorsitzende")


def test_the_chair_writes_to_the_head_of_the_administration(dialogues: Dialogues) -> None:
    """A chair's own inquiry does not go to the chair."""
    member = seated(dialogues, FULL, badge=CHAIR).press("Anfrage")
    assert "An den Oberbürgermeister der Stadt Gelsenkirchen, Herrn Jens Vogel" in member.html
    assert lines(made(straight(member)).signature) == ["Aylin Demir", "Vorsitzende"]


def test_the_chairs_own_address_is_remembered(dialogues: Dialogues) -> None:
    """A chair who files is the person who writes."""
    member = seated(dialogues, FULL, badge=CHAIR).press("Anfrage").press("Gleich")
    member.press("Etwas ändern").press("Absender").press("Angaben ändern").press("E-Mail")
    member.type("a.demir@example.org").call("anfrage").press("Anfrage")
    assert member.draft.answers.sender.email == "a.demir@example.org"


def test_a_deputy_chair_is_no_chair(dialogues: Dialogues) -> None:
    """The function is read from its beginning."""
    deputy = replace(CHAIR, function="Stellvertretende Vorsitzende")
    member = seated(dialogues, FULL, badge=deputy).press("Anfrage")
    assert member.draft.answers.sender.filer is Filer.MEMBER


def test_the_chairs_resolution_goes_on_the_agenda(dialogues: Dialogues) -> None:
    """A motion is for the body itself."""
    member = seated(dialogues, FULL, badge=CHAIR).press("Resolution")
    assert member.draft.answers.sender.filer is Filer.MEMBER


def test_from_the_chair_back_to_oneself_the_badge_counts(mehmet: Member) -> None:
    """Function and list come back with the name."""
    mehmet.press("Anfrage").press("Stimmt").press("Übernehmen").press("Alle 7").press("Lang")
    mehmet.press("Der Vorsitz").press("Ich selbst")
    sender = mehmet.draft.answers.sender
    assert (sender.name, sender.function, sender.group) == (
        "Mehmet Kaya",
        BADGE.function,
        BADGE.group,
    )


def test_the_councils_lists_are_offered(dialogues: Dialogues) -> None:
    """One press takes the name, spelt as it shall be."""
    member = seated(dialogues, ODD, badge=replace(BADGE, group="")).press("Anfrage")
    member.press("An die eigene").press("Stimmt").press("Übernehmen").press("Alle 7").press("Lang")
    member.press("Für die Liste").press("Frauen & Männer")
    assert member.draft.answers.sender.group == "Frauen & Männer <gemeinsam>"


def test_a_list_that_is_gone_is_not_taken_for_another(dialogues: Dialogues) -> None:
    """The admins changed the lists while the card was open."""
    member = seated(dialogues, FULL, badge=replace(BADGE, group="")).press("Anfrage")
    member.press("Stimmt").press("Übernehmen").press("Alle 7").press("Lang").press("Für die Liste")
    amended(member, replace(FULL, groups=("Ganz andere", *FULL.groups[1:])))
    member.press("Liste Miteinander")
    assert member.draft.answers.sender.group == ""
    assert "Ganz andere" in member.labels

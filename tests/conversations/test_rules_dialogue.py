"""A council's rules in the chat: shown in words with an example, changed part by part."""

import random
from dataclasses import replace
from datetime import date, time

import pytest

from conversations.deeds import Amend
from conversations.dialogues import Dialogues
from conversations.events import Pressed, Resumed
from conversations.flows.council import rule_answers, rules
from conversations.rules.answers import FilingRule, Meeting, Person, Unit
from conversations.rules.profile import CouncilRule, Form, NamedBody, PaperKind, Profile, Signature
from conversations.standing import Role, Standing
from tests.conversations.councils import meanwhile, profile_of, seated
from tests.conversations.test_any_way import LEAVING, assert_fits
from tests.conversations.walk import Member

COLOGNE = CouncilRule(
    count=FilingRule(number=10, unit=Unit.WORKING, cutoff=time(12)),
    section="§ 4 der Geschäftsordnung",
    checked=date(2026, 11, 3),
)


def at_rules(dialogues: Dialogues, role: Role = Role.ADMIN, **known: CouncilRule) -> Member:
    """A person of a council with these rules, on the card with all of them."""
    profile = Profile(ags="05122000", rules={PaperKind(k): rule for k, rule in known.items()})
    return seated(dialogues, profile, role).call("rat").press("Fristen und Regeln")


def rule(member: Member, kind: PaperKind = PaperKind.INQUIRY) -> CouncilRule:
    """The rule as stored."""
    return profile_of(member).rules[kind]


def faster(member: Member, new: CouncilRule) -> None:
    """Another admin changes the rule for inquiries."""
    meanwhile(member, rules={**profile_of(member).rules, PaperKind.INQUIRY: new})


@pytest.fixture
def admin(dialogues: Dialogues) -> Member:
    """A Ratsadmin of a council without rules, at the rule for inquiries."""
    return at_rules(dialogues).press("Anfragen")


@pytest.fixture
def cologne(dialogues: Dialogues) -> Member:
    """A Ratsadmin at a rule of ten working days until noon."""
    return at_rules(dialogues, anfrage=COLOGNE).press("Anfragen")


def test_a_number_of_days_is_two_presses(admin: Member) -> None:
    """«Frist», «21 Tage»: the rule is there."""
    admin.press("Frist").press("21 Tage")
    assert rule(admin).count == FilingRule(number=21)


def test_the_deed_names_the_rule(admin: Member) -> None:
    """The audit log says which rule was changed, and on which revision it was decided."""
    admin.press("Frist").press("21 Tage")
    assert admin.last is not None
    (deed,) = admin.last.deeds
    assert isinstance(deed, Amend)
    assert (deed.what, deed.revision) == ("rule:anfrage", 1)


def test_a_rule_is_typed_as_people_say_it(admin: Member) -> None:
    """Right on the card of the rule, everything in one sentence."""
    admin.type("10 Arbeitstage, 12 Uhr, 24. und 31.12. nicht")
    wanted = FilingRule(number=10, unit=Unit.WORKING, cutoff=time(12), eves=True)
    assert rule(admin).count == wanted


def test_a_bare_number_on_the_card_is_no_rule(cologne: Member) -> None:
    """Who types 2 means the second button."""
    cologne.type("2")
    assert "Bis zu welcher Uhrzeit" in cologne.html


def test_the_unit_changes_and_the_number_stays(cologne: Member) -> None:
    """Ten working days become ten weekdays, noon stays noon."""
    cologne.press("Frist").press("Werktage")
    assert rule(cologne).count == FilingRule(number=10, unit=Unit.WEEKDAY, cutoff=time(12))


def test_what_counts_is_switched_one_by_one(cologne: Member) -> None:
    """Erftstadt's way: both ends count, the eves are free, a day off moves earlier."""
    cologne.press("Was zählt mit?").press("☐ Sitzungstag").press("☐ 24. und 31.12.")
    cologne.press("☐ Freier Tag").press("☑ Abgabetag").press("☑ Feiertage").press("Fertig")
    assert rule(cologne).count == FilingRule(
        number=10,
        unit=Unit.WORKING,
        cutoff=time(12),
        filing_day=False,
        meeting_day=True,
        holidays=False,
        eves=True,
        earlier=True,
    )


def test_switches_that_change_nothing_are_not_shown(admin: Member) -> None:
    """Calendar days know no holidays, unless a day off moves."""
    admin.type("14 Tage").press("Was zählt mit?")
    assert not any("Feiertage" in label for label in admin.labels)
    admin.press("☐ Freier Tag")
    assert any("Feiertage" in label for label in admin.labels)


def test_every_other_part_has_its_own_card(admin: Member) -> None:
    """Forms, signature, limit, section and basis, then the day it was compared."""
    admin.press("Abgabe").press("☐ Per E-Mail").press("☐ Per Brief").press("Fertig")
    admin.press("Unterschrift").press("Wer einreicht")
    admin.press("Höchstzahl").type("höchstens 4")
    admin.press("Vorschrift").type("§ 5 Abs. 1 der Geschäftsordnung")
    admin.press("Grundlage").press("Auskunft der Geschäftsstelle")
    admin.press("Geprüft?").press("Heute")
    assert rule(admin) == CouncilRule(
        forms=(Form.EMAIL, Form.LETTER),
        signature=Signature.FILER,
        most_questions=4,
        section="§ 5 Abs. 1 der Geschäftsordnung",
        basis="Auskunft der Geschäftsstelle",
        checked=date(2026, 11, 22),
    )


def test_a_typed_day_of_checking_is_taken(cologne: Member) -> None:
    """A day of the past, as people write it."""
    cologne.press("Geprüft?").type("10.11.2026")
    assert rule(cologne).checked == date(2026, 11, 10)


def test_an_hour_is_typed_or_taken_away(cologne: Member) -> None:
    """«10:30» sets it, «Ganzer Tag» removes it."""
    cologne.press("Uhrzeit").type("10:30 Uhr")
    assert rule(cologne).count == FilingRule(number=10, unit=Unit.WORKING, cutoff=time(10, 30))
    cologne.press("Uhrzeit").press("Ganzer Tag")
    assert rule(cologne).count == FilingRule(number=10, unit=Unit.WORKING)


def test_a_changed_rule_is_unchecked_again(cologne: Member) -> None:
    """Nobody has compared the new number with the Geschäftsordnung."""
    cologne.press("Frist").press("14 Tage")
    assert rule(cologne).checked is None
    assert "wieder als ungeprüft" in cologne.html


def test_the_card_says_the_rule_with_an_example(cologne: Member) -> None:
    """In words, with a meeting in two months and the days that were left out."""
    assert "10. Arbeitstag vor der Sitzung, bis 12:00 Uhr" in cologne.html
    assert "geprüft am 03.11.2026" in cologne.html
    assert "Sitzung am Do 21.01.2027" in cologne.html
    assert "Do 07.01.2027, 12:00 Uhr" in cologne.html
    assert "Samstage und Sonntage" in cologne.html


def test_the_example_is_the_next_meeting_when_one_is_known(cologne: Member) -> None:
    """The day people have in mind."""
    assert cologne.state.member is not None
    known = replace(cologne.state.member, meeting=Meeting(day=date(2027, 1, 14)))
    cologne.state = replace(cologne.state, member=known)
    cologne.send(Resumed())
    assert "Sitzung am Do 14.01.2027" in cologne.html
    assert "Neujahr (01.01.)" in cologne.html


def test_motions_take_the_rule_for_inquiries_over(cologne: Member) -> None:
    """One press; whether it is so for motions, too, nobody has checked."""
    cologne.press("Alle Regeln").press("Anträge").press("Wie bei Anfragen")
    assert rule(cologne, PaperKind.MOTION) == replace(COLOGNE, checked=None)


def test_an_invitation_is_sent_not_filed(dialogues: Dialogues) -> None:
    """Its card has no form and no signature, and speaks of the day of sending."""
    counted = CouncilRule(count=FilingRule(number=12, meeting_day=True))
    member = at_rules(dialogues, einladung=counted).press("Einladungen")
    assert "Sendetag und Sitzungstag mitgezählt" in member.html
    assert not {"Abgabe", "Unterschrift", "Höchstzahl Fragen"} & set(member.labels)


def test_members_look_and_change_nothing(dialogues: Dialogues) -> None:
    """The whole card, no button that changes it; a typed rule is no answer either."""
    member = at_rules(dialogues, Role.MEMBER, anfrage=COLOGNE).press("Anfragen")
    assert member.labels == ["Alle Regeln", "Zurück", "Abbrechen", "Hilfe"]
    member.type("14 Tage")
    assert rule(member) == COLOGNE


def test_who_is_no_admin_any_more_changes_nothing(cologne: Member) -> None:
    """The role may go while a question is open: then the profile is shown."""
    cologne.press("Uhrzeit")
    (seat,) = cologne.state.standing.seats
    cologne.state = replace(
        cologne.state, standing=Standing(seats=(replace(seat, role=Role.MEMBER),))
    )
    cologne.type("15 Uhr")
    assert rule(cologne) == COLOGNE
    assert "Fristen und Regeln" in cologne.labels


def test_the_second_of_two_admins_sees_what_changed(cologne: Member) -> None:
    """The same part: nothing is overwritten, both answers stand side by side."""
    cologne.press("Frist")
    faster(cologne, replace(COLOGNE, count=FilingRule(number=14, cutoff=time(12))))
    cologne.press("21 Tage")
    assert rule(cologne).count == FilingRule(number=14, cutoff=time(12))
    assert "14. Tag vor der Sitzung" in cologne.html
    assert "21. Tag vor der Sitzung" in cologne.html


def test_the_second_of_two_admins_can_take_the_own_answer(cologne: Member) -> None:
    """On top of what the other one said."""
    cologne.press("Frist")
    faster(cologne, replace(COLOGNE, count=FilingRule(number=14)))
    cologne.press("21 Tage").press("Meine Angabe nehmen")
    assert rule(cologne).count == FilingRule(number=21)


def test_the_second_of_two_admins_can_leave_it(cologne: Member) -> None:
    """«So lassen» keeps the other one's answer."""
    cologne.press("Frist")
    faster(cologne, replace(COLOGNE, count=FilingRule(number=14)))
    cologne.press("21 Tage").press("So lassen")
    assert rule(cologne).count == FilingRule(number=14)


def test_the_own_answer_leaves_the_other_ones_parts(cologne: Member) -> None:
    """Two admins at two parts of a rule: the second takes the own part on the newest rule."""
    cologne.press("Frist")
    faster(cologne, replace(COLOGNE, signature=Signature.FILER))
    cologne.press("21 Tage").press("Meine Angabe nehmen")
    assert rule(cologne).signature is Signature.FILER
    assert rule(cologne).count == FilingRule(number=21, cutoff=time(12))


def test_another_rule_changed_meanwhile_disturbs_nobody(cologne: Member) -> None:
    """The rule for motions is a part of its own."""
    cologne.press("Frist")
    meanwhile(cologne, rules={**profile_of(cologne).rules, PaperKind.MOTION: COLOGNE})
    cologne.press("21 Tage")
    assert rule(cologne).count == FilingRule(number=21, cutoff=time(12))
    assert rule(cologne, PaperKind.MOTION) == COLOGNE


def test_the_same_answer_twice_is_no_conflict(cologne: Member) -> None:
    """Both admins said 21 days."""
    cologne.press("Frist")
    faster(cologne, replace(COLOGNE, count=FilingRule(number=21, cutoff=time(12))))
    cologne.press("21 Tage")
    assert "schneller" not in cologne.html


@pytest.mark.parametrize("text", ["0", "51", "viele", "1 bis 3"])
def test_a_limit_that_is_no_number_is_asked_again(admin: Member, text: str) -> None:
    """One clear sentence, nothing stored."""
    admin.press("Höchstzahl").type(text)
    assert "eine Zahl von 1 bis 50" in admin.html


def test_back_leads_to_the_rule(cologne: Member) -> None:
    """From each part."""
    for label in ("Frist", "Was zählt mit?", "Vorschrift", "Geprüft?"):
        cologne.press(label).press("Zurück")
        assert "Regel für Anfragen" in cologne.html


def test_the_set_up_ends_with_the_rules(dialogues: Dialogues) -> None:
    """The last of six parts: a rule, «Alle Regeln», «Fertig»."""
    council = Profile(
        ags="05122000",
        bodies=(NamedBody(name="Integrationsrat"),),
        chair=Person(name="Aylin Demir"),
        head=Person(name="Jens Vogel"),
        office_email="office@example.org",
        groups=("Miteinander",),
    )
    member = seated(dialogues, council).call("rat").press("Weiter einrichten")
    assert "Angabe 6 von 6" in member.html
    member.press("Anfragen").type("21 Tage").press("Alle Regeln").press("Fertig")
    assert member.state.position is not None
    assert member.state.position.step == "profile"


WORDS = (
    "21 Tage",
    "10 Arbeitstage, 12 Uhr",
    "3",
    "§ 4",
    "31.2.",
    "heute",
    "x" * 400,
    "🎉",
    "12:30",
)


def test_random_admins_reach_every_card_of_the_rules(dialogues: Dialogues) -> None:
    """Whatever they press and type is answered within Telegram's limits."""
    every = set(rules.STEPS) | set(rule_answers.STEPS)
    away = (*LEAVING, "status", "reminders")
    reached: set[str] = set()
    for seed in range(60):
        chance = random.Random(seed)
        known = {"anfrage": COLOGNE} if seed % 2 else {}
        member = at_rules(dialogues, **known)
        for _ in range(60):
            assert member.screen is not None
            ways = [b for row in member.screen.rows for b in row if not b[1].endswith(away)]
            if ways and chance.random() < 0.8:
                member.send(Pressed(data=chance.choice(ways)[1]))
            else:
                member.type(chance.choice(WORDS))
            assert_fits(member)
            assert member.state.position is not None
            reached.add(member.state.position.step)
    assert every - reached == set()

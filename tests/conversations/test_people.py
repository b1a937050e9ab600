"""The people of a council in the chat: roles, removal, takeover, end of term, leaving."""

from dataclasses import replace

import pytest

from conversations.core import Position
from conversations.deeds import Appoint, EndTerm, Leave, Remove, TakeOver
from conversations.dialogues import Dialogues
from conversations.events import Pressed, Resumed
from conversations.standing import PersonId, Role, Standing
from tests.conversations.chamber import (
    AYLIN,
    ELSEWHERE,
    JENS,
    ME,
    THERE,
    colleague,
    deeds,
    meanwhile,
    official,
)
from tests.conversations.councils import COUNCIL
from tests.conversations.test_any_way import assert_fits
from tests.conversations.walk import Member


@pytest.fixture
def admin(dialogues: Dialogues) -> Member:
    """The only Ratsadmin, with Aylin Demir and Jens Vogel."""
    return official(dialogues)


def test_the_list_says_who_is_who(dialogues: Dialogues) -> None:
    """Name, role and function of each, and who is out of reach."""
    away = colleague(13, "Olga Petrova", admin=True, reachable=False)
    admin = official(dialogues, away, AYLIN).call("personen")
    assert "Mehmet Kaya (Sie) – Ratsadmin" in admin.html
    assert "Olga Petrova – Ratsadmin · ⚠ nicht erreichbar" in admin.html
    assert "Aylin Demir – Vorsitzende" in admin.html


def test_a_person_without_a_name_yet_can_be_chosen(dialogues: Dialogues) -> None:
    """Somebody who has just joined stands there with a neutral word."""
    admin = official(dialogues, colleague(13)).call("personen").press("Ohne Namen")
    assert "Ohne Namen" in admin.html


def test_a_hundred_people_stand_on_pages(dialogues: Dialogues) -> None:
    """The last one is found by turning pages, and every page fits into a message."""
    crowd = [colleague(100 + n, f"{'Ä' * 200} {n}", function="F" * 300) for n in range(100)]
    admin = official(dialogues, *crowd, JENS).call("personen")
    while not any("Jens" in label for label in admin.labels):
        assert_fits(admin)
        admin.press(next(label for label in admin.labels if label.endswith("›")))
    assert "Jens Vogel" in admin.html


def test_a_typed_tag_is_shown_as_typed(dialogues: Dialogues) -> None:
    """A name is a value, never markup."""
    admin = official(dialogues, colleague(13, "<b>Eva</b>")).call("personen")
    assert "&lt;b&gt;Eva&lt;/b&gt;" in admin.html


def test_somebody_becomes_ratsadmin_at_one_press(admin: Member) -> None:
    """The deed names council, person and role; the card shows it done."""
    admin.call("personen").press("Aylin Demir").press("Zum Ratsadmin machen")
    assert deeds(admin) == (Appoint(council=COUNCIL, person=AYLIN.person, role=Role.ADMIN),)
    assert "Jetzt Ratsadmin: Aylin Demir" in admin.html
    assert "Nicht mehr Ratsadmin" in admin.labels


def test_a_role_that_another_admin_gave_meanwhile_is_shown(admin: Member) -> None:
    """Nothing is done twice; the card says what is so."""
    admin.call("personen").press("Aylin Demir")
    meanwhile(admin, ME, replace(AYLIN, role=Role.ADMIN)).press("Zum Ratsadmin machen")
    assert deeds(admin) == ()
    assert "Nicht mehr Ratsadmin" in admin.labels


def test_the_only_ratsadmin_is_warned_before_stepping_down(admin: Member) -> None:
    """Who could not be replaced hears it first, and nothing happened yet."""
    admin.call("personen").press("Mehmet Kaya").press("Rolle als Ratsadmin abgeben")
    assert "Außer Ihnen ist kein Ratsadmin erreichbar" in admin.html
    assert deeds(admin) == ()


@pytest.mark.parametrize(("reachable", "warned"), [(True, False), (False, True)])
def test_a_ratsadmin_out_of_reach_does_not_count(
    dialogues: Dialogues, reachable: bool, warned: bool
) -> None:
    """Another admin helps only who can be reached."""
    other = colleague(13, "Olga Petrova", admin=True, reachable=reachable)
    admin = official(dialogues, other).call("personen").press("Mehmet Kaya").press("Rolle als")
    assert ("⚠" in admin.html) is warned


def test_stepping_down_closes_the_desk(admin: Member) -> None:
    """After it the person is a member, and /personen is a command like any unknown one."""
    admin.call("personen").press("Mehmet Kaya").press("Rolle als").press("Ja")
    assert deeds(admin) == (Appoint(council=COUNCIL, person=ME.person, role=Role.MEMBER),)
    admin.call("personen")
    assert "kenne ich nicht" in admin.html


def test_a_removal_is_asked_and_explained(admin: Member) -> None:
    """What goes and what stays is said before anything happens."""
    admin.call("personen").press("Jens Vogel").press("Aus dem Gremium nehmen")
    assert "30 Tagen" in admin.html
    assert deeds(admin) == ()
    admin.press("Nein")
    assert deeds(admin) == ()


def test_a_removed_person_is_off_the_list(admin: Member) -> None:
    """The seat ends by the second press."""
    admin.call("personen").press("Jens Vogel").press("Aus dem Gremium").press("Ja")
    assert deeds(admin) == (Remove(council=COUNCIL, person=JENS.person),)
    assert not any("Jens" in label for label in admin.labels)


def test_oneself_is_not_removed_but_leaves(admin: Member) -> None:
    """On one's own card there is leaving, which warns, instead of removing."""
    admin.call("personen").press("Mehmet Kaya")
    assert "Aus dem Gremium nehmen" not in admin.labels
    admin.press("Gremium verlassen")
    assert "Dieses Gremium verlassen?" in admin.html


@pytest.mark.parametrize(
    "way",
    [
        ("Jens",),
        ("Jens", "Aus dem"),
        ("Jens", "Neues"),
        ("Jens", "Neues", "Aylin"),
        ("Aylin", "Neues", "Jens"),
    ],
    ids=" ".join,
)
def test_somebody_who_left_meanwhile_is_said_to_be_gone(
    admin: Member, way: tuple[str, ...]
) -> None:
    """At every step about Jens, with every button, when another admin removed him meanwhile."""
    admin.call("personen")
    for label in way:
        admin.press(label)
    assert admin.screen is not None
    for data in [data for row in admin.screen.rows for _, data in row]:
        twin = replace(admin, said=[], orders=[], delivered=[])
        meanwhile(twin, ME, AYLIN).send(Pressed(data=data))
        assert not any(getattr(deed, "person", None) == JENS.person for deed in deeds(twin))
        assert not any(isinstance(deed, TakeOver) for deed in deeds(twin))
    meanwhile(admin, ME, AYLIN).send(Resumed())
    assert "nicht mehr an" in admin.html or "kein anderes Konto" in admin.html


def test_a_new_account_takes_over_after_both_names_were_shown(admin: Member) -> None:
    """Old and new stand on the card before role, drafts and letters move."""
    admin.call("personen").press("Aylin Demir").press("Neues Telegram-Konto").press("Jens Vogel")
    assert "Bisher: Aylin Demir" in admin.html
    assert "Neu: Jens Vogel" in admin.html
    assert deeds(admin) == ()
    admin.press("Ja")
    assert deeds(admin) == (TakeOver(council=COUNCIL, old=AYLIN.person, new=JENS.person),)
    assert [c.badge.name for c in admin.state.desk.colleagues].count("Aylin Demir") == 1


def test_nobody_takes_others_letters_to_the_own_account(admin: Member) -> None:
    """The admin who confirms is none of the new accounts to choose from."""
    admin.call("personen").press("Aylin Demir").press("Neues Telegram-Konto")
    assert not any("Mehmet" in label for label in admin.labels)


def test_the_latest_to_join_is_proposed_first(admin: Member) -> None:
    """A new account has just joined."""
    admin.call("personen").press("Mehmet Kaya").press("Neues Telegram-Konto")
    assert admin.labels[:2] == ["Jens Vogel", "Aylin Demir"]


def test_an_admin_moves_to_the_own_new_account(admin: Member) -> None:
    """The old account has no seat after it, and no desk."""
    admin.call("personen").press("Mehmet Kaya").press("Neues").press("Jens").press("Ja")
    assert admin.state.standing.seats == ()
    admin.call("personen")
    assert "kenne ich nicht" in admin.html


def test_the_end_of_a_term_is_confirmed_with_the_count(admin: Member) -> None:
    """Who stays is ticked; a second card says how many lose their access; then it happens."""
    admin.call("personen").press("Amtszeit beenden").press("☐ Aylin Demir")
    assert "Es bleiben: 2 · Es gehen: 1" in admin.html
    admin.press("Weiter")
    assert "1 Person verliert sofort den Zugang" in admin.html
    assert "Sie, Aylin Demir" in admin.html
    assert deeds(admin) == ()
    admin.press("Ja")
    assert deeds(admin) == (EndTerm(council=COUNCIL, stay=(PersonId(7), AYLIN.person)),)
    assert [c.person for c in admin.state.desk.colleagues] == [PersonId(7), AYLIN.person]


def test_a_tick_can_be_taken_back(admin: Member) -> None:
    """The box of a person toggles."""
    admin.call("personen").press("Amtszeit beenden").press("☐ Aylin").press("☑ Aylin")
    assert "Es bleiben: 1 · Es gehen: 2" in admin.html


def test_a_tick_is_kept_over_the_pages(dialogues: Dialogues) -> None:
    """Who was ticked on the first page stays ticked on the second."""
    crowd = [colleague(100 + n, f"Person {n}") for n in range(12)]
    admin = official(dialogues, *crowd).call("personen").press("Amtszeit").press("☐ Person 0")
    admin.press("9–12 ›").press("☐ Person 11").press("‹ 1–8")
    assert "☑ Person 0" in admin.labels
    assert "Es bleiben: 3" in admin.html


def test_nothing_ends_when_all_stay(admin: Member) -> None:
    """Without anybody to go there is no button on."""
    admin.call("personen").press("Amtszeit").press("☐ Aylin").press("☐ Jens")
    assert "Weiter" not in admin.labels


def test_somebody_who_joined_meanwhile_is_counted_again(admin: Member) -> None:
    """Nobody loses a seat who was not in the count that was confirmed."""
    admin.call("personen").press("Amtszeit").press("☐ Aylin").press("Weiter")
    meanwhile(admin, ME, AYLIN, JENS, colleague(13, "Olga Petrova")).press("Ja")
    assert deeds(admin) == ()
    assert "2 Personen verlieren sofort den Zugang" in admin.html
    admin.press("Ja")
    assert len(deeds(admin)) == 1


def test_a_member_leaves_after_one_question(dialogues: Dialogues) -> None:
    """Without any warning about admins, and home afterwards."""
    member = official(dialogues, role=Role.MEMBER).call("wechseln").press("Gremium verlassen")
    assert "⚠" not in member.html
    member.press("Ja")
    assert deeds(member) == (Leave(council=COUNCIL),)
    assert member.state.standing.seats == ()


def test_the_only_ratsadmin_is_told_before_leaving(admin: Member) -> None:
    """That the operators can name another one, and that staying is possible."""
    admin.call("wechseln").press("Gremium verlassen")
    assert "Betreiber-Team einen neuen Ratsadmin" in admin.html
    admin.press("Nein")
    assert deeds(admin) == ()


def test_leaving_one_of_two_councils_takes_the_other_in_hand(dialogues: Dialogues) -> None:
    """What was loaded of the council that was left is not shown any more."""
    member = official(dialogues, role=Role.MEMBER, seats=[ELSEWHERE]).call("wechseln")
    member.press("Gremium verlassen").press("Ja")
    assert member.state.seat is not None
    assert member.state.seat.council == THERE


def test_a_switch_takes_the_other_council_in_hand(dialogues: Dialogues) -> None:
    """The one in hand is marked; after the press it is the other one."""
    member = official(dialogues, seats=[ELSEWHERE]).call("wechseln")
    assert member.labels[:2] == ["● Stadt Gelsenkirchen", "Stadt Solingen"]
    member.press("Stadt Solingen")
    assert member.state.member is not None
    assert member.state.member.active == THERE


def test_after_a_switch_nothing_of_the_other_council_is_shown(dialogues: Dialogues) -> None:
    """The card that follows in the same turn names the new one, and offers no desk of the old."""
    member = official(dialogues, seats=[ELSEWHERE]).call("wechseln").press("Stadt Solingen")
    assert "Stadt Solingen" in member.html
    assert "Gelsenkirchen" not in member.html
    assert not any("Personen" in label for label in member.labels)


def test_a_switch_to_a_seat_that_ended_changes_nothing(dialogues: Dialogues) -> None:
    """The other council's admin was faster; the card shows what is left."""
    member = official(dialogues, seats=[ELSEWHERE]).call("wechseln")
    standing = Standing(seats=member.state.standing.seats[:1])
    member.state = replace(member.state, standing=standing)
    member.press("Stadt Solingen")
    assert "Stadt Solingen" not in member.labels


def test_being_admin_elsewhere_opens_no_desk_here(dialogues: Dialogues) -> None:
    """The role counts in the council in hand only."""
    elsewhere = replace(ELSEWHERE, role=Role.ADMIN)
    member = official(dialogues, role=Role.MEMBER, seats=[elsewhere]).call("personen")
    assert "kenne ich nicht" in member.html


@pytest.mark.parametrize("command", ["personen", "einladen", "protokoll"])
def test_c09_a_member_gets_no_hint_of_the_admins_commands(
    dialogues: Dialogues, command: str
) -> None:
    """The answer is the one of a command that does not exist, with the member's own card."""
    member = official(dialogues, role=Role.MEMBER).call(command)
    unknown = official(dialogues, role=Role.MEMBER).call("x" * len(command))
    assert member.html.replace(command, "") == unknown.html.replace("x" * len(command), "")
    assert member.labels == unknown.labels


def test_who_lost_the_role_meanwhile_comes_home(admin: Member) -> None:
    """A press on the people's card of before does nothing and shows what is open now."""
    admin.call("personen").press("Jens Vogel").press("Aus dem Gremium")
    seats = tuple(replace(seat, role=Role.MEMBER) for seat in admin.state.standing.seats)
    admin.state = replace(admin.state, standing=Standing(seats=seats))
    admin.press("Ja")
    assert deeds(admin) == ()
    assert isinstance(admin.state.position, Position)
    assert admin.state.position.flow == "home"


def test_two_of_the_same_name_are_told_apart(dialogues: Dialogues) -> None:
    """The old and the new account of a person bear a number, the older one the first."""
    old, new = colleague(11, "Aylin Demir"), colleague(12, "Aylin Demir")
    admin = official(dialogues, new, old).call("personen")
    assert "• Aylin Demir (1)" in admin.html and "• Aylin Demir (2)" in admin.html
    admin.press("Aylin Demir (2)").press("Aus dem Gremium nehmen").press("Ja")
    assert [deed.person for deed in deeds(admin) if isinstance(deed, Remove)] == [12]


def test_the_role_is_not_said_twice(dialogues: Dialogues) -> None:
    """A member whose function is "Mitglied" is one once."""
    member = colleague(11, "Aylin Demir", function="Mitglied")
    admin = official(dialogues, member).call("personen").press("Aylin Demir")
    assert admin.html.count("Mitglied") == 1

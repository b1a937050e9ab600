"""Settings of reminders, of a council and of a person."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from conversations.dialogues import Dialogues
from conversations.rules.reminding import OwnReminding, ReminderKind, Reminding
from conversations.standing import Role
from tests.conversations.agendas import at
from tests.conversations.councils import changed, meanwhile, profile_of
from tests.conversations.facing import deeds, facing, later
from tests.conversations.walk import NOW, Member


@pytest.fixture
def admin(dialogues: Dialogues) -> Member:
    """An admin at the council's settings."""
    return facing(dialogues).call("rat").press("Erinnerungen")


@pytest.fixture
def own(dialogues: Dialogues) -> Member:
    """A member at the own settings."""
    return facing(dialogues, role=Role.MEMBER).call("einstellungen").press("Erinnerungen")


def mine(member: Member) -> OwnReminding:
    """The person's settings as they are stored."""
    assert member.state.member is not None
    return member.state.member.reminding


def test_a_kind_is_switched_with_one_press(admin: Member) -> None:
    """Off, and on again."""
    admin.press("☑ Tagesordnung")
    assert changed(admin) == ["reminding"]
    assert ReminderKind.AGENDA not in profile_of(admin).reminding.kinds
    admin.press("☐ Tagesordnung")
    assert profile_of(admin).reminding == Reminding()


def test_days_fall_and_keep_one(admin: Member) -> None:
    """At most four, at least one."""
    admin.press("Tage vor der Frist").press("☐ 7 Tage")
    assert profile_of(admin).reminding.days == (14, 7, 3, 1)
    admin.press("☐ 21 Tage")
    assert "mehr als 4" in admin.html
    for label in ("☑ 14 Tage", "☑ 7 Tage", "☑ 3 Tage", "☑ 1 Tag"):
        admin.press(label)
    assert profile_of(admin).reminding.days == (1,)


def test_the_hour_lies_in_the_day(admin: Member) -> None:
    """Between eight and twenty."""
    admin.press("Uhrzeit")
    assert (admin.labels[0], admin.labels[11]) == ("08:00 Uhr", "19:00 Uhr")
    assert profile_of(admin.press("18:00")).reminding.at == time(18)


def test_members_read_the_council_s_settings(dialogues: Dialogues) -> None:
    """What is switched on, without a switch."""
    member = facing(dialogues, role=Role.MEMBER).call("rat").press("Erinnerungen")
    assert "Tage vor der Abgabefrist: 14, 3 und 1" in member.html
    assert member.labels == ["Nur für mich", "Zum Anfang"]


def test_two_admins_at_the_settings_see_both(admin: Member) -> None:
    """Nothing is overwritten unseen."""
    meanwhile(admin, reminding=Reminding(at=time(17)))
    admin.press("☑ Tagesordnung")
    assert "Jemand anders war gerade schneller" in admin.html
    assert "17:00 Uhr" in admin.html
    admin.press("Meine Angabe nehmen")
    assert profile_of(admin).reminding.at == time(17)
    assert ReminderKind.AGENDA not in profile_of(admin).reminding.kinds


def test_an_admin_no_more_changes_nothing(admin: Member) -> None:
    """Rights lost at the hours: the settings are shown, nothing is stored."""
    admin.press("Uhrzeit")
    (seat,) = admin.state.standing.seats
    standing = replace(admin.state.standing, seats=(replace(seat, role=Role.MEMBER),))
    admin.state = replace(admin.state, standing=standing)
    admin.press("18:00")
    assert deeds(admin) == ()


def test_a_member_hears_nothing_in_private_unless_wanted(own: Member) -> None:
    """Members choose it, admins have it."""
    assert "erinnere ich Sie nicht" in own.html
    own.press("Auch privat erinnern")
    assert mine(own).private is True


def test_an_admin_hears_by_role(admin: Member) -> None:
    """Until it is switched off."""
    admin.press("Nur für mich")
    assert "voreingestellt" in admin.html
    admin.press("Nicht mehr privat")
    assert mine(admin).private is False


def test_a_pause_ends_on_its_day(own: Member) -> None:
    """From the local midnight on reminders come again, and the card says no pause any more."""
    own.press("Pause machen").press("Eine Woche")
    assert mine(own).paused == at("2026-11-29", 0)
    assert "Pause bis So 29.11.2026" in own.html
    later(own, NOW + timedelta(days=8))
    assert "Pause bis" not in own.call("einstellungen").press("Erinnerungen").html


def test_a_pause_can_end_now(own: Member) -> None:
    """One press."""
    own.press("Pause machen").type("1.2.2027").press("Pause beenden")
    assert mine(own).paused is None


def test_quiet_hours_only_grow(own: Member) -> None:
    """The night is quiet for everybody."""
    own.press("Ruhe ab").press("18:00").press("Ruhe bis").press("10:00")
    assert (mine(own).quiet_from, mine(own).quiet_to) == (time(18), time(10))


def test_who_stopped_all_messages_is_told(own: Member) -> None:
    """A setting that has no effect says so."""
    own.call("stopp").call("einstellungen").press("Erinnerungen")
    assert "ganz abgestellt" in own.html


def test_broadcasts_are_switched_with_one_press(own: Member) -> None:
    """Off, and on again; reminders stay as they are."""
    own.press("Keine Rundrufe mehr")
    assert mine(own) == OwnReminding(broadcasts=False)
    assert "Rundrufe bekommen Sie nicht." in own.html
    own.press("Wieder Rundrufe bekommen")
    assert mine(own) == OwnReminding()


def test_stopp_says_that_broadcasts_end_too(own: Member) -> None:
    """Nobody wonders whether they still come."""
    assert "auch keine Rundrufe" in own.call("stopp").said[-2]

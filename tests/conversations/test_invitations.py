"""Invitations in the chat: made, shown once, listed, ended."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from conversations.core import Position
from conversations.deeds import Invite, Revoke
from conversations.dialogues import Dialogues
from conversations.events import Called, Pressed, Resumed
from conversations.flows.entrance import token_of
from conversations.flows.inviting import MOST_OPEN
from conversations.rules.profile import NamedBody, Profile
from conversations.standing import Role, Standing
from tests.conversations.chamber import (
    ELSEWHERE,
    GELSENKIRCHEN,
    THERE,
    decided,
    deeds,
    entry,
    invitation,
    official,
    operator,
    pictures,
)
from tests.conversations.councils import COUNCIL
from tests.conversations.walk import NOW, Member

MOST_IN_A_CAPTION = 1024


@pytest.fixture
def admin(dialogues: Dialogues) -> Member:
    """A Ratsadmin before the invitations."""
    return official(dialogues).call("einladen")


def invite(member: Member) -> Invite:
    """The one invitation that the latest decision makes."""
    (deed,) = deeds(member)
    assert isinstance(deed, Invite)
    return deed


def test_a_member_is_invited_at_one_press(admin: Member) -> None:
    """One use, seven days, role member."""
    deed = invite(admin.press("Mitglied einladen"))
    assert (deed.role, deed.council, deed.uses) == (Role.MEMBER, COUNCIL, 1)
    assert deed.expires == NOW + timedelta(days=7)


def test_only_the_hash_of_the_token_is_in_the_deed(admin: Member) -> None:
    """What is stored opens no door."""
    deed = invite(admin.press("Mitglied einladen"))
    assert deed.token_hash == hashlib.sha256(admin.state.secret.encode()).hexdigest()
    assert admin.state.secret not in str(decided(admin).position)


def test_the_link_is_shown_once_as_picture_and_text(admin: Member) -> None:
    """The message to forward carries the link; the card below says that it comes only once."""
    (picture,) = pictures(admin.press("Mitglied einladen"))
    assert picture.link == f"https://t.me/kim_bot?start={admin.state.secret}"
    assert picture.link in picture.html
    assert "nur dieses eine Mal" in admin.html
    assert picture.link not in admin.html


def test_the_link_leads_to_the_invitation(admin: Member) -> None:
    """What it hands over at the start is the token whose hash was stored."""
    deed = invite(admin.press("Mitglied einladen"))
    (picture,) = pictures(admin)
    event = Called(name="start", args=picture.link.partition("start=")[2])
    assert hashlib.sha256(token_of(event).encode()).hexdigest() == deed.token_hash


def test_after_a_crash_the_card_asks_for_a_new_link(admin: Member) -> None:
    """The link is nowhere to show it again; the way out is on the card."""
    admin.press("Mitglied einladen").send(Resumed())
    assert "machen Sie einen neuen" in admin.html
    assert admin.state.secret not in admin.html


def test_the_message_names_the_council_by_its_own_name(dialogues: Dialogues) -> None:
    """A council that calls itself otherwise is called so, and the letter fits below a picture."""
    admin = official(dialogues)
    own = Profile(ags=GELSENKIRCHEN, bodies=(NamedBody(name="Rat für <Teilhabe> " + "Ä" * 200),))
    assert admin.state.council is not None
    admin.state = replace(admin.state, council=replace(admin.state.council, profile=own))
    (picture,) = pictures(admin.call("einladen").press("Mitglied einladen"))
    assert "Rat für &lt;Teilhabe&gt;" in picture.html
    assert len(picture.html.encode("utf-16-le")) // 2 <= MOST_IN_A_CAPTION


@pytest.mark.parametrize(
    ("presses", "role", "uses", "days"),
    [
        ((), Role.MEMBER, 1, 7),
        (("10 Personen", "30 Tage"), Role.MEMBER, 10, 30),
        (("33 Personen", "1 Tag"), Role.MEMBER, 33, 1),
        (("Ratsadmin",), Role.ADMIN, 1, 7),
        (("33 Personen", "Ratsadmin", "30 Tage"), Role.ADMIN, 1, 30),
        (("Ratsadmin", "Mitglied", "5 Personen"), Role.MEMBER, 5, 7),
    ],
)
def test_role_number_and_days_can_be_chosen(
    admin: Member, presses: tuple[str, ...], role: Role, uses: int, days: int
) -> None:
    """The invitation is what the card says; a Ratsadmin's is for one person always."""
    admin.press("Mehr")
    for label in presses:
        admin.press(label)
    deed = invite(admin.press("Einladung machen"))
    assert (deed.role, deed.uses) == (role, uses)
    assert deed.expires == NOW + timedelta(days=days)


@pytest.mark.parametrize(
    ("lasts", "said"),
    [
        (timedelta(days=6), "noch 6 Tage"),
        (timedelta(days=5, minutes=1), "noch 6 Tage"),
        (timedelta(hours=24), "noch 24 Stunden"),
        (timedelta(minutes=5), "noch 1 Stunde"),
    ],
)
def test_the_list_says_for_whom_and_how_long(
    dialogues: Dialogues, lasts: timedelta, said: str
) -> None:
    """Role, uses that are left, and the time to go."""
    links = [invitation(left=3, lasts=lasts)]
    admin = official(dialogues, invitations=links).call("einladen")
    assert f"Mitglied, noch für 3 Personen, {said}" in admin.html


def test_an_invitation_is_ended_by_two_presses(dialogues: Dialogues) -> None:
    """A look at it, then its end; it is off the list."""
    admin = official(dialogues, invitations=[invitation()]).call("einladen")
    admin.press("Mitglied ·").press("Zurücknehmen")
    assert deeds(admin) == (Revoke(id=invitation().id, council=COUNCIL),)
    assert "keine Einladung offen" in admin.html


@pytest.mark.parametrize("left", [0, 1])
def test_an_invitation_that_ended_meanwhile_is_said_to_be_over(
    dialogues: Dialogues, left: int
) -> None:
    """Used up or expired while its card was open: no deed, no error."""
    over = invitation(left=left, lasts=timedelta(0) if left else timedelta(days=1))
    admin = official(dialogues, invitations=[invitation()]).call("einladen").press("Mitglied ·")
    admin.state = replace(admin.state, desk=replace(admin.state.desk, invitations=(over,)))
    admin.press("Zurücknehmen")
    assert deeds(admin) == ()
    admin.send(Resumed())
    assert "keine Einladung offen" in admin.html


def test_fifty_open_invitations_are_enough(dialogues: Dialogues) -> None:
    """The next one is refused with the reason, and no link is shown."""
    links = [invitation(f"i{n}") for n in range(MOST_OPEN)]
    admin = official(dialogues, invitations=links).call("einladen").press("Mitglied einladen")
    assert deeds(admin) == ()
    assert pictures(admin) == []
    assert "Mehr als 50" in admin.html


def test_an_admin_sees_the_own_councils_invitations_only(dialogues: Dialogues) -> None:
    """Those of operators and of other councils are not on the list of the council in hand."""
    links = [
        invitation("i2", council=THERE, role=Role.ADMIN),
        invitation("i3", council=None, role=Role.OPERATOR),
    ]
    admin = official(dialogues, invitations=links).call("einladen")
    assert "keine Einladung offen" in admin.html


def test_an_operator_without_a_seat_invites_operators(dialogues: Dialogues) -> None:
    """For one person and one day."""
    deed = invite(operator(dialogues).call("einladen").press("Ins Betreiber-Team"))
    assert (deed.role, deed.council, deed.uses) == (Role.OPERATOR, None, 1)
    assert deed.expires == NOW + timedelta(days=1)


def test_an_operator_invites_a_ratsadmin_from_the_councils_card(dialogues: Dialogues) -> None:
    """At one press: the council's own, role Ratsadmin, one use."""
    member = operator(dialogues, entry()).call("einladen").press("Gremien")
    deed = invite(member.press("Stadt Gelsenkirchen").press("Ratsadmin einladen"))
    assert (deed.role, deed.council, deed.uses) == (Role.ADMIN, COUNCIL, 1)
    assert "Sie werden Ratsadmin" in pictures(member)[0].html


def test_an_operators_letter_takes_no_name_from_another_council(dialogues: Dialogues) -> None:
    """An operator with a seat somewhere invites to the council that was chosen, named in law."""
    member = official(dialogues, seats=[ELSEWHERE])
    own = Profile(ags=GELSENKIRCHEN, bodies=(NamedBody(name="Rat der Vielfalt"),))
    assert member.state.council is not None
    member.state = replace(
        member.state,
        standing=replace(member.state.standing, operator=True),
        council=replace(member.state.council, profile=own),
        desk=replace(member.state.desk, councils=(entry("council-3", "05315000"),)),
    )
    member.state = replace(member.state, position=Position(flow="instance", step="councils"))
    member.send(Resumed()).press("Stadt Köln").press("Ratsadmin einladen")
    (picture,) = pictures(member)
    assert "Rat der Vielfalt" not in picture.html
    assert "Stadt Köln" in picture.html


def test_who_is_operator_no_longer_invites_nobody(dialogues: Dialogues) -> None:
    """The press on the card of before leads home."""
    member = operator(dialogues).call("einladen")
    assert member.screen is not None
    press = member.screen.rows[0][0][1]
    member.state = replace(member.state, standing=Standing())
    member.send(Pressed(data=press))
    assert deeds(member) == ()
    assert pictures(member) == []

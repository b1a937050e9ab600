"""Chats of a council at the pure dialogues: what admins see and set, what is said in groups."""

from dataclasses import replace

import pytest

from conversations.agenda import Agenda, ChatKind, ChatLinkId, LinkedChat
from conversations.core import Decision, Say
from conversations.deeds import Link, OfferLink, Unlink
from conversations.dialogues import Dialogues
from conversations.events import Called, Offered, Pressed
from conversations.flows.chats.shown import KINDS
from conversations.groups import Group, naming, token_hash
from conversations.replies import Pick
from conversations.rules.reminding import ReminderKind
from conversations.standing import Role
from tests.conversations.chamber import decided, deeds, official
from tests.conversations.walk import Member

NAMED = LinkedChat(
    id=ChatLinkId("k1"),
    chat=-100,
    kind=ChatKind.GROUP,
    title="Rat <&> Tat",
    receives=frozenset(KINDS),
    confirmed=False,
)
LINKED = replace(NAMED, confirmed=True)
OFFER = Offered(chat=-100, title="Rat <&> Tat", kind="group", council="council-1")


def with_chats(member: Member, *chats: LinkedChat) -> Member:
    """The council has these chats."""
    member.state = replace(member.state, agenda=Agenda(chats=chats))
    return member


def test_a_named_chat_is_asked_about_wherever_the_admin_stands(dialogues: Dialogues) -> None:
    """The question, then the yes makes the link."""
    member = with_chats(official(dialogues), NAMED)
    member.call("anfrage")
    member.send(OFFER)
    assert "Gruppe „Rat &lt;&amp;&gt; Tat“ verbinden?" in member.html
    member.press("Ja, verbinden")
    (deed,) = deeds(member)
    assert isinstance(deed, Link) and deed.chat == LINKED


def test_a_no_drops_what_was_only_named(dialogues: Dialogues) -> None:
    """And keeps what had been linked before."""
    for chat, count in ((NAMED, 1), (replace(LINKED, disabled="kicked"), 0)):
        member = with_chats(official(dialogues), chat)
        member.send(OFFER)
        member.press("Nein")
        assert [type(deed) for deed in deeds(member)] == [Unlink] * count


def test_a_chat_that_works_is_only_shown(dialogues: Dialogues) -> None:
    """Named once more: what it receives, no question."""
    member = with_chats(official(dialogues), LINKED)
    member.send(OFFER)
    assert "verbinden?" not in member.html
    assert deeds(member) == ()


def test_c09_a_member_is_not_asked(dialogues: Dialogues) -> None:
    """The card stays what it was."""
    member = with_chats(official(dialogues, role=Role.MEMBER), NAMED)
    member.send(OFFER)
    assert "verbinden" not in member.html


def test_a_link_is_shown_once_and_its_hash_kept(dialogues: Dialogues) -> None:
    """The token is in the message alone."""
    member = with_chats(official(dialogues))
    member.call("gruppe")
    member.press("Chat verbinden")
    member.press("Gruppe mit einem Link")
    (deed,) = deeds(member)
    assert isinstance(deed, OfferLink)
    (said,) = [one for one in decided(member).replies if isinstance(one, Say)]
    token = said.screen.html.partition("startgroup=")[2].split()[0]
    assert token_hash(Called(name="start", args=token)) == deed.token_hash


def test_the_picker_comes_and_goes(dialogues: Dialogues) -> None:
    """Its keyboard goes when nothing was picked."""
    member = with_chats(official(dialogues))
    member.call("gruppe")
    member.press("Chat verbinden")
    member.press("Gruppe oder Kanal auswählen")
    (opened,) = picks(decided(member))
    assert opened.group and opened.channel
    member.press("Zurück")
    (closed,) = picks(decided(member))
    assert not closed.group


def picks(decision: Decision) -> list[Pick]:
    """The picker's keyboards."""
    return [one for one in decision.replies if isinstance(one, Pick)]


def test_admins_alone_are_asked_for_dates(dialogues: Dialogues) -> None:
    """No chat receives that."""
    assert ReminderKind.DATES not in KINDS


@pytest.mark.parametrize("name", ["einladen", "rat", "start", "foo", "gruppe"])
def test_c09_nobody_is_anybody_in_a_group(dialogues: Dialogues, name: str) -> None:
    """Commands of a member there: the neutral line alone."""
    member = official(dialogues, role=Role.MEMBER)
    assert dialogues.grouped(member.state, Called(name=name), Group()) is None


def test_an_admin_names_the_council_in_hand(dialogues: Dialogues) -> None:
    """By /gruppe, not by another command, and not when the consent was taken back."""
    member = official(dialogues)
    assert member.state.seat is not None and member.state.member is not None
    assert naming(member.state, Called(name="group")) == member.state.seat.council
    assert naming(member.state, Called(name="rat")) is None
    gone = replace(member.state.member, withdrawn=member.state.now)
    assert naming(replace(member.state, member=gone), Called(name="gruppe")) is None


@pytest.mark.parametrize("data", ["r:", "r::", "r:listed", "r:foo:0000000000000000", "r:a:b:c"])
def test_f03_a_forged_press_in_a_group_gets_one_line(dialogues: Dialogues, data: str) -> None:
    """The same for all, and nothing is done."""
    member = official(dialogues)
    found = dialogues.grouped(member.state, Pressed(data=data), Group())
    assert found is not None and found.deeds == ()
    (toast,) = found.replies
    assert "gilt für Sie nicht" in getattr(toast, "text", "")


def test_broadcasts_are_switched_for_each_chat(dialogues: Dialogues) -> None:
    """Marked while they come there; one press ends it, one more begins it again."""
    member = with_chats(official(dialogues), LINKED)
    member.call("gruppe").press("Rat").press("✓ Rundrufe")
    (deed,) = deeds(member)
    assert isinstance(deed, Link) and deed.chat == replace(LINKED, broadcasts=False)
    member.press("Rundrufe")
    (deed,) = deeds(member)
    assert isinstance(deed, Link) and deed.chat == LINKED


def test_a_chat_that_gets_nothing_is_told_so(dialogues: Dialogues) -> None:
    """Neither reminders nor broadcasts."""
    silent = replace(LINKED, receives=frozenset(), broadcasts=False)
    member = with_chats(official(dialogues), silent).call("gruppe").press("Rat")
    assert "Zurzeit sende ich dort nichts." in member.html

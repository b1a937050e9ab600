"""The running instance, as operators see it."""

from dataclasses import replace
from datetime import timedelta

from conversations.board import Board, DisabledChat, Unclear
from conversations.deeds import LetBe, Release, Resend
from conversations.dialogues import Dialogues
from conversations.standing import Standing
from tests.conversations.chamber import GELSENKIRCHEN, deeds, entry, operator
from tests.conversations.test_any_way import assert_fits
from tests.conversations.walk import NOW, Member

UNCLEAR = tuple(
    Unclear(id=f"d{nth:015}", kind="deadline", chat=-1000 - nth, due=NOW) for nth in range(7)
)
CHAT = DisabledChat(chat=-42, kind="group", reason="kicked", ags=GELSENKIRCHEN)


def operating(dialogues: Dialogues, **board: object) -> Member:
    """An operator at the board."""
    member = operator(dialogues, entry())
    known = replace(Board(), **board)  # type: ignore[arg-type]
    member.state = replace(member.state, desk=replace(member.state.desk, board=known))
    return member.call("betrieb")


def test_counts_and_backup_at_a_glance(dialogues: Dialogues) -> None:
    """What is due, what failed, and how old the last backup is."""
    member = operating(
        dialogues, due=(("deadline", 3), ("dates", 1)), failed=2, backup=NOW - timedelta(days=3)
    )
    assert "Jetzt zu senden: 4" in member.html
    assert "Gescheitert in den letzten sieben Tagen: 2" in member.html
    assert "(vor 3 Tagen)" in member.html


def test_no_backup_stands_out(dialogues: Dialogues) -> None:
    """As does one that is older than a week."""
    assert "⚠ Es gibt noch keine Sicherung" in operating(dialogues).html
    old = operating(dialogues, backup=NOW - timedelta(days=8))
    assert "⚠ Letzte Sicherung" in old.html


def test_an_unclear_message_goes_once_more(dialogues: Dialogues) -> None:
    """Only that one; the others still wait for a word."""
    member = operating(dialogues, unclear=UNCLEAR).press("Unklare").press("2 nochmals")
    assert deeds(member) == (Resend(deliveries=(UNCLEAR[1].id,)),)
    assert "Chat -1001" not in member.html
    assert_fits(member)


def test_an_unclear_message_is_let_be(dialogues: Dialogues) -> None:
    """The other word."""
    member = operating(dialogues, unclear=UNCLEAR[:1]).press("Unklare").press("1 lassen")
    assert deeds(member) == (LetBe(deliveries=(UNCLEAR[0].id,)),)


def test_all_at_once(dialogues: Dialogues) -> None:
    """After a long outage nobody presses seven times."""
    member = operating(dialogues, unclear=UNCLEAR).press("Unklare").press("Alle lassen")
    assert deeds(member) == (LetBe(deliveries=tuple(one.id for one in UNCLEAR)),)


def test_what_somebody_else_settled_is_no_deed(dialogues: Dialogues) -> None:
    """Two operators at the same card."""
    member = operating(dialogues, unclear=UNCLEAR).press("Unklare")
    gone = replace(member.state.desk, board=Board())
    member.state = replace(member.state, desk=gone)
    member.press("1 nochmals")
    assert deeds(member) == ()
    assert "erledigt" in member.html


def test_after_a_restore_nothing_goes_unseen(dialogues: Dialogues) -> None:
    """What is due is shown first, then released with a word of its own."""
    member = operating(dialogues, quarantine=NOW, due=(("deadline", 3),))
    assert "wird nichts gesendet" in member.html
    member.press("Senden freigeben")
    assert "• Abgabefrist: 3" in member.html
    assert deeds(member) == ()
    member.press("Ja, freigeben")
    assert deeds(member) == (Release(),)
    assert "wird nichts gesendet" not in member.html


def test_chats_that_do_not_work_by_place_and_number(dialogues: Dialogues) -> None:
    """With the reason, without a title."""
    member = operating(dialogues, disabled=(CHAT,)).press("Abgeschaltete")
    assert "Stadt Gelsenkirchen: -42 – Bot entfernt" in member.html


def test_for_anybody_else_there_is_no_board(dialogues: Dialogues) -> None:
    """Missing and forbidden look alike; a press after the dismissal leads home."""
    member = operating(dialogues, quarantine=NOW).press("Senden freigeben")
    member.state = replace(member.state, standing=Standing())
    member.press("Ja, freigeben")
    assert deeds(member) == ()
    assert "kenne ich nicht" in member.call("betrieb").html

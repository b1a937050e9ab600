"""The message that says how far a broadcast is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from conversations.broadcasts import Broadcast, BroadcastId, Content, Stage, Tally
from conversations.broadcasts.example import example
from conversations.broadcasts.posts import Attached, Post
from conversations.broadcasts.telling import asked, progress, result
from conversations.core import Screen
from conversations.rules.knowledge import Knowledge
from tests.conversations.walk import NOW

TALLY = Tally(
    total=2010, sent=1212, waiting=784, unclear=0, unreachable=(("blocked", 10), ("kicked", 4))
)
NIGHT = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)


def broadcast(stage: Stage = Stage.RUNNING, tally: Tally = TALLY, **parts: object) -> Broadcast:
    """A broadcast that stands so."""
    posts = {"de": Post(text="Liebe Mitglieder & Gäste,\nbitte fragen Sie jetzt.")}
    one = Broadcast(
        id=BroadcastId("b1"), content=Content(posts=posts), stage=stage, made=NOW, tally=tally
    )
    return replace(one, **parts)  # type: ignore[arg-type]


def actions(screen: Screen) -> list[str]:
    """What its buttons do."""
    return [data for row in screen.rows for _, data in row]


def test_it_says_how_far_how_fast_and_how_long(know: Knowledge) -> None:
    """Bar, share, numbers, rate, seconds left, unreachable and unclear ones, in German numbers."""
    html = progress(know, broadcast(), "de", NOW, 29.8).html
    assert html == (
        "<b>Wird gesendet</b> · „Liebe Mitglieder &amp; Gäste,“\n"
        "▰▰▰▰▰▰▱▱▱▱ 61 % · 1.226 von 2.010 · 29,8/s · noch 27 s · 14 nicht erreichbar · 0 unklar"
    )


def test_an_unknown_rate_is_not_said(know: Knowledge) -> None:
    """Before anything was measured there is neither a rate nor a remaining time."""
    html = progress(know, broadcast(), "de", NOW).html
    assert "/s" not in html
    assert "noch" not in html


@pytest.mark.parametrize(
    ("waiting", "said"), [(29, "noch 1 s"), (29 * 600, "noch 10 Min."), (29 * 7200, "noch 2 Std.")]
)
def test_a_long_time_is_said_in_minutes_or_hours(know: Knowledge, waiting: int, said: str) -> None:
    """Nobody reads 7,200 seconds."""
    tally = Tally(total=waiting + 1, sent=1, waiting=waiting)
    assert said in progress(know, broadcast(tally=tally), "de", NOW, 29.0).html


def test_not_all_is_never_a_hundred_percent(know: Knowledge) -> None:
    """One of thousands that waits is seen."""
    tally = Tally(total=100_000, sent=99_999, waiting=1)
    assert " 99 % " in progress(know, broadcast(tally=tally), "de", NOW, 29.0).html


def test_nobody_counted_yet_divides_by_nothing(know: Knowledge) -> None:
    """Right after the confirmation."""
    assert "Gleich geht es los." in progress(know, broadcast(tally=Tally()), "de", NOW).html


def test_at_night_it_says_when_it_goes_on(know: Knowledge) -> None:
    """Nothing moves from 20 to 8 o'clock, and that is no fault."""
    html = progress(know, broadcast(), "de", NIGHT, 0.0).html
    assert "Weiter geht es am Mo 23.11.2026 um 08:00 Uhr." in html


@pytest.mark.parametrize(
    ("stage", "buttons"),
    [
        (Stage.RUNNING, ["b:pause:b1", "b:cancel:b1"]),
        (Stage.PAUSED, ["b:resume:b1", "b:cancel:b1"]),
        (Stage.WAITING, ["b:cancel:b1", "b:open:b1"]),
        (Stage.CHECK, ["b:open:b1"]),
        (Stage.DONE, ["b:unreached:b1", "b:open:b1"]),
    ],
)
def test_the_buttons_suit_where_it_stands(
    know: Knowledge, stage: Stage, buttons: list[str]
) -> None:
    """Only what can be done is offered."""
    assert actions(progress(know, broadcast(stage, due=NOW), "de", NOW, 29.0)) == buttons


@pytest.mark.parametrize("stage", [Stage.RUNNING, Stage.PAUSED])
def test_what_is_unclear_can_be_decided_on_before_the_end(know: Knowledge, stage: Stage) -> None:
    """The next part of a long message waits for that word: nobody has to know to pause first."""
    screen = progress(know, broadcast(stage, tally=Tally(total=3, unclear=1)), "de", NOW)
    assert "ist unklar, ob sie ankam" in screen.html
    assert actions(screen)[2:] == ["b:again:b1", "b:let:b1"]


@pytest.mark.parametrize(
    "over", [{"stage": Stage.CANCELLED}, {"stage": Stage.DONE, "retracting": Tally()}]
)
def test_what_was_stopped_or_taken_back_is_not_repeated(
    know: Knowledge, over: dict[str, object]
) -> None:
    """It would not be sent, whatever was pressed."""
    screen = result(know, broadcast(tally=Tally(total=3, unclear=1), **over), "de", NOW)
    assert ("b:again:b1" in actions(screen), "Nochmals senden" in screen.html) == (False, False)


def test_a_pause_for_a_lost_role_is_told(know: Knowledge) -> None:
    """Who wonders why it stands reads it."""
    html = progress(know, broadcast(Stage.PAUSED, why="role"), "de", NOW).html
    assert "darf das nicht mehr" in html


def test_the_result_names_the_reasons(know: Knowledge) -> None:
    """Each reason in words, with its number."""
    html = result(know, broadcast(Stage.DONE, ended=NOW), "de", NOW).html
    assert "Angekommen: 1.212 von 2.010 · 22.11.2026, 12:00 Uhr" in html
    assert "Nicht erreichbar: 14\n• Bot blockiert: 10\n• Bot aus dem Chat entfernt: 4" in html


def test_d03_unclear_ones_wait_for_a_person(know: Knowledge) -> None:
    """What may have arrived is sent again by a person's word only, who is told what it means."""
    tally = Tally(total=10, sent=9, unclear=1)
    screen = result(know, broadcast(Stage.DONE, tally), "de", NOW)
    assert "Bei 1 Nachricht ist unklar" in screen.html
    assert actions(screen)[:2] == ["b:again:b1", "b:let:b1"]


def test_a_correction_and_a_deletion_are_told(know: Knowledge) -> None:
    """How far they are, and what was not possible."""
    more = Tally(total=9, sent=7, unreachable=(("old", 2),))
    one = broadcast(Stage.DONE, correcting=more, retracting=Tally(total=9, sent=9))
    html = result(know, one, "de", NOW).html
    assert "Berichtigt: 7 von 9 · nicht möglich: 2\nGelöscht: 9 von 9" in html


def test_a_picture_without_words_has_a_name(know: Knowledge) -> None:
    """A title is never empty."""
    posts = {"de": Post(attached=Attached.PHOTO, file="x")}
    one = broadcast(content=Content(posts=posts))
    assert "„Bild“" in progress(know, one, "de", NOW, 1.0).html


def test_a_second_person_is_asked_with_a_way_in(know: Knowledge) -> None:
    """The message to another operator names the broadcast and opens it."""
    screen = asked(know, broadcast(Stage.CHECK, due=NIGHT), "de", NOW)
    assert "Geplant für So 22.11.2026 um 23:30 Uhr" in screen.html
    assert actions(screen) == ["b:open:b1"]


def test_every_message_fits(know: Knowledge) -> None:
    """However odd the text and the reasons, in every language and stage."""
    post = Post(text="<" * 4000)
    tally = replace(TALLY, unclear=9, dropped=8, late=7)
    for stage in Stage:
        for language in know.texts.languages:
            one = broadcast(stage, tally, content=Content(posts={"de": post}), due=NOW)
            assert len(progress(know, one, language, NOW, 29.0).html) < 1500


def test_an_author_hears_that_it_was_given_back(know: Knowledge) -> None:
    """With the way to the draft."""
    screen = asked(know, broadcast(Stage.DRAFT), "de", NOW)
    assert "kommt zurück" in screen.html
    assert actions(screen) == ["b:open:b1"]


@pytest.mark.parametrize("days", range(7))
def test_the_example_council_meets_on_a_thursday(know: Knowledge, days: int) -> None:
    """Whatever day it is: nobody would believe a meeting on a Sunday."""
    [meeting] = example(know, NOW + timedelta(days=days)).meetings
    assert meeting.day.weekday() == 3
    assert 56 <= (meeting.day - (NOW + timedelta(days=days)).date()).days <= 62

"""Broadcasts that are sent: the list, one of them, pausing, stopping, correcting, deleting."""

from dataclasses import replace
from datetime import timedelta

import pytest

from conversations.broadcasts import Audience, BroadcastId, Content, Stage
from conversations.broadcasts.posts import Attached, Mark, Post
from conversations.core import Toast
from conversations.deeds import (
    Cancel,
    Correct,
    Deed,
    Pause,
    Pin,
    Refused,
    Resume,
    Retract,
    Second,
    Settle,
)
from conversations.dialogues import Dialogues
from conversations.events import Media, Pressed, Received, Typed
from conversations.replies import Unreached
from conversations.rules.house import House
from conversations.standing import Role
from tests.conversations.casting import (
    OTHER,
    admin,
    at,
    broadcast,
    deeds,
    drafted,
    operator,
    rehearse,
    tally,
    under,
)
from tests.conversations.councils import COUNCIL
from tests.conversations.walk import NOW, Member, knowledge

DONE = tally(sent=10, waiting=0)
STUCK = tally(total=12, sent=9, waiting=0, unclear=1, unreachable=(("blocked", 2),))


def opened(dialogues: Dialogues, stage: Stage = Stage.RUNNING, **parts: object) -> Member:
    """An operator looks at a broadcast."""
    parts = {"tally": tally(), **parts}
    member = operator(dialogues, broadcast(stage, **parts)).call("rundruf")
    return member.press(next(one for one in member.labels if "Bitte fragen" in one))


def test_the_list_has_what_is_under_way_first(dialogues: Dialogues) -> None:
    """Then drafts, then what is over; each with its state."""
    stages = (Stage.DONE, Stage.DRAFT, Stage.RUNNING)
    known = [broadcast(stage, f"b{nth}", tally=tally(sent=7)) for nth, stage in enumerate(stages)]
    member = operator(dialogues, *known).call("rundruf")
    assert [one[0] for one in member.labels[2:5]] == ["▶", "✎", "✓"]
    assert "wird gesendet, 7 von 10" in member.html


def test_with_four_eyes_nobody_corrects_alone() -> None:
    """What two looked at is deleted, or kept; not changed by one."""
    careful = Dialogues(knowledge(house=House(four_eyes=True)))
    member = opened(careful, Stage.DONE, tally=DONE)
    assert "Text berichtigen" not in member.labels
    assert {"Überall löschen", "Auch an Neue senden"} <= set(member.labels)


def test_a_long_list_has_pages(dialogues: Dialogues) -> None:
    """Six on each."""
    known = [broadcast(Stage.DONE, f"b{nth}") for nth in range(14)]
    member = operator(dialogues, *known).call("rundruf").press("7–12 ›")
    assert "13–14 ›" in member.labels


def test_one_says_how_far_it_is(dialogues: Dialogues) -> None:
    """State, who confirmed when, text, numbers and reasons."""
    member = opened(dialogues, tally=replace(STUCK, waiting=0), by="Aylin Demir", confirmed=NOW)
    assert "Von Aylin Demir, bestätigt am 22.11.2026, 12:00 Uhr" in member.html
    assert "Bitte fragen Sie jetzt nach KIM." in member.html
    assert "Angekommen: 9 von 12" in member.html
    assert "• Bot blockiert: 2" in member.html


@pytest.mark.parametrize(
    ("stage", "press", "deed"),
    [
        (Stage.RUNNING, "Anhalten", Pause(id="b1", council=None)),
        (Stage.PAUSED, "Fortsetzen", Resume(id="b1", council=None)),
    ],
)
def test_it_is_paused_and_goes_on(
    dialogues: Dialogues, stage: Stage, press: str, deed: Deed
) -> None:
    """One press each."""
    assert deeds(opened(dialogues, stage).press(press)) == (deed,)


@pytest.mark.parametrize("stage", [Stage.RUNNING, Stage.PAUSED, Stage.WAITING])
def test_it_is_stopped_after_a_question(dialogues: Dialogues, stage: Stage) -> None:
    """Asked once, with how many have it already."""
    member = opened(dialogues, stage, due=NOW).press("Senden abbrechen")
    assert "7 von 10" in member.html
    assert deeds(member.press("Nein, nicht abbrechen")) == ()
    member.press("Senden abbrechen").press("Ja, abbrechen")
    assert deeds(member) == (Cancel(id="b1", council=None),)
    assert "abgebrochen" in member.html


@pytest.mark.parametrize(("press", "again"), [("Nochmals senden", True), ("So lassen", False)])
def test_d03_unclear_ones_are_decided_by_a_person(
    dialogues: Dialogues, press: str, again: bool
) -> None:
    """Once more, or let be."""
    member = opened(dialogues, Stage.DONE, tally=STUCK, ended=NOW).press(press)
    assert deeds(member) == (Settle(id="b1", council=None, again=again),)


def test_the_unreached_come_as_a_list(dialogues: Dialogues) -> None:
    """As a file beside the card."""
    member = opened(dialogues, Stage.DONE, tally=STUCK, ended=NOW)
    member.press("Liste der Nichterreichten")
    assert member.last is not None
    assert Unreached(broadcast=drafted(member).id) in member.last.replies


def test_what_nobody_missed_has_no_list(dialogues: Dialogues) -> None:
    """No button that leads nowhere."""
    member = opened(dialogues, Stage.DONE, tally=DONE, ended=NOW)
    assert not {"Liste der Nichterreichten", "Nochmals senden"} & set(member.labels)


def test_it_is_kept_for_who_joins(dialogues: Dialogues) -> None:
    """And let go of again."""
    member = opened(dialogues, Stage.DONE, tally=DONE, ended=NOW).press("Auch an Neue senden")
    assert deeds(member) == (Pin(id="b1", council=None, pinned=True),)
    assert deeds(member.press("Nicht mehr an Neue")) == (Pin(id="b1", council=None, pinned=False),)


# --- deleting ---------------------------------------------------------------------------------


def test_it_is_deleted_everywhere_after_a_question(dialogues: Dialogues) -> None:
    """Which says what Telegram allows."""
    member = opened(dialogues, Stage.DONE, tally=DONE, ended=NOW).press("Überall löschen")
    assert "48 Stunden" in member.html
    assert deeds(member.press("Ja, überall löschen")) == (Retract(id="b1", council=None),)


def test_after_48_hours_nothing_can_be_deleted(dialogues: Dialogues) -> None:
    """Neither offered nor done by an older card."""
    member = opened(dialogues, Stage.DONE, tally=DONE, ended=NOW).press("Überall löschen")
    member.state = replace(member.state, now=NOW + timedelta(hours=49))
    member.press("Ja, überall löschen")
    assert deeds(member) == ()
    assert "Überall löschen" not in member.labels


# --- correcting -------------------------------------------------------------------------------


def correcting(dialogues: Dialogues, **posts: Post) -> Member:
    """An operator corrects a broadcast that was sent."""
    content = Content(posts=posts or {"de": Post(text="Bitte fragen Sie.")})
    member = opened(dialogues, Stage.DONE, tally=DONE, ended=NOW, content=content)
    return member.press("Text berichtigen")


def test_a_text_is_corrected_after_a_look(dialogues: Dialogues) -> None:
    """Written anew with its marks, read once more, then changed everywhere."""
    member = correcting(dialogues)
    new = Post(text="Bitte fragen Sie jetzt.", marks=(Mark(type="bold", offset=0, length=5),))
    member.send(Typed(text=new.text, post=new))
    assert deeds(member) == ()
    assert member.last is not None
    assert member.last.trial == {"de": new}
    assert "Überall ändern" not in member.labels
    assert "So steht er dann überall" in rehearse(member).html
    member.press("Überall ändern")
    assert deeds(member) == (Correct(id="b1", council=None, revision=1, posts={"de": new}),)


def test_a_correction_that_telegram_refuses_changes_nothing(dialogues: Dialogues) -> None:
    """It is found in the preview, not in two thousand chats."""
    member = rehearse(correcting(dialogues).type("Bitte fragen Sie jetzt."), refused="markup")
    assert "Telegram nimmt den Rundruf so nicht an" in member.html
    assert "Überall ändern" not in member.labels
    assert "Schreiben Sie den ganzen Text neu" in member.html


def test_an_example_in_a_correction_is_said_to_be_one(dialogues: Dialogues) -> None:
    """An operator sees a place that is nobody's, however the placeholder is written."""
    member = correcting(dialogues).type("Bitte fragen Sie in { Kommune }.")
    assert "nur ein Beispiel" in rehearse(member).html
    assert "nur ein Beispiel" not in rehearse(correcting(dialogues).type("Ja.")).html


def test_a_correction_is_shown_once_more(dialogues: Dialogues) -> None:
    """After a preview that never came."""
    member = correcting(dialogues).type("Bitte fragen Sie jetzt.").press("Nochmals zeigen")
    assert rehearse(member).labels[0] == "Überall ändern"


@pytest.mark.parametrize(("done", "shown"), [(3, True), (10, False)])
def test_how_far_a_correction_is_can_be_looked_up(
    dialogues: Dialogues, done: int, shown: bool
) -> None:
    """As long as it goes on."""
    far = tally(sent=done, waiting=10 - done)
    member = opened(dialogues, Stage.DONE, tally=DONE, ended=NOW, correcting=far)
    assert ("Aktualisieren" in member.labels) is shown


def test_a_correction_keeps_the_picture(dialogues: Dialogues) -> None:
    """Only the words below it change."""
    member = correcting(
        dialogues, de=Post(text="Bitte fragen Sie.", attached=Attached.PHOTO, file="F")
    )
    rehearse(member.type("Anders")).press("Überall ändern")
    (deed,) = deeds(member)
    assert isinstance(deed, Correct)
    assert deed.posts["de"] == Post(text="Anders", attached=Attached.PHOTO, file="F")


def test_a_correction_has_as_many_parts(dialogues: Dialogues) -> None:
    """A message cannot be made of none, nor two of one."""
    member = correcting(dialogues).type("Satz. " * 900)
    assert "als 1 Nachricht, Ihr neuer Text braucht 2" in member.html
    assert "Überall ändern" not in member.labels


@pytest.mark.parametrize("media", [Media.PHOTO, Media.STICKER])
def test_a_correction_is_a_text(dialogues: Dialogues, media: Media) -> None:
    """Neither a picture nor a sticker."""
    post = Post(attached=Attached.PHOTO, file="F") if media is Media.PHOTO else None
    member = correcting(dialogues).send(Received(media=media, post=post))
    assert "Ich brauche hier den neuen Text." in member.html


def test_each_language_is_corrected_by_itself(dialogues: Dialogues) -> None:
    """The other one stays."""
    posts = {"de": Post(text="Bitte fragen Sie."), "en": Post(text="Please ask.")}
    member = correcting(dialogues, **posts).press("English").type("Ask now.")
    rehearse(member).press("Überall ändern")
    (deed,) = deeds(member)
    assert isinstance(deed, Correct)
    assert deed.posts == {"de": Post(text="Bitte fragen Sie."), "en": Post(text="Ask now.")}


def test_an_operator_does_not_change_the_words_of_a_council(dialogues: Dialogues) -> None:
    """They may stop and delete what a council's admin sends, and no more."""
    member = opened(dialogues, Stage.DONE, tally=DONE, ended=NOW, council=COUNCIL)
    assert "Überall löschen" in member.labels
    assert not {"Text berichtigen", "Auch an Neue senden"} & set(member.labels)


def test_a_council_s_broadcast_is_its_admins(dialogues: Dialogues) -> None:
    """They correct it and keep it for who joins."""
    one = broadcast(Stage.DONE, tally=DONE, ended=NOW, council=COUNCIL)
    member = admin(dialogues, one).call("rundruf").press("✓")
    assert {"Text berichtigen", "Auch an Neue senden"} <= set(member.labels)


def test_what_was_cancelled_is_not_sent_once_more(dialogues: Dialogues) -> None:
    """Its unclear messages can only be let be."""
    member = opened(dialogues, Stage.CANCELLED, tally=STUCK, ended=NOW)
    assert "So lassen" in member.labels
    assert "Nochmals senden" not in member.labels


# --- the broadcast's own message --------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "stage", "deed"),
    [
        ("b:pause:b1", Stage.RUNNING, Pause(id="b1", council=None)),
        ("b:resume:b1", Stage.PAUSED, Resume(id="b1", council=None)),
        ("b:again:b1", Stage.DONE, Settle(id="b1", council=None, again=True)),
        ("b:let:b1", Stage.DONE, Settle(id="b1", council=None, again=False)),
    ],
)
def test_a_press_there_is_done_without_a_card(
    dialogues: Dialogues, data: str, stage: Stage, deed: Deed
) -> None:
    """A short word for the one who pressed; the message itself is changed by the shell."""
    member = operator(dialogues, broadcast(stage, tally=STUCK)).call("start")
    decision = under(member, data)
    assert decision.deeds == (deed,)
    assert [type(one) for one in decision.replies] == [Toast]


def test_stopping_there_is_asked_on_a_card(dialogues: Dialogues) -> None:
    """A slip of the finger stops nothing."""
    member = operator(dialogues, broadcast(tally=tally())).call("start")
    assert under(member, "b:cancel:b1").deeds == ()
    assert at(member) == ("broadcasts", "stop")


@pytest.mark.parametrize(
    ("stage", "step"),
    [
        (Stage.DRAFT, ("composing", "draft")),
        (Stage.CHECK, ("broadcasts", "one")),
        (Stage.RUNNING, ("broadcasts", "one")),
        (Stage.DONE, ("broadcasts", "one")),
    ],
)
def test_opening_leads_to_the_card_that_suits(
    dialogues: Dialogues, stage: Stage, step: tuple[str, str]
) -> None:
    """From wherever one stands."""
    member = operator(dialogues, broadcast(stage)).call("einstellungen")
    under(member, "b:open:b1")
    assert at(member) == step


def test_who_is_asked_gets_to_the_check(dialogues: Dialogues) -> None:
    """The button of the message to the second operator."""
    member = operator(dialogues, broadcast(Stage.CHECK, author=OTHER)).call("start")
    under(member, "b:open:b1")
    assert at(member) == ("composing", "check")


def to_check(dialogues: Dialogues, **parts: object) -> Member:
    """A second operator in front of somebody else's broadcast."""
    one = broadcast(Stage.CHECK, author=OTHER, **parts)
    member = operator(dialogues, one).call("start")
    under(member, "b:open:b1")
    return member


def test_the_second_word_is_for_what_was_looked_at(dialogues: Dialogues) -> None:
    """It names the revision on the card."""
    member = to_check(dialogues, revision=3).press("Freigeben")
    assert deeds(member) == (Second(id=BroadcastId("b1"), council=None, revision=3),)
    assert "Der Rundruf geht hinaus." in member.html


def test_another_text_is_looked_at_first(dialogues: Dialogues) -> None:
    """Taken back, changed and handed in again while the card stood there."""
    member = to_check(dialogues, revision=1)
    changed = replace(drafted(member), revision=3)
    known = replace(member.state.broadcasts, known=(changed,))
    member.state = replace(member.state, broadcasts=known)
    assert deeds(member.press("Freigeben")) == ()
    assert "hat sich seit der Vorschau geändert" in member.html
    assert deeds(member.press("Freigeben")) != ()


def test_nobody_lets_go_what_reaches_nobody(dialogues: Dialogues) -> None:
    """All it was meant for left meanwhile."""
    nobody = Content(audience=Audience(people=False, chats=False))
    member = to_check(dialogues, content=nobody).press("Freigeben")
    assert deeds(member) == ()
    assert "niemand mehr" in member.html


def test_what_is_let_go_for_later_is_said_so(dialogues: Dialogues) -> None:
    """It does not go at once."""
    member = to_check(dialogues, due=NOW + timedelta(days=1)).press("Freigeben")
    assert "zur geplanten Zeit" in member.html


def test_the_list_comes_from_there_too(dialogues: Dialogues) -> None:
    """Only the file."""
    member = operator(dialogues, broadcast(Stage.DONE, tally=STUCK)).call("start")
    assert under(member, "b:unreached:b1").replies == (Unreached(broadcast=drafted(member).id),)


@pytest.mark.parametrize("action", ["pause", "resume", "cancel", "unreached", "open", "again"])
@pytest.mark.parametrize("role", Role)
def test_c09_a_foreign_press_hears_what_an_old_button_says(
    dialogues: Dialogues, action: str, role: Role
) -> None:
    """Somebody else's broadcast, or none: nothing is told, and the log keeps that it came."""
    member = operator(dialogues) if role is Role.OPERATOR else admin(dialogues, role=role)
    member.call("start")
    decision = under(member, f"b:{action}:b1")
    council = None if role is Role.OPERATOR else COUNCIL
    assert decision.deeds == (Refused(what="button", council=council),)
    assert decision.replies == (Toast(text="Diese Karte ist nicht mehr aktuell."),)


def test_a_press_that_comes_too_late_is_told(dialogues: Dialogues) -> None:
    """Paused twice: by two people, or by one in a hurry."""
    member = operator(dialogues, broadcast(Stage.DONE, tally=DONE)).call("start")
    decision = under(member, "b:pause:b1")
    assert decision.deeds == ()
    (said,) = decision.replies
    assert isinstance(said, Toast)
    assert said.text.startswith("Das geht jetzt nicht mehr.")


@pytest.mark.parametrize(
    "data", ["b:x:b1", "b:pause:", "b::b1", "b:pause:b1:b2", "b:pause:" + "x" * 50]
)
def test_a_forged_press_changes_nothing(dialogues: Dialogues, data: str) -> None:
    """Data that the bot never made."""
    member = operator(dialogues, broadcast(tally=tally())).call("start")
    member.send(Pressed(data=data))
    assert deeds(member) == ()


# --- gone meanwhile ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "way", [[], ["Senden abbrechen"], ["Überall löschen"], ["Text berichtigen"]]
)
def test_a_broadcast_that_is_gone_is_said(dialogues: Dialogues, way: list[str]) -> None:
    """The council in hand is another one, or it was swept: every button leads on."""
    member = opened(dialogues, Stage.PAUSED)
    for words in way:
        member.press(words)
    before, position = member.screen, member.state.position
    assert before is not None
    empty = replace(member.state.broadcasts, known=())
    for row in before.rows:
        for label, _ in row:
            member.state = replace(member.state, broadcasts=empty, position=position)
            member.screen = before
            member.press(label)
            assert deeds(member) == ()

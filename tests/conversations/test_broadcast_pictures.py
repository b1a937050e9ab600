"""Pictures and files of a broadcast: with the words, before or behind them, several at once."""

from dataclasses import replace

import pytest

from conversations.broadcasts.posts import Attached, Post
from conversations.dialogues import Dialogues
from conversations.events import Event, Media, Received, Uploaded
from tests.conversations.casting import deeds, drafted, operator
from tests.conversations.walk import Member

PHOTO = Received(media=Media.PHOTO, post=Post(attached=Attached.PHOTO, file="P"))


def test_words_sent_behind_a_picture_come_below_it(written: Member) -> None:
    """Picture and words come in messages of their own as often as in one."""
    written.press("Text ändern").send(PHOTO)
    assert drafted(written).content.posts["de"] == Post(
        text="Bitte lesen.", attached=Attached.PHOTO, file="P"
    )
    written.press("Text ändern").type("Bitte ansehen.")
    post = drafted(written).content.posts["de"]
    assert (post.text, post.file) == ("Bitte ansehen.", "P")


def test_a_picture_is_taken_out_again(written: Member) -> None:
    """By a button, since words alone leave it."""
    written.press("Text ändern").send(PHOTO)
    written.press("Text ändern").press("Ohne Bild oder Datei")
    assert drafted(written).content.posts["de"] == Post(text="Bitte lesen.")


def test_every_language_has_the_picture(written: Member) -> None:
    """Whoever reads English sees what the others see, in whichever order it was sent."""
    written.press("Zweite Sprache").type("Please read.")
    written.press("Text ändern").send(PHOTO)
    assert drafted(written).content.posts["en"].file == "P"
    written.press("Zweite Sprache").press("Ohne zweite Sprache")
    written.press("Zweite Sprache").type("Please look.")
    assert drafted(written).content.posts["en"].file == "P"


def test_a_picture_above_too_long_a_text_of_another_language_is_refused(written: Member) -> None:
    """The picture would be the fifth message there."""
    written.press("Zweite Sprache").type("Please. " * 2040)
    written.press("Text ändern").send(PHOTO)
    assert "Nachrichten hintereinander" in written.html
    assert drafted(written).content.posts["de"] == Post(text="Bitte lesen.")


@pytest.mark.parametrize("event", [
    replace(PHOTO, album=True),
    Uploaded(file="D", name="x", post=Post(attached=Attached.DOCUMENT, file="D"), album=True),
])  # fmt: skip
def test_of_an_album_the_first_is_taken_and_that_is_said(
    dialogues: Dialogues, event: Event
) -> None:
    """Before the preview, with what to do."""
    member = operator(dialogues).call("rundruf").press("Neuer Rundruf").send(event)
    assert "nehme ich nur das erste" in member.html
    assert drafted(member).content.posts["de"].attached


def test_a_new_text_at_the_draft_is_told_where_it_belongs(written: Member) -> None:
    """It replaces nothing by itself."""
    written.type("Ein ganz neuer Text.")
    assert "erst auf „Text ändern“ tippen" in written.html
    assert deeds(written) == ()

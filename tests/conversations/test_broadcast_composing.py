"""A broadcast is written in the chat: from /rundruf over its text to its buttons."""

from dataclasses import replace

import pytest

from conversations.broadcasts import Link, Stage
from conversations.broadcasts.posts import Attached, Mark, Post
from conversations.deeds import Compose, Confirm, Discard
from conversations.dialogues import Dialogues
from conversations.events import Media, Received, Typed, Uploaded
from conversations.rules.house import House
from conversations.standing import Role
from tests.conversations.casting import (
    admin,
    at,
    both,
    deeds,
    drafted,
    operator,
    ready,
)
from tests.conversations.councils import COUNCIL
from tests.conversations.walk import Member, knowledge

# --- the plain way ----------------------------------------------------------------------------


def test_the_plain_way_takes_three_presses(dialogues: Dialogues) -> None:
    """New, preview, send: beside the text nothing has to be said."""
    member = ready(operator(dialogues)).press("Jetzt senden")
    assert member.presses == 3
    assert deeds(member) == (Confirm(id=drafted(member).id, council=None, revision=1),)
    assert drafted(member).stage is Stage.RUNNING


def test_the_last_question_names_how_many_and_how_long(dialogues: Dialogues) -> None:
    """People, groups, councils and about how many seconds."""
    member = ready(operator(dialogues))
    assert "<b>Vorschau</b> – genau so kommt es an." in member.html
    reach = "6 Personen, 2 Gruppen und 1 Kanal in 3 Gremien"
    assert f"An {reach}. Das dauert etwa 1 Sekunde." in member.html
    assert member.labels[:5] == [
        "Jetzt senden", "Später senden", "Nur an mich", "Empfänger wählen", "Text ändern",
    ]  # fmt: skip


def test_what_was_just_sent_is_not_counted_from_nothing(dialogues: Dialogues) -> None:
    """Before anybody has counted, the card says no „0 von 0“."""
    member = ready(operator(dialogues)).press("Jetzt senden")
    assert "wird gerade gesendet" in member.html
    assert "0 von 0" not in member.html


def test_a_slower_instance_says_that_it_takes_longer() -> None:
    """Nine messages at two a second: the operator's setting counts."""
    slow = Dialogues(knowledge(house=House(per_second=2)))
    assert "etwa 5 Sekunden." in ready(operator(slow)).html


def test_d15_a_second_press_sends_nothing(dialogues: Dialogues) -> None:
    """The press came twice: the second one finds another card."""
    member = ready(operator(dialogues))
    assert member.screen is not None
    press = member.screen.rows[0][0][0]
    old = member.screen
    member.press(press)
    member.screen = old
    member.press(press)
    assert deeds(member) == ()


def test_an_admin_writes_to_the_own_council_alone(dialogues: Dialogues) -> None:
    """Its broadcast names the council, and its people."""
    member = ready(admin(dialogues))
    assert "An 3 Personen und 1 Gruppe. Das dauert etwa 1 Sekunde." in member.html
    member.press("Jetzt senden")
    assert deeds(member) == (Confirm(id=drafted(member).id, council=COUNCIL, revision=1),)


def test_somebody_who_is_both_is_asked_once(dialogues: Dialogues) -> None:
    """For all councils or for the own one; then it goes on as for anybody."""
    member = both(dialogues).call("rundruf").press("Neuer Rundruf")
    assert "Für wen ist der Rundruf?" in member.html
    member.press("Nur an mein Gremium").type("Hallo")
    assert drafted(member).council == COUNCIL
    assert "An: 3 Personen und 1 Gruppe" in member.html


def test_somebody_who_is_both_may_write_to_all(dialogues: Dialogues) -> None:
    """The other answer."""
    member = both(dialogues).call("rundruf").press("Neuer Rundruf").press("An alle Gremien")
    member.type("Hallo")
    assert drafted(member).council is None


@pytest.mark.parametrize("role", [Role.MEMBER])
def test_a_member_does_not_know_the_command(dialogues: Dialogues, role: Role) -> None:
    """Missing and forbidden look alike."""
    member = admin(dialogues, role=role).call("rundruf")
    assert "Den Befehl /rundruf kenne ich nicht." in member.html


def test_a_lost_role_closes_the_draft(dialogues: Dialogues) -> None:
    """What was an admin's card before is nobody's now."""
    member = admin(dialogues).call("rundruf").press("Neuer Rundruf").type("Hallo")
    seat = member.state.standing.seats[0]
    standing = replace(member.state.standing, seats=(replace(seat, role=Role.MEMBER),))
    member.state = replace(member.state, standing=standing)
    member.press("Vorschau")
    assert deeds(member) == ()
    assert at(member)[0] == "home"


# --- the text ---------------------------------------------------------------------------------


def test_the_text_is_stored_at_once_with_its_marks(dialogues: Dialogues) -> None:
    """Nothing is lost, and bold stays bold."""
    member = operator(dialogues).call("rundruf").press("Neuer Rundruf")
    post = Post(text="Bitte lesen", marks=(Mark(type="bold", offset=0, length=5),))
    member.send(Typed(text=post.text, post=post))
    (deed,) = deeds(member)
    assert isinstance(deed, Compose)
    assert deed.content.posts == {"de": post}
    assert deed.revision == 0


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (Attached.PHOTO, "ein Bild"),
        (Attached.DOCUMENT, "eine Datei"),
        (Attached.VIDEO, "ein Video"),
    ],
)
def test_a_picture_or_file_is_taken(dialogues: Dialogues, kind: Attached, said: str) -> None:
    """With or without words below it."""
    member = operator(dialogues).call("rundruf").press("Neuer Rundruf")
    post = Post(attached=kind, file="AgAC", name="x")
    if kind is Attached.DOCUMENT:
        member.send(Uploaded(file="AgAC", name="x.pdf", post=post))
    else:
        member.send(Received(media=Media(kind.value), post=post))
    assert drafted(member).content.posts["de"].file == "AgAC"
    assert f"Dabei: {said}" in member.html


@pytest.mark.parametrize("media", [Media.STICKER, Media.VOICE, Media.LOCATION, Media.POLL])
def test_what_cannot_be_sent_is_said_in_a_sentence(written: Member, media: Media) -> None:
    """A sticker, a voice message: the draft stays as it was."""
    written.press("Text ändern").send(Received(media=media))
    assert "Ich brauche hier den Text des Rundrufs" in written.html
    assert deeds(written) == ()
    assert drafted(written).content.posts["de"].text == "Bitte lesen."


def test_too_long_a_text_keeps_the_draft(written: Member) -> None:
    """More than four messages nobody reads; how many it is gets told."""
    written.press("Text ändern").type("Wort " * 4000)
    assert "Nachrichten hintereinander" in written.html
    assert deeds(written) == ()


def test_an_empty_text_is_none(written: Member) -> None:
    """Blanks and invisible characters."""
    written.press("Text ändern")
    written.send(Typed(text="\u200b \n", post=Post(text="\u200b \n")))
    assert deeds(written) == ()


def test_an_unknown_placeholder_is_named(written: Member) -> None:
    """With those there are, before anybody gets to read it."""
    written.press("Text ändern").type("Hallo {stadtname}")
    assert "Den Platzhalter <code>&#123;stadtname&#125;</code> kenne ich nicht." in written.html
    assert "kommune" in written.html
    assert deeds(written) == ()


def test_a_command_is_no_text(written: Member) -> None:
    """Somebody who goes elsewhere does not send that word to all; the draft is kept."""
    written.press("Text ändern").call("hilfe")
    assert drafted(written).content.posts["de"].text == "Bitte lesen."


def test_a_word_of_a_button_is_a_press(written: Member) -> None:
    """«Zurück», typed, goes back and is not the text."""
    written.press("Text ändern")
    written.send(Typed(text="zurück", post=Post(text="zurück")))
    assert at(written) == ("composing", "draft")
    assert drafted(written).content.posts["de"].text == "Bitte lesen."


def test_leaving_keeps_the_draft(written: Member) -> None:
    """«Abbrechen» leads home; under /rundruf it is there again."""
    written.press("Abbrechen")
    assert "als Entwurf gespeichert" in written.html
    written.call("rundruf").press("✎ Bitte lesen.")
    assert at(written) == ("composing", "draft")


def test_a_second_language_has_its_own_text(written: Member) -> None:
    """Written beside the German one, and taken out again."""
    written.press("Zweite Sprache").type("Please read.")
    assert drafted(written).content.posts["en"].text == "Please read."
    assert "Auch auf: English" in written.html
    written.press("Zweite Sprache").press("Ohne zweite Sprache")
    assert set(drafted(written).content.posts) == {"de"}


def test_a_template_is_taken_whole(dialogues: Dialogues) -> None:
    """Text, languages and buttons; it can be changed after that."""
    member = operator(dialogues).call("rundruf").press("Vorlage wählen")
    member.press(member.labels[0])
    content = drafted(member).content
    assert content.template
    assert set(content.posts) >= {"de", "en"}


def test_a_draft_is_thrown_away_after_a_question(written: Member) -> None:
    """Once asked; «Nein» keeps it."""
    written.press("Verwerfen").press("Nein, behalten").press("Verwerfen").press("Ja, verwerfen")
    assert isinstance(deeds(written)[0], Discard)
    assert at(written) == ("broadcasts", "list")


# --- buttons ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("Mehr dazu https://example.org/a?b=c", Link(label="Mehr dazu", url="https://example.org/a?b=c")),
        ("https://example.org/x Mehr", Link(label="Mehr", url="https://example.org/x")),
        ("Mehr:\nhttps://example.org.", Link(label="Mehr", url="https://example.org")),
        ("https://example.org/x", Link(label="example.org", url="https://example.org/x")),
    ],
)  # fmt: skip
def test_a_button_is_typed_in_any_order(written: Member, typed: str, link: Link) -> None:
    """Words and address in one message."""
    written.press("Knöpfe").type(typed)
    assert drafted(written).content.links == (link,)


@pytest.mark.parametrize(
    "typed",
    ["Mehr dazu", "http://example.org", "javascript://x", "https://", "https://localhost/x",
     "https://exa mple", "https://example.org/" + "x" * 600, "X" * 60 + " https://example.org",
     "tg://user?id=5", "https://user:pass@example.org", "https://exämple.org/"],
)  # fmt: skip
def test_what_is_no_good_address_is_refused(written: Member, typed: str) -> None:
    """Only https, with a host, without anything that Telegram would not take."""
    written.press("Knöpfe").type(typed)
    links = drafted(written).content.links
    assert links in ((), (Link(label="mple", url="https://exa"),)) and not links


def test_three_buttons_are_the_most(written: Member) -> None:
    """The fourth is refused until one goes."""
    written.press("Knöpfe").press("Anfrage vorbereiten")
    for word in ("eins", "zwei", "drei"):
        written.type(f"{word} https://example.org/{word}")
    assert [one.label for one in drafted(written).content.links] == ["", "eins", "zwei"]
    written.press("Entfernen: eins").type("drei https://example.org/drei")
    assert [one.label for one in drafted(written).content.links] == ["", "zwei", "drei"]

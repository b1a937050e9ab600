"""A broadcast is written in the chat, from /rundruf to the last word."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from conversations.broadcasts import Audience, Link, Public, Stage
from conversations.broadcasts.posts import Attached, Mark, Post
from conversations.deeds import Compose, Confirm, Discard, Rehearse
from conversations.dialogues import Dialogues
from conversations.events import Media, Received, Rehearsed, Typed, Uploaded
from conversations.rules.house import House
from conversations.rules.reporting import ClockState
from conversations.standing import Role
from tests.conversations.casting import (
    ME,
    OTHER,
    PUBLIC,
    admin,
    at,
    both,
    broadcast,
    deeds,
    drafted,
    operator,
    ready,
    rehearse,
)
from tests.conversations.chamber import THERE
from tests.conversations.councils import COUNCIL
from tests.conversations.walk import Member, knowledge

NIGHT = datetime(2026, 11, 22, 21, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def careful() -> Dialogues:
    """An instance whose broadcasts need a second operator."""
    return Dialogues(knowledge(house=House(four_eyes=True)))


@pytest.fixture
def written(dialogues: Dialogues) -> Member:
    """An operator whose text is written."""
    return operator(dialogues).call("rundruf").press("Neuer Rundruf").type("Bitte lesen.")


def audience(member: Member) -> Audience:
    """To whom the draft would go."""
    return drafted(member).content.audience


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


# --- the audience -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("way", "reach"),
    [
        (["Gruppen und Kanäle"], "6 Personen in 3 Gremien"),
        (["Personen"], "2 Gruppen und 1 Kanal in 3 Gremien"),
        (["Rolle", "Ratsadmins", "Fertig"], "2 Personen, 2 Gruppen und 1 Kanal in 3 Gremien"),
        (["Sprache", "English", "Fertig"], "1 Person, 2 Gruppen und 1 Kanal in 3 Gremien"),
        (["KIM-Uhr", "überfällig", "Fertig"], "3 Personen und 1 Gruppe"),
        (["KIM-Uhr", "überfällig", "noch nie", "Fertig"], "4 Personen, 1 Gruppe und 1 Kanal in 2"),
        (["Art der Kommune", "große kreis", "Fertig"], "1 Person und 1 Kanal"),
        (["Fassung", "kreisfreie", "Fertig"], "5 Personen und 2 Gruppen in 2 Gremien"),
    ],
)
def test_each_choice_shows_its_count(written: Member, way: list[str], reach: str) -> None:
    """Conditions narrow the audience, and the card says at once to how many."""
    written.press("Empfänger")
    for words in way:
        found = [one for one in written.labels if one.removeprefix("☐ ").startswith(words)]
        switches = [one for one in written.labels if one.removeprefix("☑ ").startswith(words)]
        written.press((found or switches)[0])
    assert reach in written.html


@pytest.mark.parametrize("condition", ["Art der Kommune", "Fassung der Anfrage", "KIM-Uhr"])
def test_every_choice_says_how_many_it_would_be(written: Member, condition: str) -> None:
    """Also one with a long name."""
    written.press("Empfänger").press(condition)
    choices = [label for label in written.labels if label[0] in "☐☑"]
    assert choices
    assert all(label.endswith(")") for label in choices)


def test_conditions_are_stored(written: Member) -> None:
    """As values, not as words."""
    written.press("Empfänger").press("KIM-Uhr").press("☐ überfällig").press("Fertig")
    written.press("Rolle").press("☐ Ratsadmins")
    assert audience(written).clocks == {ClockState.OVERDUE}
    assert audience(written).roles == {Role.ADMIN}
    written.press("☑ Ratsadmins")
    assert audience(written).roles == frozenset()


def test_councils_are_found_by_typed_names(written: Member) -> None:
    """One by one, and taken out again; none is all."""
    written.press("Empfänger").press("Bestimmte Gremien").type("solingn").type("Gelsenkirchen")
    assert audience(written).councils == {COUNCIL, THERE}
    assert "5 Personen und 2 Gruppen in 2 Gremien" in written.html
    written.press("Entfernen: Stadt Solingen").press("Alle Gremien")
    assert audience(written).councils == frozenset()


@pytest.mark.parametrize(("typed", "said"), [("Kleve", "Kleve"), ("xyzzy", "xyzzy")])
def test_a_place_without_a_council_is_said(written: Member, typed: str, said: str) -> None:
    """Nothing is chosen by mistake."""
    written.press("Empfänger").press("Bestimmte Gremien").type(typed)
    assert said in written.html
    assert deeds(written) == ()


def test_an_admin_has_only_what_makes_sense(dialogues: Dialogues) -> None:
    """Within one council: people or chats, role, language; names as examples."""
    member = admin(dialogues).call("rundruf").press("Neuer Rundruf").type("Hallo")
    member.press("Empfänger")
    assert "Bestimmte Gremien" not in member.labels
    assert "KIM-Uhr" not in member.labels
    assert "Zum Beispiel: Aylin Demir, Jens Vogel, Ayşe Yılmaz" in member.html


def test_an_operator_sees_no_names(written: Member) -> None:
    """Counts only."""
    assert "Zum Beispiel" not in written.press("Empfänger").html


def test_nobody_is_said_and_goes_no_further(written: Member) -> None:
    """A broadcast to nobody ends at the draft."""
    written.press("Empfänger").press("☑ Personen").press("☑ Gruppen und Kanäle").press("Fertig")
    assert "So bekommt ihn niemand." in written.html
    written.press("Vorschau")
    assert at(written) == ("composing", "draft")
    assert written.last is not None
    assert written.last.rehearse is None


def test_an_audience_that_vanished_is_not_sent_to(dialogues: Dialogues) -> None:
    """Everybody left between the preview and the last word."""
    member = ready(operator(dialogues))
    empty = replace(member.state.broadcasts, public=Public())
    member.state = replace(member.state, broadcasts=empty)
    member.press("Jetzt senden")
    assert deeds(member) == ()
    assert "So bekommt ihn niemand." in member.html


# --- the preview ------------------------------------------------------------------------------


def test_the_preview_is_asked_for_and_noted(written: Member) -> None:
    """Only what Telegram took can be sent."""
    written.press("Vorschau")
    assert written.last is not None
    assert written.last.rehearse == drafted(written).id
    rehearse(written)
    assert deeds(written) == (Rehearse(id=drafted(written).id, council=None, revision=1),)


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("markup", "Formatierung"),
        ("long", "zu lang"),
        ("button", "Adresse auf den Knöpfen"),
        ("file", "Bild oder Datei"),
        ("offline", "erreiche Telegram gerade nicht"),
        ("other", "Einen Grund nennt Telegram nicht"),
    ],
)
def test_what_telegram_refuses_is_said(written: Member, why: str, said: str) -> None:
    """In a sentence, back at the draft: nobody got anything."""
    rehearse(written.press("Vorschau"), why)
    assert said in written.html
    assert at(written) == ("composing", "draft")
    assert deeds(written) == ()


def test_a_telegram_out_of_reach_is_not_said_to_refuse(written: Member) -> None:
    """Nothing is wrong with the broadcast, and nobody looks for a mistake in it."""
    rehearse(written.press("Vorschau"), "offline")
    assert "nimmt den Rundruf so nicht an" not in written.html


def test_a_preview_of_an_older_draft_does_not_count(written: Member) -> None:
    """The draft changed meanwhile, or it is another one's."""
    written.press("Vorschau")
    written.send(Rehearsed(broadcast=drafted(written).id, revision=7))
    assert at(written) == ("composing", "preview")
    written.send(Rehearsed(broadcast="b9", revision=1))
    assert deeds(written) == ()


def test_a_draft_changed_after_the_preview_is_shown_again(dialogues: Dialogues) -> None:
    """The last press finds another revision than the one that was looked at."""
    member = ready(operator(dialogues))
    one = replace(drafted(member), revision=2)
    member.state = replace(member.state, broadcasts=replace(member.state.broadcasts, known=(one,)))
    member.press("Jetzt senden")
    assert deeds(member) == ()
    assert "seit der Vorschau geändert" in member.html


def test_only_to_me_shows_it_once_more(dialogues: Dialogues) -> None:
    """And comes back to the last question."""
    member = ready(operator(dialogues)).press("Nur an mich")
    assert rehearse(member).labels[0] == "Jetzt senden"


def test_a_typed_text_at_the_last_question_sends_nothing(dialogues: Dialogues) -> None:
    """Only a press or the button's own word does."""
    member = ready(operator(dialogues)).type("los")
    assert deeds(member) == ()


# --- the time ---------------------------------------------------------------------------------


def test_a_later_moment_is_typed(dialogues: Dialogues) -> None:
    """Day and hour in one message; the last question names them."""
    member = ready(operator(dialogues)).press("Später senden").type("morgen 9 Uhr")
    assert "Geplant für Mo 23.11.2026 um 09:00 Uhr" in member.html
    member.press("So planen")
    (deed,) = deeds(member)
    assert isinstance(deed, Confirm)
    assert deed.due == datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    assert drafted(member).stage is Stage.WAITING


def test_a_later_moment_is_picked(dialogues: Dialogues) -> None:
    """A day from the month, then an hour."""
    member = ready(operator(dialogues)).press("Später senden").press("25").press("17:00")
    assert "Geplant für Mi 25.11.2026 um 17:00 Uhr" in member.html


@pytest.mark.parametrize(
    ("typed", "near"),
    [("morgen 22 Uhr", "Di 24.11.2026, 08:00 Uhr"), ("morgen 6 Uhr", "Mo 23.11.2026, 08:00 Uhr")],
)
def test_at_night_the_nearest_moment_is_offered(
    dialogues: Dialogues, typed: str, near: str
) -> None:
    """One sentence, and a button with the next moment that is allowed."""
    member = ready(operator(dialogues)).press("Später senden").type(typed)
    assert "Zwischen 20 und 8 Uhr sende ich nichts." in member.html
    member.press(near)
    assert at(member) == ("composing", "confirm")
    assert member.labels[0] == "So planen"


@pytest.mark.parametrize("typed", ["heute 9 Uhr", "1.1.2020", "heute 00:00"])
def test_what_is_over_is_not_planned(dialogues: Dialogues, typed: str) -> None:
    """A moment that has been."""
    member = ready(operator(dialogues)).press("Später senden").type(typed)
    assert "vorbei" in member.html
    assert at(member) != ("composing", "confirm")


def test_too_far_ahead_is_not_planned(dialogues: Dialogues) -> None:
    """Ninety days are the most."""
    member = ready(operator(dialogues)).press("Später senden").type("1.4.2027 9 Uhr")
    assert "Der Do 01.04.2027 ist zu weit weg." in member.html


def test_the_day_ninety_days_ahead_is_judged_with_its_hour(dialogues: Dialogues) -> None:
    """What the store would refuse is not offered."""
    member = ready(operator(dialogues)).press("Später senden").type("20.2.2027 19 Uhr")
    assert "Planen kann ich bis 20.02.2027, 12:00 Uhr." in member.html
    assert at(member) != ("composing", "confirm")


def test_at_night_now_means_the_morning(dialogues: Dialogues) -> None:
    """It is said before, on the card and on the button."""
    member = operator(dialogues)
    member.state = replace(member.state, now=NIGHT)
    ready(member)
    assert "Los geht es am Mo 23.11.2026 um 08:00 Uhr." in member.html
    member.press("Ab 8 Uhr senden")
    (deed,) = deeds(member)
    assert isinstance(deed, Confirm)
    assert deed.due == datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


# --- two people -------------------------------------------------------------------------------


def test_with_four_eyes_a_second_operator_is_asked(careful: Dialogues) -> None:
    """It waits for another one's yes."""
    member = ready(operator(careful)).press("Zur Freigabe geben")
    (deed,) = deeds(member)
    assert isinstance(deed, Confirm)
    assert deed.check
    assert drafted(member).stage is Stage.CHECK


def test_a_single_operator_is_told_that_a_second_one_is_needed(careful: Dialogues) -> None:
    """Before and when they press."""
    member = ready(operator(careful, others=False))
    assert "Zurzeit sind Sie die einzige" in member.html
    member.press("Zur Freigabe geben")
    assert deeds(member) == ()


def test_a_council_needs_no_second_operator(careful: Dialogues) -> None:
    """What an admin sends to the own council is their own business."""
    assert ready(admin(careful)).labels[0] == "Jetzt senden"


def test_the_second_one_sees_it_and_lets_it_go(careful: Dialogues) -> None:
    """Text, count, buttons; shown on demand; then it goes."""
    one = broadcast(Stage.CHECK, author=OTHER, due=NIGHT)
    member = operator(careful, one).call("rundruf").press("❓")
    assert "Bitte fragen Sie jetzt nach KIM." in member.html
    assert "An: 6 Personen" in member.html
    member.press("Genau so ansehen")
    assert member.last is not None
    assert member.last.rehearse == one.id
    rehearse(member).press("Freigeben")
    assert drafted(member).stage is not Stage.CHECK


def test_the_second_one_gives_it_back(careful: Dialogues) -> None:
    """Nothing is sent."""
    one = broadcast(Stage.CHECK, author=OTHER)
    member = operator(careful, one).call("rundruf").press("❓").press("Zurückgeben")
    assert drafted(member).stage is Stage.DRAFT


def test_nobody_lets_go_what_is_their_own(careful: Dialogues) -> None:
    """The author sees that it waits, and may take it back."""
    member = operator(careful, broadcast(Stage.CHECK)).call("rundruf").press("❓")
    assert "Freigeben" not in member.labels
    member.press("Zurücknehmen und ändern")
    assert at(member) == ("composing", "draft")
    assert drafted(member).stage is Stage.DRAFT


def test_somebody_elses_draft_does_not_open(dialogues: Dialogues) -> None:
    """Even if it were known: a draft is its author's."""
    member = operator(dialogues, broadcast(Stage.DRAFT, author=OTHER), public=PUBLIC)
    member.call("rundruf").press("✎")
    assert "gibt es hier nicht mehr" in member.html
    assert drafted(member).author != ME


@pytest.mark.parametrize(
    "way",
    [[], ["Empfänger"], ["Empfänger", "Rolle"], ["Empfänger", "Bestimmte"], ["Knöpfe"],
     ["Text ändern"], ["Zweite Sprache"], ["Verwerfen"], ["Vorschau"]],
)  # fmt: skip
def test_a_draft_that_is_gone_is_said_everywhere(written: Member, way: list[str]) -> None:
    """It was sent or thrown away on another device: no step breaks, every one leads on."""
    for words in way:
        written.press(words)
    before = written.screen
    empty = replace(written.state.broadcasts, known=())
    assert before is not None
    for row in before.rows:
        for label, _ in row:
            written.state = replace(written.state, broadcasts=empty)
            position = written.state.position
            written.screen = before
            written.press(label)
            assert deeds(written) == ()
            written.state = replace(written.state, position=position)

"""Answers to a broadcast as its author reads them, and writes back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from conversations.broadcasts import Answer, Broadcast, Broadcasts, Content, Stage
from conversations.broadcasts.posts import Post
from conversations.deeds import Refused, WriteBack
from conversations.events import Pressed
from conversations.standing import Role
from tests.conversations.joining import GELSENKIRCHEN, RHEINE, invited, seated
from tests.conversations.walk import NOW

CALL = Broadcast(
    id="b1",
    council=GELSENKIRCHEN,
    author=7,
    content=Content(posts={"de": Post(text="Bitte fragen Sie")}),
    stage=Stage.DONE,
    made=NOW,
)
ASKED = Answer(
    id="a1",
    broadcast="b1",
    person=9,
    name="Elif <Ö>",
    function="Vorsitzende",
    ags="05513000",
    council=GELSENKIRCHEN,
    text="Wann ist\ndie Sitzung?",
    at=NOW,
)


def author(house, *answers):
    """An admin whose broadcast was answered."""
    admin = seated(house, Role.ADMIN)
    admin.state = replace(
        admin.state, broadcasts=Broadcasts(known=(CALL,), answers=answers or (ASKED,))
    )
    return admin


def opened(house, *answers):
    """At the card where a word back is written."""
    return author(house, *answers).send(Pressed(data="b:reply:a1"))


def listed(house, *answers):
    """At the list of answers."""
    return opened(house, *answers).press("Zurück")


def test_the_button_shows_the_whole_answer(house):
    """Who wrote it, what, and what can be written."""
    admin = opened(house)
    assert "Antwort an: Elif &lt;Ö&gt; (Vorsitzende, Stadt Gelsenkirchen)" in admin.html
    assert "<blockquote>Wann ist\ndie Sitzung?</blockquote>" in admin.html
    assert "höchstens 1.000 Zeichen" in admin.html


def test_a_word_back_goes_with_one_text(house):
    """Then it stands in the list, before the answer."""
    admin = opened(house).type("Am 14. um 17 Uhr")
    (deed,) = admin.last.deeds
    assert deed == WriteBack(
        id=admin.state.fresh, council=GELSENKIRCHEN, to="a1", text="Am 14. um 17 Uhr"
    )
    assert "Ihre Nachricht ist unterwegs an Elif" in admin.html
    assert admin.html.index("Am 14. um 17 Uhr") < admin.html.index("Wann ist die Sitzung?")


@pytest.mark.parametrize(("length", "goes"), [(1000, True), (1001, False)])
def test_a_word_back_has_a_limit(house, length, goes):
    """It is named, and nothing is cut."""
    admin = opened(house).type("x" * length)
    assert bool(admin.last.deeds) is goes
    assert ("1.001 Zeichen" in admin.html) is not goes


def test_who_is_out_of_reach_is_not_written_to(house):
    """The card says so."""
    admin = opened(house, replace(ASKED, reachable=False, name=""))
    assert "Dieses Mitglied ist nicht mehr erreichbar." in admin.html
    assert admin.type("Hallo").last.deeds == ()


def test_twenty_words_back_are_enough_for_a_day(house):
    """What was written yesterday counts no more."""
    backs = [replace(ASKED, id=f"w{n}", back=True) for n in range(20)]
    assert "heute nicht weiter" in opened(house, ASKED, *backs).type("Noch eins").html
    old = replace(backs[0], at=NOW - timedelta(days=1, seconds=1))
    assert opened(house, ASKED, old, *backs[1:]).type("Noch eins").last.deeds


def test_the_list_tells_who_wrote_when(house):
    """Words back are marked, and have no button."""
    back = replace(ASKED, id="w1", text="Am 14.", back=True)
    admin = listed(house, back, ASKED)
    assert "1 · Sie an: Elif &lt;Ö&gt;" in admin.html
    assert "2 · Elif &lt;Ö&gt; (Vorsitzende, Stadt Gelsenkirchen) · 22.11.2026, 12:00" in admin.html
    assert [one for one in admin.labels if "beantworten" in one] == ["2 beantworten"]


def test_an_operator_reads_the_place_alone(house):
    """No name stands in the list."""
    admin = listed(house, replace(ASKED, name="", function=""))
    assert "1 · Ein Mitglied, Stadt Gelsenkirchen" in admin.html


def test_many_answers_come_page_by_page(house):
    """Five on each, numbered on."""
    many = [replace(ASKED, id=f"a{n}", text=f"Frage {n}") for n in range(1, 8)]
    admin = listed(house, *many)
    assert "Frage 5" in admin.html
    assert "Frage 6" not in admin.html
    admin.press("6–7 ›")
    assert "6 · " in admin.html
    assert admin.press("7 beantworten").html.count("Frage 7") == 1


def test_answers_to_another_broadcast_are_not_listed(house):
    """Each has its own list."""
    admin = listed(house, ASKED, replace(ASKED, id="a2", broadcast="b2", text="Anderes"))
    assert "Anderes" not in admin.html


def test_back_leads_to_the_broadcast(house):
    """From the list, to its card."""
    assert "Bitte fragen Sie" in listed(house).press("Zurück").html


def test_an_answer_that_went_is_gone(house):
    """Its person was erased meanwhile: one line, and nothing is sent."""
    admin = opened(house)
    admin.state = replace(admin.state, broadcasts=Broadcasts(known=(CALL,)))
    admin.type("Hallo")
    assert "kann ich hier nicht mehr öffnen" in admin.html
    assert admin.last.deeds == ()


def test_the_broadcasts_council_is_in_hand_then(house):
    """Whoever has another one in hand gets to the answer all the same."""
    admin = seated(house, Role.ADMIN, invited(RHEINE, id_="i2"))
    admin.call("start", "B" * 22)
    answers = Broadcasts(known=(CALL,), answers=(ASKED,))
    admin.state = replace(
        admin.state,
        member=replace(admin.state.member, active=RHEINE),
        broadcasts=answers,
    )
    admin.send(Pressed(data="b:reply:a1"))
    assert admin.state.member.active == GELSENKIRCHEN
    assert "Was möchten Sie schreiben?" in admin.html


def test_c09_a_member_opens_no_answer(house):
    """The button is no good in another's hands; that it was pressed is noted."""
    member = seated(house)
    member.state = replace(member.state, broadcasts=Broadcasts())
    position = member.state.position
    member.send(Pressed(data="b:reply:a1"))
    assert member.state.position == position
    assert member.last.deeds == (Refused(what="button", council=GELSENKIRCHEN),)

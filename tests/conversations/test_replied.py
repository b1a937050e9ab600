"""Replies to broadcasts go on to who wrote them, and change nothing else."""

from dataclasses import replace

import pytest

from conversations.broadcasts import Answer, Broadcast, Broadcasts, Content, Replied
from conversations.broadcasts.exchange import Brought, BroughtBack, Party, answered, wrote_back
from conversations.broadcasts.posts import Attached, Post
from conversations.core import Say, Toast
from conversations.deeds import Reply, WriteBack
from conversations.events import Called, Media, Pressed, Received, Typed, Uploaded
from conversations.standing import Role
from tests.conversations.joining import GELSENKIRCHEN, seated
from tests.conversations.walk import NOW

FROM_AYLA = Replied(
    broadcast="b1", council=GELSENKIRCHEN, by="Ayla Demir", function="Vorsitzende", left=20
)
ASKED = Answer(
    id="a1",
    broadcast="b1",
    person=9,
    name="Mehmet Kaya",
    function="Mitglied",
    ags="05513000",
    council=GELSENKIRCHEN,
    text="Wann ist <b>Sitzung</b>?",
    at=NOW,
)


@pytest.fixture
def replying(house):
    """A member who replies to a broadcast of Ayla."""
    return to(seated(house), FROM_AYLA)


def to(member, replied, answers=()):
    """The member's next event replies to that."""
    member.state = replace(
        member.state, broadcasts=Broadcasts(replied=replied, answers=tuple(answers))
    )
    return member


def said(member):
    """What was said to the last event, without the card."""
    return [one.screen.html for one in member.last.replies if isinstance(one, Say)]


def reply(member, text="Mache ich"):
    """Telegram's own reply."""
    return member.send(Typed(text=text, reply_to=5))


def test_a_reply_goes_to_who_sent_the_broadcast(replying):
    """The member reads to whom, and the deed carries the words."""
    reply(replying)
    assert said(replying) == ["Ihre Antwort ist unterwegs an Ayla Demir (Vorsitzende)."]
    (deed,) = replying.last.deeds
    assert deed == Reply(id=replying.state.fresh, broadcast="b1", text="Mache ich")


def test_an_operator_is_no_name(replying):
    """Who runs the bot is called its team."""
    to(replying, replace(FROM_AYLA, by="", function="", council=None))
    reply(replying)
    assert said(replying) == ["Ihre Antwort ist unterwegs an das Betreiber-Team."]


def test_a_reply_is_no_answer_to_the_card(replying):
    """The card and its buttons stay good; nothing of the dialogue moves."""
    before = replying.state.position
    reply(replying, "Anfrage")
    assert replying.last.position is None
    assert replying.state.position == before


def test_a_command_stays_a_command(replying):
    """Whatever it replies to."""
    replying.send(Called(name="hilfe"))
    assert replying.last.deeds == ()
    assert "/anfrage" in said(replying)[0]


@pytest.mark.parametrize("event", [
    Received(media=Media.PHOTO, reply_to=5),
    Received(media=Media.VOICE, reply_to=5),
    Uploaded(file="f", name="x.pdf", reply_to=5),
    Received(media=Media.PHOTO, post=Post(text="Bild", attached=Attached.PHOTO), reply_to=5),
    Typed(text=" \u200b ", reply_to=5),
])  # fmt: skip
def test_only_text_is_passed_on(replying, event):
    """A photo, a voice, a file, nothing but blanks: one hint, and nothing goes."""
    replying.send(event)
    assert replying.last.deeds == ()
    (words,) = said(replying)
    assert words.startswith("Als Antwort auf einen Rundruf gebe ich nur Text weiter.")


@pytest.mark.parametrize(("length", "goes"), [(1000, True), (1001, False)])
def test_a_thousand_characters_are_passed_on(replying, length, goes):
    """One more, and the limit is named; nothing is cut."""
    reply(replying, "x" * length)
    assert bool(replying.last.deeds) is goes
    assert ("1.001 Zeichen" in said(replying)[0]) is not goes


@pytest.mark.parametrize(("change", "words"), [
    ({"reachable": False}, "kann Antworten nicht mehr lesen"),
    ({"left": 0}, "heute nicht weiter"),
    ({"own": True}, "Ihr eigener Rundruf"),
    ({"answer": "a1", "reachable": False}, "Mitglied ist nicht mehr erreichbar"),
])  # fmt: skip
def test_what_goes_nowhere_is_said_so(replying, change, words):
    """The author is gone, the day is full, it is one's own: nothing is stored."""
    to(replying, replace(FROM_AYLA, **change))
    reply(replying)
    assert replying.last.deeds == ()
    assert words in said(replying)[0]


def test_a_stranger_without_consent_is_asked_first(stranger):
    """Nothing goes on from somebody who has not agreed."""
    reply(to(stranger, FROM_AYLA))
    assert stranger.last.deeds == ()


def test_a_reply_to_an_answer_is_a_word_back(house):
    """Who sent the broadcast may answer in Telegram's own way."""
    admin = seated(house, Role.ADMIN)
    replied = replace(FROM_AYLA, answer="a1", by="Mehmet Kaya", own=True)
    reply(to(admin, replied), "Am 14.")
    (deed,) = admin.last.deeds
    assert deed == WriteBack(id=admin.state.fresh, council=GELSENKIRCHEN, to="a1", text="Am 14.")
    assert said(admin) == ["Ihre Nachricht ist unterwegs an Mehmet Kaya."]


def test_any_other_reply_is_an_answer_to_the_card(replying):
    """To a card, or to a person's own message."""
    to(replying, None)
    reply(replying, "unverständlich")
    assert replying.last.position is not None


def test_an_answer_of_long_ago_is_answered_in_telegrams_way(house):
    """The button finds nothing: an alert says how it goes."""
    admin = seated(house, Role.ADMIN)
    admin.send(Pressed(data="b:reply:a0"))
    (toast,) = admin.last.replies
    assert isinstance(toast, Toast)
    assert toast.alert
    assert "gedrückt halten" in toast.text


# --- the messages ---------------------------------------------------------------------------------


def _brought(**changes):
    one = Broadcast(id="b1", content=Content(posts={"de": Post(text="KIM & mehr\nText")}), made=NOW)
    who = Party(name="Mehmet <Kaya>", function="Mitglied", ags="05513000")
    values = {"who": who, "text": "A & <b>\nB", "language": "de", **changes}
    return Brought(id="a1", broadcast=one, **values)


def test_an_answer_says_who_wrote_what_to_which_broadcast(know):
    """Typed text is a value, never markup."""
    screen = answered(know, _brought())
    assert screen.html == (
        "<b>Antwort auf Ihren Rundruf „KIM &amp; mehr“</b>\n"
        "Mehmet &lt;Kaya&gt; (Mitglied, Stadt Gelsenkirchen):\n\n"
        "A &amp; &lt;b&gt;\nB"
    )
    assert screen.rows == ((("Antworten", "b:reply:a1"),),)


def test_an_operator_reads_no_name(know):
    """Only that a member wrote, and from where."""
    screen = answered(know, _brought(who=Party(ags="05513000")))
    assert "\nEin Mitglied, Stadt Gelsenkirchen:\n" in screen.html


def test_a_message_that_may_have_come_before_says_so(know):
    """As reminders do."""
    assert "Vielleicht haben Sie diese Nachricht schon bekommen." in (
        answered(know, _brought(again=True)).html
    )


def test_a_word_back_names_its_author_and_what_was_asked(know):
    """The member knows which of their answers it is about, and how to go on."""
    who = Party(name="Ayla Demir", function="Vorsitzende", ags="05513000")
    brought = BroughtBack(asked="Wann\nist es?" + "x" * 80, who=who, text="Am 14.", language="de")
    html = wrote_back(know, brought).html
    assert html.startswith("<b>Ayla Demir (Vorsitzende, Stadt Gelsenkirchen) schreibt Ihnen</b>\n")
    assert "zu Ihrer Antwort „Wann ist es?xxx" in html
    assert "Antworten Sie direkt auf diese Nachricht" in html


def test_a_word_back_of_operators_names_nobody(know):
    """Their team writes."""
    brought = BroughtBack(asked="Wann?", who=Party(), text="Am 14.", language="de")
    assert wrote_back(know, brought).html.startswith("<b>Das Betreiber-Team schreibt Ihnen</b>")

"""Whatever a member presses, types or sends, in any order, is answered within Telegram's limits."""

import random
from dataclasses import replace

import pytest

from conversations.core import (
    Say,
    Show,
    Toast,
)
from conversations.dialogues import Dialogues
from conversations.events import (
    Edited,
    Flooded,
    Media,
    Pressed,
    Received,
    Resumed,
)
from tests.conversations.walk import Member
from tests.conversations.writers import OTHERS

PLACES = ("Gelsenkirchen", "Rheine", "Kamen", "Aachen", "Kreis Wesel", "Waldbröl")
TEXTS = (
    *PLACES, "Kleve", "foo", "14.1. 17 Uhr", "31.2.", "Mo 14.1.2027", "21 Tage", "Frau A. Beispiel",
    "Jens Vogel", "x@example.org", "x" * 2000, "🎉 hallo", "3", "2021", "Zurück", "weiter", "hilfe",
    '<b>&{{7*7}}</b> #read("x") $x$ \\', "", "2026", "Ein eigener Absatz.\n\nMit zwei Zeilen.",
)  # fmt: skip
COMMANDS = (
    "anfrage",
    "weiter",
    "entwuerfe",
    "einstellungen",
    "hilfe",
    "datenschutz",
    "stopp",
    "foo",
)
LEAVING = ("cancel", "home")
WAYS_ON = ("An die eigene", "Ohne Sitzungstermin", "Überspringen", "Gleich zur Durchsicht")


def utf16(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def assert_fits(member: Member) -> None:
    """Every answer keeps Telegram's limits: 4,096 units, data of 1 to 64 bytes, 8 in a row."""
    assert member.last is not None
    for reply in member.last.replies:
        match reply:
            case Show(screen=screen) | Say(screen=screen):
                assert 0 < utf16(screen.html) <= 4096
                for row in screen.rows:
                    assert len(row) <= 8
                    assert all(label.strip() for label, _ in row)
                    assert all(1 <= len(data.encode()) <= 64 for _, data in row)
            case Toast(text=text):
                assert 0 < len(text) <= 200


def anything(member: Member, chance: random.Random) -> None:
    """One thing a member may do; mostly a press that does not leave."""
    draw = chance.random()
    buttons = [b for row in member.screen.rows for b in row] if member.screen else []
    staying = [b for b in buttons if b[1].partition(".")[2] not in LEAVING] or buttons
    if draw < 0.75 and staying:
        member.send(Pressed(data=chance.choice(staying)[1]))
    elif draw < 0.93:
        member.type(chance.choice(TEXTS))
    elif draw < 0.95:
        member.call(chance.choice(COMMANDS))
    elif draw < 0.97:
        member.send(
            Edited(text=chance.choice(TEXTS), message=member.message - chance.randint(0, 6))
        )
    else:
        member.send(chance.choice([
            Received(media=chance.choice(list(Media))), Resumed(), Flooded(count=30),
            Pressed(data="0.x"), Pressed(data="garbage"), Pressed(data=f"{2**70}.make"),
        ]))  # fmt: skip


def hurry(member: Member) -> None:
    """To the review at once: what lies behind it is seldom reached by chance."""
    while way := next((words for words in member.labels if words.startswith(WAYS_ON)), ""):
        member.press(way)


@pytest.mark.parametrize("place", PLACES)
def test_no_way_through_ends_in_an_error(dialogues: Dialogues, place: str) -> None:
    """Random members of every variant: each turn is answered within Telegram's limits."""
    for seed in range(12):
        chance = random.Random(f"{place}{seed}")
        member = Member(dialogues).call("start").press("Einverstanden")
        paper = (
            chance.choice([row[0][0] for row in member.screen.rows[:2]]) if member.screen else ""
        )
        member.press(paper).type(place)
        for _ in range(60):
            anything(member, chance)
            assert_fits(member)


def test_random_members_reach_every_step(dialogues: Dialogues) -> None:
    """The random walk above is worth something: together they see every step open to them."""
    plain = Member(dialogues).call("start").press("Einverstanden").state
    others = {"filed"}  # walked in test_facing_any_way.py, with papers that are filed
    flows = [f for f in dialogues.flows if f.open_to(plain) and f.name not in others]
    every = {(f.name, step) for f in flows for step in f.steps}
    reached: set[tuple[str, str]] = set()
    for seed in range(400):
        if reached == every:
            break
        chance = random.Random(seed)
        member = Member(dialogues).call("start").press("Einverstanden").press("Anfrage")
        member.type(PLACES[seed % len(PLACES)])
        member.state = replace(member.state, letters=(OTHERS,))
        if seed // len(PLACES) % 2:
            hurry(member)
        for _ in range(80):
            anything(member, chance)
            if member.state.position:
                reached.add((member.state.position.flow, member.state.position.step))
    assert every - reached == set()


def test_the_same_turn_decides_the_same(dialogues: Dialogues) -> None:
    """A decision depends on nothing but state and event."""
    member = Member(dialogues).call("start").press("Einverstanden")
    event = Pressed(data=member.screen.rows[0][0][1]) if member.screen else Resumed()
    assert dialogues.advance(member.state, event) == dialogues.advance(member.state, event)


def test_a_card_shown_again_keeps_its_buttons(member: Member) -> None:
    """After a restart the card comes twice; a press on either copy counts."""
    assert member.screen is not None
    first = member.screen
    member.send(Resumed())
    assert member.screen == first or member.screen.rows == first.rows
    member.press("Anfrage")
    assert member.state.position is not None
    assert member.state.position.step == "place"

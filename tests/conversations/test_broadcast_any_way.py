"""Random operators and admins among broadcasts: every turn is answered, every step is reached."""

import random
from dataclasses import replace

import pytest

from conversations.broadcasts import Answer, AnswerId, Content, Link, Stage
from conversations.broadcasts.posts import Attached, Mark, Post
from conversations.dialogues import Dialogues
from conversations.events import Media, Pressed, Received, Rehearsed, Typed, Uploaded
from conversations.standing import PersonId
from tests.conversations.casting import (
    OTHER,
    admin,
    at,
    both,
    broadcast,
    operator,
    tally,
)
from tests.conversations.councils import COUNCIL
from tests.conversations.test_any_way import LEAVING, assert_fits
from tests.conversations.walk import NOW, Member

FLOWS = {"broadcasts", "composing"}
WORDS = (
    *("Bitte lesen.", "x" * 3000, "Wort " * 4000, "{kommune} {foo}", "<b>&{{7*7}}</b>", "\u200b"),
    *("ja", "zurück", "Mehr https://example.org/x", "http://example.org", "Solingen", "Kleve"),
    *("morgen 9 Uhr", "17 Uhr", "morgen 23 Uhr", "31.2.", "1.1.2020", "12"),
)
LONG = Post(
    text="<&>" * 1300,
    marks=(Mark(type="bold", offset=0, length=9),),
    attached=Attached.PHOTO,
    file="F",
)
STAGES = (Stage.DRAFT, Stage.CHECK, Stage.WAITING, Stage.RUNNING, Stage.PAUSED, Stage.DONE)
WAYS = ("pause", "resume", "cancel", "unreached", "again", "let", "open", "x")


def somebody(dialogues: Dialogues, chance: random.Random) -> Member:
    """An operator, an admin or both, with broadcasts in every state and answers to them."""
    full = tally(total=9999, unclear=3, unreachable=(("blocked", 5), ("odd", 2)), dropped=4, late=6)
    links = tuple(Link(label="<W>" * 13, url="https://example.org/" + "x" * 400) for _ in range(3))
    content = Content(posts={"de": LONG, "en": Post(text="Read")}, links=links)
    make = chance.choice([operator, admin, both])
    known = [
        broadcast(
            stage,
            f"b{nth}{stage[:2]}",
            author=chance.choice([PersonId(7), OTHER]),
            council=COUNCIL if make is admin else None,
            content=content if chance.random() < 0.5 else broadcast().content,
            tally=full,
            due=NOW,
            confirmed=NOW,
            ended=NOW if stage is Stage.DONE else None,
            by="<i>Aylin</i>",
        )
        for nth in range(3)
        for stage in STAGES
    ]
    member = make(dialogues, *known)
    answers = tuple(
        Answer(
            id=AnswerId(f"a{nth}"),
            broadcast=one.id,
            person=PersonId(12),
            council=one.council,
            text="<&>" * 150,
            at=NOW,
        )
        for nth, one in enumerate(known)
    )
    broadcasts = replace(member.state.broadcasts, answers=answers)
    member.state = replace(member.state, broadcasts=broadcasts)
    return member


def anything(member: Member, chance: random.Random) -> None:
    """A press that stays, a word, a picture, a press below a message, the preview's answer."""
    draw = chance.random()
    buttons = [b for row in member.screen.rows for b in row] if member.screen else []
    ways = [b for b in buttons if b[1].partition(".")[2] not in LEAVING]
    asked = member.last.rehearse if member.last else None
    if asked is not None and draw < 0.7:
        one = member.state.broadcasts.one(asked)
        refused = chance.choice(["", "", "", "markup", "offline", "odd"])
        revision = one.revision if one else 1
        member.send(Rehearsed(broadcast=asked, revision=revision, refused=refused))
    elif at(member)[0] not in FLOWS:
        member.call("rundruf")
    elif draw < 0.75 and ways:
        member.send(Pressed(data=chance.choice(ways)[1]))
    elif draw < 0.9:
        text = chance.choice(WORDS)
        member.send(Typed(text=text, post=Post(text=text)))
    elif draw < 0.93:
        member.send(chance.choice([
            Received(media=Media.PHOTO, post=LONG), Received(media=Media.STICKER),
            Uploaded(file="F", name="x.pdf", post=Post(attached=Attached.DOCUMENT, file="F")),
        ]))  # fmt: skip
    else:
        ids = [one.id for one in member.state.broadcasts.known] or ["b0"]
        member.send(Pressed(data=f"b:{chance.choice(WAYS)}:{chance.choice(ids)}"))


@pytest.fixture(scope="module")
def reached(dialogues: Dialogues) -> set[tuple[str, str]]:
    """Every step that random people came to, each turn within Telegram's limits."""
    found: set[tuple[str, str]] = set()
    every = {(f.name, step) for f in dialogues.flows if f.name in FLOWS for step in f.steps}
    for seed in range(150):
        chance = random.Random(seed)
        member = somebody(dialogues, chance).call("rundruf")
        for _ in range(60):
            anything(member, chance)
            assert_fits(member)
            found.add(at(member))
        if seed > 25 and every <= found:
            break
    return found


def test_random_people_reach_every_step(
    dialogues: Dialogues, reached: set[tuple[str, str]]
) -> None:
    """The walk is worth something: together they see all there is."""
    every = {(f.name, step) for f in dialogues.flows if f.name in FLOWS for step in f.steps}
    assert every - reached == set()

"""What a person's message replies to, and who reads the answers: on both databases."""

import pytest
from sqlalchemy import insert

from bot.store import schema
from bot.store.codec import Words, stamp
from conversations.broadcasts import Content, Stage
from conversations.core import Need
from conversations.deeds import Appoint, Dismiss, Leave
from conversations.standing import Role
from tests.store.councils import (
    AYLA,
    BEN,
    BOSS,
    CEM,
    CODEC,
    HERE,
    NOW,
    TURNS,
    Asked,
    do,
    invite,
    join,
    load,
    two_councils,
)
from tests.store.people import delivery

OURS, THEIRS = "ours", "theirs"


def _broadcast(id_, council, author):
    return {
        "id": id_,
        "council": council,
        "author": author,
        "stage": Stage.RUNNING,
        "revision": 1,
        "rehearsed": 1,
        "made": stamp(NOW),
        "touched": stamp(NOW),
        "why": "",
        "pinned": 0,
        "edition": 1,
        "shown": "",
        "format": schema.FORMAT,
        "body": CODEC.broadcast.write(Content(), id_),
    }


def _answer(id_, broadcast, person, text, back=0):
    return {
        "id": id_,
        "broadcast": broadcast,
        "person": person,
        "back": back,
        "at": stamp(NOW),
        "format": schema.FORMAT,
        "body": CODEC.answer.write(Words(text=text), id_),
    }


def _got(id_, kind, subject, person, message):
    row = delivery(id_, kind=kind, due=NOW, council=HERE, state="sent", chat=person)
    return {**row, "subject": subject, "person": person, "message": message}


@pytest.fixture
async def town(store):
    """An admin's broadcast and an operator's; a member who got both and answered both."""
    await two_councils(store)

    def work(connection):
        for row in (_broadcast(OURS, HERE, AYLA), _broadcast(THEIRS, None, BOSS)):
            connection.execute(insert(schema.broadcast), row)
        for row in (
            _answer("a1", OURS, BEN, "Ich komme"),
            _answer("a2", OURS, BEN, "Gut", back=1),
            _answer("a3", THEIRS, BEN, "Wann?"),
        ):
            connection.execute(insert(schema.answer), row)
        for row in (
            _got("d1", "broadcast", f"broadcast:{OURS}", BEN, 11),
            _got("d2", "broadcast", f"broadcast:{THEIRS}", BEN, 12),
            _got("d3", "wrote_back", "answer:a2", BEN, 13),
            _got("d4", "deadline", "meeting:m1", BEN, 14),
        ):
            connection.execute(insert(schema.delivery), row)

    await store.write(work)
    return store


async def _replied(store, person, message, chat=None):
    """What the person's message replies to."""
    asked = Asked(
        person=person,
        chat=chat or person,
        update=None,
        now=NOW,
        needs=lambda _: frozenset(),
        reply_to=message,
    )
    return (await store.read(lambda c: TURNS.load(c, asked))).broadcasts.replied


@pytest.mark.parametrize(("message", "broadcast"), [(11, OURS), (12, THEIRS), (13, OURS)])
async def test_a_reply_finds_the_broadcast(town, message, broadcast):
    """By the broadcast's own message, or by a word that was written back."""
    found = await _replied(town, BEN, message)
    assert (found.broadcast, found.reachable) == (broadcast, True)


@pytest.mark.parametrize(("message", "by"), [(11, "Ayla"), (12, "")])
async def test_a_member_reads_whose_broadcast_it_is(town, message, by):
    """An admin of the own council by name, an operator by none."""
    assert (await _replied(town, BEN, message)).by == by


@pytest.mark.parametrize(("person", "chat", "message"), [
    (BEN, None, 14),
    (BEN, None, 99),
    (CEM, None, 11),
    (CEM, BEN, 11),
])  # fmt: skip
async def test_what_one_did_not_get_as_a_broadcast_is_none(town, person, chat, message):
    """A reminder, a number that is not there, somebody else's message."""
    assert await _replied(town, person, message, chat) is None


@pytest.mark.parametrize(("message", "deeds"), [
    (11, [(AYLA, invite("b2", Role.ADMIN)), (BEN, join("b2", Role.ADMIN)),
          (BEN, Appoint(council=HERE, person=AYLA, role=Role.MEMBER))]),
    (12, [(BOSS, invite("o", Role.OPERATOR, None)), (CEM, join("o", Role.OPERATOR, None)),
          (CEM, Dismiss(person=BOSS))]),
])  # fmt: skip
async def test_an_author_who_lost_the_right_is_out_of_reach(town, message, deeds):
    """No admin any more, no operator any more."""
    for person, deed in deeds:
        await do(town, person, deed)
    assert not (await _replied(town, BEN, message)).reachable


async def test_answers_are_read_by_the_author_alone(town):
    """With the member's name in the own council; operators read no name."""
    mine = (await load(town, AYLA, Need.BROADCASTS)).broadcasts.answers
    assert {(one.text, one.name, one.council, one.back) for one in mine} == {
        ("Ich komme", "Ben", HERE, False),
        ("Gut", "Ben", HERE, True),
    }
    (one,) = (await load(town, BOSS, Need.BROADCASTS)).broadcasts.answers
    assert (one.text, one.name, one.council) == ("Wann?", "", None)
    for person in (BEN, CEM):
        assert (await load(town, person, Need.BROADCASTS)).broadcasts.answers == ()


async def test_answers_to_a_council_one_left_are_not_read(town):
    """The author's seat is looked at each time."""
    await do(town, AYLA, invite("b2", Role.ADMIN))
    await do(town, BEN, join("b2", Role.ADMIN))
    await do(town, AYLA, Leave(council=HERE))
    assert (await load(town, AYLA, Need.BROADCASTS)).broadcasts.answers == ()

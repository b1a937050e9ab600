"""Who joins gets the broadcast that is kept for newcomers, once; on both databases."""

from datetime import timedelta

import pytest

from bot.store.codec import stamp
from conversations.deeds import Cancel, Leave, Pin, Retract
from conversations.standing import Role
from tests.store.composed import arrive, content, known, rows, seen, send, settings
from tests.store.councils import (
    AYLA,
    BEN,
    BOSS,
    CEM,
    EVE,
    HERE,
    NOW,
    THERE,
    do,
    invite,
    join,
    know,
    later,
    two_councils,
)

DAY = later(days=1)


@pytest.fixture
async def town(store):
    """Two councils, an operator, and somebody who has agreed and joined nothing yet."""
    await two_councils(store)
    await know(store, EVE)
    return store


async def come(store, council=HERE, *, now=DAY, role=Role.MEMBER, token="e"):
    """Eve joins."""
    admin = AYLA if council == HERE else CEM
    await do(store, admin, invite(token, role, council, expires=now + timedelta(days=7)), now=now)
    await do(store, EVE, join(token, role, council, name="Eve"), now=now)


async def got(store):
    """What waits for Eve: (subject, slot, state)."""
    return [(one.subject, one.slot, one.state) for one in await rows(store) if one.chat == EVE]


async def keep(store, person=AYLA, council=HERE, id_="b1", now=NOW, **said):
    """A broadcast that arrived, kept for newcomers."""
    what = content(pinned=True, **said)
    await send(store, person, council, id_, what, now)
    await arrive(store)


async def test_a_newcomer_gets_the_broadcast_that_is_kept(town):
    """One row, to go at once."""
    await keep(town)
    await come(town)
    assert await got(town) == [("broadcast:b1", "de1", "planned")]
    (row,) = [one for one in await rows(town) if one.chat == EVE]
    assert (row.person, row.council, row.not_before) == (EVE, HERE, stamp(DAY))


async def test_newcomers_count_in_the_total(town):
    """Its author sees one more recipient."""
    await keep(town)
    before = (await seen(town, AYLA)).tally
    await come(town)
    after = (await seen(town, AYLA)).tally
    assert (after.total, after.waiting) == (before.total + 1, 1)


async def test_only_the_newest_is_kept_for_them(town):
    """An operator's to all and an admin's to the council count alike."""
    await keep(town, now=NOW)
    await keep(town, BOSS, None, "b2", now=later(hours=1))
    await come(town)
    assert [subject for subject, *_ in await got(town)] == ["broadcast:b2"]


async def test_every_part_comes_in_their_language(town):
    """A long one in English for who reads English."""
    await settings(town, EVE, language="en")
    await keep(town, other="Good day. " * 800)
    await come(town)
    assert [slot for _, slot, _ in await got(town)] == ["en1", "en2"]


@pytest.mark.parametrize("said", [
    {"people": False},
    {"roles": frozenset({Role.ADMIN})},
    {"languages": frozenset({"en"})},
    {"councils": frozenset({THERE})},
])  # fmt: skip
async def test_who_is_not_meant_gets_nothing(town, said):
    """The audience's conditions hold for newcomers, too."""
    await keep(town, BOSS, None, **said)
    await come(town)
    assert await got(town) == []


async def test_another_councils_broadcast_stays_there(town):
    """Only that of the council they joined."""
    await keep(town, CEM, THERE)
    await come(town)
    assert await got(town) == []


@pytest.mark.parametrize("age", [29, 31])
async def test_an_old_one_is_no_news(town, age):
    """Thirty days, and no longer."""
    await keep(town)
    await come(town, now=later(days=age))
    assert bool(await got(town)) is (age < 30)


async def test_one_that_is_kept_no_longer_is_not_sent(town):
    """Its author let go of it."""
    await keep(town)
    await do(town, AYLA, Pin(id="b1", council=HERE, pinned=False))
    await come(town)
    assert await got(town) == []


@pytest.mark.parametrize("deed", [Cancel, Retract])
async def test_one_that_was_stopped_or_taken_back_is_not_sent(town, deed):
    """Cancelled on its way, or deleted everywhere."""
    await send(town, AYLA, what=content(pinned=True))
    await do(town, AYLA, deed(id="b1", council=HERE))
    await come(town)
    assert [state for *_, state in await got(town) if state != "cancelled"] == []


async def test_nobody_gets_it_twice(town):
    """Who got it, left and comes back has it already."""
    await keep(town)
    await come(town)
    await arrive(town, EVE)
    await do(town, EVE, Leave(council=HERE), now=DAY)
    await come(town, token="again", now=later(days=2))
    assert await got(town) == [("broadcast:b1", "de1", "sent")]


async def test_a_member_of_two_councils_gets_an_operators_broadcast_once(town):
    """Through the first they joined."""
    await keep(town, BOSS, None)
    await come(town)
    await come(town, THERE, token="there")
    assert len(await got(town)) == 1


async def test_what_was_dropped_when_they_left_comes_when_they_are_back(town):
    """It never arrived."""
    await keep(town)
    await come(town)
    await arrive(town, EVE, state="cancelled", reason="seat", message=None)
    await do(town, EVE, Leave(council=HERE), now=DAY)
    await come(town, token="again", now=later(days=2))
    assert await got(town) == [("broadcast:b1", "de1", "planned")]


@pytest.mark.parametrize("change", [{"stopped": NOW}, {"blocked": NOW}])
async def test_who_wants_nothing_gets_nothing(town, change):
    """/stopp, or blocked."""
    await settings(town, EVE, **change)
    await keep(town)
    await come(town)
    assert await got(town) == []


async def test_at_night_it_waits_for_the_morning(town):
    """Who joins at eleven in the evening reads it at eight."""
    await keep(town)
    await come(town, now=NOW.replace(hour=22))
    (row,) = [one for one in await rows(town) if one.chat == EVE]
    assert row.not_before == stamp(later(days=1).replace(hour=7))


async def test_others_are_not_sent_it_again(town):
    """Only the newcomer's row is new."""
    await keep(town)
    before = len(await rows(town))
    await come(town)
    assert len(await rows(town)) == before + 1
    assert [one.id for one in await known(town, BEN)] == []

"""What a message of a broadcast rests on at the moment it is sent, as the store sees it; on both
databases."""

from datetime import time, timedelta

import pytest
from sqlalchemy import update

from bot.store import ledger, schema
from bot.store.broadcasts import freezing, states
from bot.store.broadcasts.looking import Errand, Looking
from bot.store.broadcasts.rehearsing import Rehearsing
from bot.store.ledger import Claimed, Settled, State
from bot.store.planning import Planning
from conversations.broadcasts import Content, Stage
from conversations.broadcasts.posts import Post
from conversations.deeds import Appoint, Retract
from conversations.rules.reminding import OwnReminding
from conversations.standing import Role
from tests.shell import PSEUDONYMS
from tests.store.composed import ID, arrive, compose, content, group, send, settings
from tests.store.councils import (
    AYLA,
    BEN,
    BOSS,
    CODEC,
    HERE,
    NOW,
    THERE,
    do,
    invite,
    join,
    later,
    load,
    two_councils,
)

PLANNING = Planning(CODEC, PSEUDONYMS)
LOOK = Looking(CODEC, PLANNING)


@pytest.fixture
async def town(store):
    """A council whose admin has sent a broadcast of two parts."""
    await two_councils(store)
    await group(store, AYLA)
    await send(store, AYLA, what=content("Wort " * 1500))
    return store


async def look(store, chat=BEN, part=1, now=NOW, **changes):
    """What is to be sent there."""
    plain = {"id": "x", "claim": "y", "version": 1, "thread": None, "rank": 0, "attempt": 1}
    times = {"due": NOW, "expires": later(days=3), "nth": part, "of": 2, "again": False}
    about = {"kind": ledger.BROADCAST, "subject": f"broadcast:{ID}", "slot": f"de{part}"}
    whom = {"chat": chat, "person": chat if chat > 0 else None, "council": HERE}
    row = Claimed(**plain | times | about | whom | changes)
    return await store.write(lambda c: LOOK.post(c, row, now))


@pytest.mark.parametrize(
    ("before", "wait"), [("uncertain", 30), ("sending", 2), ("held", 2), ("pending", 2)]
)
async def test_d03_a_part_waits_while_the_one_before_is_not_settled(town, before, wait):
    """Also while a person has to say what becomes of it: the second never comes alone."""
    await arrive(town, BEN, slot="de1", state=before)
    found = await look(town, part=2)
    assert found == Settled(state=State.PENDING, not_before=NOW + timedelta(seconds=wait))
    await arrive(town, BEN, slot="de1")
    assert isinstance(await look(town, part=2), Errand)


@pytest.mark.parametrize(
    ("stage", "state", "reason"),
    [
        (Stage.PAUSED, State.HELD, ""),
        (Stage.CHECK, State.HELD, ""),
        (Stage.CANCELLED, State.CANCELLED, "broadcast"),
        (Stage.DRAFT, State.CANCELLED, "broadcast"),
    ],
)
async def test_what_does_not_go_on_is_not_sent(town, stage, state, reason):
    """Paused or cancelled by another process after the row was planned."""
    await town.write(lambda c: c.execute(update(schema.broadcast).values(stage=stage)))
    assert await look(town) == Settled(state=state, reason=reason)


@pytest.mark.parametrize("chat", [BEN, -500])
@pytest.mark.parametrize("minute", [0, 30])
async def test_nothing_goes_at_night_whatever_ones_own_quiet_hours_are(town, chat, minute):
    """From eight in the evening on, in Berlin, until eight."""
    await settings(town, BEN, reminding=OwnReminding(quiet_from=time(23), quiet_to=time(5)))
    evening = NOW.replace(hour=19, minute=minute)
    morning = (NOW + timedelta(days=1)).replace(hour=7)
    assert await look(town, chat, now=evening) == Settled(state=State.PENDING, not_before=morning)
    assert isinstance(await look(town, chat, now=NOW.replace(hour=18, minute=59)), Errand)


async def test_what_was_taken_back_is_not_sent_once_more(town):
    """Somebody has the unclear ones sent again of a broadcast that is deleted everywhere."""
    await arrive(town)
    await arrive(town, BEN, state="uncertain")
    done = update(schema.broadcast).values(stage=Stage.DONE)
    await town.write(lambda c: c.execute(done))
    await do(town, AYLA, Retract(id=ID, council=HERE))
    await town.write(lambda c: states.again(c, ID, NOW))
    assert await look(town) == Settled(state=State.CANCELLED, reason="broadcast")


@pytest.mark.parametrize("change", [{"confirmed": 0}, {"disabled": "kicked"}, {"thread": 5}])
async def test_a_group_gets_it_through_its_link_alone(town, change):
    """A link that waits for a word, that is switched off, or of another topic is none."""
    assert isinstance(await look(town, -500), Errand)
    await town.write(lambda c: c.execute(update(schema.chat_link).values(**change)))
    assert await look(town, -500) == Settled(state=State.CANCELLED, reason="unlinked")


async def test_a_group_that_wants_no_broadcasts_any_more_gets_none(town):
    """As somebody there said after it was confirmed."""
    await group(town, AYLA, broadcasts=False)
    assert await look(town, -500) == Settled(state=State.CANCELLED, reason="declined")


async def test_that_nobody_answers_for_it_any_more_is_in_the_log(town):
    """The bot itself stops it, once."""
    await do(town, AYLA, invite("b2", Role.ADMIN))
    await do(town, BEN, join("b2", Role.ADMIN))
    await do(town, BEN, Appoint(council=HERE, person=AYLA, role=Role.MEMBER))
    for _ in range(2):
        assert await look(town) == Settled(state=State.HELD)
    records = (await load(town, BEN)).desk.records
    found = [(one.action, one.object, one.itself, one.who) for one in records[:2]]
    assert found == [("pause", f"broadcast:{ID}", True, ""), ("appoint", "Ayla", False, "Ben")]


@pytest.mark.parametrize(("reads", "gets"), [("de", "de"), ("en", "en"), ("tr", "de"), ("", "de")])
def test_who_reads_another_language_gets_the_reference(reads, gets):
    """Whichever was written first; chats have no language."""
    said = Content(posts={"en": Post(text="Hello"), "de": Post(text="Hallo")})
    assert freezing.spoken(said, reads) == gets


@pytest.mark.parametrize(("council", "there"), [(HERE, True), (THERE, False), (None, False)])
async def test_f03_a_preview_shows_the_facts_of_a_council_one_is_in(store, council, there):
    """The placeholders of a broadcast to all are filled from the council in hand, if it is
    really the author's."""
    await two_councils(store)
    await do(store, BOSS, invite("x", Role.ADMIN), join("x", Role.ADMIN))
    await compose(store, BOSS, None)
    reading = Rehearsing(CODEC, PSEUDONYMS, PLANNING)
    found = await store.read(lambda c: reading.read(c, BOSS, ID, council, NOW))
    assert found is not None
    assert (found[1] is not None) is there

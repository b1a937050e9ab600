"""Others are asked about a broadcast: what the question rests on at the moment it is brought; on
both databases."""

from datetime import time, timedelta

import pytest
from sqlalchemy import update

from bot.store import ledger, schema
from bot.store.broadcasts.asking import RETURNED, WITHOUT_AUTHOR, Asked, Asking
from bot.store.ledger import Claimed, Settled, State
from conversations.broadcasts import Stage
from conversations.core import Consent
from conversations.deeds import Cancel, Decline, Dismiss, Leave, Second
from conversations.flows.consent import VERSION
from conversations.rules.reminding import OwnReminding
from conversations.standing import Role
from tests.store.composed import GUS, ID, chats, second_operator, send, settings
from tests.store.councils import (
    AYLA,
    BEN,
    BOSS,
    CODEC,
    EVE,
    HERE,
    NOW,
    do,
    invite,
    join,
    know,
    later,
    two_councils,
)

LOOK = Asking(CODEC)
MORNING = (NOW + timedelta(days=1)).replace(hour=7)


@pytest.fixture
async def town(store):
    """An operator's broadcast waits for another one's word."""
    await two_councils(store)
    await second_operator(store)
    await send(store, BOSS, None, check=True)
    return store


async def asked(store, person=GUS, now=NOW, slot="", version=1):
    """The question to the person, as it would be brought now."""
    plain = {"id": "x", "claim": "y", "thread": None, "rank": 0, "council": None, "again": False}
    times = {"due": NOW, "expires": later(days=3), "attempt": 1, "nth": 1, "of": 1}
    about = {"kind": ledger.ASKED, "subject": f"broadcast:{ID}", "version": version, "slot": slot}
    row = Claimed(**plain, **times, **about, chat=person, person=person)
    return await store.read(lambda c: LOOK.asked(c, row, now))


def dropped(reason):
    """Not of use any more."""
    return Settled(state=State.CANCELLED, reason=reason)


async def stage(store, **values):
    """Where the broadcast stands."""
    await store.write(lambda c: c.execute(update(schema.broadcast).values(**values)))


async def test_it_is_asked_in_the_readers_language(town):
    """With the broadcast it is about."""
    await settings(town, GUS, language="en")
    found = await asked(town)
    assert isinstance(found, Asked)
    assert (found.broadcast.id, found.broadcast.stage, found.language) == (ID, Stage.CHECK, "en")


@pytest.mark.parametrize(
    ("person", "deed"),
    [
        (BOSS, Decline(id=ID, council=None)),
        (BOSS, Cancel(id=ID, council=None)),
        (GUS, Second(id=ID, council=None, revision=1)),
    ],
)
async def test_what_is_decided_is_not_asked_any_more(town, person, deed):
    """Taken back, cancelled, or somebody said so already."""
    await do(town, person, deed)
    assert await asked(town) == dropped("broadcast")


async def test_of_a_councils_broadcast_its_other_admins_are_asked(store):
    """No member, nobody who left; an admin of another council neither."""
    await two_councils(store)
    for person, token in ((EVE, "e"), (GUS, "g")):
        await know(store, person)
        await do(store, AYLA, invite(token, Role.ADMIN))
        await do(store, person, join(token, Role.ADMIN))
    await do(store, GUS, Leave(council=HERE))
    await send(store, AYLA, check=True)
    assert await chats(store, "asked") == [EVE]


async def test_another_revision_has_a_question_of_its_own(town):
    """Whoever is asked about an older one would look at another text."""
    await stage(town, revision=3)
    assert await asked(town) == dropped("broadcast")
    assert isinstance(await asked(town, version=3), Asked)


async def test_who_may_not_say_so_any_more_is_not_asked(town):
    """The right is looked at when the question goes."""
    await do(town, BOSS, Dismiss(person=GUS))
    assert await asked(town) == dropped("role")
    assert await asked(town, BEN) == dropped("role")


@pytest.mark.parametrize(
    "changes",
    [
        {"stopped": NOW},
        {"withdrawn": NOW},
        {"consent": Consent(version=VERSION - 1, at=NOW, text_hash="ab")},
    ],
)
async def test_g07_who_wants_nothing_is_not_asked(town, changes):
    """/stopp, a consent that was taken back, or the present one not given yet."""
    await settings(town, GUS, **changes)
    assert await asked(town) == dropped("stopped")


async def test_at_night_the_question_waits(town):
    """Until eight in Berlin, and for the reader's own quiet hours; a pause of reminders is none."""
    night = NOW.replace(hour=21)
    assert await asked(town, now=night) == Settled(state=State.PENDING, not_before=MORNING)
    await settings(town, GUS, reminding=OwnReminding(quiet_to=time(12)))
    assert isinstance(await asked(town, now=NOW.replace(hour=9)), Settled)
    await settings(town, GUS, reminding=OwnReminding(paused=later(days=9)))
    assert isinstance(await asked(town), Asked)


@pytest.mark.parametrize(("why", "found"), [("role", Stage.PAUSED), ("person", None), ("", None)])
async def test_only_what_stands_without_its_author_is_asked_about_so(town, why, found):
    """Not what somebody paused."""
    await stage(town, stage=Stage.PAUSED, why=why)
    seen = await asked(town, slot=WITHOUT_AUTHOR)
    assert (seen.broadcast.stage if isinstance(seen, Asked) else None) == found


async def test_its_author_hears_that_it_came_back_while_it_is_that_draft(town):
    """Not once they wrote on, or handed it in again."""
    assert await asked(town, BOSS, slot=RETURNED) == dropped("broadcast")
    await do(town, GUS, Decline(id=ID, council=None))
    assert isinstance(await asked(town, BOSS, slot=RETURNED, version=2), Asked)
    await stage(town, revision=3)
    assert await asked(town, BOSS, slot=RETURNED, version=2) == dropped("broadcast")

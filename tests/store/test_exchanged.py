"""What an answer to a broadcast rests on at the moment it is brought; on both databases."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlalchemy import delete

from bot.store import ledger, members, schema
from bot.store.broadcasts.exchanged import Exchanged
from bot.store.ledger import Claimed, Settled, State
from bot.store.persons import Persons
from conversations.broadcasts.exchange import Brought, BroughtBack, Party
from conversations.deeds import Appoint, Leave, Reply, WriteBack
from conversations.rules.reminding import OwnReminding
from conversations.standing import Role
from tests.shell import PSEUDONYMS
from tests.store.broadcasting import WORDS, send
from tests.store.councils import AYLA, BEN, BOSS, CODEC, HERE, NOW, do, member, two_councils

LOOK = Exchanged(CODEC)
NIGHT = NOW.replace(hour=21)


@pytest.fixture
async def town(store):
    """Ben answered to Ayla's broadcast, and she wrote back."""
    await two_councils(store)
    await send(store)
    await do(store, BEN, Reply(id="a1", broadcast="b1", text="Wann?"))
    await do(store, AYLA, WriteBack(id="w1", council=HERE, to="a1", text="Am 14."))
    return store


def _row(kind, person, answer, **changes):
    plain = {"id": "x", "claim": "y", "version": 1, "slot": "", "thread": None, "rank": 0}
    times = {"due": NOW, "expires": NOW + timedelta(days=14), "attempt": 1, "nth": 1, "of": 1}
    values = {"kind": kind, "subject": f"answer:{answer}", "chat": person, "person": person}
    return Claimed(**plain, **times, **values, council=HERE, again=changes.get("again", False))


async def brought(store, now=NOW, to=AYLA, **changes):
    """The answer, as it would be brought now."""
    row = _row(ledger.ANSWERED, to, "a1", **changes)
    return await store.read(lambda c: LOOK.answered(c, row, now))


async def back(store, now=NOW, to=BEN):
    """The word back, as it would be brought now."""
    row = _row(ledger.WROTE_BACK, to, "w1")
    return await store.read(lambda c: LOOK.wrote_back(c, row, now))


def _moot(found):
    return isinstance(found, Settled) and found.state is State.CANCELLED


async def keep(store, person, **changes):
    """The person's own settings."""
    changed = replace(member(person), **changes)
    await store.write(lambda c: members.keep(c, CODEC, changed))


async def test_an_answer_is_brought_with_who_wrote_it(town):
    """Name, place and words; the broadcast it is about."""
    found = await brought(town, again=True)
    assert isinstance(found, Brought)
    assert (found.who, found.text, found.again) == (
        Party(name="Ben", ags="05513000"),
        "Wann?",
        True,
    )
    assert found.broadcast.content.posts["de"].text == WORDS


async def test_a_word_back_is_brought_with_what_was_asked(town):
    """And by whom it was written."""
    found = await back(town)
    assert isinstance(found, BroughtBack)
    assert (found.asked, found.text, found.who.name) == ("Wann?", "Am 14.", "Ayla")


async def test_operators_and_members_read_no_names_of_one_another(store):
    """The operator the place, the member nothing."""
    await two_councils(store)
    await send(store, author=BOSS, council=None)
    await do(store, BEN, Reply(id="a1", broadcast="b1", text="Wann?"))
    await do(store, BOSS, WriteBack(id="w1", council=None, to="a1", text="Am 14."))
    assert (await brought(store, to=BOSS)).who == Party(ags="05513000")
    assert (await back(store)).who == Party()


@pytest.mark.parametrize("bring", [brought, back])
async def test_at_night_it_waits_for_the_morning(town, bring):
    """Until eight in Berlin."""
    found = await bring(town, now=NIGHT)
    assert found == Settled(
        state=State.PENDING, not_before=(NOW + timedelta(days=1)).replace(hour=7)
    )


async def test_quiet_hours_hold_it_and_a_pause_of_reminders_does_not(town):
    """Each by the reader's own settings."""
    await keep(town, AYLA, reminding=OwnReminding(paused=NOW + timedelta(days=9)))
    assert isinstance(await brought(town), Brought)
    await keep(town, AYLA, reminding=OwnReminding(quiet_to=time(12)))
    assert isinstance(await brought(town, now=NOW.replace(hour=9)), Settled)


async def test_an_answer_is_brought_to_nobody_but_the_author(town):
    """Somebody else took the broadcast over meanwhile: the former author reads nothing more."""
    assert _moot(await brought(town, to=BEN))


async def test_an_author_who_lost_the_role_is_brought_nothing(town):
    """Between the answer and its sending."""
    await do(town, AYLA, Appoint(council=HERE, person=BEN, role=Role.ADMIN))
    await do(town, BEN, Appoint(council=HERE, person=AYLA, role=Role.MEMBER))
    assert _moot(await brought(town))


@pytest.mark.parametrize(("change", "goes"), [
    ({"withdrawn": NOW}, False),
    ({"blocked": NOW}, True),
    ({"stopped": NOW}, True),
])  # fmt: skip
async def test_what_somebody_wrote_is_brought_while_they_agree(town, change, goes):
    """Taking back the consent takes back the answer, too."""
    await keep(town, BEN, **change)
    assert _moot(await brought(town)) is not goes


async def test_who_left_wrote_as_a_member_without_a_name(town):
    """The answer is brought; the name is the council's business no more."""
    await do(town, BEN, Leave(council=HERE))
    assert (await brought(town)).who == Party(ags="05513000")
    assert _moot(await back(town))


@pytest.mark.parametrize(("change", "goes"), [
    ({"withdrawn": NOW}, False),
    ({"blocked": NOW}, False),
    ({"stopped": NOW}, True),
])  # fmt: skip
async def test_a_word_back_respects_who_is_out_of_reach(town, change, goes):
    """/stopp does not stand against the answer to one's own question."""
    await keep(town, BEN, **change)
    assert _moot(await back(town)) is not goes


async def test_g07_without_the_present_consent_nothing_is_brought(town):
    """Neither to the author nor to the member."""
    for person in (AYLA, BEN):
        old = member(person)
        await keep(town, person, consent=replace(old.consent, version=1))
    assert _moot(await brought(town))
    assert _moot(await back(town))


async def test_an_erased_author_s_word_is_brought_no_more(town):
    """Nobody stands behind it."""
    persons = Persons(codec=CODEC, pseudonyms=PSEUDONYMS)
    await town.write(lambda c: persons.erase(c, AYLA, NOW, waiting=False))
    assert _moot(await back(town))
    assert _moot(await brought(town))


async def test_an_answer_that_went_is_brought_no_more(town):
    """With its person, or with the broadcast."""
    await town.write(lambda c: c.execute(delete(schema.answer)))
    assert _moot(await brought(town))
    assert _moot(await back(town))

"""Drafts that nobody touches: one note a week before they go; on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from bot.store import drafts, ledger, members, schema
from bot.store.codec import stamp
from bot.store.idle import KIND, Notes
from bot.store.ledger import Claimed
from bot.store.persons import Persons
from bot.store.sweeping import sweep
from conversations.core import DraftState
from conversations.rules.reminding import OwnReminding
from conversations.rules.retention import DRAFT, GRACE, NOTE
from conversations.standing import PersonId
from tests.store.people import CODEC, NOW, PSEUDONYMS, council, member, populate, tag

ME = PersonId(7007001)
MOMENT = timedelta(seconds=1)
TOLD = NOW + DRAFT - NOTE + MOMENT
"""When the note is due: on a day in February, 13:00 in Berlin."""
ROWS = schema.delivery
OURS = ROWS.c.kind == KIND
NOTES = Notes(CODEC, PSEUDONYMS)


@pytest.fixture
async def town(store):
    """A council with one member and a draft."""

    def settle(connection):
        council(connection)
        populate(connection, ME)
        connection.execute(delete(ROWS))

    await store.write(settle)
    return store


@pytest.fixture
def at(town):
    """Sweep at a moment."""
    persons = Persons(codec=CODEC, pseudonyms=PSEUDONYMS)

    async def at(moment):
        await sweep(town, persons, moment, invited_only=False, notes=NOTES)

    return at


async def notes(town):
    """The rows there are."""
    query = select(ROWS).where(OURS).order_by(ROWS.c.version)
    return await town.read(lambda c: c.execute(query).all())


async def left(town):
    """How many drafts there are."""
    return len(await town.read(lambda c: c.execute(select(schema.draft.c.id)).all()))


async def put(town, **values):
    """Change the notes' rows."""
    await town.write(lambda c: c.execute(update(ROWS).where(OURS).values(**values)))


async def keep(town, **changes):
    """Change the person."""
    await town.write(lambda c: members.keep(c, CODEC, replace(member(ME), **changes)))


async def touch(town, moment=NOW, **changes):
    """Change the draft."""

    def work(connection):
        row = connection.execute(select(schema.draft)).one()
        known = CODEC.draft.read(row.body, row.format, row.id)
        drafts.keep(connection, CODEC, ME, replace(known, touched=moment, **changes))

    await town.write(work)


async def looked(town, moment):
    """What the note would say at that moment."""
    [row] = await notes(town)
    values = {name: getattr(row, name) for name in ("id", "kind", "rank", "subject", "version")}
    claimed = Claimed(
        **values,
        claim="c",
        slot=row.slot,
        chat=row.chat,
        thread=None,
        council=None,
        person=ME,
        due=moment,
        expires=moment + timedelta(days=30),
        attempt=1,
        nth=1,
        of=1,
        again=False,
    )
    return await town.read(lambda c: NOTES.look(c, claimed, moment))


async def test_b18_one_note_a_week_before_however_often_it_is_swept(town, at):
    """To the person's private chat; not a moment earlier, and not twice."""
    await at(TOLD - MOMENT)
    assert await notes(town) == []
    for hours in range(3):
        await at(TOLD + timedelta(hours=hours))
    [row] = await notes(town)
    assert (row.subject, row.version) == (f"draft:d{tag(ME)}", stamp(NOW))
    assert (row.chat, row.person, row.state) == (ME, ME, "planned")


async def test_b18_a_draft_that_was_told_of_goes_after_90_days(town, at):
    """On its day, not before."""
    await at(TOLD)
    await put(town, state="sent", not_before=stamp(TOLD))
    await at(NOW + DRAFT)
    assert await left(town) == 1
    await at(NOW + DRAFT + MOMENT)
    assert await left(town) == 0


async def test_b18_a_note_that_came_late_leaves_a_day(town, at):
    """The bot was down over the week: the note first, then 24 hours."""
    late = NOW + DRAFT + timedelta(days=5)
    await at(late)
    assert (await looked(town, late)).gone == (late + GRACE).date()
    await put(town, state="sent", not_before=stamp(late))
    await at(late + GRACE - MOMENT)
    assert await left(town) == 1
    await at(late + GRACE)
    assert await left(town) == 0


@pytest.mark.parametrize("state", ["planned", "pending", "sending", "uncertain"])
async def test_b18_a_draft_waits_for_its_note(town, at, state):
    """While it is not settled whether it came; but not for ever."""
    await at(TOLD)
    await put(town, state=state)
    await at(NOW + DRAFT + timedelta(days=20))
    assert await left(town) == 1
    await at(TOLD + timedelta(days=30))
    assert await left(town) == 0


@pytest.mark.parametrize("state", ["failed", "expired"])
async def test_b18_a_note_in_vain_keeps_nothing(town, at, state):
    """Whoever could not be told loses the draft in its time all the same."""
    await at(TOLD)
    await put(town, state=state)
    await at(NOW + DRAFT)
    assert await left(town) == 1
    await at(NOW + DRAFT + MOMENT)
    assert await left(town) == 0


@pytest.mark.parametrize("why", ["stopped", "withdrawn", "blocked", "done", "former", "stranger"])
async def test_b18_who_must_not_be_told_is_not(town, at, why):
    """No row is planned, one that was planned says nothing, and the draft goes in its time."""
    await touch(town)
    await at(TOLD)
    assert await looked(town, TOLD)
    if why == "done":
        await touch(town, state=DraftState.DONE)
    elif why == "former":
        ended = update(schema.membership).values(ended=stamp(TOLD))
        await town.write(lambda c: c.execute(ended))
    elif why == "stranger":
        await town.write(lambda c: c.execute(delete(schema.member)))
    else:
        await keep(town, **{why: TOLD})
    assert await looked(town, TOLD) is None
    await town.write(lambda c: c.execute(delete(ROWS)))
    await at(TOLD + MOMENT)
    assert await notes(town) == []
    if why != "withdrawn":
        await at(NOW + DRAFT)
        assert await left(town) == 1
    await at(NOW + DRAFT + MOMENT)
    assert await left(town) == 0


async def test_b18_a_draft_that_is_touched_again_begins_anew(town, at):
    """The old note lapses, and the next one comes 83 days later."""
    await at(TOLD)
    await touch(town, TOLD)
    assert await looked(town, TOLD + MOMENT) is None
    await at(NOW + DRAFT + MOMENT)
    assert await left(town) == 1
    await at(TOLD + DRAFT - NOTE + MOMENT)
    assert [row.version for row in await notes(town)] == [stamp(NOW), stamp(TOLD)]


async def test_b18_whoever_starts_again_in_time_is_told_after_all(town, at):
    """A note that was cancelled is planned anew, and the draft waits for it."""
    await at(TOLD)
    await put(town, state="cancelled", reason="moot")
    await at(NOW + DRAFT + MOMENT)
    [row] = await notes(town)
    assert row.state == "planned"
    assert await left(town) == 1


async def test_b18_the_note_waits_for_the_morning_and_for_a_pause(town, at):
    """Nobody is woken by it."""
    await at(TOLD)
    assert (await looked(town, TOLD)).wait is None
    night = TOLD.replace(hour=22)
    assert (await looked(town, night)).wait == (night + timedelta(hours=9)).replace(
        minute=0, second=0
    )
    pause = TOLD + timedelta(days=2)
    await keep(town, reminding=OwnReminding(paused=pause))
    assert (await looked(town, TOLD)).wait == pause


async def test_b18_a_note_is_nothing_of_a_council(town, at):
    """It is not among what a council missed, and goes with its person."""
    await at(TOLD)
    await put(town, state="expired", not_before=stamp(TOLD))
    assert not await town.read(lambda c: ledger.missed(c, TOLD))
    persons = Persons(codec=CODEC, pseudonyms=PSEUDONYMS)
    await town.write(lambda c: persons.erase(c, ME, TOLD))
    assert await notes(town) == []

"""Leases on SQLite and PostgreSQL."""

import asyncio
from datetime import timedelta

from sqlalchemy import select

from bot.store.leases import SENDER, Clock, acquire, forget, holds, new_holder, release

OVER = timedelta(seconds=-1)


async def test_only_one_of_many_gets_a_lease(store):
    """Eight processes at once: one holds it."""
    holders = [new_holder() for _ in range(8)]
    took = await asyncio.gather(
        *(store.write(lambda c, h=h: acquire(c, SENDER, h)) for h in holders)
    )
    assert sum(took) == 1


async def test_a_lease_is_renewed_by_its_holder_alone(store):
    """Who has it gets it again, another one doesn't."""
    mine, other = new_holder(), new_holder()
    assert await store.write(lambda c: acquire(c, SENDER, mine))
    assert await store.write(lambda c: acquire(c, SENDER, mine))
    assert not await store.write(lambda c: acquire(c, SENDER, other))
    assert await store.read(lambda c: holds(c, SENDER, mine))
    assert not await store.read(lambda c: holds(c, SENDER, other))


async def test_a_lease_that_ran_out_goes_to_the_next(store):
    """Its holder went quiet: it holds no more, another one may."""
    gone, other = new_holder(), new_holder()
    assert await store.write(lambda c: acquire(c, SENDER, gone, OVER))
    assert not await store.read(lambda c: holds(c, SENDER, gone))
    assert await store.write(lambda c: acquire(c, SENDER, other))
    assert not await store.write(lambda c: acquire(c, SENDER, gone))


async def test_a_released_lease_is_free_at_once(store):
    """Only its holder can give it back."""
    mine, other = new_holder(), new_holder()
    await store.write(lambda c: acquire(c, SENDER, mine))
    await store.write(lambda c: release(c, SENDER, other))
    assert await store.read(lambda c: holds(c, SENDER, mine))
    await store.write(lambda c: release(c, SENDER, mine))
    assert await store.write(lambda c: acquire(c, SENDER, other))


async def test_leases_of_different_names_do_not_meet(store):
    """One may send while another polls; all are forgotten together."""
    one, two = new_holder(), new_holder()
    assert await store.write(lambda c: acquire(c, SENDER, one))
    assert await store.write(lambda c: acquire(c, "poller", two))
    await store.write(forget)
    assert await store.write(lambda c: acquire(c, SENDER, two))


async def test_the_databases_clock_gives_milliseconds_since_1970(store):
    """Both databases count alike: a plausible moment, and it goes on."""
    first = await store.read(lambda c: c.execute(select(Clock())).scalar_one())
    second = await store.read(lambda c: c.execute(select(Clock())).scalar_one())
    assert 1_700_000_000_000 < first <= second < first + 60_000

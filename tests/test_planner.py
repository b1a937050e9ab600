"""The planner over a real store: one broken council doesn't keep the others."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.planner import Planner
from bot.store import schema
from bot.store.opening import engine_for, migrate
from bot.store.planning import Planning
from bot.store.worker import Store
from conversations.deeds import Schedule
from tests.shell import PSEUDONYMS, SEAL
from tests.store.agendas import MEETING
from tests.store.councils import AYLA, CEM, CODEC, HERE, NOW, THERE, do, two_councils

LATER = NOW + timedelta(days=5)


@pytest.fixture
async def store(tmp_path):
    """Two councils with a meeting each."""
    engine = engine_for(f"sqlite:///{tmp_path / 'kimbot.sqlite3'}")
    migrate(engine, SEAL)
    opened = Store(engine)
    await two_councils(opened)
    for person, council in ((AYLA, HERE), (CEM, THERE)):
        name = f"{council}-meeting"
        await do(opened, person, Schedule(council=council, kept=(_named(name),)))
    yield opened
    await opened.close()


def _named(name):
    return replace(MEETING, id=name)


def planner(store):
    """At work five days later."""
    return Planner(store=store, planning=Planning(CODEC, PSEUDONYMS), now=lambda: LATER)


async def councils(store):
    """Those with rows."""
    query = select(schema.delivery.c.council).distinct()
    return set(await store.read(lambda c: c.execute(query).scalars().all()))


async def test_every_council_is_planned(store):
    """Each by its own facts; a second look changes nothing."""
    await planner(store).beat()
    assert await councils(store) == {HERE, THERE}
    rows = await store.read(lambda c: c.execute(select(schema.delivery)).all())
    await planner(store).beat()
    assert await store.read(lambda c: c.execute(select(schema.delivery)).all()) == rows


async def test_a_council_that_cannot_be_read_does_not_keep_the_others(store, caplog):
    """It is logged by its id, and the next one is planned."""
    broken = f"UPDATE council SET body = 'x' WHERE id = '{HERE}'"
    await store.write(lambda c: c.exec_driver_sql(broken))
    await planner(store).beat()
    assert await councils(store) == {THERE}
    assert "council not planned" in caplog.text

"""The messages of a broadcast that arrived, as a correction goes through them; both databases."""

import pytest
from sqlalchemy import create_engine, event, update

from bot.store import ledger, schema
from bot.store.ledger import campaigns
from tests.store.test_broadcast_states import ID, ROWS, part, put

MANY = 1100
"""More than are read at a time."""


@pytest.fixture
async def arrived(store):
    """A broadcast to many people and a group."""
    await put(store, rows=MANY, state="sent")

    def to_a_group(connection):
        ledger.insert(connection, [part(-2000)])
        connection.execute(update(ROWS).values(state="sent"))

    await store.write(to_a_group)
    return store


async def test_each_is_there_once(arrived):
    """However many they are; groups have negative numbers."""
    found = await arrived.read(lambda c: [row.chat for row in campaigns.sent(c, ID)])
    assert sorted(found) == [-1000, *range(1000, 1000 + MANY)]


def test_none_is_sorted_to_find_the_next():
    """Else a broadcast ten times as large would take a hundred times as long."""
    engine = create_engine("sqlite://")
    schema.metadata.create_all(engine)
    asked = []

    @event.listens_for(engine, "before_cursor_execute")
    def listen(_connection, _cursor, statement, parameters, *_):
        asked.append((statement, parameters))

    with engine.connect() as connection:
        assert list(campaigns.sent(connection, ID)) == []
        statement, parameters = asked[-1]
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    assert not any("TEMP B-TREE" in row[-1] for row in plan)

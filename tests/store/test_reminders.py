"""A reminder that is put off comes once more: on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from bot.store import schema
from bot.store.codec import stamp
from bot.store.scope import ForbiddenError
from conversations.deeds import PutOff
from tests.store.councils import AYLA, BEN, CEM, HERE, NOW, THERE, audited, do, two_councils
from tests.store.people import delivery

_TOMORROW = NOW + timedelta(hours=20)


def _later(reminder, council=HERE):
    return PutOff(council=council, reminder=reminder, slot="14/2026-11-23", until=_TOMORROW)


async def _sent(store):
    await two_councils(store)
    rows = (
        delivery("group", due=NOW, council=HERE, state="sent", message=9, slot="14"),
        delivery("private", due=NOW, council=HERE, state="sent", chat=BEN, person=BEN, slot="14"),
    )
    await store.write(lambda c: [c.execute(insert(schema.delivery), row) for row in rows])


async def _waiting(store):
    table = schema.delivery
    query = select(table.c.chat, table.c.person, table.c.slot, table.c.due, table.c.message).where(
        table.c.state == "planned"
    )
    return [tuple(row) for row in await store.read(lambda c: c.execute(query).all())]


@pytest.mark.parametrize(("person", "id_", "chat", "whose"), [
    (AYLA, "group", -500, None),
    (BEN, "private", BEN, BEN),
])  # fmt: skip
async def test_it_is_planned_once_more_however_often_it_is_pressed(store, person, id_, chat, whose):
    """An admin for the group, everybody for their own chat; the audit log has no line of it."""
    await _sent(store)
    before = await audited(store)
    for _ in range(2):
        await do(store, person, _later(id_))
    ((there, reader, slot, planned, message),) = await _waiting(store)
    assert (there, reader, slot, message) == (chat, whose, "14/2026-11-23", None)
    assert planned == stamp(_TOMORROW)
    assert await audited(store) == before


@pytest.mark.parametrize(("person", "deed"), [
    (BEN, _later("group")),
    (AYLA, _later("private")),
    (AYLA, _later("unknown")),
    (CEM, _later("group")),
    (CEM, _later("group", THERE)),
])  # fmt: skip
async def test_f03_nobody_else_puts_it_off(store, person, deed):
    """No member for the group, no admin for somebody's private chat, nobody of another council."""
    await _sent(store)
    with pytest.raises(ForbiddenError):
        await do(store, person, deed)
    assert await _waiting(store) == []

"""The operators' board on both databases: counts of what is due, and their word on it."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from bot.store import marks, quarantine, schema
from bot.store.codec import stamp
from bot.store.ledger import State
from bot.store.scope.principal import ForbiddenError
from conversations.agenda import ChatKind, ChatLinkId, LinkedChat
from conversations.deeds import LetBe, Release, Resend
from tests.store.councils import AYLA, BOSS, CODEC, HERE, NOW, do, later, load, two_councils
from tests.store.ledgers import GROUP, reconcile, rows, states, wish

ROWS = schema.delivery


@pytest.fixture
async def settled(store):
    """An operator, and a council with its people."""
    await two_councils(store)


async def board(store, person=BOSS, now=NOW):
    """What the person sees."""
    return (await load(store, person, now=now)).desk.board


async def turn(store, state, slot):
    """A row came to that state."""
    values = {"state": state}
    await store.write(lambda c: c.execute(update(ROWS).where(ROWS.c.slot == slot).values(values)))


async def test_due_and_coming_rows_are_counted(store, settled):
    """By kind what is due now; within a day; when the next one is."""
    soon, far = later(hours=3), later(days=20)
    await reconcile(
        store, wish(), wish("3", due=soon), wish("1", due=far, expires=far + timedelta(days=1))
    )
    found = await board(store)
    assert found.due == (("deadline", 1),)
    assert (found.soon, found.next) == (1, soon)


async def test_unclear_rows_wait_for_a_word(store, settled):
    """One goes once more, the other is let be; each word counts once."""
    await reconcile(store, wish(), wish("3"))
    await turn(store, State.UNCERTAIN, "14")
    await turn(store, State.UNCERTAIN, "3")
    ids = {row.slot: row.id for row in await rows(store)}
    assert {one.id for one in (await board(store)).unclear} == set(ids.values())
    await do(store, BOSS, Resend(deliveries=(ids["14"],)), LetBe(deliveries=(ids["3"],)))
    await do(store, BOSS, LetBe(deliveries=(ids["14"],)))
    assert await states(store) == [("14", State.PENDING), ("3", State.CLOSED)]
    assert (await board(store)).unclear == ()


async def test_failed_rows_of_a_week(store, settled):
    """Older ones are history."""
    await reconcile(store, wish())
    await turn(store, State.FAILED, "14")
    assert (await board(store, now=later(days=6))).failed == 1
    assert (await board(store, now=later(days=8))).failed == 0


async def test_backup_and_quarantine_are_shown_and_released(store, settled):
    """An operator's word ends the quarantine, and stands in the audit log."""
    await store.write(lambda c: marks.put(c, marks.BACKUP, NOW))
    await store.write(lambda c: marks.put(c, marks.QUARANTINE, later(days=-1)))
    found = await board(store)
    assert (found.backup, found.quarantine) == (NOW, later(days=-1))
    await do(store, BOSS, Release(), Release())
    assert await store.read(quarantine.since) is None
    audit = schema.audit
    named = select(audit.c.object).where(audit.c.action == "release")
    assert len(await store.read(lambda c: c.execute(named).scalars().all())) == 1


def linked(id_, chat, why):
    """A linked group's sealed values."""
    value = LinkedChat(
        id=ChatLinkId(id_),
        chat=chat,
        kind=ChatKind.GROUP,
        title="Gruppe",
        receives=frozenset(),
        disabled=why,
    )
    return CODEC.chat.write(value, id_)


async def test_chats_that_do_not_work_are_named_by_number(store, settled):
    """With the council's place; one that works is not there."""
    link = {
        "council": HERE,
        "thread": 0,
        "kind": "group",
        "confirmed": 1,
        "since": stamp(NOW),
        "by": "x",
        "format": schema.FORMAT,
    }
    rows = [
        {**link, "id": id_, "chat": chat, "disabled": why, "body": linked(id_, chat, why)}
        for id_, chat, why in (("a", GROUP, "kicked"), ("b", GROUP - 1, ""))
    ]
    await store.write(lambda c: c.execute(insert(schema.chat_link), rows))
    (one,) = (await board(store)).disabled
    assert (one.chat, one.reason) == (GROUP, "kicked")


async def test_nobody_else_sees_or_says_anything(store, settled):
    """A council's admin is no operator."""
    assert await board(store, AYLA) is None
    for deed in (Release(), Resend(deliveries=("x",)), LetBe(deliveries=("x",))):
        with pytest.raises(ForbiddenError):
            await do(store, AYLA, deed)

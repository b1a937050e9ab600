"""Chats of a council in the store: offered, named, confirmed, unlinked; on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.store.linking import Offer, take_offer
from bot.store.scope import ForbiddenError, Scope
from bot.store.sweeping import rows
from conversations.agenda import ChatKind, ChatLinkId, LinkedChat
from conversations.deeds import Link, OfferLink, Unlink
from conversations.rules.reminding import ReminderKind
from tests.shell import PSEUDONYMS
from tests.store.agendas import agenda, planned, row, states
from tests.store.councils import (
    AYLA,
    BEN,
    CEM,
    CODEC,
    EVE,
    HERE,
    NOW,
    THERE,
    do,
    hashed,
    later,
    two_councils,
)

CHAT = LinkedChat(
    id=ChatLinkId("k1"),
    chat=-1001,
    thread=7,
    kind=ChatKind.TOPIC,
    title="Rat & Tat",
    receives=frozenset({ReminderKind.DEADLINE}),
    confirmed=False,
)
CONFIRMED = replace(CHAT, confirmed=True)


async def name(store, person=AYLA, council=HERE, chat=CHAT, now=NOW):
    """The person names a chat."""

    def work(connection):
        scope = Scope.enter(connection, CODEC, PSEUDONYMS, person)
        return scope.named_chat(council, chat, now)

    return await store.write(work)


async def take(store, token, now=NOW):
    """Somebody uses a link."""
    return await store.write(lambda c: take_offer(c, hashed(token), now))


async def test_a_link_is_good_once_and_for_ten_minutes(store):
    """Wrong, used and expired look alike."""
    await two_councils(store)
    for token in ("a", "b"):
        await do(store, AYLA, OfferLink(council=HERE, token_hash=hashed(token)))
    assert await take(store, "a") == Offer(council=HERE, person=AYLA)
    assert await take(store, "a") is None
    assert await take(store, "x") is None
    assert await take(store, "b", later(minutes=10)) is None


async def test_a_chat_waits_for_an_admins_yes(store):
    """Named, then confirmed; everybody of the council sees it, nobody else."""
    await two_councils(store)
    assert await name(store, chat=CONFIRMED) == CHAT
    assert (await agenda(store, BEN)).chats == (CHAT,)
    await do(store, AYLA, Link(council=HERE, chat=CONFIRMED))
    assert (await agenda(store, BEN)).chats == (CONFIRMED,)
    assert (await agenda(store, CEM)).chats == ()


async def test_a_chat_named_twice_is_one(store):
    """The second time what is there is given back; another topic is another chat, and so is the
    same one of another council."""
    await two_councils(store)
    await name(store)
    again = replace(CHAT, id=ChatLinkId("k2"))
    assert await name(store, chat=again) == CHAT
    assert await name(store, chat=replace(again, thread=None)) == replace(again, thread=None)
    there = replace(CHAT, id=ChatLinkId("k3"))
    assert await name(store, CEM, THERE, there) == there


@pytest.mark.parametrize("person", [BEN, CEM, EVE])
async def test_p5_nobody_else_names_a_chat(store, person):
    """A member, another council's admin, a stranger."""
    await two_councils(store)
    with pytest.raises(ForbiddenError):
        await name(store, person)


async def test_p5_a_deed_links_only_what_was_named(store):
    """Unknown, another council's, or turned into another chat: refused."""
    await two_councils(store)
    with pytest.raises(ForbiddenError):
        await do(store, AYLA, Link(council=HERE, chat=CONFIRMED))
    await name(store)
    for person, deed in (
        (CEM, Link(council=THERE, chat=CONFIRMED)),
        (CEM, Unlink(council=THERE, chat=CHAT.id)),
        (AYLA, Link(council=HERE, chat=replace(CONFIRMED, chat=-9))),
        (AYLA, Link(council=HERE, chat=replace(CONFIRMED, thread=None))),
        (BEN, Link(council=HERE, chat=CONFIRMED)),
        (BEN, Unlink(council=HERE, chat=CHAT.id)),
    ):
        with pytest.raises(ForbiddenError):
            await do(store, person, deed)
    assert (await agenda(store)).chats == (CHAT,)


async def test_nothing_goes_to_a_chat_that_was_unlinked(store):
    """What waits for it lapses; what waits for another topic or council stays."""
    await two_councils(store)
    await name(store)
    await planned(
        store,
        row("d1", chat=-1001, thread=7),
        row("d2", chat=-1001, thread=8),
        row("d3", chat=-1001, thread=7, council=THERE),
    )
    await do(store, AYLA, Unlink(council=HERE, chat=CHAT.id))
    assert (await agenda(store)).chats == ()
    assert await states(store) == {"d1": "cancelled", "d2": "planned", "d3": "planned"}


async def test_what_nobody_confirmed_is_swept(store):
    """An expired link at once, a chat after a week; a confirmed chat stays."""
    await two_councils(store)
    await do(store, AYLA, OfferLink(council=HERE, token_hash=hashed("a")))
    other = replace(CHAT, id=ChatLinkId("k2"), chat=-5)
    await name(store)
    await name(store, chat=other)
    await do(store, AYLA, Link(council=HERE, chat=replace(other, confirmed=True)))
    await store.write(lambda c: rows(c, later(days=6)))
    assert len((await agenda(store)).chats) == 2
    await store.write(lambda c: rows(c, NOW + timedelta(days=8)))
    assert (await agenda(store)).chats == (replace(other, confirmed=True),)


async def test_the_title_of_a_chat_is_sealed(store):
    """No title of a chat stands open in the database."""
    await two_councils(store)
    await name(store)
    found = await store.read(lambda c: c.exec_driver_sql("SELECT * FROM chat_link").one())
    assert "Rat & Tat" not in str(tuple(found))

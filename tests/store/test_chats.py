"""What becomes of chats: every table that names one follows, and nothing is planned twice."""

from sqlalchemy import select

from bot.store import chats, ledger, schema
from bot.store.planning import Planning
from conversations.agenda import ChatKind, ChatLinkId, LinkedChat
from conversations.rules.reminding import ReminderKind
from tests.shell import PSEUDONYMS
from tests.store.councils import AYLA, CODEC, HERE, NOW, THERE, linked, two_councils
from tests.store.ledgers import GROUP, ROWS, reconcile, wish

PLANNING = Planning(CODEC, PSEUDONYMS)
NEW = -100_900
LINK = schema.chat_link


async def link(store, id_="k", council=HERE, chat=GROUP, thread=0):
    """A linked chat."""
    value = LinkedChat(
        id=ChatLinkId(id_),
        chat=chat,
        thread=thread or None,
        kind=ChatKind.GROUP,
        title="Rat",
        receives=frozenset(ReminderKind),
    )
    await linked(store, value, council=council)


async def links(store):
    """Chat, thread and trouble of every link."""
    columns = (LINK.c.chat, LINK.c.thread, LINK.c.disabled)
    return await store.read(lambda c: [tuple(r) for r in c.execute(select(*columns))])


async def deliveries(store, kind=ReminderKind.DEADLINE):
    """Slot, chat, thread and state of every row of a kind."""
    columns = (ROWS.c.slot, ROWS.c.chat, ROWS.c.thread, ROWS.c.state)
    query = select(*columns).where(ROWS.c.kind == kind).order_by(*columns)
    return await store.read(lambda c: [tuple(r) for r in c.execute(query)])


async def notices(store):
    """To whom something is told, about what."""
    columns = (ROWS.c.council, ROWS.c.person, ROWS.c.subject, ROWS.c.slot)
    query = select(*columns).where(ROWS.c.kind == chats.NOTICE)
    return await store.read(lambda c: [tuple(r) for r in c.execute(query)])


async def test_c01_an_upgraded_group_is_followed_in_all_tables(store):
    """Links and rows, also those that are done, so that nothing is planned for it again."""
    await two_councils(store)
    await link(store)
    await reconcile(store, wish("1"), wish("2"))
    await store.write(
        lambda c: c.exec_driver_sql("UPDATE delivery SET state='sent' WHERE slot='1'")
    )
    await store.write(lambda c: chats.upgraded(c, GROUP, NEW))
    assert await links(store) == [(NEW, 0, "")]
    assert await deliveries(store) == [("1", NEW, 0, "sent"), ("2", NEW, 0, "planned")]


async def test_c01_what_stands_at_the_new_number_already_is_not_doubled(store):
    """Planned anew before the old rows followed: those lapse."""
    await two_councils(store)
    await reconcile(store, wish(), wish(chat=NEW))
    await store.write(lambda c: chats.upgraded(c, GROUP, NEW))
    assert await deliveries(store) == [("14", NEW, 0, "planned"), ("14", GROUP, 0, "cancelled")]


async def test_c03_each_council_of_a_chat_hears_once_that_it_is_out_of_reach(store):
    """Its link is disabled; a second refusal says nothing new."""
    await two_councils(store)
    await link(store)
    await link(store, "l", THERE)
    for _ in range(2):
        await store.write(lambda c: chats.out_of_reach(c, PLANNING, GROUP, "kicked", NOW))
    assert await links(store) == [(GROUP, 0, "kicked")] * 2
    found = sorted(await notices(store))
    assert [(council, what) for council, _, _, what in found] == [
        (HERE, "kicked"),
        (THERE, "kicked"),
    ]
    assert found[0][1:3] == (AYLA, "chat:k")


async def test_c06_a_topic_that_is_gone_leaves_its_group(store):
    """Link and rows lose the topic; the admin is told."""
    await two_councils(store)
    await link(store, thread=4)
    await reconcile(store, wish(thread=4))
    await store.write(lambda c: chats.topic_gone(c, PLANNING, GROUP, 4, NOW))
    assert await links(store) == [(GROUP, 0, "")]
    assert await deliveries(store) == [("14", GROUP, 0, "planned")]
    assert await notices(store) == [(HERE, AYLA, "chat:k", "topic")]


async def test_c06_a_second_link_to_the_same_group_is_disabled(store):
    """The group itself is linked already: nothing comes there twice."""
    await two_councils(store)
    await link(store)
    await link(store, "t", thread=4)
    await reconcile(store, wish(), wish(thread=4))
    await store.write(lambda c: chats.topic_gone(c, PLANNING, GROUP, 4, NOW))
    assert sorted(await links(store)) == [(GROUP, 0, ""), (GROUP, 4, "topic")]
    assert [row[3] for row in await deliveries(store)] == ["planned", "cancelled"]


async def test_c03_a_person_is_marked_once(store):
    """Blocked since then; known already, nobody is told again."""
    await two_councils(store)

    def mark(connection):
        return chats.person_out_of_reach(connection, CODEC, AYLA, NOW)

    assert await store.write(mark)
    assert not await store.write(mark)
    facts = await store.read(lambda c: PLANNING.facts(c, HERE, NOW))
    assert facts.reader(AYLA) is None
    assert not await store.read(lambda c: ledger.missed(c, NOW))

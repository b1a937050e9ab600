"""Broadcasts as their authors compose and send them, by deeds."""

from dataclasses import replace

from sqlalchemy import select, update

from bot.store import schema
from bot.store.members import keep
from bot.store.scope import Broadcasting
from conversations.agenda import ChatKind, ChatLinkId, LinkedChat
from conversations.broadcasts import Audience, BroadcastId, Content
from conversations.broadcasts.posts import Post
from conversations.core import Need
from conversations.deeds import Compose, Confirm, Link, Rehearse
from conversations.standing import PersonId, Role
from tests.shell import PSEUDONYMS
from tests.store.councils import (
    BOSS,
    CODEC,
    HERE,
    NOW,
    Scope,
    do,
    invite,
    join,
    know,
    load,
    member,
    queue_up,
)

ID = BroadcastId("b1")
GUS = PersonId(9)
"""A second operator."""


def content(text="Guten Tag", *, pinned=False, other="", **audience):
    """What a broadcast says, to whom."""
    posts = {"de": Post(text=text)} | ({"en": Post(text=other)} if other else {})
    return Content(posts=posts, audience=Audience(**audience), pinned=pinned)


async def compose(store, person, council=HERE, id_=ID, what=None, now=NOW):
    """A draft whose preview was taken."""
    said = what or content()
    await do(store, person, Compose(id=id_, council=council, revision=0, content=said), now=now)
    await do(store, person, Rehearse(id=id_, council=council, revision=1), now=now)


async def send(store, person, council=HERE, id_=ID, what=None, now=NOW, **confirm):
    """A broadcast that was confirmed."""
    await compose(store, person, council, id_, what, now)
    deed = Confirm(id=id_, council=council, revision=1, **confirm)
    await do(store, person, deed, now=now)


async def second_operator(store):
    """There is another operator."""
    await know(store, GUS)
    await do(store, BOSS, invite("o", Role.OPERATOR, None))
    await do(store, GUS, join("o", Role.OPERATOR, None))


async def settings(store, person, **changes):
    """The person's own."""
    changed = replace(member(person), **changes)
    await store.write(lambda c: keep(c, CODEC, changed))


async def group(store, admin, council=HERE, chat=-500, **changes):
    """A linked group."""
    values = {
        "id": ChatLinkId(f"g{-chat}"),
        "chat": chat,
        "kind": ChatKind.SUPERGROUP,
        "title": f"Gruppe {chat}",
        "receives": frozenset(),
        **changes,
    }
    one = LinkedChat(**values)

    def work(connection):
        scope = Scope.enter(connection, CODEC, PSEUDONYMS, admin)
        scope.named_chat(council, replace(one, confirmed=False, disabled=""), NOW)
        scope.perform([Link(council=council, chat=one)], NOW)

    await store.write(work)


async def groups(store, admin, count, council=HERE):
    """So many linked groups."""

    def work(connection):
        scope = Scope.enter(connection, CODEC, PSEUDONYMS, admin)
        for number in range(count):
            one = LinkedChat(
                id=ChatLinkId(f"many{number}"),
                chat=-10_000 - number,
                kind=ChatKind.SUPERGROUP,
                title="Gruppe",
                receives=frozenset(),
            )
            scope.named_chat(council, one, NOW)
            scope.perform([Link(council=council, chat=one)], NOW)

    await store.write(work)


async def do_within(store, person, *deeds, pages):
    """Deeds while the database may have no more than so many pages (SQLite)."""

    def work(connection):
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}").close()
        Scope.enter(connection, CODEC, PSEUDONYMS, person).perform(deeds, NOW)

    await store.write(work)


async def strict(store, person, *deeds, now=NOW):
    """Deeds where the instance wants four eyes."""

    def work(connection):
        queue_up(connection)
        four = Broadcasting(four_eyes=True)
        Scope.enter(connection, CODEC, PSEUDONYMS, person, four).perform(deeds, now)

    await store.write(work)


async def known(store, person, now=NOW):
    """Broadcasts as the person sees them."""
    return (await load(store, person, Need.BROADCASTS, now=now)).broadcasts.known


async def seen(store, person, id_=ID, now=NOW):
    """One of them; None when it is not there for the person."""
    return next((one for one in await known(store, person, now) if one.id == id_), None)


async def public(store, person, now=NOW):
    """Whom the person may address."""
    return (await load(store, person, Need.PUBLIC, now=now)).broadcasts.public


async def rows(store, kind="broadcast"):
    """Rows of the ledger, in the order in which they go."""
    table = schema.delivery
    query = select(table).where(table.c.kind == kind).order_by(table.c.due, table.c.id)
    return await store.read(lambda c: c.execute(query).all())


async def chats(store, kind="broadcast"):
    """The chats they go to, in that order."""
    return [row.chat for row in await rows(store, kind)]


async def arrive(store, *these, state="sent", kind="broadcast", slot="", **values):
    """The rows in these chats (all without any) are settled so."""
    table = schema.delivery
    where = table.c.kind == kind
    if these:
        where = where & table.c.chat.in_(these)
    if slot:
        where = where & (table.c.slot == slot)
    changed = {"state": state, "message": 77, **values}
    await store.write(lambda c: c.execute(update(table).where(where).values(**changed)))


async def stored(store, id_=ID):
    """The row itself."""
    query = select(schema.broadcast).where(schema.broadcast.c.id == id_)
    return await store.read(lambda c: c.execute(query).one_or_none())

"""Broadcasts in a store, as if they had been sent."""

from sqlalchemy import insert, select

from bot.store import schema
from bot.store.codec import stamp
from bot.store.turns import Asked
from conversations.broadcasts import Content
from conversations.broadcasts.posts import Post
from conversations.core import Need
from tests.store.councils import AYLA, BEN, CODEC, HERE, NOW, TURNS
from tests.store.people import delivery

WORDS = "Bitte stellen Sie die KIM-Anfrage."


async def send(
    store,
    id_="b1",
    *,
    author=AYLA,
    council=HERE,
    to=((BEN, HERE),),
    **row,
):
    """A broadcast that arrived at these people: (person, council), as their message 900."""
    content = row.pop("content", Content(posts={"de": Post(text=WORDS)}))
    values = {
        "id": id_,
        "council": council,
        "author": author,
        "stage": "done",
        "revision": 1,
        "rehearsed": 1,
        "made": stamp(NOW),
        "touched": stamp(NOW),
        "due": stamp(NOW),
        "confirmed": stamp(NOW),
        "begun": stamp(NOW),
        "why": "",
        "pinned": 0,
        "edition": 1,
        "shown": "",
        "format": schema.FORMAT,
        "body": CODEC.broadcast.write(content, id_),
        **row,
    }
    rows = [arrived(id_, person, where, 900) for person, where in to]

    def work(connection):
        connection.execute(insert(schema.broadcast), values)
        for one in rows:
            connection.execute(insert(schema.delivery), one)

    await store.write(work)


def arrived(id_, person, council, message, **values):
    """The ledger's row of it."""
    return delivery(
        f"{id_}-{person}",
        due=NOW,
        chat=person,
        person=person,
        council=council,
        **{
            "kind": "broadcast",
            "subject": f"broadcast:{id_}",
            "slot": "de1",
            "rank": 1,
            "state": "sent",
            "message": message,
            **values,
        },
    )


async def replying(store, person, message, now=NOW):
    """What is known when the person replies to this message of their own chat."""
    asked = Asked(
        person=person,
        chat=person,
        update=None,
        now=now,
        needs=lambda _: frozenset(),
        reply_to=message,
    )
    return (await store.read(lambda c: TURNS.load(c, asked))).broadcasts.replied


async def answers(store, person, now=NOW):
    """Answers as this person reads them."""
    asked = Asked(
        person=person,
        chat=person,
        update=None,
        now=now,
        needs=lambda _: frozenset({Need.BROADCASTS}),
    )
    return (await store.read(lambda c: TURNS.load(c, asked))).broadcasts.answers


async def rows(store, kind):
    """Rows of the ledger of a kind: (chat, subject, person, state), in the order of their ids."""
    table = schema.delivery
    query = select(table.c.chat, table.c.subject, table.c.person, table.c.state)
    found = query.where(table.c.kind == kind).order_by(table.c.due, table.c.id)
    return [tuple(row) for row in await store.read(lambda c: c.execute(found).all())]


async def kept(store):
    """How many answers are stored."""
    return len(await store.read(lambda c: c.execute(select(schema.answer.c.id)).all()))

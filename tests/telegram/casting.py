"""A broadcast in the store, with rows that the tests move by hand; and the bot over it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, update

from bot.demo.engine.chats import Membership, Status
from bot.store import ledger, members, schema
from bot.store.codec import stamp
from bot.store.ledger import State, Wish, campaigns
from conversations.broadcasts import Broadcast, BroadcastId, Content, Stage
from conversations.broadcasts.posts import Post
from tests.shell import QUICK, plan_for, running
from tests.store.councils import AYLA, CODEC, member
from tests.telegram.reminding import KNOW

ID = BroadcastId("b1")
SPEEDY = replace(QUICK, progress=0.1, send=0.1)
TEXT = "Bitte stellen Sie die Anfrage jetzt."
_ROWS = schema.delivery


def now():
    """By day: nothing goes out at night."""
    return datetime.now(UTC).replace(hour=11, minute=0)


def over(server, tmp_path, **changes):
    """The bot with everything it says unasked."""
    options = {"know": KNOW, "now": now, "times": SPEEDY, **changes}
    return running(plan_for(server, tmp_path, **options))


def known(server, person=AYLA, name="Ayla"):
    """Somebody with a private chat."""
    server.engine.add_person(person, name)
    server.engine.chats[person].bot = Membership(status=Status.MEMBER)


async def put(store, *, stage=Stage.RUNNING, rows=4, author=AYLA, id_=ID, content=None, **changes):
    """A broadcast of Ayla's to so many people, whose rows nobody claims yet."""
    post = {"de": Post(text=TEXT)}
    one = Broadcast(id=id_, stage=stage, made=now(), content=content or Content(posts=post))
    wishes = [_part(number, id_) for number in range(rows)]
    values = {"council": None, "author": author, **changes}

    def write(connection):
        members.keep(connection, CODEC, member(author))
        connection.execute(insert(schema.broadcast), _row(one) | values)
        ledger.insert(connection, wishes)

    await store.write(write)


async def move(store, state, numbers, reason="", id_=ID):
    """Rows to these numbers came to this."""
    these = _ROWS.c.chat.in_([1000 + number for number in numbers])
    mine = _ROWS.c.subject == campaigns.subject(id_)
    values = {"state": State(state), "reason": reason}
    await store.write(lambda c: c.execute(update(_ROWS).where(these, mine).values(**values)))


async def change(store, id_=ID, **values):
    """Its row has these values."""
    table = schema.broadcast
    await store.write(lambda c: c.execute(update(table).where(table.c.id == id_).values(**values)))


def _row(one):
    plain = {name: getattr(one, name) for name in ("id", "stage", "revision", "rehearsed", "why")}
    at = stamp(one.made)
    return plain | {
        "made": at,
        "touched": at,
        "due": at,
        "confirmed": at,
        "begun": at,
        "pinned": 0,
        "edition": one.edition,
        "shown": "",
        "format": schema.FORMAT,
        "body": CODEC.broadcast.write(one.content, one.id),
    }


def _part(number, id_):
    start = now() + timedelta(days=1)
    return Wish(
        kind=ledger.BROADCAST,
        subject=campaigns.subject(id_),
        version=1,
        slot="de1",
        chat=1000 + number,
        council=None,
        person=1000 + number,
        due=start + timedelta(milliseconds=number),
        expires=start + timedelta(days=3),
        start=start,
        rank=ledger.BROADCASTS,
    )

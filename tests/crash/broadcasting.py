"""A broadcast to many, sent by processes that are killed; and what came of it, seen from both
sides: the ledger's rows, and the messages that arrived."""

import asyncio
import random
import signal
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, insert, select, update

from bot.demo.engine.chats import Membership, Status
from bot.store import schema
from bot.store.codec import stamp
from bot.store.leases import SENDER
from bot.store.ledger import BROADCAST
from bot.store.opening import engine_for
from conversations.broadcasts import BroadcastId, Content
from conversations.broadcasts.posts import Mark, Post
from conversations.core import Need
from conversations.deeds import Compose, Confirm, Found, Rehearse, Settle
from conversations.rules.profile import Profile
from conversations.standing import Badge
from tests.crash.conftest import ended
from tests.crash.victim import SLOTS
from tests.store.councils import BOSS, CODEC, HERE, do, first_operator, know, load
from tests.telegram.chatting import until
from tests.telegram.reminding import DUE, opened

ID = BroadcastId("to-everybody")
WORDS = "Bitte stellen Sie jetzt die KIM-Anfrage."
FIRST = 10_000
"""Number of the first of the people."""
ANSWERS = (0.005, 0.03)
"""Seconds that an answer takes, so that some calls are on their way at every kill."""
_OVER = ("sent", "uncertain", "closed")


@dataclass
class Seen:
    """What a run came to."""

    people: int
    offset: timedelta
    """How far the clock is moved: it is day."""
    cut_off: list = field(default_factory=list)
    """For each kill the chats whose messages were on their way, as far as the ledger knew."""
    unclear: list = field(default_factory=list)
    """Chats whose message nobody knows of."""
    double: list = field(default_factory=list)
    """Chats that got it twice."""
    missing: list = field(default_factory=list)
    """Chats that got nothing, and of which nobody is told."""
    unknown: list = field(default_factory=list)
    """Chats that got it, though the ledger says neither that it was sent nor that it is unclear."""

    def check(self):
        """D01: nobody twice, nobody forgotten, unclear what was cut off and nothing else: at most
        one message for each kill and slot."""
        assert (self.double, self.missing, self.unknown) == ([], [], [])
        assert set(self.unclear) == set().union(*self.cut_off)
        assert max(map(len, self.cut_off)) <= SLOTS


def chats(people):
    """Whom it is for."""
    return range(FIRST, FIRST + people)


async def furnish(server, where, people):
    """An operator; a council with so many members; a broadcast to all, confirmed."""
    offset = DUE - datetime.now(UTC)
    server.engine.clock.set_offset(offset)
    server.faults.delay = ANSWERS
    server.engine.add_person(BOSS, "Boss")
    for number in chats(people):
        server.engine.add_person(number, f"P{number}")
    for number in (BOSS, *chats(people)):
        server.engine.chats[number].bot = Membership(status=Status.MEMBER)
    async with opened(where) as store:
        await know(store, BOSS, *chats(people))
        await first_operator(store)
        await do(store, BOSS, Found(council=HERE, profile=Profile(ags="05513000")), now=DUE)
        await store.write(lambda c: _seats(c, people))
        await _confirm(store)
    return offset


async def _confirm(store):
    post = Post(text=WORDS, marks=(Mark(type="bold", offset=0, length=5),))
    content = Content(posts={"de": post})
    await do(store, BOSS, Compose(id=ID, council=None, revision=0, content=content), now=DUE)
    await do(store, BOSS, Rehearse(id=ID, council=None, revision=1), now=DUE)
    await do(store, BOSS, Confirm(id=ID, council=None, revision=1), now=DUE)


def _seats(connection, people):
    """In one statement: by invitations it would take minutes."""
    seats = [
        {
            "council": HERE,
            "person": one,
            "role": "member",
            "since": stamp(DUE),
            "format": schema.FORMAT,
            "body": CODEC.badge.write(Badge(), f"{HERE}/{one}"),
        }
        for one in chats(people)
    ]
    connection.execute(insert(schema.membership), seats)


def received(server, people):
    """How many messages each of them got."""
    engine = server.engine
    return Counter(
        chat
        for chat in chats(people)
        for message in engine.messages(chat)
        if message.sender is engine.bot and message.text == WORDS
    )


def ledger(url):
    """The state of every row of the broadcast, by chat."""
    engine = engine_for(url)
    table = schema.delivery
    with engine.connect() as connection:
        found = select(table.c.chat, table.c.state).where(table.c.kind == BROADCAST)
        rows = dict(connection.execute(found).all())
    engine.dispose()
    return rows


def judge(server, url, seen):
    """Compare what arrived with what is written down."""
    got, rows = received(server, seen.people), ledger(url)
    seen.unclear = sorted(chat for chat, state in rows.items() if state == "uncertain")
    seen.double = [chat for chat, count in got.items() if count > 1]
    seen.missing = [
        chat for chat in chats(seen.people) if not got[chat] and rows.get(chat) != "uncertain"
    ]
    seen.unknown = [chat for chat in got if rows.get(chat) not in ("sent", "uncertain")]
    return seen


class Reaper:
    """Ends processes at any moment after some messages; all in all before everybody got theirs."""

    def __init__(self, server, url, seen, kills, seed):
        self._url = url
        self._chance = random.Random(seed)
        self._arrived = _counting(server)
        self._share = max(int(1.3 * seen.people / (kills + 1)), 2)
        self._seen = seen

    async def kill(self, bot):
        """Wait for some messages, some milliseconds more, and end it with SIGKILL."""
        goal = self._arrived() + self._chance.randrange(self._share)
        await until(lambda: self._arrived() >= goal or bot.exitcode is not None, 60)
        await asyncio.sleep(self._chance.uniform(0, 0.03))
        bot.kill()
        assert await ended(bot) == -signal.SIGKILL
        rows = ledger(self._url).items()
        self._seen.cut_off.append({chat for chat, state in rows if state == "sending"})


def _counting(server):
    """A function that says how many messages arrived so far."""
    count = 0

    def heard(event):
        nonlocal count
        count += event.kind == "message" and event.chat.id >= FIRST

    server.engine.listen(heard)
    return lambda: count


async def gone_through(url, patience=60):
    """Wait until every row is over, or waits for a person. Fails when for so many seconds none
    was."""
    loop, before, since = asyncio.get_running_loop(), -1, 0.0
    while True:
        states = Counter(ledger(url).values())
        over = sum(states[state] for state in _OVER)
        if over == states.total():
            return
        if over != before:
            before, since = over, loop.time()
        assert loop.time() - since < patience, states
        await asyncio.sleep(0.5)


def take_for_dead(url, holder):
    """The leases of a process that was killed run out at once: what the database's clock would
    bring in a minute. Nobody else sends before."""
    engine, table = engine_for(url), schema.delivery
    with engine.begin() as connection:
        connection.execute(update(table).where(table.c.state == "sending").values(lease_until=0))
        connection.execute(delete(schema.lease).where(schema.lease.c.holder == holder))
    engine.dispose()


def sender(url):
    """Which process holds the sender's lease; None while nobody does."""
    engine, table = engine_for(url), schema.lease
    with engine.connect() as connection:
        found = connection.execute(select(table.c.holder).where(table.c.name == SENDER)).scalar()
    engine.dispose()
    return found


async def shown_unclear(where):
    """How many messages the operator is shown as unclear."""
    async with opened(where) as store:
        loaded = await load(store, BOSS, Need.BROADCASTS, now=DUE)
        return loaded.broadcasts.one(ID).tally.unclear


async def settle(where, *, again):
    """The operator's word on all that is unclear."""
    async with opened(where) as store:
        await do(store, BOSS, Settle(id=ID, council=None, again=again), now=DUE)

"""An operator and a council of some people to whom broadcasts go; and the bot over it, on either
database, by a clock that can be moved."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import insert, select

from bot.demo.engine.chats import Membership, Status
from bot.demo.faults import Fault
from bot.store import members, schema
from bot.store.opening import engine_for
from bot.telegram.pace import Budget
from conversations.broadcasts import Audience
from conversations.deeds import Found
from conversations.rules.profile import Profile
from conversations.standing import Badge, PersonId, Role
from tests.shell import QUICK, plan_for, running
from tests.store import composed
from tests.store.composed import content
from tests.store.councils import AYLA, BOSS, CODEC, HERE, do, first_operator, invite, join, know
from tests.store.councils import member as agreed
from tests.telegram.chatting import sent, until
from tests.telegram.reminding import KNOW, at, opened

NOON = datetime(2027, 2, 9, 11, 0, tzinfo=UTC)
"""12:00 in Berlin."""
FIRST = 1000
SPEEDY = replace(QUICK, plan=60.0, send=0.1, progress=60.0)
SLOW = Budget(in_all=8.0, chat=100.0, slots=2)
"""So that somebody can step in."""
TO_MEMBERS = Audience(roles=frozenset({Role.MEMBER}))
ROWS = schema.delivery


class Town:
    """The server, the database's address, and the people of the council."""

    def __init__(self, server, tmp_path, url=None, people=3):
        self.server = server
        self.folder = tmp_path
        self.url = url or f"sqlite:///{tmp_path / 'kimbot.sqlite3'}"
        self.people = [PersonId(FIRST + number) for number in range(people)]

    async def furnish(self, council=HERE):
        """Everybody agreed; Ayla is the council's admin, the others its members."""
        at(self.server, NOON)
        for number in (BOSS, AYLA, *self.people):
            self.server.engine.add_person(number, f"P{number}")
            self.server.engine.chats[number].bot = Membership(status=Status.MEMBER)
        async with opened(self.url) as store:
            await know(store, BOSS, AYLA)
            await first_operator(store)
            profile = Profile(ags="05513000")
            await do(store, BOSS, Found(council=council, profile=profile), invite("a", Role.ADMIN))
            await do(store, AYLA, join("a", Role.ADMIN, name="Ayla"))
            await store.write(lambda c: [seat(c, one, council) for one in self.people])
        return self

    async def send(self, text="Guten Tag", *, by=BOSS, council=None, what=None, **confirm):
        """A broadcast that was confirmed at this moment."""
        said = what or content(text, roles=frozenset({Role.MEMBER}))
        async with opened(self.url) as store:
            await composed.send(
                store, by, council, what=said, now=self.server.engine.clock.now(), **confirm
            )

    async def do(self, person, *deeds):
        """Deeds of a person, beside the running bot."""
        async with opened(self.url) as store:
            await do(store, person, *deeds, now=self.server.engine.clock.now())

    async def store(self, work):
        """Something else beside the running bot."""
        async with opened(self.url) as store:
            return await store.write(work)

    def bot(self, **changes):
        """The bot with everything it says unasked."""
        options = {
            "know": KNOW,
            "now": self.server.engine.clock.now,
            "times": SPEEDY,
            "budget": Budget(chat=100.0),
            **changes,
        }
        plan = plan_for(self.server, self.folder, **options)
        if not self.url.startswith("sqlite"):
            plan = replace(plan, database=self.url, path=None)
        return running(plan)

    def rows(self, kind="broadcast"):
        """State and reason of every row, in the order in which they go."""
        query = select(ROWS.c.state, ROWS.c.reason).where(ROWS.c.kind == kind)
        return [tuple(row) for row in self.read(query.order_by(ROWS.c.due, ROWS.c.id))]

    def states(self, kind="broadcast"):
        """Only the states."""
        return [state for state, _ in self.rows(kind)]

    def stage(self):
        """Where the broadcast stands, and why."""
        [row] = self.read(select(schema.broadcast.c.stage, schema.broadcast.c.why))
        return tuple(row)

    def read(self, query):
        """From the database itself."""
        engine = engine_for(self.url)
        try:
            with engine.connect() as connection:
                return connection.execute(query).all()
        finally:
            engine.dispose()

    async def settled(self, *states, kind="broadcast", seconds=60.0):
        """Wait until all rows stand so, or each as given."""
        async with asyncio.timeout(seconds):
            while True:
                found = self.states(kind)
                if found == list(states) or (len(states) == 1 and set(found) == set(states)):
                    return
                await asyncio.sleep(0.05)

    def fault(self, kind, chat=FIRST, **rest):
        """The next message to somebody goes wrong."""
        self.server.faults.add(Fault(kind=kind, method="sendMessage", chat=chat, **rest))

    def counts(self):
        """How many messages each member got."""
        return [len(self.texts(one)) for one in self.people]

    def went(self):
        """How many messages all members got together."""
        return sum(self.counts())

    async def some(self, count=3):
        """Until so many went."""
        await until(lambda: self.went() >= count)

    async def still(self, count, seconds=0.6):
        """For a while nothing more goes to the members."""
        await asyncio.sleep(seconds)
        assert self.went() == count

    def texts(self, chat):
        """What the bot wrote there."""
        bot = self.server.engine.bot
        return [m.text for m in self.server.engine.messages(chat) if m.sender is bot]

    def calls(self, chat, method="sendmessage"):
        """What was asked of the server for a chat."""
        return sent(self.server, chat, method)


def seat(connection, person, council=HERE, **changes):
    """Somebody agreed and is a member."""
    members.keep(connection, CODEC, agreed(person, **changes))
    connection.execute(
        insert(schema.membership),
        {
            "council": council,
            "person": person,
            "role": Role.MEMBER,
            "since": 1,
            "ended": None,
            "format": schema.FORMAT,
            "body": CODEC.badge.write(Badge(), f"{council}/{person}"),
        },
    )

"""How the tests of the scope talk to the store: people who do deeds, and look at what they see."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

from sqlalchemy import insert

from bot.store import members, schema
from bot.store.codec import Codec
from bot.store.scope import Scope, queue_up
from bot.store.turns import Asked, Outcome, Turns
from conversations.core import Consent, Member, Need
from conversations.deeds import Found, Invite, Join
from conversations.flows.consent import VERSION
from conversations.rules.profile import Profile
from conversations.standing import Badge, CouncilId, InvitationId, PersonId, Role
from tests.shell import PSEUDONYMS, SEAL

NOW = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)
CODEC = Codec(SEAL)
TURNS = Turns(CODEC, PSEUDONYMS)
BOSS, AYLA, BEN, CEM, EVE = (PersonId(number) for number in (1, 2, 3, 4, 5))
"""An operator, an admin, a member, another council's admin, a stranger."""
HERE, THERE = CouncilId("here"), CouncilId("there")


def later(**time):
    """A moment after now."""
    return NOW + timedelta(**time)


def member(person, **changes):
    """A person who agreed."""
    consent = Consent(version=VERSION, at=NOW, text_hash="ab")
    return Member(id=person, language="de", consent=consent, called=f"T{person}", **changes)


def hashed(token):
    """As it is stored."""
    return sha256(token.encode()).hexdigest()


async def do(store, person, *deeds, now=NOW):
    """One person's deeds, in a transaction of their own."""

    def work(connection):
        queue_up(connection)
        Scope.enter(connection, CODEC, PSEUDONYMS, person).perform(deeds, now)

    await store.write(work)


async def load(store, person, *needs, token="", now=NOW):
    """What a turn of the person rests on."""
    asked = Asked(
        person=person,
        chat=person,
        update=None,
        now=now,
        needs=lambda _: frozenset(needs or Need),
        token_hash=hashed(token) if token else "",
    )
    return await store.read(lambda c: TURNS.load(c, asked))


async def decide(store, person, decision, loaded=None, now=NOW):
    """Commit a turn, on what is stored now or on what was `loaded` before."""
    loaded = loaded or await load(store, person)
    outcome = Outcome(
        person=person, chat=person, loaded=loaded, decision=decision, updates=(), now=now
    )
    await store.write(lambda c: TURNS.commit(c, outcome))


def invite(token, role=Role.MEMBER, council=HERE, **changes):
    """An invitation of a week."""
    values = {"uses": 1, "expires": later(days=7), **changes}
    return Invite(
        id=InvitationId(token), token_hash=hashed(token), role=role, council=council, **values
    )


def join(token, role=Role.MEMBER, council=HERE, name=""):
    """Use it."""
    ags = {HERE: "05513000", THERE: "05315000"}.get(council, "")
    return Join(
        invitation=InvitationId(token), role=role, council=council, ags=ags, badge=Badge(name=name)
    )


async def know(store, *people):
    """These people agreed."""
    await store.write(lambda c: [members.keep(c, CODEC, member(person)) for person in people])


async def first_operator(store, person=BOSS):
    """An operator by an invitation that nobody made."""

    def work(connection):
        scope = Scope.enter(connection, CODEC, PSEUDONYMS, person)
        scope.perform((), NOW)
        connection.exec_driver_sql(f"INSERT INTO operator (person, since) VALUES ({person}, 0)")

    await store.write(work)


async def one_council(store, profile):
    """An operator; a council with an admin and a member."""
    await know(store, BOSS, AYLA, BEN)
    await first_operator(store)
    await do(store, BOSS, Found(council=HERE, profile=profile), invite("a", Role.ADMIN))
    await do(store, AYLA, join("a", Role.ADMIN, name="Ayla"))
    await do(store, AYLA, invite("b"))
    await do(store, BEN, join("b", name="Ben"))


async def two_councils(store):
    """An operator; a council with an admin and a member; another one with its admin."""
    await know(store, BOSS, AYLA, BEN, CEM)
    await first_operator(store)
    for council, ags in ((HERE, "05513000"), (THERE, "05315000")):
        await do(store, BOSS, Found(council=council, profile=Profile(ags=ags)))
    await do(store, BOSS, invite("a", Role.ADMIN), invite("c", Role.ADMIN, THERE))
    await do(store, AYLA, join("a", Role.ADMIN, name="Ayla"))
    await do(store, CEM, join("c", Role.ADMIN, THERE, name="Cem"))
    await do(store, AYLA, invite("b"))
    await do(store, BEN, join("b", name="Ben"))


async def linked(store, *chats, council=HERE):
    """Chats that are linked, as if by somebody unknown."""
    await store.write(
        lambda c: c.execute(insert(schema.chat_link), [_row(x, council) for x in chats])
    )


def _row(chat, council):
    return {
        "id": chat.id,
        "council": council,
        "chat": chat.chat,
        "thread": chat.thread or 0,
        "kind": chat.kind,
        "confirmed": 1,
        "disabled": "",
        "since": 0,
        "by": "p",
        "format": schema.FORMAT,
        "body": CODEC.chat.write(chat, chat.id),
    }


async def audited(store, council=HERE):
    """Actions and objects of a council in the audit log, the oldest first."""

    def work(connection):
        rows = connection.exec_driver_sql("SELECT council, action, object FROM audit ORDER BY id")
        return [(action, what) for at, action, what in rows if at == council]

    return await store.read(work)

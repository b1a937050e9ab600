"""Whom a broadcast did not reach: names only of the reader's own council."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.store import ledger, schema
from bot.store.codec import stamp
from bot.store.ledger import Wish, campaigns
from bot.store.scope import Scope
from conversations.agenda import ChatKind, ChatLinkId, LinkedChat
from conversations.broadcasts import BroadcastId, Content
from conversations.broadcasts.posts import Post
from conversations.deeds import Compose, Rehearse
from conversations.standing import Role
from tests.shell import PSEUDONYMS
from tests.store.councils import (
    AYLA,
    BEN,
    BOSS,
    CEM,
    CODEC,
    EVE,
    HERE,
    NOW,
    do,
    invite,
    join,
    know,
    linked,
    two_councils,
)

ID, GROUP = BroadcastId("b1"), -700
ROWS = schema.delivery


@pytest.fixture
async def councils(store):
    """Two councils: Ayla runs one, where Ben sits; Cem runs the other."""
    await two_councils(store)
    await know(store, EVE)
    group = LinkedChat(
        id=ChatLinkId("k1"),
        chat=GROUP,
        kind=ChatKind.GROUP,
        title="Rat & Ort",
        receives=frozenset(),
    )
    await linked(store, group)
    return store


async def sent(store, *rows, author=BOSS, council=None):
    """A broadcast whose rows (council, person, chat, state, reason, part, parts) ended so."""
    content = Content(posts={"de": Post(text="Bitte")})
    await do(store, author, Compose(id=ID, council=council, revision=0, content=content))
    await do(store, author, Rehearse(id=ID, council=council, revision=1))

    def write(connection):
        table = schema.broadcast
        connection.execute(update(table).values(stage="done", confirmed=stamp(NOW)))
        for number, (there, person, chat, state, reason, nth, of) in enumerate(rows):
            wish = Wish(
                kind=ledger.BROADCAST,
                subject=campaigns.subject(ID),
                version=1,
                slot=f"de{nth}",
                chat=chat,
                council=there,
                person=person,
                due=NOW + timedelta(milliseconds=number),
                expires=NOW + timedelta(days=3),
                start=NOW,
                nth=nth,
                of=of,
                rank=ledger.BROADCASTS,
            )
            ledger.insert(connection, [wish])
            same = (ROWS.c.chat == chat, ROWS.c.slot == wish.slot)
            connection.execute(update(ROWS).where(*same).values(state=state, reason=reason))

    await store.write(write)


async def list_of(store, person):
    """What this person gets: place, kind, name and reason of each."""
    found = await store.read(lambda c: Scope.enter(c, CODEC, PSEUDONYMS, person).unreached(ID))
    return [(one.ags, one.role or one.kind, one.name, one.reason) for one in found]


async def test_an_admin_reads_the_names_of_the_own_council(councils):
    """Of people and of chats."""
    rows = (
        (HERE, BEN, BEN, "failed", "blocked", 1, 1),
        (HERE, None, GROUP, "failed", "kicked", 1, 1),
    )
    await sent(councils, *rows, author=AYLA, council=HERE)
    assert await list_of(councils, AYLA) == [
        ("05513000", Role.MEMBER, "Ben", "blocked"),
        ("05513000", ChatKind.GROUP, "Rat & Ort", "kicked"),
    ]


async def test_an_operator_reads_no_names(councils):
    """But where it was, and why."""
    await sent(councils, (HERE, BEN, BEN, "failed", "blocked", 1, 1))
    assert await list_of(councils, BOSS) == [("05513000", Role.MEMBER, "", "blocked")]


@pytest.mark.parametrize(("role", "name"), [(Role.MEMBER, ""), (Role.ADMIN, "Ben")])
async def test_an_operator_who_is_a_member_reads_no_more_than_members_do(councils, role, name):
    """Names are for the council's admins."""
    await do(councils, AYLA, invite("boss", role))
    await do(councils, BOSS, join("boss", role))
    await sent(councils, (HERE, BEN, BEN, "failed", "blocked", 1, 1))
    assert await list_of(councils, BOSS) == [("05513000", Role.MEMBER, name, "blocked")]


@pytest.mark.parametrize("person", [AYLA, BEN, CEM, EVE])
async def test_nobody_else_sees_the_list(councils, person):
    """Neither the admin of a council that was addressed nor anybody else."""
    await sent(councils, (HERE, BEN, BEN, "failed", "blocked", 1, 1))
    assert await list_of(councils, person) == []


@pytest.mark.parametrize("person", [BEN, CEM, EVE])
async def test_a_councils_list_is_its_admins(councils, person):
    """Not its members', not another council's."""
    await sent(councils, (HERE, BEN, BEN, "failed", "blocked", 1, 1), author=AYLA, council=HERE)
    assert await list_of(councils, person) == []


async def test_whom_it_reached_is_not_listed(councils):
    """Nor who stopped it, nor who still waits."""
    states = ("sent", "cancelled", "pending", "held", "uncertain")
    rows = [(HERE, 50 + n, 50 + n, state, "", 1, 1) for n, state in enumerate(states)]
    await sent(councils, *rows)
    assert await list_of(councils, BOSS) == []


async def test_of_several_parts_the_last_counts(councils):
    """Each recipient stands there once."""
    rows = (HERE, BEN, BEN, "failed", "blocked", 1, 2), (HERE, BEN, BEN, "failed", "blocked", 2, 2)
    await sent(councils, *rows)
    assert len(await list_of(councils, BOSS)) == 1


async def test_late_and_unclear_have_their_reason(councils):
    """What was let be, and what came too late."""
    rows = (HERE, BEN, BEN, "expired", "", 1, 1), (HERE, AYLA, AYLA, "closed", "let", 1, 1)
    await sent(councils, *rows)
    assert [one[3] for one in await list_of(councils, BOSS)] == ["late", "unclear"]


async def test_who_is_gone_leaves_a_line_without_a_name(councils):
    """Neither a seat nor a link is there any more."""
    rows = (HERE, 99, 99, "failed", "blocked", 1, 1), (HERE, None, -9, "failed", "kicked", 1, 1)
    await sent(councils, *rows, author=AYLA, council=HERE)
    assert [one[2] for one in await list_of(councils, AYLA)] == ["", ""]

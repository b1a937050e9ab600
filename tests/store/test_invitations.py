"""Invitations in the store: what a link gives, to whom, how often; on both databases."""

import asyncio

import pytest

from bot.store.scope import ForbiddenError
from bot.store.worker import LostRaceError
from conversations.deeds import Remove, Revoke
from conversations.standing import InvitationId, PersonId, Role, Standing
from tests.store.councils import (
    AYLA,
    BEN,
    BOSS,
    EVE,
    HERE,
    THERE,
    do,
    invite,
    join,
    know,
    later,
    load,
    two_councils,
)

# --- invitations


async def test_f06_a_token_used_expired_revoked_or_wrong_is_the_same(store):
    """None of them invites to anything, and nobody joins by one."""
    await two_councils(store)
    await do(store, AYLA, invite("r"), invite("e", expires=later(hours=1)))
    await do(store, AYLA, Revoke(id=InvitationId("r"), council=HERE))
    for token in ("b", "r", "e", "wrong"):
        assert (await load(store, EVE, token=token, now=later(hours=1))).invited is None
        with pytest.raises(LostRaceError):
            await do(store, EVE, join(token), now=later(hours=1))
    assert (await load(store, EVE)).standing == Standing()


async def test_f06_two_people_at_once_get_one_seat(store):
    """An invitation of one use, followed by two at the same time: one membership."""
    await two_councils(store)
    await do(store, AYLA, invite("x"))
    await know(store, EVE, fay := PersonId(6))
    results = await asyncio.gather(
        *(do(store, one, join("x")) for one in (EVE, fay)), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in results) == ["ForbiddenError", "NoneType"]
    assert len((await load(store, AYLA)).desk.colleagues) == 3


async def test_f06_the_same_person_takes_one_use(store):
    """Following a link of two uses twice takes one of them."""
    await two_councils(store)
    await do(store, AYLA, invite("x", uses=2))
    for _ in range(2):
        await do(store, EVE, join("x"))
    assert [one.left for one in (await load(store, AYLA)).desk.invitations] == [1]


@pytest.mark.parametrize(("role", "council"), [(Role.ADMIN, HERE), (Role.MEMBER, THERE),
                                               (Role.OPERATOR, None)])  # fmt: skip
async def test_an_invitation_gives_its_own_role_and_council_only(store, role, council):
    """A member's invitation, used for anything else, is no good."""
    await two_councils(store)
    await do(store, AYLA, invite("x"))
    with pytest.raises(ForbiddenError):
        await do(store, EVE, join("x", role, council))


async def test_the_higher_role_stays(store):
    """An admin who follows a member's link stays admin; a member who follows an admin's becomes
    one."""
    await two_councils(store)
    await do(store, AYLA, invite("m"), invite("a2", Role.ADMIN))
    await do(store, AYLA, join("m", name="Other"))
    await do(store, BEN, join("a2", Role.ADMIN, name="Other"))
    seats = [(await load(store, one)).standing.seat(HERE) for one in (AYLA, BEN)]
    assert [(one.role, one.badge.name) for one in seats] == [
        (Role.ADMIN, "Ayla"),
        (Role.ADMIN, "Ben"),
    ]


async def test_nobody_comes_back_by_an_old_link(store):
    """Removed, a person joins by a newer invitation only, and begins anew."""
    await two_councils(store)
    await do(store, AYLA, invite("old", uses=5))
    await do(store, AYLA, Remove(council=HERE, person=BEN), now=later(hours=1))
    assert (await load(store, BEN, token="old")).invited is None
    with pytest.raises(ForbiddenError):
        await do(store, BEN, join("old"), now=later(hours=2))
    await do(store, AYLA, invite("new"), now=later(hours=2))
    assert (await load(store, BEN, token="new")).invited.role is Role.MEMBER
    await do(store, BEN, join("new", name="Benjamin"), now=later(hours=3))
    assert (await load(store, BEN)).standing.seat(HERE).badge.name == "Benjamin"


async def test_an_operators_link_makes_an_operator(store):
    """A new operator by an operator's invitation; the role is there in the same transaction."""
    await two_councils(store)
    await do(store, BOSS, invite("o", Role.OPERATOR, None))
    assert (await load(store, EVE, token="o")).invited.council is None
    await do(
        store, EVE, join("o", Role.OPERATOR, None), invite("o2", Role.OPERATOR, None),
    )  # fmt: skip
    assert (await load(store, EVE)).standing.operator

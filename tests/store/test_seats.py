"""P5: what a seat in a council allows in the store, and what ends with it; on both databases."""

import asyncio
from dataclasses import replace

import pytest

from bot.store import letters
from bot.store.scope import ForbiddenError
from conversations.core import Decision, Deliver, DraftId, Filing, LetterId
from conversations.deeds import Appoint, Dismiss, EndTerm, Leave, Remove, TakeOver, Wear
from conversations.standing import Badge, PersonId, Role, Standing
from tests.store.agendas import POSITION, draft, order
from tests.store.councils import (
    AYLA,
    BEN,
    BOSS,
    CEM,
    EVE,
    HERE,
    NOW,
    THERE,
    decide,
    do,
    first_operator,
    invite,
    join,
    load,
    two_councils,
)

# --- seats


async def test_who_leaves_sees_nothing_of_the_council(store):
    """Draft in hand, drafts, letters and the council are gone with the seat, at once."""
    await two_councils(store)
    decision = Decision(
        position=replace(POSITION, draft=DraftId("d1")),
        drafts=(draft(), draft(2, council="")),
        orders=(order(), order(2, council="")),
    )
    await decide(store, BEN, decision)
    seen = await load(store, BEN)
    assert (seen.draft.id, len(seen.drafts), len(seen.letters)) == ("d1", 2, 2)
    await do(store, BEN, Leave(council=HERE))
    seen = await load(store, BEN)
    assert (seen.draft, seen.council, seen.standing) == (None, None, Standing())
    assert [one.id for one in (*seen.drafts, *seen.letters)] == ["d2", "l2"]


@pytest.mark.parametrize("decision", [Decision(position=POSITION, drafts=(draft(),)),
                                      Decision(position=POSITION, orders=(order(),))],
                         ids=["draft", "letter"])  # fmt: skip
async def test_p5_nobody_writes_into_a_council_without_a_seat(store, decision):
    """A draft or letter of a council is refused to a stranger, and to a member who was removed
    between load and commit."""
    await two_councils(store)
    with pytest.raises(ForbiddenError):
        await decide(store, EVE, decision)
    loaded = await load(store, BEN)
    await do(store, AYLA, Remove(council=HERE, person=BEN))
    with pytest.raises(ForbiddenError):
        await decide(store, BEN, decision, loaded)


async def test_filed_letters_are_the_councils(store):
    """What one member filed the others see and get, those of other councils don't."""
    await two_councils(store)
    filed = (LetterId("l1"), Filing(day=NOW.date()))
    await decide(store, BEN, Decision(position=POSITION, orders=(order(), order(2))))
    await decide(store, BEN, Decision(filings=(filed,)))
    (seen,) = (await load(store, AYLA)).letters
    assert (seen.id, seen.mine, seen.draft) == ("l1", False, None)
    assert (await load(store, CEM)).letters == ()
    wanted = [Deliver(letter=LetterId(one), formats=("pdf",)) for one in ("l1", "l2")]
    for person in (CEM, EVE, AYLA):
        await decide(store, person, Decision(position=POSITION, replies=wanted))
    errands = await store.read(letters.errands)
    assert [(one.id, one.chat) for one in errands] == [("l1", AYLA)]


async def test_two_colleagues_at_once_both_get_a_letter(store):
    """Wanted by two at the same time: each waits on a row of their own until each has it."""
    await two_councils(store)
    await decide(store, BEN, Decision(position=POSITION, orders=(order(),)))
    await decide(store, BEN, Decision(filings=((LetterId("l1"), Filing(day=NOW.date())),)))
    want = Decision(replies=(Deliver(letter=LetterId("l1"), formats=("pdf",)),))
    for person in (BEN, AYLA, BEN):
        await decide(store, person, want)
    assert {one.chat for one in await store.read(letters.errands)} == {AYLA, BEN}
    await store.write(lambda c: letters.failed(c, LetterId("l1"), BEN, last=False))
    await store.write(lambda c: letters.delivered(c, LetterId("l1"), AYLA, {}))
    (left,) = await store.read(letters.errands)
    assert (left.chat, left.failures) == (BEN, 1)


async def test_nobody_files_a_colleagues_letter(store):
    """Filing is the author's: for anybody else the letter stays as it is."""
    await two_councils(store)
    await decide(store, BEN, Decision(position=POSITION, orders=(order(),)))
    filed = (LetterId("l1"), Filing(day=NOW.date()))
    await decide(store, AYLA, Decision(position=POSITION, filings=(filed,)))
    assert (await load(store, BEN)).letters[0].filed is None


async def test_a_badge_is_ones_own(store):
    """Wear changes the person's seat, sealed, and nobody else's."""
    await two_councils(store)
    await do(store, BEN, Wear(council=HERE, badge=Badge(name="B. Öz", group="Liste 1")))
    names = [one.badge.name for one in (await load(store, AYLA)).desk.colleagues]
    assert names == ["Ayla", "B. Öz"]


async def test_the_end_of_a_term_leaves_who_stays(store):
    """All seats end but those named and the admin's own; open invitations end, too."""
    await two_councils(store)
    await do(store, AYLA, invite("x"), invite("d"))
    await do(store, EVE, join("x"))
    await do(store, AYLA, EndTerm(council=HERE, stay=(EVE,)))
    assert {one.person for one in (await load(store, AYLA)).desk.colleagues} == {AYLA, EVE}
    assert (await load(store, PersonId(9), token="d")).invited is None
    assert (await load(store, CEM)).standing.seat(THERE) is not None


async def test_a_new_account_takes_over(store):
    """Role, badge, drafts and letters of the council move; the rest of the old account stays."""
    await two_councils(store)
    await decide(
        store,
        AYLA,
        Decision(position=POSITION, drafts=(draft(), draft(2, council="")), orders=(order(),)),
    )
    await do(store, AYLA, TakeOver(council=HERE, old=AYLA, new=BEN))
    old, new = await load(store, AYLA), await load(store, BEN)
    seat = new.standing.seat(HERE)
    assert (seat.role, seat.badge.name) == (Role.ADMIN, "Ayla")
    assert ([d.id for d in new.drafts], [one.id for one in new.letters]) == (["d1"], ["l1"])
    assert ([d.id for d in old.drafts], old.letters, old.standing.seats) == (["d2"], (), ())


@pytest.mark.parametrize(("old", "new"), [(AYLA, AYLA), (BEN, CEM), (EVE, BEN)])
async def test_a_takeover_needs_two_seats(store, old, new):
    """Both accounts must be people of the council, and two."""
    await two_councils(store)
    with pytest.raises(ForbiddenError):
        await do(store, AYLA, TakeOver(council=HERE, old=old, new=new))


@pytest.mark.parametrize(
    "deed",
    [
        Appoint(council=HERE, person=CEM, role=Role.ADMIN),
        Remove(council=HERE, person=EVE),
    ],
    ids=lambda deed: type(deed).__name__,
)
async def test_p5_only_people_of_the_council_can_be_meant(store, deed):
    """A person without a seat there is neither appointed nor removed."""
    await two_councils(store)
    with pytest.raises(ForbiddenError):
        await do(store, AYLA, deed)


async def test_the_last_operator_stays(store):
    """Two operators dismiss each other at the same time: one is left."""
    await first_operator(store)
    await first_operator(store, AYLA)
    results = await asyncio.gather(
        do(store, BOSS, Dismiss(person=AYLA)),
        do(store, AYLA, Dismiss(person=BOSS)),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in results) == ["ForbiddenError", "NoneType"]
    left = [one for one in (BOSS, AYLA) if (await load(store, one)).standing.operator]
    assert len(left) == 1
    with pytest.raises(ForbiddenError):
        await do(store, left[0], Dismiss(person=left[0]))

"""What was filed, in the store: who says so, and what becomes of it; on both databases."""

from dataclasses import replace
from datetime import date

import pytest

from bot.store.scope import ForbiddenError
from conversations.agenda import Filed
from conversations.core import Decision, Filing, LetterId
from conversations.deeds import File
from tests.store.agendas import DAY, FILED, a_letter, agenda, planned, row, states
from tests.store.councils import (
    AYLA,
    BEN,
    CEM,
    EVE,
    HERE,
    NOW,
    THERE,
    audited,
    decide,
    do,
    load,
    two_councils,
)

# --- filings


async def test_what_was_filed_the_old_way_is_a_filing(store):
    """The day is known, all else is open; the council sees it, another one doesn't."""
    await two_councils(store)
    await a_letter(store)
    bare = Filed(letter="l1", title="T", day=NOW.date())
    assert (await agenda(store, BEN)).filed == (bare,)
    assert (await agenda(store, AYLA)).filed == (bare,)
    assert (await agenda(store, CEM)).filed == ()


async def test_the_writer_and_the_admin_say_what_became_of_it(store):
    """Each by a deed; the letter's own day follows, and the title is the letter's."""
    await two_councils(store)
    await a_letter(store, filed=False)
    await do(store, BEN, File(letter="l1", council=HERE, filed=FILED))
    assert (await agenda(store)).filed == (FILED,)
    received = replace(FILED, receipt=date(2026, 11, 23), number="198/26")
    await do(store, AYLA, File(letter="l1", council=HERE, filed=received))
    assert (await agenda(store, BEN)).filed == (received,)
    assert (await load(store, BEN)).letters[0].filed == Filing(day=FILED.day)
    assert ("file", "letter:l1") in await audited(store)


async def test_the_old_way_keeps_what_is_known(store):
    """Another day by the button under the letter: way and recipient stay."""
    await two_councils(store)
    await a_letter(store)
    await do(store, BEN, File(letter="l1", council=HERE, filed=FILED))
    await decide(store, BEN, Decision(filings=((LetterId("l1"), Filing(day=DAY)),)))
    assert (await agenda(store)).filed == (replace(FILED, day=DAY, version=3),)


async def test_p5_who_may_not_say_anything_about_a_letter(store):
    """Members about a colleague's, admins about one not filed, other councils and strangers about
    any; and nobody files it into another council."""
    await two_councils(store)
    await a_letter(store)
    await a_letter(store, AYLA, 2)
    await a_letter(store, BEN, 3, filed=False)
    for person, letter, council in (
        (BEN, "l2", HERE),
        (AYLA, "l3", HERE),
        (AYLA, "l9", HERE),
        (CEM, "l1", THERE),
        (CEM, "l1", HERE),
        (BEN, "l1", None),
        (EVE, "l1", None),
    ):
        with pytest.raises(ForbiddenError):
            await do(store, person, File(letter=letter, council=council, filed=FILED))


async def test_a_letter_not_filed_after_all(store):
    """Its filing is gone, its reminders lapse; filed again, its version is a new one."""
    await two_councils(store)
    await a_letter(store)
    await planned(store, row("d1", kind="receipt", subject="filed:l1"))
    await do(store, BEN, File(letter="l1", council=HERE, filed=None))
    assert (await agenda(store)).filed == ()
    assert (await load(store, BEN)).letters[0].filed is None
    assert await states(store) == {"d1": "cancelled"}
    await do(store, BEN, File(letter="l1", council=HERE, filed=FILED))
    assert (await agenda(store)).filed == (replace(FILED, version=2),)


async def test_another_promise_is_another_version(store):
    """Reminders of the older one lapse; a receipt changes no version."""
    await two_councils(store)
    await a_letter(store)
    received = replace(FILED, day=NOW.date(), receipt=DAY)
    await do(store, BEN, File(letter="l1", council=HERE, filed=received))
    assert (await agenda(store)).filed[0].version == 1
    await planned(store, row("d1", kind="promised", subject="filed:l1"))
    promised = replace(received, promised=DAY)
    await do(store, BEN, File(letter="l1", council=HERE, filed=promised))
    assert (await agenda(store)).filed[0].version == 2
    assert await states(store) == {"d1": "cancelled"}


async def test_ones_own_letter_without_a_council(store):
    """A stranger to all councils files it and sees it; it stays out of everybody else's agenda."""
    await two_councils(store)
    await a_letter(store, EVE, council="")
    await do(store, EVE, File(letter="l1", council=None, filed=FILED))
    assert (await agenda(store, EVE)).filed == (replace(FILED, version=2),)
    assert (await agenda(store, AYLA)).filed == ()

"""What the bot reads and writes by itself: facts, calendars, feeds, files; on both databases."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from bot.store import keeping, members, schema
from bot.store.planning import Planning
from bot.store.worker import LostRaceError
from conversations.agenda import CalendarSource
from conversations.deeds import File, Follow, Note, OpenFeed, Remove, Steer
from conversations.facts import Reachable
from conversations.rules.reminding import OwnReminding
from conversations.standing import CouncilId, Role
from tests.shell import PSEUDONYMS, SEAL
from tests.store.agendas import FILED, MEETING, REPORT, a_letter, agenda, schedule
from tests.store.councils import (
    AYLA,
    BEN,
    CEM,
    CODEC,
    HERE,
    NOW,
    THERE,
    do,
    hashed,
    later,
    member,
    two_councils,
)

PLANNING = Planning(CODEC, PSEUDONYMS)
SOURCE = CalendarSource(url="https://example.org/a.ics", bodies=("Rat",))


async def facts(store, council=HERE, now=NOW):
    """What the planner reads."""
    return await store.read(lambda c: PLANNING.facts(c, council, now))


# --- facts


async def test_the_planner_reads_all_of_a_council(store):
    """Profile, day it began, meetings, reports, steering group, what was filed."""
    await two_councils(store)
    await a_letter(store)
    await do(
        store,
        AYLA,
        schedule(MEETING),
        Note(council=HERE, report=REPORT),
        Steer(council=HERE, days=(date(2026, 3, 1),)),
        File(letter="l1", council=HERE, filed=FILED),
    )
    found = await facts(store)
    assert (found.council.id, found.council.profile.ags) == (HERE, "05513000")
    assert (found.since, found.council.revision) == (NOW.date(), 1)
    assert (found.meetings, found.reports) == ((MEETING,), (REPORT,))
    assert found.steering == (date(2026, 3, 1),)
    assert found.filed == (replace(FILED, version=2),)


async def test_the_planner_reads_no_other_council(store):
    """Each council's facts are its own; one that is gone has none."""
    await two_councils(store)
    await do(store, AYLA, schedule(MEETING))
    assert await store.read(PLANNING.councils) == (HERE, THERE)
    assert (await facts(store, THERE)).meetings == ()
    assert await facts(store, CouncilId("nowhere")) is None


async def test_whom_a_reminder_may_reach(store):
    """People with a seat, with role, language and wishes; none without consent, none who blocked
    the bot or withdrew."""
    await two_councils(store)
    assert [one.person for one in (await facts(store)).people] == [AYLA, BEN]
    wishes = OwnReminding(private=True)
    changed = member(BEN, stopped=NOW, reminding=wishes)
    await store.write(lambda c: members.keep(c, CODEC, changed))
    assert (await facts(store)).people[1] == Reachable(
        person=BEN, role=Role.MEMBER, language="de", stopped=True, reminding=wishes
    )


@pytest.mark.parametrize("state", ["blocked", "withdrawn", "older consent", "removed"])
async def test_who_is_not_reached(store, state):
    """Blocked, withdrawn, not asked about the present consent yet, without a seat."""
    await two_councils(store)
    ben = member(BEN)
    match state:
        case "removed":
            await do(store, AYLA, Remove(council=HERE, person=BEN))
        case "older consent":
            ben = replace(ben, consent=replace(ben.consent, version=1))
        case _:
            ben = replace(ben, **{state: NOW})
    await store.write(lambda c: members.keep(c, CODEC, ben))
    assert [one.person for one in (await facts(store)).people] == [AYLA]


# --- calendars and feeds


async def test_calendars_are_followed_the_longest_unseen_first(store):
    """Never looked at comes before looked at."""
    await two_councils(store)
    await do(store, AYLA, Follow(council=HERE, source=replace(SOURCE, checked=NOW)))
    await do(store, CEM, Follow(council=THERE, source=SOURCE))
    found = await store.read(PLANNING.followed)
    assert [(one.council, one.source.checked) for one in found] == [(THERE, None), (HERE, NOW)]


async def test_what_a_look_found_is_kept(store):
    """When it was, what went wrong, and the meetings that changed."""
    await two_councils(store)
    await do(store, AYLA, Follow(council=HERE, source=SOURCE))
    seen = replace(SOURCE, checked=later(hours=6), trouble="gone")
    wanted = schedule(MEETING)
    assert await store.write(lambda c: PLANNING.looked(c, HERE, seen, wanted))
    found = await agenda(store)
    assert (found.source, found.meetings) == (seen, (MEETING,))


async def test_a_look_that_comes_too_late_changes_nothing(store):
    """Another address meanwhile, a meeting that is gone, another council's meeting."""
    await two_councils(store)
    await do(store, AYLA, Follow(council=HERE, source=SOURCE))
    other = replace(SOURCE, url="https://example.org/old.ics")
    wanted = schedule(MEETING)
    assert not await store.write(lambda c: PLANNING.looked(c, HERE, other, wanted))
    for deed in (schedule(dropped=("m9",)), schedule(MEETING, council=THERE)):
        with pytest.raises(LostRaceError):
            await store.write(lambda c, deed=deed: PLANNING.looked(c, HERE, SOURCE, deed))
    assert (await agenda(store)).meetings == ()


async def test_a_feed_is_read_by_its_token(store):
    """The council's meetings; nothing for a wrong or ended token."""
    await two_councils(store)
    await do(store, AYLA, schedule(MEETING), OpenFeed(council=HERE, token_hash=hashed("a")))
    found = await store.read(lambda c: PLANNING.fed(c, hashed("a"), NOW))
    assert found.meetings == (MEETING,)
    await do(store, AYLA, OpenFeed(council=HERE, token_hash=hashed("b")))
    for token in (hashed("a"), hashed("x"), ""):
        assert await store.read(lambda c, token=token: PLANNING.fed(c, token, NOW)) is None


# --- files


async def with_files(store):
    """A report and a filing whose files wait."""
    await two_councils(store)
    await a_letter(store)
    report = replace(REPORT, file="n.pdf")
    filed = replace(FILED, proof_file="p.pdf")
    await do(
        store,
        AYLA,
        Note(council=HERE, report=report, file_id="tg1"),
        File(letter="l1", council=HERE, filed=filed, file_id="tg2"),
    )
    return await store.read(keeping.waiting)


async def test_files_wait_until_they_are_here(store):
    """Fetched, sealed, given back; then nothing waits."""
    found = await with_files(store)
    assert [(one.kind, one.key, one.council, one.file_id) for one in found] == [
        ("report", "r1", HERE, "tg1"),
        ("filing", "l1", HERE, "tg2"),
    ]
    for one in found:
        assert await store.write(lambda c, one=one: keeping.keep_file(c, CODEC, one, b"%PDF"))
        kept = await store.read(lambda c, one=one: keeping.file_of(c, CODEC, one.kind, one.key))
        assert kept == b"%PDF"
    assert await store.read(keeping.waiting) == ()
    stored = await store.read(lambda c: c.execute(select(schema.report.c.content)).scalar_one())
    assert SEAL.open(bytes(stored), "report:r1") == b"%PDF"


async def test_a_file_that_another_one_replaced_is_not_kept(store):
    """Named anew, or taken away, while it was being fetched."""
    report, filing = await with_files(store)
    again = replace(REPORT, file="n.pdf")
    await do(store, AYLA, Note(council=HERE, report=again, file_id="tg3"))
    await do(store, AYLA, File(letter="l1", council=HERE, filed=FILED))
    for one in (report, filing):
        assert not await store.write(lambda c, one=one: keeping.keep_file(c, CODEC, one, b"x"))
        assert not await store.write(lambda c, one=one: keeping.lose_file(c, CODEC, one))
    assert [one.file_id for one in await store.read(keeping.waiting)] == ["tg3"]


async def test_a_file_that_is_lost_is_promised_no_longer(store):
    """Its name goes; everything else stays."""
    for one in await with_files(store):
        assert await store.write(lambda c, one=one: keeping.lose_file(c, CODEC, one))
    found = await agenda(store)
    assert found.reports == (REPORT,)
    assert found.filed == (replace(FILED, version=2),)
    assert await store.read(keeping.waiting) == ()

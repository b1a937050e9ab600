"""Whom a broadcast can reach, and who of them is left out: on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.store.scope import Broadcasting, Scope
from conversations.agenda import ChatKind, CouncilMeeting, KimItem, MeetingId, Report, ReportId
from conversations.core import Need
from conversations.deeds import Leave, Note, Schedule
from conversations.rules.reminding import OwnReminding
from conversations.rules.reporting import ClockState
from conversations.standing import Role
from tests.shell import PSEUDONYMS
from tests.store.composed import chats, content, group, public, send, settings
from tests.store.councils import (
    AYLA,
    BEN,
    BOSS,
    CEM,
    CODEC,
    EVE,
    HERE,
    NOW,
    THERE,
    do,
    invite,
    join,
    member,
    two_councils,
)


@pytest.fixture
async def town(store):
    """Two councils, a linked group in each."""
    await two_councils(store)
    await group(store, AYLA)
    await group(store, CEM, THERE, chat=-600)
    return store


async def names(town, person):
    """Chats that the person may address, with the names they may see."""
    found = (await public(town, person)).addressees
    return {(one.chat, one.name) for one in found}


async def test_an_admin_addresses_the_own_council_by_name(town):
    """Its people and its linked chats."""
    assert await names(town, AYLA) == {(AYLA, "Ayla"), (BEN, "Ben"), (-500, "Gruppe -500")}
    found = await public(town, AYLA)
    assert [one.council for one in found.circles] == [HERE]


async def test_an_operator_addresses_all_and_reads_no_name(town):
    """Counts, roles, languages."""
    assert await names(town, BOSS) == {(one, "") for one in (AYLA, BEN, CEM, -500, -600)}
    found = await public(town, BOSS)
    assert {(one.council, one.ags) for one in found.circles} == {
        (HERE, "05513000"),
        (THERE, "05315000"),
    }


@pytest.mark.parametrize("person", [BEN, EVE])
async def test_a_member_addresses_nobody(town, person):
    """Nor does a stranger."""
    found = await public(town, person)
    assert (found.circles, found.addressees) == ((), ())


async def test_an_operator_who_runs_a_council_reads_its_names_alone(town):
    """Not those of the others."""
    await do(town, BOSS, invite("z", Role.OPERATOR, None))
    await do(town, AYLA, join("z", Role.OPERATOR, None))
    found = await names(town, AYLA)
    assert {name for _, name in found} == {"Ayla", "Ben", "Gruppe -500", ""}
    assert (CEM, "") in found


@pytest.mark.parametrize("changes", [
    {"stopped": NOW},
    {"withdrawn": NOW},
    {"blocked": NOW},
    {"reminding": OwnReminding(broadcasts=False)},
    {"consent": replace(member(BEN).consent, version=1)},
], ids=lambda one: next(iter(one)))  # fmt: skip
async def test_g07_who_must_not_be_written_to_is_left_out(town, changes):
    """/stopp, withdrawn, blocked, opted out, another version of the consent."""
    await settings(town, BEN, **changes)
    await send(town, AYLA, what=content(chats=False))
    assert await chats(town) == [AYLA]


async def test_a_pause_of_reminders_is_none_of_broadcasts(town):
    """They come nevertheless."""
    await settings(town, BEN, reminding=OwnReminding(paused=NOW + timedelta(days=9)))
    assert (BEN, "Ben") in await names(town, AYLA)


async def test_an_ended_seat_is_left_out(town):
    """From that moment on."""
    await do(town, BEN, Leave(council=HERE))
    assert (BEN, "Ben") not in await names(town, AYLA)


@pytest.mark.parametrize("changes", [
    {"broadcasts": False}, {"disabled": "kicked"}, {"confirmed": False},
], ids=lambda one: next(iter(one)))  # fmt: skip
async def test_a_chat_that_gets_none_is_left_out(town, changes):
    """Switched off, out of reach, not confirmed yet."""
    await group(town, AYLA, chat=-700, **changes)
    assert -700 not in {chat for chat, _ in await names(town, AYLA)}


async def test_a_topic_is_another_place_than_its_group(town):
    """Both get it."""
    await group(town, AYLA, thread=12, id="t12", kind=ChatKind.TOPIC)
    await send(town, AYLA, what=content(people=False))
    assert await chats(town) == [-500, -500]


async def test_who_sits_in_two_councils_gets_it_once(town):
    """In the one that is in hand, which fills the placeholders."""
    await do(town, CEM, invite("t", council=THERE))
    await do(town, BEN, join("t", council=THERE))
    for council in (HERE, THERE):
        await settings(town, BEN, active=council)
        found = [one for one in (await public(town, BOSS)).addressees if one.chat == BEN]
        first, _ = found
        assert first.council == council
    await send(town, BOSS, None)
    assert (await chats(town)).count(BEN) == 1


async def test_conditions_judge_what_is_stored(town):
    """Roles of people; in other councils nobody, whatever an admin's draft says."""
    await send(town, AYLA, what=content(roles=frozenset({Role.MEMBER}), chats=False))
    assert await chats(town) == [BEN]
    await send(town, AYLA, id_="b2", what=content(councils=frozenset({THERE})))
    assert await chats(town) == [BEN]


async def test_the_clock_of_each_council_is_as_its_reminders_have_it(town):
    """Never reported; reported lately; overdue, since a postponed item counts for nothing."""
    report = Report(id=ReportId("r"), day=(NOW - timedelta(days=20)).date())
    await do(town, AYLA, Note(council=HERE, report=report))
    clocks = {one.council: one.clock for one in (await public(town, BOSS)).circles}
    assert clocks == {HERE: ClockState.OK, THERE: ClockState.NEVER}
    days = {"m1": -200, "m2": -100, "m3": -10}
    kept = tuple(
        CouncilMeeting(
            id=MeetingId(id_),
            day=(NOW + timedelta(days=ahead)).date(),
            kim=KimItem.POSTPONED if id_ == "m3" else KimItem.UNKNOWN,
        )
        for id_, ahead in days.items()
    )
    await do(town, AYLA, Schedule(council=HERE, kept=kept))
    old = replace(report, day=(NOW - timedelta(days=700)).date())
    await do(town, AYLA, Note(council=HERE, report=old))
    (one,) = (await public(town, AYLA)).circles
    assert one.clock is ClockState.OVERDUE


async def test_the_instance_says_what_kind_of_council_it_is(town):
    """The store knows no register: it is handed in."""

    def placed(found):
        return replace(found, circles=tuple(replace(one, kind="Kreis") for one in found.circles))

    def work(connection):
        scope = Scope.enter(connection, CODEC, PSEUDONYMS, AYLA, Broadcasting(placed=placed))
        return scope.broadcasts(HERE, {Need.PUBLIC}, None, NOW).public

    assert [one.kind for one in (await town.read(work)).circles] == ["Kreis"]

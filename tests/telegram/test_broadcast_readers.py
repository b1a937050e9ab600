"""Broadcasts before the local server: who still gets one at the moment of sending."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from bot.demo.engine.chats import ChatKind as Kind
from bot.store import members, schema
from bot.store.codec import stamp
from conversations.broadcasts import Audience, Content, Link
from conversations.broadcasts.posts import Post
from conversations.deeds import Found
from conversations.rules.profile import Profile
from conversations.rules.reminding import OwnReminding
from conversations.rules.reporting import ClockState
from conversations.standing import CouncilId, Role
from tests.store import composed
from tests.store.councils import AYLA, BOSS, CODEC, HERE, member
from tests.telegram.reminding import at, opened
from tests.telegram.rundruf import FIRST, NOON, seat

NEVER = frozenset({ClockState.NEVER})


async def change(town, person=FIRST, **changes):
    """A person's own settings and states."""
    value = member(person, **changes)
    await town.store(lambda c: members.keep(c, CODEC, value))


@pytest.mark.parametrize(
    ("reason", "changes"),
    [
        ("stopped", {"stopped": NOON}),
        ("consent", {"withdrawn": NOON}),
        ("blocked", {"blocked": NOON}),
        ("declined", {"reminding": OwnReminding(broadcasts=False)}),
    ],
)
async def test_what_a_person_wishes_counts_until_the_moment_of_sending(town, reason, changes):
    """/stopp, a withdrawn consent, a block, the opt-out: between confirmation and sending."""
    await town.send()
    await change(town, **changes)
    async with town.bot():
        await town.settled("cancelled", "sent", "sent")
    assert town.rows()[0] == ("cancelled", reason)
    assert not town.calls(FIRST)


async def test_g07_who_has_not_agreed_to_the_new_text_gets_no_broadcast(town):
    """The consent's version counts at the moment of sending."""
    await town.send()
    old = replace(member(FIRST).consent, version=1)
    await town.store(lambda c: members.keep(c, CODEC, replace(member(FIRST), consent=old)))
    async with town.bot():
        await town.settled("cancelled", "sent", "sent")
    assert town.rows()[0] == ("cancelled", "consent")
    assert not town.calls(FIRST)


async def test_who_left_the_council_gets_nothing_more(town):
    """The seat ended between confirmation and sending."""
    await town.send()
    seats = schema.membership
    left = update(seats).where(seats.c.person == FIRST).values(ended=stamp(NOON))
    await town.store(lambda c: c.execute(left))
    async with town.bot():
        await town.settled("cancelled", "sent", "sent")
    assert town.rows()[0] == ("cancelled", "seat")


@pytest.mark.parametrize(
    ("meant", "state"),
    [
        ({}, "sent"),
        ({"councils": frozenset({HERE})}, "cancelled"),
        ({"clocks": NEVER}, "cancelled"),
    ],
)
async def test_who_left_gets_it_through_no_council_it_is_not_for(town, meant, state):
    """A seat elsewhere counts only for what goes there, too."""
    elsewhere = Found(council=CouncilId("there"), profile=Profile(ags="05315000"))
    await town.do(BOSS, elsewhere)
    await town.store(lambda c: seat(c, FIRST, "there"))
    audience = Audience(roles=frozenset({Role.MEMBER}), **meant)
    await town.send(what=Content(posts={"de": Post(text="Hallo")}, audience=audience))
    seats = schema.membership
    left = update(seats).where(seats.c.person == FIRST, seats.c.council == HERE)
    await town.store(lambda c: c.execute(left.values(ended=stamp(NOON))))
    async with town.bot():
        await town.settled(state, "sent", "sent")


async def test_who_is_erased_gets_nothing_more(town):
    """No trace of consent, no message."""
    await town.send()
    gone = delete(schema.member).where(schema.member.c.person == FIRST)
    await town.store(lambda c: c.execute(gone))
    async with town.bot():
        await town.settled("cancelled", "sent", "sent")


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, ("sent", "")),
        ({"disabled": "kicked"}, ("cancelled", "unlinked")),
        ({"confirmed": 0}, ("cancelled", "unlinked")),
    ],
    ids=["linked", "disabled", "unlinked"],
)
async def test_a_group_gets_it_while_it_is_linked(town, change, found):
    """Its link counts at the moment of sending."""
    town.server.engine.add_chat(-500, Kind.SUPERGROUP, "Rat", members=(AYLA,))
    async with opened(town.url) as store:
        await composed.group(store, AYLA)
    to = Audience(people=False)
    await town.send(what=Content(posts={"de": Post(text="An alle")}, links=(Link(),), audience=to))
    if change:
        changed = update(schema.chat_link).values(**change)
        await town.store(lambda c: c.execute(changed))
    async with town.bot():
        await town.settled(found[0])
    assert town.rows() == [found]
    assert town.texts(-500) == (["An alle"] if found[0] == "sent" else [])


async def test_quiet_hours_hold_one_person_and_nobody_else(town):
    """A pause of reminders holds nothing."""
    quiet = OwnReminding(quiet_from=NOON.time().replace(hour=11), quiet_to=NOON.time(), paused=None)
    quiet = replace(quiet, quiet_to=quiet.quiet_to.replace(hour=14))
    await change(town, reminding=quiet)
    await change(town, FIRST + 1, reminding=OwnReminding(paused=NOON + timedelta(days=2)))
    await town.send()
    async with town.bot():
        await town.settled("pending", "sent", "sent")
        at(town.server, NOON + timedelta(hours=2))
        await town.settled("sent")

"""Calendars that councils follow: when they are looked at, and what becomes of it."""

from dataclasses import replace
from datetime import date, time, timedelta

from sqlalchemy import select

from bot.store import schema
from bot.store.following import EVERY, FollowedCalendars, Seen
from bot.store.leases import new_holder
from bot.store.planning import Followed, Planning
from conversations.agenda import CalendarEvent, CalendarSource, Origin, ReadCalendar
from conversations.deeds import Follow
from tests.shell import PSEUDONYMS
from tests.store.agendas import agenda
from tests.store.councils import AYLA, CEM, CODEC, HERE, NOW, THERE, do, later, two_councils

FOLLOWED = FollowedCalendars(Planning(CODEC, PSEUDONYMS))
SOURCE = CalendarSource(url="https://example.org/a.ics", bodies=("Integrationsrat",))
MINE = new_holder()
EVENT = CalendarEvent(uid="1", day=date(2027, 1, 12), start=time(17), name="Integrationsrat")


async def follow(store, source=SOURCE):
    """Ayla's council follows a calendar."""
    await two_councils(store)
    await do(store, AYLA, Follow(council=HERE, source=source))


async def due(store, now=NOW, holder=MINE):
    """Councils whose calendars are due."""
    found = await store.write(lambda c: FOLLOWED.due(c, holder, now))
    return [one.council for one in found]


async def look(store, *events, trouble="", source=SOURCE, now=NOW, unchanged=False):
    """A look that brought these events."""
    read = None if unchanged else ReadCalendar(events=events, trouble=trouble)
    seen = Seen(calendar=read, etag='"v1"', seed="unguessable")
    one = Followed(council=HERE, source=source)
    return await store.write(lambda c: FOLLOWED.settle(c, one, seen, now))


async def told(store):
    """Who hears what."""
    query = select(schema.delivery.c.person, schema.delivery.c.slot).where(
        schema.delivery.c.kind == "notice"
    )
    return await store.read(lambda c: [tuple(row) for row in c.execute(query)])


async def test_a_calendar_is_due_every_six_hours(store):
    """Never looked at comes first; one that was looked at waits."""
    await follow(store, replace(SOURCE, checked=NOW))
    await do(store, CEM, Follow(council=THERE, source=SOURCE))
    assert await due(store, later(hours=5)) == [THERE]
    assert await due(store, NOW + EVERY) == [THERE, HERE]


async def test_only_one_process_looks(store):
    """The other one finds nothing due."""
    await follow(store)
    assert await due(store) == [HERE]
    assert await due(store, holder=new_holder()) == []


async def test_new_meetings_are_stored_and_told(store):
    """To the admins, with the numbers of what changed."""
    await follow(store)
    assert await look(store, EVENT)
    (meeting,) = (await agenda(store)).meetings
    assert (meeting.day, meeting.start, meeting.origin) == (EVENT.day, EVENT.start, Origin.FEED)
    assert await told(store) == [(AYLA, "calendar:1.0.0.0.0")]


async def test_a_moved_meeting_gets_another_version(store):
    """So that what was planned for the old day lapses."""
    await follow(store)
    await look(store, EVENT)
    await look(store, replace(EVENT, day=EVENT.day + timedelta(days=7)), now=later(hours=6))
    (meeting,) = (await agenda(store)).meetings
    assert (meeting.day, meeting.version) == (date(2027, 1, 19), 2)
    assert (AYLA, "calendar:0.1.0.0.0") in await told(store)


async def test_a_calendar_that_stayed_the_same_says_nothing(store):
    """Neither when the server says so, nor when the events do."""
    await follow(store)
    await look(store, EVENT)
    before = await told(store)
    await look(store, EVENT, now=later(hours=6))
    await look(store, unchanged=True, now=later(hours=12))
    assert await told(store) == before
    source = (await agenda(store)).source
    assert (source.checked, source.etag) == (later(hours=12), '"v1"')


async def test_trouble_takes_no_meeting_away(store):
    """It stands beside the source until a look goes well."""
    await follow(store)
    await look(store, EVENT)
    await look(store, trouble="slow", now=later(hours=6))
    found = await agenda(store)
    assert (found.source.trouble, found.source.failures) == ("slow", 1)
    assert len(found.meetings) == 1
    await look(store, EVENT, source=found.source, now=later(hours=12))
    source = (await agenda(store)).source
    assert (source.trouble, source.failures) == ("", 0)


async def test_after_ten_failures_the_admins_hear_of_it_once(store):
    """The eleventh says nothing any more."""
    await follow(store)
    for n in range(11):
        source = (await agenda(store)).source
        await look(store, trouble="unreachable", source=source, now=later(hours=6 * n))
    assert await told(store) == [(AYLA, "calendar_failing:unreachable")]


async def test_what_is_followed_no_longer_changes_nothing(store):
    """The look was on its way when the council chose another calendar."""
    await follow(store, replace(SOURCE, url="https://example.org/b.ics"))
    assert not await look(store, EVENT)
    found = await agenda(store)
    assert (found.meetings, found.source.url) == ((), "https://example.org/b.ics")
    assert await told(store) == []

"""Calendars in the running bot: documents read before the turn, addresses looked at after it, and
the feed on the web."""

import asyncio
import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import aiohttp
import pytest

from bot.demo.engine import media
from bot.following import calendars_of
from bot.plan import Calendars, Listen
from bot.production import read_knowledge
from bot.store.codec import Codec
from bot.store.opening import engine_for
from bot.store.scope import Scope
from bot.store.secrets import unlocked
from bot.wording import folder
from conversations.agenda import (
    CalendarEvent,
    CalendarTrouble,
    CouncilMeeting,
    MeetingId,
    ReadCalendar,
)
from conversations.core import Decision, Say, Screen
from conversations.deeds import Found, Invite, Join, OpenFeed, Schedule
from conversations.events import Looked, Typed, Uploaded
from conversations.rules.profile import Profile
from conversations.standing import CouncilId, InvitationId, PersonId, Role
from tests.shell import SEAL, Diary, plan_for, running, timetable
from tests.telegram.chatting import agree, card

URL = "https://calendar.example/x.ics"
TOKEN = "abcdefghijklmnopqrstuv"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


class Secretary(Diary):
    """A diary that says what calendars hold."""

    def reads(self, flow, step):
        return flow == "diary"

    def advance(self, state, event):
        held = state.calendar
        match event:
            case Uploaded() | Looked():
                words = held.trouble or " ".join(one.name for one in held.events)
                words = f"{type(event).__name__} {words}"
                return Decision(replies=(Say(screen=Screen(html=words)),))
            case Typed(text=text) if text.startswith("https://"):
                return replace(super().advance(state, event), look=text)
        return super().advance(state, event)


class Scripted:
    """Reads and looks at calendars without a network."""

    def __init__(self):
        self.looked = []

    async def read(self, data, today):
        event = CalendarEvent(uid="1", day=date(2027, 1, 12), start=time(17), name=data.decode())
        return ReadCalendar(events=(event,))

    async def look(self, url, today):
        self.looked.append(url)
        return await self.read(b"Integrationsrat", today)


def with_calendars(server, tmp_path, **changes):
    """A plan with the secretary."""
    calendars = Calendars(write=timetable, reading=Scripted())
    return plan_for(server, tmp_path, dialogues=Secretary(), calendars=calendars, **changes)


def hand_in(server, person, data, name="x.ics"):
    """Send a document."""
    server.engine.send(person, person, media.document(server.engine.files, data, name))


async def test_a_document_is_read_before_the_turn(server, ayla, tmp_path):
    """Fetched from Telegram, and its meetings are there when the step decides."""
    async with running(with_calendars(server, tmp_path)):
        await agree(server.engine, ayla)
        hand_in(server, ayla, b"Integrationsrat")
        await card(server.engine, ayla, "Uploaded Integrationsrat")


async def test_a_document_of_more_than_two_mebibytes_is_not_fetched(server, ayla, tmp_path):
    """Its size is known beforehand."""
    async with running(with_calendars(server, tmp_path)):
        await agree(server.engine, ayla)
        hand_in(server, ayla, b"x" * (2**21 + 1))
        await card(server.engine, ayla, f"Uploaded {CalendarTrouble.LARGE}")
    assert not server.api.log.of("getfile")


async def test_an_address_is_looked_at_after_the_turn(server, ayla, tmp_path):
    """The card of the turn comes first, then what was found as a turn of its own."""
    plan = with_calendars(server, tmp_path)
    async with running(plan):
        await agree(server.engine, ayla)
        server.engine.say(ayla, ayla, URL)
        await card(server.engine, ayla, "Looked Integrationsrat")
    assert plan.calendars.reading.looked == [URL]


async def test_a_document_where_nobody_reads_is_an_event_all_the_same(server, ayla, tmp_path):
    """The step says what it makes of it; nothing is fetched."""
    async with running(plan_for(server, tmp_path)):
        await agree(server.engine, ayla)
        hand_in(server, ayla, b"x", "brief.pdf")
        await card(server.engine, ayla, "what?")
    assert not server.api.log.of("getfile")


def a_council_with_a_feed(plan):
    """Stored before the bot runs: one meeting, and the feed's token."""
    engine = engine_for(plan.database)
    pseudonyms, _ = unlocked(engine, SEAL)
    here, invitation = CouncilId("here"), InvitationId("first")
    one = CouncilMeeting(id=MeetingId("m1"), day=date(2027, 1, 12), start=time(17))
    invite = Invite(
        id=invitation,
        token_hash="ab",
        role=Role.ADMIN,
        council=here,
        expires=NOW + timedelta(days=1),
    )
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO operator (person, since) VALUES (1, 0)")
        scope = Scope.enter(connection, Codec(SEAL), pseudonyms, PersonId(1))
        deeds = [
            Found(council=here, profile=Profile(ags="05513000")),
            invite,
            Join(invitation=invitation, role=Role.ADMIN, council=here, ags="05513000"),
            Schedule(council=here, kept=(one,)),
            OpenFeed(council=here, token_hash=hashlib.sha256(TOKEN.encode()).hexdigest()),
        ]
        scope.perform(deeds, NOW)
    engine.dispose()


@pytest.fixture
def offering(server, tmp_path, unused_tcp_port):
    """A plan that polls and offers feeds."""
    know = read_knowledge(folder())
    house = replace(know.house, feeds=f"http://127.0.0.1:{unused_tcp_port}/calendar")
    know = replace(know, house=house)
    return plan_for(
        server,
        tmp_path,
        know=know,
        calendars=calendars_of(know),
        now=lambda: NOW,
        listen=Listen(host="127.0.0.1", port=unused_tcp_port),
    )


async def got(plan, path):
    """Status, headers and body of a GET, as soon as somebody listens."""
    url = f"http://127.0.0.1:{plan.listen.port}{path}"
    async with aiohttp.ClientSession() as http, asyncio.timeout(30):
        while True:
            try:
                async with http.get(url) as answer:
                    return answer.status, answer.headers, await answer.read()
            except aiohttp.ClientConnectorError:
                await asyncio.sleep(0.05)


async def test_a_feed_is_read_by_its_secret_address(server, offering):
    """A calendar with the council's meetings, that nobody on the way keeps."""
    a_council_with_a_feed(offering)
    async with running(offering):
        status, headers, body = await got(offering, f"/calendar/{TOKEN}.ics")
    assert (status, headers["Cache-Control"]) == (200, "no-store")
    assert headers["Content-Type"].startswith("text/calendar")
    assert b"DTSTART:20270112T160000Z" in body


@pytest.mark.parametrize("path", ["x" * 22, "x", TOKEN[:-1] + "x", "..%2f..%2fetc%2fpasswd", ""])
async def test_every_other_address_is_not_found(server, offering, path):
    """A wrong token looks like one that is closed, and like none."""
    a_council_with_a_feed(offering)
    async with running(offering):
        status, _, body = await got(offering, f"/calendar/{path}.ics")
    assert status == 404
    assert b"VCALENDAR" not in body


async def test_health_is_told_while_polling(server, offering):
    """Whoever watches the bot asks the same address as with a webhook."""
    async with running(offering):
        status, _, body = await got(offering, "/healthz")
    assert (status, body) == (200, b"ok\n")


async def test_too_much_asking_is_put_off(server, offering):
    """Guessing is hopeless; this is for the load."""
    async with running(offering):
        seen = [(await got(offering, "/calendar/x.ics"))[0] for _ in range(200)]
    assert {404, 429} == set(seen)

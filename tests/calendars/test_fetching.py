"""Fetching from an address that somebody typed: refused at the connection, bounded, conditional."""

import asyncio
import gzip
import socket
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver

from bot.calendars.addresses import RefusedAddressError, Rule, is_public
from bot.calendars.fetching import Fetcher
from bot.calendars.reading import LARGEST
from conversations.agenda import CalendarTrouble

TEXT = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


class Server:
    """A web server on this machine; what it is asked is kept."""

    def __init__(self):
        self.port = 0
        self.asked = []
        self.answer = lambda request: web.Response(body=TEXT)

    async def handle(self, request):
        """Keep the request, then answer as the test says."""
        self.asked.append(request)
        found = self.answer(request)
        return await found if asyncio.iscoroutine(found) else found

    def url(self, host="calendar.example", path="/x.ics"):
        """An address of this server."""
        return f"http://{host}:{self.port}{path}"

    def fetcher(self, *addresses, allowed=frozenset({"127.0.0.1"}), **named):
        """A fetcher that takes every name for these addresses, and may ask this server."""
        rule = Rule(http=True, ports=frozenset({self.port}), is_allowed=allowed.__contains__)
        return Fetcher(rule, resolver=Names(addresses or ("127.0.0.1",)), **named)


def moved(place):
    """A redirect."""
    return web.Response(status=302, headers={"Location": place})


class Names(AbstractResolver):
    """Every name has these addresses; `later` those that it has from the second time on."""

    def __init__(self, addresses, later=()):
        self.addresses, self.later = addresses, later

    async def resolve(self, host, port=0, family=socket.AF_INET):
        found, self.addresses = self.addresses, self.later or self.addresses
        return [
            {
                "hostname": host,
                "host": one,
                "port": port,
                "family": socket.AF_INET6 if ":" in one else socket.AF_INET,
                "proto": 0,
                "flags": socket.AI_NUMERICHOST,
            }
            for one in found
        ]

    async def close(self):
        """Nothing is open."""


@asynccontextmanager
async def serving(server):
    app = web.Application()
    app.router.add_route("GET", "/{rest:.*}", server.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.port = runner.addresses[0][1]
    try:
        yield server
    finally:
        await runner.cleanup()


@pytest.fixture
async def server():
    async with serving(Server()) as running:
        yield running


async def test_a_calendar_is_fetched(server):
    """The way it is meant to go."""
    found = await server.fetcher().fetch(server.url())
    assert (found.content, found.trouble) == (TEXT, "")


HERE = (
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f.1",
    "0x7f000001",
    "017700000001",
    "0",
    "localhost",
    "LOCALHOST",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
)


@pytest.mark.parametrize("host", HERE)
async def test_f08_this_machine_is_never_asked(server, host):
    """However its address is written, and though something listens there."""
    rule = Rule(http=True, ports=frozenset({server.port}))
    found = await Fetcher(rule).fetch(server.url(host))
    assert found.trouble == CalendarTrouble.ADDRESS
    assert not server.asked


PRIVATE = (
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "fe80::1",
    "fe80::1%1",
    "fc00::1",
    "fd12::1",
    "fec0::1",
    "ff02::1",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:808:808::1",
)


@pytest.mark.parametrize("address", PRIVATE)
async def test_f08_no_name_leads_to_a_private_address(address):
    """What a name stands for is checked where the connection is made."""
    assert not is_public(address)
    found = await Fetcher(resolver=Names((address,))).fetch("https://calendar.example/x.ics")
    assert found.trouble == CalendarTrouble.ADDRESS


@pytest.mark.parametrize("address", ["8.8.8.8", "193.99.144.80", "2a02:2e0:3fe:1001::1"])
def test_addresses_of_the_internet_are_public(address):
    """They may be asked."""
    assert is_public(address)


async def test_f08_a_name_with_one_private_address_is_refused(server):
    """Which of them would be used is left to chance."""
    found = await server.fetcher("127.0.0.1", "10.0.0.1").fetch(server.url())
    assert found.trouble == CalendarTrouble.ADDRESS
    assert not server.asked


async def test_f08_a_name_that_changes_its_address_is_checked_again(server):
    """What was good for the first request is not for the redirect's."""
    server.answer = lambda request: moved(server.url("other.example"))
    rule = Rule(http=True, ports=frozenset({server.port}), is_allowed={"127.0.0.1"}.__contains__)
    found = await Fetcher(rule, resolver=Names(("127.0.0.1",), ("127.0.0.2",))).fetch(server.url())
    assert found.trouble == CalendarTrouble.ADDRESS
    assert len(server.asked) == 1


async def test_f08_the_connection_itself_is_checked(server):
    """An address that never went through a name, and one that its resolver let pass."""

    class Blind(Rule):
        def check(self, host):
            Rule.check(self, host)
            raise RefusedAddressError("at the socket")

    rule = Blind(http=True, ports=frozenset({server.port}), is_allowed=lambda host: True)
    found = await Fetcher(rule).fetch(server.url("127.0.0.1"))
    assert found.trouble == CalendarTrouble.ADDRESS
    assert not server.asked


@pytest.mark.parametrize(
    "url",
    [
        "http://calendar.example/x.ics",
        "ftp://calendar.example/x.ics",
        "file:///etc/passwd",
        "gopher://calendar.example/",
        "//calendar.example/x.ics",
        "https://",
        "https://[::1",
        "https://calendar.example:22/",
        "https://calendar.example:99999/",
        "https://somebody@calendar.example/",
        "https://somebody:secret@calendar.example/",
        "https://calendar.example/a b",
        "https://calendar.example\\@other.example/",
        "https://calendar.example/" + "x" * 2000,
        "",
    ],
)
async def test_f08_only_plain_https_addresses_are_asked(url):
    """Another scheme or port, a user in it, or no address at all: refused without asking."""
    assert (await Fetcher(resolver=Names(())).fetch(url)).trouble == CalendarTrouble.ADDRESS


def test_an_address_to_subscribe_to_is_an_address():
    """webcal: is what calendars are linked with; it means https."""
    assert str(Rule().url("webcal://calendar.example/x.ics#a")) == "https://calendar.example/x.ics"


async def test_three_redirects_are_followed(server):
    """From one place of the same house to another."""

    def answer(request):
        steps = request.path.count("a")
        return moved("/" + "a" * (steps + 1)) if steps < 3 else web.Response(body=TEXT)

    server.answer = answer
    assert (await server.fetcher().fetch(server.url(path="/"))).content == TEXT


async def test_a_fourth_redirect_is_not_followed(server):
    """It might go on for ever."""
    server.answer = lambda request: moved("/again")
    found = await server.fetcher().fetch(server.url())
    assert found.trouble == CalendarTrouble.REFUSED
    assert len(server.asked) == 4


async def test_f08_a_redirect_to_another_scheme_is_refused(server):
    """Each address is judged anew."""
    server.answer = lambda request: moved("file:///etc/passwd")
    assert (await server.fetcher().fetch(server.url())).trouble == CalendarTrouble.ADDRESS


@pytest.mark.parametrize("status", [204, 403, 404, 500])
async def test_anything_but_a_file_is_refused(server, status):
    """An error page is no calendar."""
    server.answer = lambda request: web.Response(status=status)
    assert (await server.fetcher().fetch(server.url())).trouble == CalendarTrouble.REFUSED


async def test_a_server_that_is_not_there_is_unreachable(server):
    """Nothing listens at that address."""
    found = await server.fetcher("127.0.0.9", allowed={"127.0.0.9"}).fetch(server.url())
    assert found.trouble == CalendarTrouble.UNREACHABLE


@pytest.mark.parametrize("known", [True, False])
async def test_f10_fifty_megabytes_are_cut_off(server, known):
    """Whether the server says beforehand how much comes or not."""
    sent = 0

    async def answer(request):
        nonlocal sent
        length = {"Content-Length": str(50 * 2**20)} if known else {}
        stream = web.StreamResponse(headers=length)
        await stream.prepare(request)
        for _ in range(50 * 16):
            await stream.write(b"x" * 65536)
            sent += 65536
        return stream

    server.answer = answer
    assert (await server.fetcher().fetch(server.url())).trouble == CalendarTrouble.LARGE
    assert sent < 40 * 2**20


async def test_f10_a_bomb_is_not_unpacked(server):
    """100 MB packed into 100 kB: no more than 2 MiB of it are ever there."""
    bomb = gzip.compress(b"\0" * 100 * 2**20)
    server.answer = lambda request: web.Response(body=bomb, headers={"Content-Encoding": "gzip"})
    assert (await server.fetcher().fetch(server.url())).trouble == CalendarTrouble.LARGE


async def test_two_mebibytes_may_come_packed(server):
    """Exactly the limit."""
    content = b"x" * LARGEST
    packed = web.Response(body=gzip.compress(content), headers={"Content-Encoding": "gzip"})
    server.answer = lambda request: packed
    assert (await server.fetcher().fetch(server.url())).content == content


@pytest.mark.parametrize("coding", ["br", "gzip, gzip", "gzip"])
async def test_what_cannot_be_unpacked_is_refused(server, coding):
    """Another coding than asked for, and one that lies."""
    server.answer = lambda request: web.Response(body=TEXT, headers={"Content-Encoding": coding})
    assert (await server.fetcher().fetch(server.url())).trouble == CalendarTrouble.REFUSED


async def test_f10_a_drip_is_given_up(server):
    """The time is counted in all, not from byte to byte."""

    async def answer(request):
        stream = web.StreamResponse()
        await stream.prepare(request)
        for _ in range(1000):
            await stream.write(b"x")
            await asyncio.sleep(0.05)
        return stream

    server.answer = answer
    found = await server.fetcher(seconds=0.5).fetch(server.url())
    assert found.trouble == CalendarTrouble.SLOW


async def test_only_what_changed_is_fetched_again(server):
    """The server's mark comes back with the next request (RFC 9110)."""

    def answer(request):
        if request.headers.get("If-None-Match") == '"v1"':
            return web.Response(status=304, headers={"ETag": '"v1"'})
        return web.Response(body=TEXT, headers={"ETag": '"v1"'})

    server.answer = answer
    first = await server.fetcher().fetch(server.url())
    again = await server.fetcher().fetch(server.url(), first.etag)
    assert (first.etag, again.unchanged, again.content) == ('"v1"', True, b"")


async def test_no_trace_of_us_is_sent(server):
    """No cookie, no name of the programme, nothing of a person."""
    await server.fetcher().fetch(server.url())
    names = {name.casefold() for name in server.asked[0].headers}
    assert names <= {"host", "accept", "accept-encoding", "connection"}

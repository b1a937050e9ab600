"""What the shell makes of deeds: races decided again, refusals given up on, QR pictures sent."""

import asyncio
import io
import struct
from dataclasses import replace

import pytest

from bot.telegram.code import picture
from conversations.core import Decision, Position, Say, Screen
from conversations.deeds import Amend, Dismiss
from conversations.events import Called
from conversations.replies import Code
from conversations.standing import PersonId, Role
from tests.shell import Diary, plan_for, running
from tests.store.councils import AYLA, BEN, do, invite, join, load
from tests.telegram.chatting import sent


class Deeds(Diary):
    """/add puts a name on the council's list of groups; /dismiss asks for what nobody may; /code
    shows a link."""

    def advance(self, state, event):
        """Decide one turn."""
        version = state.position.version + 1 if state.position else 1
        position = Position(flow="deeds", step="all", version=version)
        said = (Say(screen=Screen(html=f"{event}")),)
        match event:
            case Called(name="add", args=args):
                council = state.council
                profile = replace(council.profile, groups=(*council.profile.groups, args))
                deed = Amend(
                    council=council.id, revision=council.revision, profile=profile, what="groups"
                )
                return Decision(position=position, deeds=(deed,), replies=said)
            case Called(name="dismiss"):
                deed = Dismiss(person=PersonId(1))
                return Decision(position=position, deeds=(deed,), replies=said)
            case Called(name="code"):
                return Decision(replies=(Code(link="https://t.me/x?start=y", html="<b>Hier</b>"),))
        return Decision()


@pytest.fixture
async def store(store):
    """Two councils, one of them with two admins, in the database that the bot will open."""
    await do(store, AYLA, invite("b2", Role.ADMIN))
    await do(store, BEN, join("b2", Role.ADMIN))
    return store


@pytest.fixture
def people(server):
    """Both admins have a private chat."""
    for number, name in ((AYLA, "Ayla"), (BEN, "Ben")):
        server.engine.add_person(number, name)


async def test_two_admins_at_once_both_count(server, tmp_path, store, people):
    """Twenty changes of one list by two people at the same time: none is lost, each was decided on
    what the others left."""
    async with running(plan_for(server, tmp_path, dialogues=Deeds())):
        for n in range(10):
            for person in (AYLA, BEN):
                server.engine.say(person, person, f"/add {person}-{n}")
        async with asyncio.timeout(20):
            while (seen := (await load(store, AYLA)).council).revision < 21:
                await asyncio.sleep(0.05)
    assert sorted(seen.profile.groups) == sorted(f"{p}-{n}" for p in (AYLA, BEN) for n in range(10))


async def test_what_the_store_refuses_is_given_up(server, tmp_path, store, people, log):
    """A deed that is forbidden however often it is decided: one apology, nothing changed, and the
    next update is handled."""
    async with running(plan_for(server, tmp_path, dialogues=Deeds())):
        server.engine.say(AYLA, AYLA, "/dismiss")
        await server.engine.wait_for(lambda: "broken" in server.engine.transcript(AYLA))
        server.engine.say(AYLA, AYLA, "/add later")
        async with asyncio.timeout(30):
            while not (seen := (await load(store, AYLA)).council).profile.groups:
                await asyncio.sleep(0.02)
    assert seen.profile.groups == ("later",)
    assert server.engine.transcript(AYLA).count("broken") == 1
    assert (await load(store, PersonId(1))).standing.operator
    assert "ForbiddenError" in log()


async def test_a_link_comes_as_a_picture(server, tmp_path, store, people):
    """The QR code is sent as a photo, with its words below as HTML."""
    async with running(plan_for(server, tmp_path, dialogues=Deeds())):
        server.engine.say(AYLA, AYLA, "/code")
        await server.engine.wait_for(lambda: sent(server, AYLA, "sendphoto"))
    (call,) = sent(server, AYLA, "sendphoto")
    assert (call.params["caption"], call.params["parse_mode"]) == ("<b>Hier</b>", "HTML")
    assert server.engine.last_by_bot(AYLA).media.kind == "photo"


@pytest.mark.parametrize("length", [10, 22, 64])
def test_a_code_is_large_enough_to_scan(length):
    """A PNG of 400 to 600 pixels, square, whatever the link's length."""
    upload = picture("https://t.me/kimbot?start=" + "a" * length)
    width, height = struct.unpack(">II", io.BytesIO(upload.content).getvalue()[16:24])
    assert upload.content.startswith(b"\x89PNG")
    assert 400 <= width <= 600
    assert width == height

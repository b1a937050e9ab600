"""Privacy before the real bot and its database: strangers leave nothing, consent is what counts."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.production import read_knowledge
from bot.store.schema import inbox, metadata
from bot.wording import folder
from conversations.dialogues import Dialogues
from conversations.flows import consent
from conversations.rules.house import Access
from tests.shell import plan_for, running
from tests.store.councils import AYLA, HERE, NOW, do, invite, load
from tests.telegram.chatting import card

EVE = 601
TOKEN = "a" * 22
ACTS = (
    "/privacy", "/datenschutz", "/impressum", "/meinedaten", "/stopp", "/loeschen", "/hilfe",
    "/start", "/start gruppe", f"/start {'w' * 22}", "/anfrage", "/rat", "Guten Tag", "/weiter",
)  # fmt: skip


@pytest.fixture(scope="module", params=list(Access))
def dialogues(request):
    """The real ones, of both kinds of house."""
    known = read_knowledge(folder())
    return Dialogues(replace(known, house=replace(known.house, access=request.param)))


@pytest.fixture
def plan(server, tmp_path, dialogues, store):
    """The bot as it will run."""
    server.engine.add_person(EVE, "Eve")
    return plan_for(server, tmp_path, dialogues=dialogues, now=lambda: NOW)


async def everything(store):
    """All rows of all tables but what Telegram acknowledged; of the inbox what has a content."""

    def read(connection):
        rows = {
            table.name: connection.execute(
                select(*(c for c in table.columns if c.name not in {"shown", "card"}))
            ).fetchall()
            for table in metadata.sorted_tables
        }
        rows[inbox.name] = [row for row in rows[inbox.name] if row.content is not None]
        return rows

    return await store.read(read)


async def settled(store):
    """All rows, once no update is left to be answered."""
    async with asyncio.timeout(30):
        while (rows := await everything(store))[inbox.name]:
            await asyncio.sleep(0.02)
    return rows


async def answered(server, act):
    """The bot's next message to Eve."""
    before = server.engine.last_by_bot(EVE) if EVE in server.engine.chats else None
    act()
    return await server.engine.wait_for(
        lambda: (now := server.engine.last_by_bot(EVE)) is not None and now != before and now
    )


async def test_g01_g02_what_a_stranger_sends_leaves_no_row(server, plan, store):
    """Every privacy command and anything else: answered, and the database is as it was."""
    before = await everything(store)
    async with running(plan):
        for text in ACTS:
            assert (await answered(server, lambda t=text: server.engine.say(EVE, EVE, t))).text
        assert await settled(store) == before


async def test_consent_seat_and_name_come_from_four_presses(server, plan, store):
    """From the link to the council's list: agree, name, function, list."""
    await do(store, AYLA, invite(TOKEN))
    async with running(plan):
        engine = server.engine
        shown = await answered(server, lambda: engine.start(EVE, TOKEN))
        for label in ("Einverstanden", "Eve", "Mitglied", "Ohne Liste"):
            shown = await answered(server, lambda s=shown, w=label: engine.press(EVE, EVE, s.id, w))
        await card(engine, EVE, "Fertig")
    found = await load(store, EVE)
    seat = found.standing.seat(HERE)
    assert seat is not None
    assert (seat.badge.name, seat.badge.function) == ("Eve", "Mitglied")
    assert found.member.consent.version == consent.VERSION


async def test_g07_an_older_consent_changes_nothing_until_it_is_given_anew(
    server, plan, store, monkeypatch
):
    """The text in force changes: commands lead to the question, the database stays as it is."""
    await do(store, AYLA, invite(TOKEN))
    async with running(plan):
        engine = server.engine
        shown = await answered(server, lambda: engine.start(EVE, TOKEN))
        await answered(server, lambda: engine.press(EVE, EVE, shown.id, "Einverstanden"))
        monkeypatch.setattr(consent, "VERSION", consent.VERSION + 1)
        before = await settled(store)
        for text in ("/anfrage", "Eve", "/datenschutz", "/impressum", "/rat"):
            shown = await answered(server, lambda t=text: engine.say(EVE, EVE, t))
        assert await settled(store) == before
        await answered(server, lambda: engine.press(EVE, EVE, shown.id, "Einverstanden"))
        await card(engine, EVE, "Alles ist noch da")
    assert (await load(store, EVE)).member.consent.version == consent.VERSION

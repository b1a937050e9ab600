"""The offices before the real bot, store and dialogues: invite, remove, hand over, name anew."""

import re

import pytest

from conversations.standing import PersonId, Role
from tests.shell import plan_for, running
from tests.store.councils import AYLA, BEN, BOSS, HERE, NOW, audited, load
from tests.telegram.chatting import card, sent

EVE = PersonId(601)


@pytest.fixture
def plan(server, tmp_path, invited):
    """The bot as it will run, and people with private chats."""
    for number, name in {BOSS: "Boss", AYLA: "Ayla", BEN: "Ben", EVE: "Eve"}.items():
        server.engine.add_person(number, name)
    return plan_for(server, tmp_path, dialogues=invited, now=lambda: NOW)


async def walk(server, person, command, *ways):
    """A command, then buttons, each pressed once the card with the words before it is there."""
    server.engine.say(person, person, command)
    for words, label in ways:
        shown = await card(server.engine, person, words)
        server.engine.press(person, person, shown.id, label)


async def link(server, person):
    """The token of the picture that the person was sent last."""
    await server.engine.wait_for(lambda: sent(server, person, "sendphoto"))
    caption = sent(server, person, "sendphoto")[-1].params["caption"]
    return re.search(r"\?start=([\w-]{22})", caption)[1]


async def join(server, person, token):
    """Follow a link and agree."""
    server.engine.start(person, token)
    shown = await server.engine.wait_for(lambda: server.engine.last_by_bot(person))
    server.engine.press(person, person, shown.id, f"0.agree:de:{token}", forge=True)


async def seat(server, store, person):
    """The person's seat here, once the bot asks what a new member is asked."""
    await card(server.engine, person, "Ihr Name in Briefen")
    return (await load(store, person)).standing.seat(HERE)


async def test_an_invitation_made_in_chat_lets_somebody_in(server, plan, store):
    """From the admin's press over the forwarded link to a seat; the card below names no link."""
    async with running(plan):
        await walk(server, AYLA, "/einladen", ("Einladungen", "Mitglied einladen"))
        token = await link(server, AYLA)
        below = await card(server.engine, AYLA, "nur dieses eine Mal")
        assert token not in below.text
        await join(server, EVE, token)
        found = await seat(server, store, EVE)
    assert found.role is Role.MEMBER


async def test_a_removed_person_has_lost_everything_at_once(server, plan, store):
    """After the second press the bot tells Ben that he belongs to no council."""
    async with running(plan):
        await walk(
            server,
            AYLA,
            "/personen",
            ("Personen", "Ben"),
            ("Dabei seit", "Aus dem Gremium nehmen"),
            ("aus dem Gremium nehmen?", "Ja, herausnehmen"),
        )
        await card(server.engine, AYLA, "Nicht mehr im Gremium: Ben")
        server.engine.say(BEN, BEN, "/wechseln")
        await card(server.engine, BEN, "zu keinem Gremium")
    assert (await load(store, BEN)).standing.seats == ()
    assert (await audited(store))[-1][0] == "remove"


async def test_the_end_of_a_term_leaves_who_was_chosen(server, plan, store):
    """Ben goes, Ayla stays, and the open invitation ends."""
    async with running(plan):
        await walk(
            server,
            AYLA,
            "/einladen",
            ("Einladungen", "Mitglied einladen"),
            ("nur dieses eine Mal", "Zurück"),
            ("Personen", "Amtszeit beenden"),
            ("Es gehen: 1", "Weiter"),
            ("1 Person verliert", "Ja, Amtszeit beenden"),
        )
        shown = await card(server.engine, AYLA, "Die Amtszeit ist beendet")
    assert "1 Person, davon 1 Ratsadmin" in shown.text
    assert (await load(store, BEN)).standing.seats == ()
    assert (await load(store, AYLA)).desk.invitations == ()


async def test_an_admin_moves_to_a_new_account(server, plan, store):
    """Invited anew, confirmed by the old account: the new one is Ratsadmin, the old one nothing."""
    async with running(plan):
        await walk(server, AYLA, "/einladen", ("Einladungen", "Mitglied einladen"))
        await join(server, EVE, await link(server, AYLA))
        await seat(server, store, EVE)
        await walk(
            server,
            AYLA,
            "/personen",
            ("Personen", "Ayla"),
            ("Dabei seit", "Neues Telegram-Konto"),
            ("Haben Sie ein neues", "Ohne Namen"),
            ("Auf das neue Konto umziehen?", "Ja, umziehen"),
        )
        await card(server.engine, AYLA, "Umgezogen auf das neue Konto: Ayla")
    (new,) = (await load(store, EVE)).standing.seats
    assert (new.role, new.badge.name) == (Role.ADMIN, "Ayla")
    assert (await load(store, AYLA)).standing.seats == ()


async def test_an_operator_names_a_new_ratsadmin(server, plan, store):
    """When the only one has left: the operator sees it by a mark, no name, and invites."""
    async with running(plan):
        await walk(
            server,
            AYLA,
            "/wechseln",
            ("Ihr Gremium", "Gremium verlassen"),
            ("Außer Ihnen", "Ja, verlassen"),
        )
        await card(server.engine, AYLA, "verlassen: Stadt Gelsenkirchen")
        await walk(
            server,
            BOSS,
            "/einladen",
            ("Betreiber-Team", "Gremien"),
            ("kein Ratsadmin erreichbar", "⚠ Stadt Gelsenkirchen"),
            ("keinen mehr", "Ratsadmin einladen"),
        )
        await join(server, EVE, await link(server, BOSS))
        found = await seat(server, store, EVE)
    assert found.role is Role.ADMIN
    assert "Ben" not in server.engine.transcript(BOSS)

"""The "/" menu: everybody's, that of groups, and those of admins and operators."""

import pytest

from bot.demo.engine.menus import Scope
from bot.production import read_knowledge
from bot.wording import ShellWords, folder
from conversations.commands import IN_GROUPS, Audience, named
from conversations.deeds import Appoint, Remove
from conversations.dialogues import Dialogues
from conversations.standing import Role
from tests.shell import plan_for, running
from tests.store.councils import AYLA, BEN, BOSS, HERE, NOW, do
from tests.telegram.chatting import card, until


@pytest.fixture(scope="module")
def know():
    """All texts."""
    return read_knowledge(folder())


@pytest.fixture
def plan(server, tmp_path, know):
    """The bot as it will run, with the real words."""
    for number, name in {AYLA: "Ayla", BEN: "Ben", BOSS: "Bo"}.items():
        server.engine.add_person(number, name)
    words = ShellWords(know.texts)
    return plan_for(server, tmp_path, dialogues=Dialogues(know), words=words, now=lambda: NOW)


def menu(server, **scope):
    """The names of a menu's commands; empty when there is none."""
    return {name for name, _ in server.engine.menus.get(Scope(**scope), "")}


async def met(server, person):
    """The person says something, and is answered."""
    server.engine.say(person, person, "/start")
    await card(server.engine, person, "Was möchten Sie tun?")


def of_person(server, person):
    """Somebody's own menu."""
    return menu(server, type="chat", chat=person)


async def test_everybody_sees_what_everybody_can_do(server, plan, store):
    """Nothing of admins and operators; in groups the few commands that do something there."""
    async with running(plan):
        await until(lambda: menu(server, type="all_group_chats"))
        private = menu(server, type="all_private_chats")
    assert {named(one).audiences for one in private} == {frozenset({Audience.EVERYBODY})}
    assert menu(server, type="all_group_chats") <= IN_GROUPS


async def test_a_role_has_its_own_menu(server, plan, store):
    """An admin's has an admin's commands, an operator's others; a member has none of their own."""
    async with running(plan):
        for person in (AYLA, BEN, BOSS):
            await met(server, person)
        await until(lambda: of_person(server, AYLA) and of_person(server, BOSS))
    assert "gruppe" in of_person(server, AYLA)
    assert "gruppe" not in of_person(server, BOSS)
    assert of_person(server, BEN) == set()


async def test_a_menu_follows_the_role(server, plan, store):
    """Made an admin it comes with the next word, and it goes when the seat ended."""
    async with running(plan):
        await do(store, AYLA, Appoint(council=HERE, person=BEN, role=Role.ADMIN))
        await met(server, BEN)
        await until(lambda: "gruppe" in of_person(server, BEN))
        await do(store, AYLA, Remove(council=HERE, person=BEN))
        server.engine.say(BEN, BEN, "/hilfe")
        await until(lambda: not of_person(server, BEN))

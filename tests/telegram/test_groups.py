"""Groups: what strangers, ordinary members and anonymous admins get there is one neutral line."""

import pytest

from bot.demo.engine.chats import ChatKind, Status
from tests.shell import plan_for, running
from tests.telegram.chatting import agree, card, sent

GROUP = -100


@pytest.fixture
def group(server, ayla):
    """A group that the bot is not in yet."""
    server.engine.add_chat(GROUP, ChatKind.GROUP, "Rat", members=(ayla,), bot=Status.LEFT)
    return GROUP


async def test_c12_a_stranger_adds_the_bot_to_a_group(server, ayla, group, tmp_path):
    """One neutral sentence, whoever it was; nothing is stored but the update's number."""
    engine = server.engine
    async with running(plan_for(server, tmp_path)):
        engine.promote_bot(group, ayla, Status.MEMBER)
        await card(engine, group, "a neutral sentence")
        await agree(engine, ayla)
    assert [call.params["text"] for call in sent(server, group)] == ["a neutral sentence"]


async def test_becoming_an_admin_of_a_group_is_no_arrival(server, ayla, group, tmp_path):
    """A change of rights in a group where the bot is already is not commented."""
    engine = server.engine
    async with running(plan_for(server, tmp_path)):
        engine.promote_bot(group, ayla, Status.MEMBER)
        await card(engine, group, "a neutral sentence")
        engine.promote_bot(group, ayla, Status.ADMINISTRATOR)
        await agree(engine, ayla)
    assert len(sent(server, group)) == 1


async def test_nothing_is_said_in_a_channel(server, ayla, tmp_path):
    """A channel has readers, not partners: the bot posts nothing there by itself."""
    engine = server.engine
    engine.add_chat(-200, ChatKind.CHANNEL, "Rat", members=(ayla,), bot=Status.LEFT)
    async with running(plan_for(server, tmp_path)):
        engine.promote_bot(-200, ayla, Status.ADMINISTRATOR)
        await agree(engine, ayla)
    assert sent(server, -200) == []


@pytest.mark.parametrize(
    "command", ["rat", "einladen", "protokoll", "rundruf", "meinedaten", "loeschen"]
)
async def test_c09_an_admin_command_by_anybody_in_a_group(server, ayla, tmp_path, command):
    """The same short line as for every command in a group: no hint of data or roles."""
    engine = server.engine
    engine.add_chat(GROUP, ChatKind.GROUP, "Rat", members=(ayla,))
    async with running(plan_for(server, tmp_path)):
        engine.say(ayla, GROUP, f"/{command}")
        await card(engine, GROUP, "privately, please")
    assert len(sent(server, GROUP)) == 1


@pytest.mark.parametrize("command", ["einladen", "rundruf"])
async def test_c07_an_anonymous_admin_in_a_group(server, ayla, tmp_path, command):
    """A command in the group's name has no person behind it: it gets the short line, no more."""
    engine = server.engine
    engine.add_chat(GROUP, ChatKind.SUPERGROUP, "Rat", members=(ayla,))
    engine.promote(ayla, GROUP, anonymous=True)
    async with running(plan_for(server, tmp_path)):
        engine.say(ayla, GROUP, f"/{command}")
        await card(engine, GROUP, "privately, please")
    assert len(sent(server, GROUP)) == 1

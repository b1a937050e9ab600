"""C07, C09: in a group nobody is anybody: admins of Telegram, of a council, or without a face."""

import asyncio

import pytest

from bot.demo.engine.chats import ChatKind
from bot.production import read_knowledge
from bot.wording import folder
from conversations.commands import COMMANDS
from conversations.dialogues import Dialogues
from tests.shell import plan_for, running
from tests.store.councils import AYLA, BEN

GROUP, ADMIN, FACELESS = -1001, 601, 602


@pytest.fixture
def engine(server):
    """A group with a council's admin and member, an admin of the group, and an anonymous one."""
    engine = server.engine
    names = {AYLA: "Ayla", BEN: "Ben", ADMIN: "Adem", FACELESS: "Fay"}
    for number, name in names.items():
        engine.add_person(number, name)
    engine.add_chat(GROUP, ChatKind.SUPERGROUP, "Rat", members=tuple(names))
    engine.promote(ADMIN, GROUP)
    engine.promote(FACELESS, GROUP, anonymous=True)
    return engine


async def stored(store):
    """All rows, but for the ids of what was handled."""

    def work(connection):
        tables = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'inbox'"
        )
        return {
            name: connection.exec_driver_sql(f'SELECT * FROM "{name}"').fetchall()
            for (name,) in tables.fetchall()
        }

    return await store.read(work)


@pytest.mark.parametrize("who", [AYLA, BEN, ADMIN, FACELESS])
async def test_c09_in_a_group_every_command_leads_away(engine, server, tmp_path, store, who):
    """Whoever writes them: one neutral sentence, no word of a council, nothing stored."""
    before = await stored(store)
    dialogues = Dialogues(read_knowledge(folder()))
    async with running(plan_for(server, tmp_path, dialogues=dialogues)):
        for command in COMMANDS:
            if command.name == "gruppe" and who in {AYLA, FACELESS}:
                continue  # answered by their own words (test_linking)
            engine.say(who, GROUP, f"/{command.name}@{engine.bot.username}")
        await engine.wait_for(lambda: engine.last_by_bot(GROUP))
        card = engine.last_by_bot(GROUP)
        for data in ("1.people", "0.agree:de", "1.go:einladen", "1.council:here"):
            engine.press(BEN, GROUP, card.id, data, forge=True)
        async with asyncio.timeout(30):
            while len(server.api.log.of("answercallbackquery")) < 4:
                await asyncio.sleep(0.02)
    said = {m.text for m in engine.chats[GROUP].messages.values() if m.sender == engine.bot}
    assert said == {"privately, please"}
    assert await stored(store) == before

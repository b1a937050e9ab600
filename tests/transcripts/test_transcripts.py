"""Every paper and variant as a chat: the real bot, over HTTP, word for word as kept in chats/.

To change what is kept, run with KIMBOT_TEST_ACCEPT=1 and read the difference aloud.
"""

import asyncio
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.demo.server import LocalServer
from bot.production import production, read_knowledge
from bot.running import run
from bot.telegram.stopping import Stop
from bot.wording import folder
from conversations.rules.knowledge import Knowledge
from tests.shell import SEAL
from tests.transcripts.walking import PERSON, Walker

CHATS = Path(__file__).parent / "chats"
NOW = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def know() -> Knowledge:
    """What the dialogues know."""
    return read_knowledge(folder())


async def chat(script: list[str], know: Knowledge, data: Path, language: str) -> str:
    """The transcript of one script, acted against the bot as in production."""
    async with LocalServer() as server:
        server.engine.add_person(PERSON, "Mehmet", "Kaya", language_code=language)
        database = data / "kimbot.sqlite3"
        plan = production(
            know=know,
            root=server.root,
            token=server.engine.token,
            database=f"sqlite:///{database}",
            seal=SEAL,
            path=database,
            now=lambda: NOW,
        )
        stop = Stop()
        bot = asyncio.create_task(run(plan, stop))
        walker = Walker(server.engine)
        try:
            for line in script:
                await walker.act(line)
        finally:
            stop.ask()
            await bot
        return "\n".join(walker.lines) + "\n"


@pytest.mark.parametrize("path", sorted(CHATS.glob("*.txt")), ids=lambda path: path.stem)
async def test_the_chat_reads_as_kept(path: Path, know: Knowledge, tmp_path: Path) -> None:
    """The member's lines, acted again, get the same answers."""
    kept = path.read_text("utf-8")
    script = [line[2:] for line in kept.splitlines() if line.startswith("> ")]
    language = "en" if path.stem.endswith("-en") else "de"
    happened = await chat(script, know, tmp_path, language)
    if os.environ.get("KIMBOT_TEST_ACCEPT"):
        path.write_text(happened, "utf-8")
        return
    assert happened == kept


def test_there_is_a_chat_for_every_definition(know: Knowledge) -> None:
    """All papers and variants are walked to their letter."""
    slugs = {path.stem.removesuffix("-en") for path in CHATS.glob("*.txt")}
    assert {definition.id for definition in know.catalogue} <= slugs

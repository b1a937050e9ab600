"""Several people and one bot, as kept in company/: word for word, over HTTP, invited people only.

To change what is kept, run with KIMBOT_TEST_ACCEPT=1 and read the difference aloud.
"""

import asyncio
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.demo.server import LocalServer
from bot.plan import Times
from bot.production import production, read_knowledge
from bot.running import run
from bot.telegram.stopping import Stop
from bot.wording import folder
from conversations.rules.house import Access, House, Imprint
from conversations.rules.knowledge import Knowledge
from tests.shell import SEAL
from tests.transcripts.company import ACT, Company

CHATS = Path(__file__).parent / "company"
BEGIN = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
PEOPLE = {"Inge": 7000, "Ada": 7001, "Mehmet": 7002, "Fatma": 7003, "Jan": 7004, "Olga": 7005}
"""Inge is the operator by the settings; the others are strangers at first."""
IMPRINT = Imprint(name="Verein Beispiel e. V.", address="Musterweg 1\n44649 Herne",
                  email="bot@example.org")  # fmt: skip


@pytest.fixture(scope="module")
def know() -> Knowledge:
    """What the dialogues know, of an instance for invited people."""
    house = House(access=Access.INVITE, imprint=IMPRINT)
    return replace(read_knowledge(folder()), house=house)


class Clock:
    """Stands until it is moved."""

    def __init__(self) -> None:
        self.time = BEGIN

    def now(self) -> datetime:
        """The moment it shows."""
        return self.time

    def move(self, step: timedelta) -> None:
        """Forward."""
        self.time += step


async def company(script: list[str], know: Knowledge, data: Path) -> str:
    """The transcript of one script, acted against the bot as in production."""
    clock, database = Clock(), data / "kimbot.sqlite3"
    async with LocalServer() as server:
        for name, number in PEOPLE.items():
            server.engine.add_person(number, name, language_code="de")
        plan = production(
            know=know,
            root=server.root,
            token=server.engine.token,
            database=f"sqlite:///{database}",
            seal=SEAL,
            path=database,
            now=clock.now,
            operators=(PEOPLE["Inge"],),
            erased=data / "erased.txt",
        )
        stop = Stop()
        bot = asyncio.create_task(run(replace(plan, times=Times(sweep=0.5)), stop))
        people = Company(server.engine, PEOPLE, clock.move)
        try:
            for line in script:
                await people.act(line)
        finally:
            stop.ask()
            await bot
        return "\n".join(people.lines) + "\n"


@pytest.mark.parametrize("path", sorted(CHATS.glob("*.txt")), ids=lambda path: path.stem)
async def test_the_company_reads_as_kept(path: Path, know: Knowledge, tmp_path: Path) -> None:
    """The people's lines, acted again, get the same answers."""
    kept = path.read_text("utf-8")
    script = [line for line in kept.splitlines() if ACT.fullmatch(line)]
    happened = await company(script, know, tmp_path)
    if os.environ.get("KIMBOT_TEST_ACCEPT"):
        path.write_text(happened, "utf-8")
        return
    assert happened == kept

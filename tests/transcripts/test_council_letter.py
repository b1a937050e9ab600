"""A letter of a council over the real bot and store: written by one member, read by another."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert

from bot.demo.server import LocalServer
from bot.production import production, read_knowledge
from bot.running import run
from bot.store.codec import Codec, stamp
from bot.store.opening import engine_for, migrate
from bot.store.schema import FORMAT, council, member, membership
from bot.telegram.stopping import Stop
from bot.wording import folder
from conversations.core import Consent, Member
from conversations.flows.consent import VERSION
from conversations.standing import Badge, PersonId
from tests.conversations.writers import BADGE, FULL
from tests.shell import SEAL
from tests.transcripts.company import Company

NOW = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
PEOPLE = {"Mehmet": 7001, "Ada": 7002}
BADGES = {"Mehmet": BADGE, "Ada": Badge(name="Ada Beispiel")}
SCRIPT = """
Mehmet> /anfrage
Mehmet> [Anfrage zu KIM]
Mehmet> [Sitzung wählen]
Mehmet> [Jan]
Mehmet> [14]
Mehmet> [17:00]
Mehmet> [Gleich zur Durchsicht]
Mehmet> [Brief erstellen]
Mehmet> [Ist eingereicht]
Mehmet> [Heute, per E-Mail]
Ada> /entwuerfe
Ada> [Vom Gremium eingereicht (1)]
Ada> [✓ Anfrage zu KIM – Gelsenkirchen · 22.11.26]
Ada> [Dateien senden]
"""


def stocked(database: Path) -> None:
    """A database with a council that is set up, and its two members."""
    codec, engine = Codec(SEAL), engine_for(f"sqlite:///{database}")
    migrate(engine, SEAL)
    with engine.begin() as connection:
        body = codec.council.write(FULL, "c1")
        values = {"id": "c1", "ags": FULL.ags, "revision": 1, "created": stamp(NOW)}
        connection.execute(insert(council), {**values, "format": FORMAT, "body": body})
        for name, number in PEOPLE.items():
            agreed = Consent(version=VERSION, at=NOW, text_hash="")
            one = Member(id=PersonId(number), language="de", consent=agreed)
            body = codec.member.write(one, number)
            connection.execute(insert(member), {"person": number, "format": FORMAT, "body": body})
            values = {"council": "c1", "person": number, "role": "member", "since": stamp(NOW)}
            body = codec.badge.write(BADGES[name], f"c1/{number}")
            connection.execute(insert(membership), {**values, "format": FORMAT, "body": body})
    engine.dispose()


@pytest.fixture
async def said(tmp_path: Path) -> list[str]:
    """What both say to the bot, and it to them."""
    database = tmp_path / "kimbot.sqlite3"
    stocked(database)
    async with LocalServer() as server:
        for name, number in PEOPLE.items():
            server.engine.add_person(number, name, language_code="de")
        plan = production(
            know=read_knowledge(folder()),
            root=server.root,
            token=server.engine.token,
            database=f"sqlite:///{database}",
            seal=SEAL,
            path=database,
            now=lambda: NOW,
        )
        stop = Stop()
        bot = asyncio.create_task(run(plan, stop))
        company = Company(server.engine, PEOPLE)
        try:
            for line in SCRIPT.strip().splitlines():
                await company.act(line)
        finally:
            stop.ask()
            await bot
        return company.lines


async def test_a_filed_letter_of_the_council_is_read_by_its_members(said: list[str]) -> None:
    """The files that the writer got come to another member, too."""
    there = said.index("Ada> /entwuerfe")
    written, read = said[:there], said[there:]
    files = [line for line in written if line.startswith("<kim-anfrage")]
    assert files
    assert [line for line in read if line.startswith("<kim-anfrage")] == files

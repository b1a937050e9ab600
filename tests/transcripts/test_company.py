"""Several people and one bot, as kept in company/: word for word, over HTTP, invited people only.

All but the set-up begin with two councils: Ada and Mehmet in Gelsenkirchen, Fatma in Solingen.
In those ending in "-en" everybody's Telegram speaks English. In those ending in "-eyes" a second
operator, Olga, has to confirm what goes to all.

To change what is kept, run with KIMBOT_TEST_ACCEPT=1 and read the difference aloud.
"""

import asyncio
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert

from bot.demo.engine.chats import Status
from bot.demo.server import LocalServer
from bot.plan import Times
from bot.production import production, read_knowledge
from bot.running import run
from bot.store.codec import Codec, stamp
from bot.store.opening import engine_for, migrate
from bot.store.schema import FORMAT, council, member, membership
from bot.telegram.stopping import Stop
from bot.wording import folder
from conversations.core import Consent, Member
from conversations.flows.consent import VERSION
from conversations.rules.house import Access, House, Imprint
from conversations.rules.knowledge import Knowledge
from conversations.rules.profile import Profile
from conversations.standing import Badge, CouncilId, PersonId, Role
from tests.conversations.writers import FULL
from tests.shell import SEAL
from tests.transcripts.company import ACT, Company

CHATS = Path(__file__).parent / "company"
BEGIN = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
PEOPLE = {"Inge": 7000, "Ada": 7001, "Mehmet": 7002, "Fatma": 7003, "Jan": 7004, "Olga": 7005}
"""Inge is the operator by the settings; the others are strangers at first."""
OPERATORS = ("Inge", "Olga")
"""The second only where four eyes are asked for."""
IMPRINT = Imprint(name="Verein Beispiel e. V.", address="Musterweg 1\n44649 Herne",
                  email="bot@example.org")  # fmt: skip


@pytest.fixture(scope="module")
def know() -> Knowledge:
    """What the dialogues know, of an instance for invited people."""
    house = House(access=Access.INVITE, imprint=IMPRINT)
    return replace(read_knowledge(folder()), house=house)


COUNCILS = {"gelsenkirchen": FULL, "solingen": Profile(ags="05122000", bodies=FULL.bodies)}
SEATS = (
    ("Ada", "gelsenkirchen", Role.ADMIN, Badge(name="Ada Beispiel", function="Vorsitzende")),
    ("Mehmet", "gelsenkirchen", Role.MEMBER, Badge(name="Mehmet Kaya", function="Mitglied")),
    ("Fatma", "solingen", Role.ADMIN, Badge(name="Fatma Yıldız", function="Mitglied")),
)


def stocked(database: Path, language: str, operators: tuple[str, ...]) -> None:
    """A database with the councils and their people, who have agreed, as have the operators."""
    codec, engine = Codec(SEAL), engine_for(f"sqlite:///{database}")
    migrate(engine, SEAL)
    with engine.begin() as connection:
        for id_, profile in COUNCILS.items():
            body = codec.council.write(profile, CouncilId(id_))
            values = {"id": id_, "ags": profile.ags, "revision": 1, "created": stamp(BEGIN)}
            connection.execute(insert(council), {**values, "format": FORMAT, "body": body})
        for name in operators:
            _agree(connection, codec, PEOPLE[name], "", language)
        for name, where, role, badge in SEATS:
            number = PEOPLE[name]
            _agree(connection, codec, number, where, language)
            body = codec.badge.write(badge, f"{where}/{number}")
            values = {"council": where, "person": number, "role": role, "since": stamp(BEGIN)}
            connection.execute(insert(membership), {**values, "format": FORMAT, "body": body})
    engine.dispose()


def _agree(connection: Connection, codec: Codec, number: int, active: str, language: str) -> None:
    agreed = Consent(version=VERSION, at=BEGIN, text_hash="")
    one = Member(id=PersonId(number), language=language, consent=agreed, active=active)
    body = codec.member.write(one, number)
    connection.execute(insert(member), {"person": number, "format": FORMAT, "body": body})


_TIMES = Times(sweep=1.0, send=0.2, progress=0.3)


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


async def company(
    script: list[str],
    know: Knowledge,
    data: Path,
    *,
    begun: bool,
    language: str,
    operators: tuple[str, ...] = OPERATORS[:1],
) -> str:
    """The transcript of one script, acted against the bot as in production; `begun`: with what is
    stocked."""
    clock, database = Clock(), data / "kimbot.sqlite3"
    if begun:
        stocked(database, language, operators)
    async with LocalServer() as server:
        for name, number in PEOPLE.items():
            server.engine.add_person(number, name, language_code=language)
        for name in (*operators, *(seat[0] for seat in SEATS)) if begun else ():
            server.engine.chats[PEOPLE[name]].set_bot(Status.MEMBER)  # they started it once
        plan = production(
            know=know,
            root=server.root,
            token=server.engine.token,
            database=f"sqlite:///{database}",
            seal=SEAL,
            path=database,
            now=clock.now,
            operators=tuple(PEOPLE[name] for name in operators),
            erased=data / "erased.txt",
        )
        stop = Stop()
        bot = asyncio.create_task(run(replace(plan, times=_TIMES), stop))
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
    language = "en" if path.stem.endswith("-en") else "de"
    begun = path.stem != "set-up"
    eyes = path.stem.endswith("-eyes")
    happened = await company(
        script,
        replace(know, house=replace(know.house, four_eyes=eyes)),
        tmp_path,
        begun=begun,
        language=language,
        operators=OPERATORS if eyes else OPERATORS[:1],
    )
    if os.environ.get("KIMBOT_TEST_ACCEPT"):
        path.write_text(happened, "utf-8")
        return
    assert happened == kept

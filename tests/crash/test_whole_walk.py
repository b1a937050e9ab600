"""The real bot, killed while a member walks from /anfrage to the letter, again and again.

Nobody repeats anything: what was said once is enough, whenever the bot dies. KIMBOT_TEST_KILLS
sets how often it is killed (the soak of docs/FAULTS.md: 200).
"""

import asyncio
import os
import random
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Self

from bot.demo.engine.messages import Message
from bot.demo.server import LocalServer
from bot.keys import read
from bot.store.sealing import Seal

KILLS = int(os.environ.get("KIMBOT_TEST_KILLS", "8"))
PERSON = 8001
PATIENCE = 40.0
KEY = "kimbot.key"
FIRST = (
    ("/start", "Guten Tag"),
    ("[Einverstanden]", "Was möchten Sie schreiben?"),
    ("[Anfrage zu KIM]", "Für welche Stadt"),
    ("Gelsenkirchn", "Wer hat den Vorsitz?"),
    ("Frau Aylin Demir", "Für welche Sitzung"),
    ("14.1.2027 17 Uhr", "Wie lange vor der Sitzung"),
    ("[21 Tage vorher]", "E-Mail-Adresse"),
    ("office@example.org", "Schritt 1 von 5"),
    ("[Stimmt, weiter]", "Schritt 2 von 5"),
    ("[Übernehmen]", "Schritt 3 von 5"),
    ("[Alle 7 übernehmen]", "Schritt 4 von 5"),
    ("[Eigener Absatz]", "Ihr eigener Absatz"),
    ("Kennwort {n}.", "Kennwort {n}."),
    ("[Lang, so lassen]", "Welcher Name"),
    ("[Aylin Kaya]", "Schritt 5 von 5"),
    ("[So unterschreiben]", "Fertig zum Durchsehen"),
    ("[Brief erstellen]", "Ihr Brief ist da."),
)
NEXT = (
    ("/anfrage", "Was möchten Sie schreiben?"),
    ("[Anfrage zu KIM]", "Schritt 1 von 5"),
    *FIRST[8:13],
    ("[Lang, so lassen]", "Schritt 5 von 5"),
    *FIRST[15:],
)


class Life:
    """The bot as a process that dies and comes back."""

    def __init__(self, server: LocalServer, data: Path) -> None:
        self._environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("KIMBOT_")},
            "KIMBOT_TOKEN": server.engine.token,
            "KIMBOT_API_URL": server.root,
            "KIMBOT_DATA_DIR": str(data),
            "KIMBOT_KEY_FILE": str(data / KEY),
            "KIMBOT_ACCESS": "open",
            "KIMBOT_LOG_LEVEL": "error",
        }
        self._process: asyncio.subprocess.Process | None = None
        self.deaths = 0

    async def begin(self) -> None:
        """Start it."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=self._environment
        )

    async def die(self) -> None:
        """SIGKILL, then start it again."""
        assert self._process is not None
        self._process.kill()
        await self._process.wait()
        self.deaths += 1
        await self.begin()

    async def end(self) -> None:
        """SIGTERM; it must end well."""
        assert self._process is not None
        self._process.terminate()
        async with asyncio.timeout(12):
            assert await self._process.wait() == 0

    async def __aenter__(self) -> Self:
        await self.begin()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Nothing outlives a test, even one that failed."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()


class Walker:
    """Says each thing once and waits for the card that follows, however long the bot is dead."""

    def __init__(
        self, server: LocalServer, life: Life, chance: random.Random, most: int = KILLS
    ) -> None:
        self._engine = server.engine
        self._life = life
        self._chance = chance
        self._most = most

    async def walk(self, steps: tuple[tuple[str, str], ...], n: int, deadly: float) -> None:
        """All steps; each may be deadly."""
        for said, expected in steps:
            self._act(said.format(n=n))
            if self._chance.random() < deadly and self._life.deaths < self._most:
                await asyncio.sleep(self._chance.choice((0, 0.002, 0.01, 0.03, 0.1)))
                await self._life.die()
            wanted = expected.format(n=n)
            await self._engine.wait_for(lambda wanted=wanted: self._shows(wanted), PATIENCE)

    def _act(self, said: str) -> None:
        if said.startswith("["):
            card = self._card()
            assert card is not None
            self._engine.press(PERSON, PERSON, card.id, said[1:-1])
        else:
            self._engine.say(PERSON, PERSON, said)

    def _card(self) -> Message | None:
        if PERSON not in self._engine.chats:
            return None
        messages = reversed(self._engine.chats[PERSON].messages.values())
        return next((m for m in messages if m.sender == self._engine.bot and m.rows), None)

    def _shows(self, wanted: str) -> bool:
        card = self._card()
        return card is not None and wanted in card.text


def letters(data: Path) -> list[str]:
    """What the stored letters hold, as their plain text files say it."""
    with closing(sqlite3.connect(data / "kimbot.sqlite3")) as connection:
        rows = connection.execute(
            "SELECT letter, content FROM letter_file WHERE format = 'txt'"
        ).fetchall()
    seal = Seal(read((data / KEY).read_text("ascii"), KEY))
    return [seal.open(content, f"letter_file:{id_}/txt").decode() for id_, content in rows]


async def test_b01_a_kill_at_every_step_loses_no_answer(tmp_path: Path) -> None:
    """SIGKILL right after each of the seventeen answers: the letter holds them all, once."""
    async with LocalServer() as server:
        server.engine.add_person(PERSON, "Aylin", "Kaya")
        async with Life(server, tmp_path) as life:
            await Walker(server, life, random.Random(1), len(FIRST)).walk(FIRST, 0, deadly=1.0)
            await life.end()
        (letter,) = letters(tmp_path)
    assert life.deaths == len(FIRST)
    for answer in ("Frau Demir", "14. Januar 2027, 17:00", "Kennwort 0.", "Aylin Kaya"):
        assert answer in letter.replace("\u00a0", " ")


async def test_kills_at_random_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    """However often the bot is killed, every walk ends in exactly one letter with its password."""
    async with LocalServer() as server:
        server.engine.add_person(PERSON, "Aylin", "Kaya")
        async with Life(server, tmp_path) as life:
            walker, walks = Walker(server, life, random.Random(20261122)), 0
            while life.deaths < KILLS:
                await walker.walk(NEXT if walks else FIRST, walks, 0.7)
                walks += 1
            await life.end()
        made = letters(tmp_path)
    assert life.deaths == KILLS
    assert [sum(f"Kennwort {n}." in text for text in made) for n in range(walks)] == [1] * walks
    assert len(made) == walks

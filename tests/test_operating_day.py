"""A day of an operator, with the program's own commands as processes: from an empty folder to a
council that writes letters, killed and restarted in between, then everything else there is."""

import asyncio
import json
import signal
import tomllib
from contextlib import asynccontextmanager

import pytest

from bot.demo.server import LocalServer
from tests.test_first_start import LINK, Kimbot
from tests.transcripts.company import Company

PEOPLE = {"Olga": 7001, "Ada": 7002, "Ben": 7003}
FOUNDED = """
Olga> (link)
Olga> [Einverstanden]
Olga> [Alle Gremien]
Olga> [Neues Gremium]
Olga> Solingen
Olga> [Ja, so ist es richtig]
Olga> [Ratsadmin einladen]
Ada> (link)
Ada> [Einverstanden]
Ada> Ada Quittenbaum
"""
# A killed bot asks once more what it can't know to have been asked: Ada looks before she goes on.
JOINED = """
Ada> (looks)
Ada> [Vorsitzende]
Ada> Ohne Liste
Ada> /einladen
Ada> [Mitglied einladen]
Ben> (link)
Ben> [Einverstanden]
Ben> Ben Mispelstrauch
Ben> [Mitglied]
Ben> [Ohne Liste]
Ben> /anfrage
Ben> [Anfrage zu KIM]
Ben> [Gleich zur Durchsicht]
Ben> [Brief erstellen]
Ben> [Ist eingereicht]
Ben> [Heute, per E-Mail]
Ada> /entwuerfe
"""
PROFILE = """
[[council]]
municipality = "Solingen"

[council.chair]
name = "Ada Quittenbaum"
address = "frau"

[council.office]
name = "Büro am Markt"
address = "Am Markt 1\\n42651 Solingen"
email = "rat@example.org"
"""


class Day(Kimbot):
    """The program on one folder, with the chats of its people."""

    def __init__(self, server, folder):
        super().__init__(server, folder)
        self.company = Company(server.engine, PEOPLE)

    @asynccontextmanager
    async def running(self, end=signal.SIGTERM):
        """`run` until the block ends, by this signal; yields the process."""
        process = await self.start("run")
        try:
            async with asyncio.timeout(90):
                while not self.server.engine.updates.is_polled:
                    assert process.returncode is None, (await process.communicate())[1].decode()
                    await asyncio.sleep(0.02)
            yield process
        finally:
            process.send_signal(end)
            await process.wait()

    async def talk(self, script):
        """The people's acts, one after the other."""
        for line in script.strip().splitlines():
            await self.company.act(line)

    def marks(self, *words):
        """Which of the words can be read in any file of the data folder."""
        found = b"".join(one.read_bytes() for one in self.data.rglob("*") if one.is_file())
        return [word for word in words if word.encode() in found]


@pytest.fixture
async def day(tmp_path):
    """An empty folder, and Telegram's stand-in."""
    async with LocalServer() as server:
        for name, number in PEOPLE.items():
            server.engine.add_person(number, name, language_code="de")
        yield Day(server, tmp_path)


async def test_a_day_of_an_operator(day, tmp_path):
    """Founded, killed, gone on, filled from a file, a letter filed, exported, forgotten, rekeyed:
    and in the end the council is still there, without the one who was forgotten."""
    code, output, errors = await day.said("migrate")
    assert (code, "migrated" in output) == (0, True), errors
    async with day.running(signal.SIGKILL) as process:
        told = ""
        while not (found := LINK.search(told)):
            told += (await process.stdout.readline()).decode()
        day.company.tokens.append(found[1])
        await day.talk(FOUNDED)
    (tmp_path / "councils.toml").write_text(PROFILE, "utf-8")
    code, output, errors = await day.said("council import councils.toml")
    assert code == 0, errors
    async with day.running():
        await day.talk(JOINED)
    assert any(line.endswith(".pdf>") for line in day.company.lines)
    assert any("Vom Gremium eingereicht (1)" in line for line in day.company.lines)
    assert day.marks("Quittenbaum", "Mispelstrauch", "Büro am Markt") == []

    code, output, errors = await day.said("check")
    assert code == 0, output + errors
    code, output, errors = await day.said("council export --to out.toml")
    (council,) = tomllib.loads((tmp_path / "out.toml").read_text("utf-8"))["council"]
    assert council["office"]["name"] == "Büro am Markt"
    (tmp_path / "own").mkdir()
    code, output, errors = await day.said("export 7003 --to own")
    assert code == 0, errors
    own = json.loads(next((tmp_path / "own").glob("*.json")).read_text("utf-8"))
    assert own["seats"][0]["badge"]["name"] == "Ben Mispelstrauch"

    code, output, errors = await day.said("forget 7003 --yes")
    assert code == 0, errors
    assert day.rows("SELECT count(*) FROM member WHERE person = 7003") == [(0,)]
    assert day.rows("SELECT person, filed IS NOT NULL FROM letter") == [(None, 1)]
    before = day.key.read_text()
    code, output, errors = await day.said("rekey")
    assert (code, day.key.read_text() != before) == (0, True), output + errors
    code, output, errors = await day.said("migrate")
    assert (code, "up to date" in output) == (0, True), errors
    async with day.running():
        await day.talk("Ada> /personen\nAda> /rat\nBen> /meinedaten")
    last = "\n".join(day.company.lines[day.company.lines.index("Ada> /personen") :])
    assert "• Ada Quittenbaum (Sie) – Ratsadmin, Vorsitzende" in last
    assert "Mispelstrauch" not in last
    assert "Büro am Markt" in last
    assert "nichts über Sie gespeichert" in last

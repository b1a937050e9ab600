"""P9 before the real bot: own data is complete, a deletion is complete, also after a restore.

One person walks: joins, writes, files, invites. Then every table is read with every sealed field
opened, and every file of the bot as raw bytes, for the person's number, name and typed words.
"""

import asyncio
import io
import json
import logging
import shutil
import sqlite3
from base64 import b64encode
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import insert
from typer.testing import CliRunner

from bot import logs
from bot.cli import build
from bot.demo.engine.chats import ChatKind
from bot.demo.server import LocalServer
from bot.production import Desk, production, read_knowledge
from bot.running import run
from bot.store import schema
from bot.store.codec import stamp
from bot.store.lettercode import read_letter
from bot.store.opening import engine_for
from bot.store.secrets import unlocked
from bot.telegram.stopping import Stop
from bot.wording import folder
from conversations.rules.house import Access, House
from tests.shell import SEAL
from tests.store.people import council, opened
from tests.transcripts.company import Company

PERSON, GROUP = 7345678901, -1007345
TOKEN = "T" * 22
NAME = "Zwetschgenbaum Kayalioglu"
FILED, DRAFTED, STREET = "Pflaumenkuchen", "Rhabarberkompott", "Holunderweg"
MARKS = (str(PERSON), "Zwetschgenbaum", "Kayalioglu", "Mehmet", DRAFTED, STREET)
"""What has to be gone. The filed wording stays, and so does the list that filed it."""
_RAW = PERSON.to_bytes(6, "big")
"""The number as SQLite keeps it in a row."""

OWN_WORDS = ("[Gleich zur Durchsicht]", "[Etwas ändern]", "[Begründung]", "[Eigener Absatz]")
WALK = (
    *("(link)", "[Einverstanden]", NAME, "[Mitglied]", "Liste Quittenmus"),
    *("/anfrage", "[Anfrage zu KIM]", *OWN_WORDS, f"{FILED} fehlt, meint {NAME}."),
    *("[Lang, so lassen]", "[Etwas ändern]", "[Absender]", "[Angaben ändern]", "[Anschrift]"),
    *(f"{STREET} 3, 44649 Herne", "[Fertig]", "[So unterschreiben]"),
    *("[Brief erstellen]", "[Ist eingereicht]", "[Heute, per E-Mail]"),
    *("/anfrage", "[Anfrage zu KIM]", *OWN_WORDS, f"{DRAFTED} fehlt.", "/abbrechen"),
    *("/einladen", "[Mitglied einladen]"),
)


@pytest.fixture(scope="module")
def know():
    """What the dialogues know; only invited people may come in."""
    return replace(read_knowledge(folder()), house=House(access=Access.INVITE))


@pytest.fixture(scope="module")
def walked(know, tmp_path_factory):
    """The bot's folder after the walk, with the log of it; copied for each test."""
    place = tmp_path_factory.mktemp("walked")
    asyncio.run(_walk(know, place))
    return place


@pytest.fixture
def place(walked, tmp_path):
    """A copy of it."""
    shutil.copytree(walked, tmp_path / "bot")
    return tmp_path / "bot"


async def _walk(know, place):
    (place / "data").mkdir()
    engine = engine_for(f"sqlite:///{place / 'data' / 'kimbot.sqlite3'}")
    unlocked(engine, SEAL)
    with engine.begin() as connection:
        council(connection)
        connection.execute(insert(schema.invitation), _invitation())
    engine.dispose()
    async with at_work(know, place) as company:
        company.tokens.append(TOKEN)
        for line in WALK:
            await company.act(f"Mehmet> {line}")


def _invitation():
    now = datetime.now(UTC)
    return {
        "id": "first",
        "token_hash": sha256(TOKEN.encode()).hexdigest(),
        "role": "admin",
        "council": "c-herne",
        "left": 1,
        "made": stamp(now),
        "expires": stamp(now + timedelta(days=7)),
        "by": "0" * 32,
    }


@asynccontextmanager
async def at_work(know, place):
    """The bot over this folder, its log in it, and the person before it."""
    root = logging.getLogger()
    before, level, written = list(root.handlers), root.level, io.StringIO()
    logs.configure("debug", secrets=[], stream=written)
    database = place / "data" / "kimbot.sqlite3"
    async with LocalServer() as server:
        server.engine.add_person(PERSON, "Mehmet", "Kayalioglu", language_code="de")
        plan = production(
            know=know,
            root=server.root,
            token=server.engine.token,
            database=f"sqlite:///{database}",
            seal=SEAL,
            path=database,
            now=lambda: datetime.now(UTC),
            erased=place / "erased.txt",
        )
        stop = Stop()
        bot = asyncio.create_task(run(plan, stop))
        try:
            yield Company(server.engine, {"Mehmet": PERSON})
        finally:
            stop.ask()
            await bot
            with (place / "log.txt").open("a") as file:
                file.write(written.getvalue())
            root.handlers[:] = before
            root.setLevel(level)


def rows_with(place, *marks):
    """Tables with a row, all of it opened, that holds one of these."""
    engine = engine_for(f"sqlite:///{place / 'data' / 'kimbot.sqlite3'}")
    with engine.connect() as connection:
        rows = opened(connection)
    engine.dispose()
    return sorted(table for table, row in rows if any(mark in row for mark in marks))


def files_with(place, *marks):
    """Files of the bot, read as bytes after the last pages left the WAL, that hold one of these."""
    with closing(sqlite3.connect(place / "data" / "kimbot.sqlite3")) as connection:
        assert connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    needles = [_RAW, *(m.encode(code) for m in marks for code in ("utf-8", "utf-16-le"))]
    return sorted(
        path.name
        for path in place.rglob("*")
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    )


def assert_gone(place):
    """Nothing of the person anywhere but the filed letter's wording."""
    assert rows_with(place, *MARKS) == []
    assert files_with(place, *MARKS) == []
    assert rows_with(place, FILED) == ["letter"]


def test_the_scan_finds_what_is_there(place):
    """Before any deletion every mark is found, in each table that knows the person."""
    for mark in (*MARKS, FILED):
        assert rows_with(place, mark), mark
    assert set(rows_with(place, *MARKS)) == {
        *("dialogue", "draft", "letter", "letter_file", "member", "membership"),
    }
    assert files_with(place) == ["kimbot.sqlite3"]


def test_what_people_wrote_is_readable_in_no_file(place):
    """Sealed fields and a silent log: name and words stand open in no file, even while stored."""
    words = [mark for mark in (*MARKS, FILED) if mark != str(PERSON)]
    needles = [word.encode() for word in words]
    files = [path for path in place.rglob("*") if path.is_file()]
    assert (place / "log.txt").stat().st_size
    for path in files:
        assert not any(needle in path.read_bytes() for needle in needles), path.name


async def test_p9_a_deletion_in_the_chat_is_complete(know, place):
    """/loeschen: gone from every table, file and log but for the filed wording, and at once."""
    async with at_work(know, place) as company:
        await company.act("Mehmet> /loeschen")
        await company.act("Mehmet> [Ja, alles löschen]")
        assert not (place / "data" / "kimbot.sqlite3-wal").stat().st_size
    assert_gone(place)


async def test_the_filed_letters_files_are_made_again_without_the_name(know, place):
    """Who asks for the council's letter afterwards gets it signed by the function."""
    async with at_work(know, place) as company:
        await company.act("Mehmet> /loeschen")
        await company.act("Mehmet> [Ja, alles löschen]")
    (body,) = [one for one in _bodies(place) if FILED in json.dumps(one)]
    files = Desk(folder(), know).render(read_letter(json.dumps(body)))
    text = next(file.content.decode() for file in files if file.format == "txt")
    assert f"{FILED} fehlt, meint Mitglied." in text
    assert "Liste Quittenmus" in text
    assert not any(mark in text for mark in MARKS)


async def test_p9_a_deletion_at_the_machine_is_complete(know, place, monkeypatch):
    """`kimbot forget` beside the running bot: the same."""
    _settings(monkeypatch, place)
    async with at_work(know, place):
        result = await asyncio.to_thread(
            CliRunner().invoke, build(), ["forget", str(PERSON), "--yes"]
        )
        assert (result.exit_code, "was erased" in result.output) == (0, True)
    assert_gone(place)


async def test_p9_a_restored_backup_loses_the_person_again(know, place):
    """A backup from before the deletion is put back: at the next start they are gone again."""
    backup = place.with_name("backup.sqlite3")
    with closing(sqlite3.connect(place / "data" / "kimbot.sqlite3")) as connection:
        connection.execute("VACUUM INTO ?", (str(backup),))
    async with at_work(know, place) as company:
        await company.act("Mehmet> /loeschen")
        await company.act("Mehmet> [Ja, alles löschen]")
    for old in (place / "data").glob("kimbot.sqlite3*"):
        old.unlink()
    backup.rename(place / "data" / "kimbot.sqlite3")
    assert rows_with(place, *MARKS)
    async with at_work(know, place) as company:
        await company.act("Mehmet> /meinedaten")
        assert "nichts" in company.lines[-1]
    assert_gone(place)


async def test_g03_own_data_holds_all_that_is_stored(know, place):
    """/meinedaten in the private chat: every value of every sealed row of the person is in it."""
    async with at_work(know, place) as company:
        await company.act("Mehmet> /meinedaten")
        media = [m.media.file for m in company.engine.messages(PERSON) if m.media]
    data, text = (one.data.decode() for one in media)
    exported = set(_leaves(json.loads(data)))
    for body in _bodies(place):
        assert set(_leaves(body)) <= exported
    for mark in (*MARKS, FILED):
        assert mark in data, mark
    assert NAME in text and FILED in text and STREET in text


async def test_g03_own_data_is_refused_in_a_group(know, place):
    """In a group: the short answer that points to the private chat, and no file anywhere."""
    async with at_work(know, place) as company:
        engine = company.engine
        engine.add_chat(GROUP, ChatKind.GROUP, "Rat", members=(PERSON,))
        engine.say(PERSON, GROUP, "/meinedaten")
        answer = await engine.wait_for(lambda: engine.last_by_bot(GROUP))
        assert NAME not in answer.text
        assert not [m for chat in (GROUP, PERSON) for m in engine.messages(chat) if m.media]


def _settings(monkeypatch, place):
    monkeypatch.setenv("KIMBOT_DATA_DIR", str(place / "data"))
    monkeypatch.setenv("KIMBOT_KEY", b64encode(b"a key for tests, 32 bytes long..").decode())
    monkeypatch.setenv("KIMBOT_ERASED_FILE", str(place / "erased.txt"))
    monkeypatch.chdir(place)


def _bodies(place):
    """Every sealed body of the tables with the person's rows."""
    queries = {
        "member": "SELECT body, person FROM member",
        "dialogue": "SELECT body, person || '/' || chat FROM dialogue",
        "draft": "SELECT body, id FROM draft",
        "letter": "SELECT body, id FROM letter",
        "membership": "SELECT body, council || '/' || person FROM membership",
    }
    with closing(sqlite3.connect(place / "data" / "kimbot.sqlite3")) as connection:
        for table, query in queries.items():
            for body, key in connection.execute(query).fetchall():
                yield json.loads(SEAL.open_text(body, f"{table}:{key}"))


def _leaves(tree):
    match tree:
        case dict():
            for value in tree.values():
                yield from _leaves(value)
        case list():
            for value in tree:
                yield from _leaves(value)
        case _:
            yield str(tree)

"""`kimbot export` and `kimbot forget`: complete, safe beside a running bot, in clear words."""

import base64
import json
import sqlite3

import pytest
from typer.testing import CliRunner

from bot.cli import build
from bot.store.opening import engine_for
from bot.store.secrets import unlocked
from tests.shell import SEAL
from tests.store.people import council, populate, tag

ME, OTHER = 7007001, 7007002


@pytest.fixture
def kimbot(tmp_path, monkeypatch):
    """Run a command over a folder of its own; gives exit code and output."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KIMBOT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("KIMBOT_KEY", base64.b64encode(b"a key for tests, 32 bytes long..").decode())
    runner = CliRunner()

    def run(*args, answer=""):
        result = runner.invoke(build(), [str(one) for one in args], input=answer)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result.exit_code, result.output

    return run


@pytest.fixture
def database(tmp_path):
    """A database with a council and two people."""
    (tmp_path / "data").mkdir()
    path = tmp_path / "data" / "kimbot.sqlite3"
    engine = engine_for(f"sqlite:///{path}")
    unlocked(engine, SEAL)
    with engine.begin() as connection:
        council(connection)
        for person in (ME, OTHER):
            populate(connection, person)
    engine.dispose()
    return path


def people_in(database):
    """Numbers of those who agreed."""
    connection = sqlite3.connect(database)
    found = [row[0] for row in connection.execute("SELECT person FROM member ORDER BY person")]
    connection.close()
    return found


def test_an_export_writes_data_words_and_letters(kimbot, database, tmp_path):
    """JSON, a text to read, and each letter's files, for the owner only."""
    code, output = kimbot("export", ME, "--to", tmp_path / "out")
    files = sorted((tmp_path / "out").iterdir())
    assert code == 0
    assert [str(one) for one in files] == sorted(output.split())
    assert len(files) == 2 + 3
    data = json.loads(files[0].read_text("utf-8"))
    assert data["member"][0]["sender"]["name"] == f"Name{ME} Wohlgemuth"
    text = files[1].read_text("utf-8")
    assert f"Wortlaut{tag(ME)}" in text
    assert f"Ihr Name in Briefen: Name{ME} Wohlgemuth" in text
    assert str(OTHER) not in text + json.dumps(data)
    assert all(one.stat().st_mode & 0o077 == 0 for one in files)


def test_forget_erases_and_says_what(kimbot, database, tmp_path):
    """Done at once, listed outside the database, told by table; others stay."""
    code, output = kimbot("forget", ME, "--yes")
    assert (code, "was erased" in output, "letter 3" in output) == (0, True, True)
    assert people_in(database) == [OTHER]
    assert len((tmp_path / "erased.txt").read_text().splitlines()) == 1


def test_forget_asks_before(kimbot, database):
    """Anything but a yes changes nothing."""
    code, _ = kimbot("forget", ME, answer="n\n")
    assert code == 1
    assert people_in(database) == [ME, OTHER]


def test_forgetting_nobody_is_said(kimbot, database):
    """Somebody who is not there: a clear word and exit code 0, as often as it is asked."""
    kimbot("forget", ME, "--yes")
    assert kimbot("forget", ME, "--yes") == (0, f"Nothing is stored about person {ME}.\n")


def test_forget_waits_for_the_bot_and_says_when_it_cannot(kimbot, database, monkeypatch):
    """Locked by somebody else for longer than it waits: a sentence, nothing changed."""
    monkeypatch.setattr(
        "bot.store.beside.engine_for", lambda url: engine_for(url, busy_seconds=0.1)
    )
    blocker = sqlite3.connect(database, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    code, output = kimbot("forget", ME, "--yes")
    blocker.execute("ROLLBACK")
    blocker.close()
    assert (code, "locked" in output) == (2, True)
    assert people_in(database) == [ME, OTHER]


@pytest.mark.parametrize("command", [("export", ME), ("forget", ME, "--yes")])
def test_without_a_database_that_is_said(kimbot, tmp_path, command):
    """Nothing is made where nothing is."""
    code, output = kimbot(*command)
    assert (code, "nothing is stored" in output) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_another_key_is_refused(kimbot, database, monkeypatch):
    """The wrong key opens nothing and changes nothing."""
    monkeypatch.setenv("KIMBOT_KEY", base64.b64encode(bytes(32)).decode())
    code, output = kimbot("forget", ME, "--yes")
    assert (code, "is not the one" in output) == (2, True)
    assert people_in(database) == [ME, OTHER]


def test_a_person_is_a_number(kimbot, database):
    """A name is refused by the command line itself."""
    assert kimbot("export", "Mehmet")[0] == 2

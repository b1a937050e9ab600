"""Migrations: killed anywhere, the database is old or new; a newer one is refused; what version 1
kept in plain is sealed, and nowhere readable any more."""

import multiprocessing
import os
import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, inspect, make_url, text

from bot.store import inbox, letters
from bot.store.codec import Codec
from bot.store.opening import StoreError, check_version, engine_for, migrate
from bot.store.schema import FORMAT, HEAD, metadata
from bot.store.secrets import unlocked
from tests.shell import SEAL
from tests.store import version1

STRIDE = 3
"""Every third statement of an empty database; with data it is every one."""


def test_the_migrations_make_the_schema(url):
    """What the migrations build is what the tables in the code say."""
    engine = engine_for(url)
    assert migrate(engine, SEAL)
    assert not migrate(engine, SEAL)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_head_is_the_newest_migration():
    """The constant that spares a migrated database the look at the folder is right."""
    assert ScriptDirectory.from_config(_config()).get_current_head() == HEAD


@pytest.mark.parametrize("refuse", [lambda engine: migrate(engine, SEAL), check_version])
def test_a_newer_database_is_refused(url, refuse):
    """A version that this program doesn't know: refused in plain words, nothing changed."""
    engine = engine_for(url)
    migrate(engine, SEAL)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer version of kimbot"):
        refuse(engine)
    with engine.connect() as connection:
        assert (
            connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"
        )
    engine.dispose()


def test_everything_of_version_1_opens_and_is_equal(url):
    """Members, dialogues, drafts, letters, 300 files and waiting updates: sealed, and the same."""
    version1.build(url)
    engine = engine_for(url)
    assert migrate(engine, SEAL)
    assert_whole(engine, 60)
    engine.dispose()


def test_the_plain_words_of_version_1_are_nowhere_in_the_files(url):
    """Not in a table, in free space, in the WAL, among samples of the values: the migration ends
    with files written anew."""
    version1.build(url)
    assert version1.MARK.encode() in raw(url)
    engine = engine_for(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as other:
        other.exec_driver_sql("SELECT 1 FROM member")  # the WAL stays as long as somebody is there
        migrate(engine, SEAL)
        assert version1.MARK.encode() not in raw(url)
    engine.dispose()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_file_not_cleaned_is_cleaned_by_the_next_start(url):
    """Killed between the sealing and the new file: the note is missing, and it is done again."""
    engine = engine_for(url)
    migrate(engine, SEAL)
    with closing(sqlite3.connect(make_url(url).database)) as connection:
        connection.executescript(
            "PRAGMA secure_delete = OFF; PRAGMA user_version = 0;"
            f"CREATE TABLE rest AS SELECT '{version1.MARK}' AS x; DROP TABLE rest;"
        )
    assert version1.MARK.encode() in raw(url)
    assert not migrate(engine, SEAL)
    engine.dispose()
    assert version1.MARK.encode() not in raw(url)


def test_e09_a_migration_killed_at_each_statement_leaves_old_or_new(url, tmp_path):
    """An empty database, SIGKILL before the n-th statement or commit: the tables are those of one
    version, and the next start brings the rest."""
    versions = _versions(tmp_path)
    for nth in range(1, 400, STRIDE):
        code = killed_at(nth, url)
        engine = engine_for(url)
        tables = set(inspect(engine).get_table_names()) - {"alembic_version"}
        assert tables in versions, nth
        engine.dispose()
        if code == 0:
            break
        if tables:
            _empty(url)
    assert nth > len(metadata.tables)


def test_e09_with_data_a_killed_migration_leaves_all_plain_or_all_sealed(url, tmp_path):
    """The same over a version 1 with data: each row is there, old or new, and after the next
    start everything opens."""
    version1.build(url, 2)
    kept, code = _copy(url, tmp_path), -1
    for nth in range(1, 300):
        code = killed_at(nth, url)
        engine = engine_for(url)
        formats = _formats(engine)
        assert formats in ({1}, {FORMAT}), nth
        if formats == {FORMAT}:
            unlocked(engine, SEAL)
            assert_whole(engine, 2)
        engine.dispose()
        if formats == {FORMAT}:
            assert version1.MARK.encode() not in raw(url)
            if code == 0 or kept is None:
                break
            _restore(url, kept)
    assert nth > 60


def assert_whole(engine, count):
    """Every row of version 1 is there, sealed, of today's format, and the same value."""
    codec = Codec(SEAL)
    with engine.connect() as connection:
        assert _formats(engine) == {FORMAT}
        for n, one in enumerate(version1.people(count)):
            found = _bodies(connection, n, one.id)
            assert codec.member.read(found[0], FORMAT, one.id) == one
            assert codec.position.read(found[1], FORMAT, f"{one.id}/{one.id}") == version1.position(
                n
            )
            assert codec.draft.read(found[2], FORMAT, f"d{n}") == version1.draft(n)
            assert letters.content(connection, codec, f"l{n}") == version1.letter(n)
            assert SEAL.open_text(found[3], f"letter.title:l{n}") == f"{version1.MARK} {n}"
            files = letters.files(connection, codec, f"l{n}")
            assert [(f.name, f.content, f.file_id) for f in files] == [
                (f"{version1.MARK}-{n}.{form}", version1.content(n, form), f"copy{n}")
                for form in version1.FORMATS
            ]
        waiting = [(n, f'{{"text":"{version1.MARK} {n}"}}') for n in range(count)]
        assert inbox.pending(connection, SEAL) == waiting
        assert {(one.id, one.chat, one.formats, one.failures)
                for one in letters.errands(connection)} == {
            (f"l{n}", one.id, ("pdf", "txt"), n) for n, one in enumerate(version1.people(count))
        }  # fmt: skip


def _bodies(connection, n, person):
    return connection.execute(
        text(
            "SELECT member.body, dialogue.body, draft.body, letter.title "
            "FROM member, dialogue, draft, letter WHERE member.person = :p "
            "AND dialogue.person = :p AND draft.id = :d AND letter.id = :l"
        ),
        {"p": person, "d": f"d{n}", "l": f"l{n}"},
    ).one()


def _formats(engine):
    tables = ("member", "dialogue", "draft", "letter")
    query = " UNION ".join(f"SELECT format FROM {table}" for table in tables)
    with engine.connect() as connection:
        return set(connection.scalars(text(query)))


def raw(url):
    """All bytes in the files of the database, whatever they mean."""
    name = make_url(url).database
    if url.startswith("sqlite"):
        return b"".join(file.read_bytes() for file in Path(name).parent.glob(f"{Path(name).name}*"))
    engine = engine_for(url).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("CHECKPOINT")
        folder = connection.scalar(
            text("SELECT 'base/' || oid FROM pg_database WHERE datname = current_database()")
        )
        names = connection.scalars(text("SELECT pg_ls_dir(:folder)"), {"folder": folder}).all()
        read = text("SELECT pg_read_binary_file(:name, true)")
        found = [connection.scalar(read, {"name": f"{folder}/{one}"}) for one in names]
    engine.dispose()
    return b"".join(bytes(one) for one in found if one is not None)


def killed_at(nth, url):
    """Migrate in a process that kills itself there; its exit code, 0 when it came to the end."""
    process = multiprocessing.get_context("fork").Process(target=_migrate_until, args=(url, nth))
    process.start()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode


def _migrate_until(url, nth):
    left = nth

    def count(*_):
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    for moment in ("before_cursor_execute", "commit"):
        event.listen(Engine, moment, count)
    unlocked(engine_for(url), SEAL)
    os._exit(0)


def _versions(folder):
    """The tables of every version there was, none of them first."""
    (folder / "each").mkdir()
    url = f"sqlite:///{folder / 'each' / 'kimbot.sqlite3'}"
    script = ScriptDirectory.from_config(_config())
    found = [set()]
    for one in reversed(list(script.walk_revisions())):
        engine, config = engine_for(url), _config()
        with engine.connect() as connection:
            config.attributes.update(connection=connection, seal=SEAL)
            command.upgrade(config, one.revision)
        found.append(set(inspect(engine).get_table_names()) - {"alembic_version"})
        engine.dispose()
    return found


def _config():
    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    return config


def _empty(url):
    engine = engine_for(url)
    with engine.begin() as connection:
        metadata.drop_all(connection)
        connection.execute(text("DROP TABLE alembic_version"))
    engine.dispose()


def _copy(url, folder):
    """SQLite: the files of version 1, for every kill anew; PostgreSQL undoes all by itself."""
    if not url.startswith("sqlite"):
        return None
    source = Path(make_url(url).database)
    kept = folder / "kept"
    kept.mkdir()
    shutil.copy(source, kept)
    return kept / source.name


def _restore(url, kept):
    target = Path(make_url(url).database)
    for file in target.parent.glob(f"{target.name}*"):
        if file.is_file():
            file.unlink()
    shutil.copy(kept, target)

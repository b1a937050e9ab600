"""Migrations: killed anywhere, the database is old or new; a newer one is refused."""

import multiprocessing
import os
import signal

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, inspect, text

from bot.store.opening import StoreError, check_version, engine_for, migrate
from bot.store.schema import HEAD, metadata
from tests.shell import SEAL


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
    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


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


def test_e09_a_migration_killed_at_each_statement_leaves_old_or_new(url):
    """SIGKILL before the n-th statement, for every n: the tables are none or all, and the next
    start brings the rest."""
    context = multiprocessing.get_context("fork")
    for nth in range(1, 60):
        process = context.Process(target=_migrate_until, args=(url, nth))
        process.start()
        process.join()
        engine = engine_for(url)
        tables = set(inspect(engine).get_table_names()) - {"alembic_version"}
        assert tables in (set(), set(metadata.tables)), nth
        engine.dispose()
        if process.exitcode == 0:
            break
        assert process.exitcode == -signal.SIGKILL
        if tables:
            _empty(url)
    assert nth > len(metadata.tables)


def _migrate_until(url, nth):
    left = nth

    def count(*_):
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", count)
    migrate(engine_for(url), SEAL)
    os._exit(0)


def _empty(url):
    engine = engine_for(url)
    with engine.begin() as connection:
        metadata.drop_all(connection)
        connection.execute(text("DROP TABLE alembic_version"))
    engine.dispose()

"""Another key for everything: nothing is forgotten, killed anywhere nothing is lost."""

import base64
import multiprocessing
import os
import signal
import tracemalloc
from pathlib import Path

import pytest
from sqlalchemy import Engine, LargeBinary, Text, event, func, insert, select, text

from bot import keys, rekey
from bot.running import opened
from bot.service import TroubleError
from bot.settings import Settings
from bot.store.codec import Codec
from bot.store.lock import ServerLock
from bot.store.opening import StoreError, engine_for, migrate
from bot.store.rekeying import place, reseal, sealed
from bot.store.schema import FORMAT, SEALED, council, letter_file, membership, metadata, report
from bot.store.sealing import KEY_BYTES, Seal, new_key
from bot.store.secrets import unlocked
from conversations.standing import Badge
from tests.shell import bare_plan
from tests.store import version1
from tests.store.test_migrations import assert_whole, raw

OLD, NEW = new_key(), new_key()


@pytest.fixture
def migrated():
    """Not yet: databases are empty."""
    return False


def filled(url, key=OLD, count=3):
    """A database with something in every sealed column, all sealed with one key."""
    version1.build(url, count)
    engine, seal = engine_for(url), Seal([key])
    migrate(engine, seal)
    profile = seal.close_text("{}", "council:c1")
    badge = Codec(seal).badge.write(Badge(name="A"), "c1/7")
    with engine.begin() as connection:
        connection.execute(
            insert(council).values(
                id="c1", ags="05513000", revision=1, created=1, format=FORMAT, body=profile
            )
        )
        connection.execute(
            insert(membership).values(
                council="c1", person=7, role="member", since=1, format=FORMAT, body=badge
            )
        )
        for table, columns in sealed():
            if not connection.scalar(select(func.count()).select_from(table)):
                connection.execute(insert(table).values(_row(table, columns, seal)))
    return engine


def _row(table, columns, seal):
    """Any row of a table: its references lead to the rows made above."""
    plain = {
        column.name: {"council": "c1", "letter": "l0"}.get(column.name, "x")
        if isinstance(column.type, Text)
        else 1
        for column in table.columns
        if column not in columns and not column.nullable
    }
    key = [plain[column.name] for column in table.primary_key]
    closed = {
        column.name: seal.close(b"x", place(column, key))
        if isinstance(column.type, LargeBinary)
        else seal.close_text("x", place(column, key))
        for column in columns
    }
    return plain | closed


def values(engine):
    """Every text and every bytes in the database, by table and column."""
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(select(table)).mappings():
                for name, value in row.items():
                    if isinstance(value, str | bytes | memoryview):
                        yield f"{table.name}.{name}", value


def sealed_with(key, engine):
    """The columns that hold a value which begins with the key's mark."""
    mark = Seal([key]).close(b"", "x")[:4]
    found = set()
    for name, value in values(engine):
        try:
            start = base64.b64decode(value[:8]) if isinstance(value, str) else bytes(value[:4])
        except ValueError:
            continue
        if start[:4] == mark:
            found.add(name)
    return found


def test_every_column_that_holds_sealed_values_is_marked(url):
    """What the writers seal and what the schema marks is the same: rekey forgets nothing."""
    engine = filled(url)
    marked = {f"{table.name}.{c.name}" for table, columns in sealed() for c in columns}
    assert sealed_with(OLD, engine) == marked
    engine.dispose()


def test_a_table_with_a_body_is_marked():
    """A new table's body or content without the mark would be lost with the old key."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if column.name in ("body", "content"):
                assert column.info == SEALED, f"{table.name}.{column.name}"


def test_a_place_names_table_column_and_row():
    """As the writers have it."""
    assert place(letter_file.c.name, ("l1", "pdf")) == "letter_file.name:l1/pdf"
    assert place(membership.c.body, ("c1", 7)) == "membership:c1/7"
    assert place(report.c.body, ("r1",)) == "report:r1"
    assert place(report.c.content, ("r1",)) == "report.content:r1"


def test_afterwards_the_new_key_alone_opens_everything(url, monkeypatch):
    """Every value, the pseudonyms the same; nothing is sealed with the old key, in no file."""
    engine = filled(url)
    before = unlocked(engine, Seal([OLD]))[0].of(7)
    mark = Seal([OLD]).close(b"", "x")[:4]
    reseal(engine, Seal([NEW, OLD]))
    assert unlocked(engine, Seal([NEW]))[0].of(7) == before
    assert sealed_with(OLD, engine) == set()
    monkeypatch.setattr("tests.store.test_migrations.SEAL", Seal([NEW]))
    assert_whole(engine, 3)
    engine.dispose()
    stored = raw(url)
    assert mark not in stored
    assert base64.b64encode(mark + b"\0\0")[:5] not in stored


def test_a_value_that_does_not_open_stops_it_all(url):
    """Sealed with a key that is not there: nothing is changed, the old key still opens the rest."""
    engine = filled(url)
    stranger = Seal([new_key()]).close_text("x", "draft:d1")
    with engine.begin() as connection:
        connection.execute(text("UPDATE draft SET body = :b WHERE id = 'd1'"), {"b": stranger})
    columns = sealed_with(OLD, engine)
    with pytest.raises(StoreError, match="doesn't open with any key"):
        reseal(engine, Seal([NEW, OLD]))
    assert sealed_with(OLD, engine) == columns
    assert sealed_with(NEW, engine) == set()
    engine.dispose()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_memory_does_not_grow_with_the_letters(url):
    """30 MB of files are never in memory together."""
    engine = filled(url, count=1)
    seal = Seal([OLD])
    with engine.begin() as connection:
        for n in range(60):
            form = f"x{n}"
            content = seal.close(os.urandom(500_000), f"letter_file:l0/{form}")
            name = seal.close_text("n", f"letter_file.name:l0/{form}")
            row = {
                "letter": "l0",
                "format": form,
                "place": n,
                "name": name,
                "mime": "",
                "sha256": "",
            }
            connection.execute(insert(letter_file), {**row, "content": content})
    tracemalloc.start()
    reseal(engine, Seal([NEW, OLD]))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    engine.dispose()
    assert most < 8_000_000


def test_killed_anywhere_the_key_file_opens_everything(url, tmp_path, monkeypatch):
    """SIGKILL before each statement, each commit and each step on the key file: the keys in the
    file open all there is, and the next rekey comes to its end."""
    filled(url, count=1).dispose()
    settings = settings_for(url, tmp_path)
    for nth in range(1, 400):
        code = killed_at(nth, settings)
        held = keys.keys_of(settings)
        assert 1 <= len(held) <= 2, nth
        engine = engine_for(url)
        unlocked(engine, Seal(held))
        monkeypatch.setattr("tests.store.test_migrations.SEAL", Seal(held))
        assert_whole(engine, 1)
        engine.dispose()
        if code == 0:
            break
        if nth % 7 == 0:
            assert "alone" in rekey.rekey(settings)
    assert nth > 20
    assert len(held) == 1
    assert held != [OLD]
    assert list(tmp_path.glob("*.new")) == []


async def test_a_running_bot_is_in_the_way(url, tmp_path):
    """Refused while one runs, whichever database and however it is named; afterwards not."""
    filled(url, count=1).dispose()
    settings = settings_for(url, tmp_path)
    plan = bare_plan("", "", tmp_path, database=url, path=settings.database_path, seal=Seal([OLD]))
    async with opened(plan):
        with pytest.raises(TroubleError, match="running"):
            rekey.rekey(settings)
    assert keys.keys_of(settings) == [OLD]
    assert "new key" in rekey.rekey(settings)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_bots_share_a_server_and_none_begins_beside_rekey(url, tmp_path):
    """Several replicas run on PostgreSQL; while rekey is at work a start is refused."""
    filled(url, count=1).dispose()
    plan = bare_plan("", "", tmp_path, database=url, path=None, seal=Seal([OLD]))
    async with opened(plan), opened(plan):
        pass
    engine = engine_for(url)
    with ServerLock(engine, alone=True), pytest.raises(StoreError, match="at work"):
        async with opened(plan):
            pass
    engine.dispose()


def test_a_foreign_key_changes_neither_file(url, tmp_path):
    """The wrong key file: refused before a new key is put into it."""
    filled(url, count=1).dispose()
    settings = settings_for(url, tmp_path, key=NEW)
    with pytest.raises(TroubleError, match="is not the one"):
        rekey.rekey(settings)
    assert keys.keys_of(settings) == [NEW]


def test_keys_by_variable_are_taken_in_their_order(url, tmp_path):
    """KIMBOT_KEY: one key says what to do, two seal with the first."""
    engine = filled(url, count=1)
    one, two = (settings_for(url, tmp_path, variable=held) for held in ([OLD], [NEW, OLD]))
    with pytest.raises(TroubleError, match="holds one key"):
        rekey.rekey(one)
    assert "the others may go" in rekey.rekey(two)
    assert sealed_with(OLD, engine) == set()
    engine.dispose()


def settings_for(url, tmp_path, key=OLD, variable=()):
    """Settings with this database, and a key file outside its folder."""
    path = tmp_path / "kept.key"
    if not variable:
        keys.replace(path, [key])
    held = ",".join(base64.b64encode(one).decode() for one in variable)
    return Settings(
        _env_file=None,
        database_url=url,
        data_dir=Path(tmp_path),
        key_file=path,
        key=held or None,
    )


def killed_at(nth, settings):
    """Rekey in a process that kills itself there; its exit code, 0 when it came to the end."""
    process = multiprocessing.get_context("fork").Process(target=_rekey_until, args=(nth, settings))
    process.start()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode


def _rekey_until(nth, settings):
    left = nth

    def count(*_):
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    for moment in ("before_cursor_execute", "commit"):
        event.listen(Engine, moment, count)
    for module, name in ((os, "open"), (os, "fsync"), (Path, "replace")):
        _before(module, name, count)
    rekey.rekey(settings)
    os._exit(0)


def _before(module, name, count):
    done = getattr(module, name)

    def counted(*arguments, **options):
        count()
        return done(*arguments, **options)

    setattr(module, name, counted)


def test_a_key_has_the_length_that_is_sealed_with():
    """New keys fit."""
    assert len(new_key()) == KEY_BYTES

"""The database's own secret: made once, proves the key, survives it."""

import hashlib
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.store.opening import StoreError, engine_for, migrate
from bot.store.sealing import Seal
from bot.store.secrets import is_sealed, prove, unlocked
from tests.shell import SEAL
from tests.store import version1

OTHER = Seal([b"another key of exactly 32 bytes."], "the key file elsewhere")


@pytest.fixture
def migrated():
    """Not yet: databases are empty."""
    return False


def test_pseudonyms_stay_the_same(url):
    """Opened twice, the same person has the same pseudonym; another person another one."""
    engine = engine_for(url)
    first, changed = unlocked(engine, SEAL)
    again, unchanged = unlocked(engine, SEAL)
    engine.dispose()
    assert (changed, unchanged) == (True, False)
    assert first.of(7) == again.of(7) != first.of(8)


def test_two_databases_have_pseudonyms_of_their_own(tmp_path):
    """The same person can't be followed from one instance to another."""
    found = []
    for name in ("a", "b"):
        engine = engine_for(f"sqlite:///{tmp_path / name}")
        found.append(unlocked(engine, SEAL)[0].of(7))
        engine.dispose()
    assert found[0] != found[1]


def test_a_foreign_key_is_refused_by_name(url):
    """Another key: where it came from, that nothing was touched, what to do."""
    engine = engine_for(url)
    migrate(engine, SEAL)
    with pytest.raises(StoreError, match=r"the key file elsewhere is not the one.*Nothing was"):
        unlocked(engine, OTHER)
    engine.dispose()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_foreign_key_leaves_the_file_as_it_is(url, tmp_path):
    """Not one byte of the database changes."""
    engine = engine_for(url)
    migrate(engine, SEAL)
    path = Path(engine.url.database)
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    with pytest.raises(StoreError):
        prove(engine, OTHER)
    engine.dispose()
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


def test_a_lost_secret_is_refused(url):
    """Somebody deleted the row: no new one is made, or the audit log would lose its names."""
    engine = engine_for(url)
    migrate(engine, SEAL)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM secret"))
    with pytest.raises(StoreError, match="lost its own secret"):
        unlocked(engine, SEAL)
    engine.dispose()


def test_only_a_database_that_seals_needs_its_key(url):
    """None, one of version 1, one of today: the first two may begin with a new key."""
    assert not is_sealed(url)
    version1.build(url, 1)
    assert not is_sealed(url)
    engine = engine_for(url)
    migrate(engine, SEAL)
    engine.dispose()
    assert is_sealed(url)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_looking_for_a_database_makes_none(url, tmp_path):
    """No file appears."""
    is_sealed(url)
    assert list(tmp_path.iterdir()) == []


def test_a_database_out_of_reach_is_no_new_one():
    """No server there: an error, not "may begin anew"."""
    with pytest.raises(StoreError, match="can't be opened"):
        is_sealed("postgresql+psycopg://nobody@127.0.0.1:9/none?connect_timeout=2")

"""Councils by file in the store, on both databases: people untouched, the running bot warned."""

from dataclasses import replace

import pytest
from sqlalchemy import create_engine, text

from bot.store.council_files import Outcome, opened
from bot.store.opening import StoreError
from bot.store.sealing import Seal
from bot.store.worker import LostRaceError
from conversations.deeds import Amend
from conversations.rules.answers import Person
from conversations.rules.profile import Profile
from tests.shell import SEAL
from tests.store.councils import AYLA, HERE, NOW, audited, do, load, two_councils
from tests.test_councils_file import FULL

NEW = Person(name="Jens Vogel")


def put(url, ags="05513000", **changes):
    """Import a council whose profile gets these values."""
    with opened(url, None, SEAL) as stored:
        return stored.put(ags, lambda old: replace(old or Profile(ags=ags), **changes), NOW)


async def test_a_council_that_is_there_is_changed(store, url):
    """The same one: its people, roles and letters stay."""
    await two_councils(store)
    assert put(url, chair=NEW) is Outcome.CHANGED
    seen = await load(store, AYLA)
    assert (seen.council.profile.chair, seen.council.id) == (NEW, HERE)
    assert seen.standing.seat(HERE) is not None


async def test_an_admin_who_was_about_to_change_it_decides_again(store, url):
    """The revision has grown: what the file said is not overwritten unseen."""
    await two_councils(store)
    before = (await load(store, AYLA)).council
    put(url, chair=NEW)
    with pytest.raises(LostRaceError):
        await do(
            store,
            AYLA,
            Amend(council=HERE, revision=before.revision, profile=before.profile, what="head"),
        )


async def test_the_same_again_changes_nothing(store, url):
    """No new revision, no line in the audit log."""
    await two_councils(store)
    put(url, chair=NEW)
    first, lines = (await load(store, AYLA)).council, await audited(store)
    assert put(url, chair=NEW) is Outcome.UNCHANGED
    assert (await load(store, AYLA)).council == first
    assert await audited(store) == lines


async def test_the_audit_log_keeps_that_it_was_imported(store, url):
    """Without contents and without a person."""
    await two_councils(store)
    put(url, chair=NEW)
    assert "import" in str(await audited(store))
    assert "Vogel" not in str(await audited(store))


async def test_a_new_council_begins_without_people(store, url):
    """An operator then invites its first admin."""
    await two_councils(store)
    assert put(url, "05122000") is Outcome.NEW
    with opened(url, None, SEAL) as stored:
        assert Profile(ags="05122000") in stored.all()


async def test_everything_of_a_council_comes_back(store, url):
    """Names by date, people, lists, and each part of its rules."""
    with opened(url, None, SEAL) as stored:
        stored.put(FULL.ags, lambda _: FULL, NOW)
        assert stored.all() == (FULL,)


async def test_what_is_stored_is_sealed(store, url):
    """The chair's name stands nowhere in the table."""
    put(url, "05122000", chair=NEW)
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT * FROM council")).all()
    engine.dispose()
    assert rows
    assert "Vogel" not in str(rows)


async def test_another_key_is_refused(store, url):
    """Before anything is read or written."""
    with (
        pytest.raises(StoreError, match="not the one this database"),
        opened(url, None, Seal([b"another key for tests, 32 bytes."])),
    ):
        pass


async def test_a_key_that_was_replaced_meanwhile_is_refused(store, url):
    """`rekey` ran between opening and writing: nothing is sealed with the old key any more."""
    other = Seal([b"another key for tests, 32 bytes."])
    with opened(url, None, SEAL) as stored:
        stored._codec.seal = other
        with pytest.raises(StoreError, match="not the one this database"):
            stored.put("05122000", lambda _: Profile(ags="05122000"), NOW)

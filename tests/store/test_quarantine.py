"""The quarantine's mark on SQLite and PostgreSQL."""

from datetime import UTC, datetime, timedelta

from bot.store import marks, quarantine

MADE = datetime(2026, 11, 22, 3, 30, tzinfo=UTC)
NOW = MADE + timedelta(hours=8)


async def test_a_new_database_is_in_no_quarantine(store):
    """Nothing is held back, and nothing can be released."""
    assert await store.read(quarantine.since) is None
    assert not await store.write(quarantine.release)


async def test_a_quarantine_says_of_when_the_backup_is_and_ends_once(store):
    """Begun twice it counts from the later backup; of two releases one does something."""
    await store.write(lambda c: quarantine.begin(c, MADE - timedelta(days=1), NOW))
    await store.write(lambda c: quarantine.begin(c, MADE, NOW))
    assert await store.read(quarantine.since) == MADE
    assert await store.write(quarantine.release)
    assert not await store.write(quarantine.release)
    assert await store.read(quarantine.since) is None


async def test_marks_do_not_touch_one_another(store):
    """A release leaves the last backup's mark."""
    await store.write(lambda c: marks.put(c, marks.BACKUP, MADE))
    await store.write(lambda c: quarantine.begin(c, MADE, NOW))
    await store.write(quarantine.release)
    assert await store.read(lambda c: marks.when(c, marks.BACKUP)) == MADE

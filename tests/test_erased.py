"""The list of erased persons: whole after a crash, private, and missed before it is needed."""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.checks import Grade, checks
from bot.erased import ErasedFile
from bot.running import opened
from bot.settings import Settings
from bot.store.opening import StoreError
from tests.shell import bare_plan

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def erased(tmp_path):
    """A list that is not there yet."""
    return ErasedFile(tmp_path / "erased.txt")


def test_a_torn_line_of_the_list_is_left_out(tmp_path, erased):
    """Power failed in the middle of a line: the others count, and the next line is whole."""
    erased.add("aa", NOW)
    path = tmp_path / "erased.txt"
    path.write_text(path.read_text() + "bb 2026-11-")
    erased.add("cc", NOW)
    assert erased.all() == {"aa": NOW, "cc": NOW}


def test_the_list_keeps_the_latest_moment(tmp_path, erased):
    """Somebody erased twice: the later moment counts; an earlier one adds nothing."""
    erased.add("aa", NOW)
    erased.add("aa", NOW + timedelta(days=1))
    erased.add("aa", NOW)
    assert erased.all() == {"aa": NOW + timedelta(days=1)}
    assert len((tmp_path / "erased.txt").read_text().splitlines()) == 2


def test_the_list_is_for_its_owner_only(tmp_path, erased):
    """Nobody else on the machine reads it."""
    erased.add("aa", NOW)
    assert (tmp_path / "erased.txt").stat().st_mode & 0o077 == 0


def test_a_line_is_on_the_disk_before_anything_goes_on(erased, monkeypatch):
    """The line and the file's name in its folder are synced before `add` returns."""
    synced = []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (synced.append(handle), real(handle)))
    erased.add("aa", NOW)
    assert len(synced) == 2


async def test_a_list_that_cannot_be_written_keeps_the_bot_from_starting(tmp_path):
    """Without it a restore could bring somebody back: said at the start, not at an erasure."""
    plan = bare_plan("http://127.0.0.1:1", "1:x", tmp_path)
    nowhere = tmp_path / "no folder" / "erased.txt"
    plan = _with_list(plan, nowhere)
    with pytest.raises(StoreError, match="KIMBOT_ERASED_FILE"):
        async with opened(plan):
            pass


def _with_list(plan, path):
    return replace(plan, privacy=replace(plan.privacy, erased=path))


@pytest.mark.parametrize(
    ("place", "grade", "words"),
    [
        ("erased.txt", Grade.OK, "list of erased persons"),
        ("none/erased.txt", Grade.BAD, "KIMBOT_ERASED_FILE"),
        ("data/erased.txt", Grade.WARN, "in the data folder"),
    ],
)
def test_check_looks_at_the_list(tmp_path, place, grade, words):
    """`kimbot check` says where it is, that it can't be written, or that it lies with the data."""
    settings = Settings(
        _env_file=None, data_dir=tmp_path / "data", erased_file=tmp_path / place,
        key_file=tmp_path / "kimbot.key",
    )  # fmt: skip
    found = [one for one in checks(settings) if words in one.text and "erased" in one.text]
    assert grade in {one.grade for one in found}
    assert not (tmp_path / place).exists()

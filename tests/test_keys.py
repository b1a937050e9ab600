"""The key file: made once, for its owner only, never half written."""

import base64
import os

import pytest

from bot import keys
from bot.keys import KeyMissingError, KeyTroubleError, make, read, replace, seal_for
from bot.settings import Settings
from bot.store.sealing import new_key


def settings(**values):
    """Settings without any .env."""
    return Settings(_env_file=None, **values)


def test_a_new_key_file_is_for_its_owner_only(tmp_path):
    """Nobody else may read it, and nothing else is left in the folder."""
    path = tmp_path / "kimbot.key"
    make(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["kimbot.key"]


def test_a_key_file_that_is_there_stays(tmp_path):
    """A second first start takes the key of the first."""
    path = tmp_path / "kimbot.key"
    seals = [make(path), make(path)]
    sealed = seals[0].close(b"x", "p")
    assert seals[1].open(sealed, "p") == b"x"
    assert len(read(path.read_text(), "file")) == 1


def test_replaced_keys_keep_the_rights_and_their_order(tmp_path):
    """The newest first, still for the owner only."""
    path, new, old = tmp_path / "kimbot.key", new_key(), new_key()
    replace(path, [old])
    replace(path, [new, old])
    assert keys.keys_of(settings(key_file=path)) == [new, old]
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["kimbot.key"]


def test_a_link_to_the_key_file_stays_one(tmp_path):
    """The file at its real place is the one that changes."""
    real, link, new = tmp_path / "real.key", tmp_path / "kimbot.key", new_key()
    make(real)
    link.symlink_to(real)
    replace(link, [new])
    assert link.is_symlink()
    assert read(real.read_text(), "file") == [new]


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="needs root")
def test_a_key_file_keeps_its_owner(tmp_path):
    """Renewed by root, it can still be read by the user that runs the bot."""
    path = tmp_path / "kimbot.key"
    make(path)
    os.chown(path, 12345, 12346)
    replace(path, [new_key()])
    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 12346)


def test_the_variable_goes_before_the_file(tmp_path):
    """KIMBOT_KEY holds one key or several, parted by commas; the file isn't looked at then."""
    new, old = new_key(), new_key()
    value = ", ".join(base64.b64encode(one).decode() for one in (new, old))
    assert keys.keys_of(settings(key=value, key_file=tmp_path / "none")) == [new, old]


@pytest.mark.parametrize("text", ["", "short", "AAAA", base64.b64encode(b"x" * 31).decode(), "ä=="])
def test_what_is_no_key_is_refused_without_being_shown(text):
    """The refusal names the place, not the value."""
    with pytest.raises(KeyTroubleError, match="KIMBOT_KEY holds no key") as refused:
        read(text, "KIMBOT_KEY")
    assert not text or text not in str(refused.value)


def test_a_missing_file_is_told_from_an_unreadable_one(tmp_path):
    """Only a missing one may be made at the first start."""
    with pytest.raises(KeyMissingError, match=r"none\.key is missing"):
        seal_for(settings(key_file=tmp_path / "none.key"))
    with pytest.raises(KeyTroubleError, match="can't be read") as refused:
        seal_for(settings(key_file=tmp_path))
    assert not isinstance(refused.value, KeyMissingError)

"""Sealed values: open with the right key, in their own place, unchanged; else not at all."""

import pytest

from bot.store.sealing import Pseudonyms, Seal, SealedError, new_key

KEY, OTHER = new_key(), new_key()


def test_a_value_comes_back():
    """Bytes and texts alike, empty ones, too."""
    seal = Seal([KEY])
    for plain in ("", "Größe \u200c", "x" * 100_000):
        assert seal.open_text(seal.close_text(plain, "draft:1"), "draft:1") == plain
    assert seal.open(seal.close(b"\x00\xff", "p"), "p") == b"\x00\xff"


def test_the_same_value_is_sealed_differently_each_time():
    """Equal texts can't be told by their sealed form."""
    seal = Seal([KEY])
    assert len({seal.close(b"same", "p") for _ in range(100)}) == 100


def test_a_value_moved_to_another_row_does_not_open():
    """The place is part of the seal."""
    seal = Seal([KEY])
    with pytest.raises(SealedError, match="moved: member"):
        seal.open_text(seal.close_text("x", "member:1"), "member:2")


def test_a_value_with_any_bit_flipped_does_not_open():
    """Key id, nonce, text and tag: each byte counts."""
    seal = Seal([KEY])
    sealed = seal.close(b"text", "p")
    for at in range(len(sealed)):
        broken = bytearray(sealed)
        broken[at] ^= 1
        with pytest.raises(SealedError):
            seal.open(bytes(broken), "p")


@pytest.mark.parametrize("broken", ["", "AAAA", "no base64!", "ä"])
def test_what_is_no_sealed_text_is_refused(broken):
    """Nor does it break anything."""
    with pytest.raises(SealedError):
        Seal([KEY]).open_text(broken, "p")


def test_an_older_key_still_opens():
    """Sealed with the newest, opened with every key there is."""
    old, both = Seal([KEY]), Seal([OTHER, KEY])
    assert both.open(old.close(b"x", "p"), "p") == b"x"
    with pytest.raises(SealedError, match="a key that is not there"):
        old.open(both.close(b"x", "p"), "p")


def test_renewing_changes_the_key_and_nothing_else():
    """A value of the newest key stays as it is."""
    old, both, new = Seal([KEY]), Seal([OTHER, KEY]), Seal([OTHER])
    renewed = both.renew(old.close(b"x", "p"), "p")
    assert new.open(renewed, "p") == b"x"
    assert both.renew(renewed, "p") == renewed


def test_no_key_is_in_what_a_seal_shows():
    """Repr of a seal, as a log might show it."""
    assert KEY.hex() not in repr(Seal([KEY])) and repr(KEY) not in repr(Seal([KEY]).__dict__)


@pytest.mark.parametrize("keys", [[], [b"short"], [KEY, b"short"]])
def test_a_key_of_another_length_is_refused(keys):
    """32 bytes, no other."""
    with pytest.raises(ValueError, match="32 bytes"):
        Seal(keys)


def test_pseudonyms_depend_on_their_key():
    """Who has the numbers of all people, but not the key, can't find one."""
    assert Pseudonyms(KEY).of(7) != Pseudonyms(OTHER).of(7)
    assert len(Pseudonyms(KEY).of(7)) == 32

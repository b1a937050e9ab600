"""A stored letter is the letter: the files written from it don't differ by a byte."""

from dataclasses import fields, is_dataclass

import pytest

from bot.production import Desk, read_knowledge
from bot.store import lettercode
from bot.store.lettercode import read_letter, write_letter
from bot.wording import folder
from conversations.rules import letter as contract
from tests.paper.letters import bare, inquiry, resolution


@pytest.mark.parametrize("make", [bare, inquiry, resolution])
def test_a_letter_comes_back_equal(make):
    """Every block keeps its kind, every time its zone."""
    letter = make()
    again = read_letter(write_letter(letter))
    assert again == letter
    assert [e.start.tzinfo for e in again.calendar if hasattr(e.start, "tzinfo")] == [
        e.start.tzinfo for e in letter.calendar if hasattr(e.start, "tzinfo")
    ]


def test_its_files_are_the_same():
    """Written before and after it was stored: the same bytes in every format."""
    desk = Desk(folder(), read_knowledge(folder()))
    letter = inquiry()
    assert desk.render(read_letter(write_letter(letter))) == desk.render(letter)


def test_every_kind_of_part_is_known():
    """A new dataclass in the contract of the letter must be added here, too."""
    kinds = {
        name
        for name, kind in vars(contract).items()
        if isinstance(kind, type) and is_dataclass(kind) and fields(kind)
    }
    assert kinds == set(lettercode._CLASSES)

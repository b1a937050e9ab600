"""How fast messages may go out, by a clock of the test's own."""

import asyncio

from bot.telegram.pace import Budget, Pace

PERSON, GROUP = 5, -5


class Hands:
    """A clock that is set by hand."""

    def __init__(self):
        self.at = 100.0

    def __call__(self):
        return self.at


def pace(**budget):
    """A pace and its clock."""
    hands = Hands()
    return Pace(Budget(**budget), hands), hands


async def test_places_come_evenly_and_none_is_saved_up():
    """Twenty in a row need as long as twenty take, also after a rest."""
    steady = Pace(Budget(in_all=200.0))
    loop = asyncio.get_running_loop()
    await asyncio.sleep(0.05)
    began = loop.time()
    for _ in range(20):
        await steady.turn()
    assert loop.time() - began >= 18 / 200.0


def test_a_chat_is_busy_while_a_message_is_on_its_way_and_a_second_after():
    """One a second to one chat."""
    steady, hands = pace()
    steady.begin(PERSON)
    hands.at += 10
    assert steady.busy() == {PERSON}
    steady.end(PERSON)
    hands.at += 0.9
    assert steady.busy() == {PERSON}
    hands.at += 0.2
    assert steady.busy() == frozenset()


def test_a_group_gets_twenty_a_minute():
    """The twenty-first waits until the first is a minute old."""
    steady, hands = pace(chat=100.0)
    for _ in range(20):
        steady.begin(GROUP)
        steady.end(GROUP)
        hands.at += 1
    assert steady.busy() == {GROUP}
    hands.at += 41
    assert steady.busy() == frozenset()


def test_a_429_holds_its_chat_alone():
    """The others go on."""
    steady, hands = pace()
    steady.hold(GROUP, 30)
    assert (steady.busy(), steady.paused) == ({GROUP}, 0)
    hands.at += 31
    assert steady.busy() == frozenset()


def test_two_429s_at_once_are_meant_for_all():
    """Then nothing goes out until the longer one is over."""
    steady, hands = pace()
    steady.hold(GROUP, 30)
    hands.at += 5
    steady.hold(PERSON, 5)
    assert steady.paused == 25
    hands.at += 25
    assert steady.paused == 0

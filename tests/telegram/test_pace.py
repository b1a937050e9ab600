"""How fast messages may go out, by a clock of the test's own."""

import asyncio
import random

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


async def test_what_is_not_paid_for_never_goes_faster_than_is_free():
    """Reminders in the middle of a broadcast that costs Telegram Stars."""
    hands, places = Hands(), []

    async def sleep(seconds):
        hands.at += seconds

    fast = Pace(Budget(in_all=1000.0, paid=True), hands, sleep)
    for unpaid in (False, True, True, False, False):
        await fast.turn(unpaid=unpaid)
        places.append(round(hands.at - 100.0, 3))
    assert places == [0.0, 0.001, 0.034, 0.068, 0.069]


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


def refused(steady, chat, seconds=30):
    """A call to the chat that began just now is refused."""
    steady.begin(chat)
    steady.hold(chat, seconds)
    steady.end(chat)


def test_a_second_429_that_began_after_the_first_is_meant_for_all():
    """Then nothing goes out until the longer one is over."""
    steady, hands = pace()
    refused(steady, GROUP)
    hands.at += 5
    refused(steady, PERSON, 5)
    assert steady.paused == 25
    hands.at += 25
    assert steady.paused == 0


def test_a_chat_that_is_left_alone_for_hours_makes_no_pause_for_all_as_long():
    """Long afterwards two others are refused for seconds, one after the other: for all that is
    seconds, too."""
    steady, hands = pace()
    refused(steady, GROUP, 10_800)
    hands.at += 600
    steady.begin(7)
    steady.taken(7)
    steady.end(7)
    for person in (PERSON, 8):
        hands.at += 1
        refused(steady, person, 5)
    assert steady.paused == 5


async def test_the_place_of_what_was_refused_is_made_up_for():
    """One in a hundred is refused, and 29 a second are taken all the same; whatever becomes of
    them, no second has more than 30 calls."""
    hands, calls, taken = Hands(), [], 0

    async def sleep(seconds):
        hands.at += seconds

    steady = Pace(Budget(), hands, sleep)
    for number in range(1, 1001):
        await steady.turn()
        calls.append(hands.at)
        steady.begin(number)
        if number % 100:
            taken += 1
            steady.taken(number)
        else:
            steady.hold(number, 1)
        steady.end(number)
    assert taken / (calls[-1] - calls[0]) > 28.95
    assert all(later - first > 1.0 for first, later in zip(calls, calls[30:], strict=False))


def test_two_429s_in_flight_together_hold_each_its_own_chat():
    """The second began before the first was refused: nothing is known of the others."""
    steady, hands = pace()
    steady.begin(GROUP)
    steady.begin(PERSON)
    hands.at += 0.2
    steady.hold(GROUP, 30)
    hands.at += 0.1
    steady.hold(PERSON, 5)
    assert steady.paused == 0
    assert steady.busy() == {GROUP, PERSON}


def test_a_call_that_was_taken_in_between_lets_a_429_be_its_chats_alone():
    """It began after the first refusal, so sending in general works."""
    steady, hands = pace()
    refused(steady, GROUP)
    hands.at += 1
    steady.begin(7)
    steady.taken(7)
    steady.end(7)
    hands.at += 1
    refused(steady, PERSON)
    assert steady.paused == 0


def test_a_call_that_was_under_way_before_says_nothing_when_it_is_taken():
    """It began before the first refusal."""
    steady, hands = pace()
    steady.begin(7)
    hands.at += 0.1
    refused(steady, GROUP)
    steady.taken(7)
    hands.at += 0.1
    refused(steady, PERSON)
    assert steady.paused > 0


def test_a_429_long_after_another_is_its_chats_alone():
    """The first one's time is over, and nothing was sent since."""
    steady, hands = pace()
    refused(steady, GROUP, 1)
    hands.at += 3600
    refused(steady, PERSON, 1)
    assert steady.paused == 0


class Stalling:
    """A clock by which each wait, and each piece of work between two, takes so much longer."""

    def __init__(self, late):
        self.hands, self._late = Hands(), iter(late)
        self.pace = Pace(Budget(), self.hands, self.sleep)

    async def sleep(self, seconds):
        self.hands.at += seconds
        self.stall()

    def stall(self):
        self.hands.at += next(self._late)

    async def places(self, count=300):
        """When so many calls may begin."""
        went = []
        for _ in range(count):
            await self.pace.turn()
            went.append(self.hands.at)
            self.stall()
        return went


async def test_short_stalls_cost_no_rate():
    """Ten milliseconds late each time, and still 29 a second."""
    went = await Stalling([0.010] * 600).places()
    assert abs((went[-1] - went[0]) * 29 - 299) < 1


async def test_a_longer_stall_now_and_then_is_made_up_for():
    """Nearly a tenth of a second every other second, and still 29 go a second."""
    went = await Stalling([0.09, *[0.0] * 100] * 6).places()
    assert abs((went[-1] - went[0]) * 29 - 299) < 3


async def test_messages_that_overtake_each_other_are_still_no_more_than_thirty_a_second():
    """Up to 20 milliseconds on the way, after stalls of any length."""
    chance = random.Random(6)
    late = (chance.choice((0, 0, 0, 0.02, 0.07, 0.1)) for _ in range(600))
    went = await Stalling(late).places()
    came = [at + chance.uniform(0, 0.02) for at in went]
    assert max(sum(at <= one < at + 1 for one in came) for at in came) <= 30


async def test_no_second_has_more_than_thirty_whatever_the_stalls():
    """Late by anything between nothing and a tenth of a second."""
    chance = random.Random(5)
    for _ in range(20):
        late = (chance.choice((0, 0.005, 0.019, 0.021, 0.1)) for _ in range(600))
        went = await Stalling(late).places()
        assert max(sum(at <= one < at + 1 for one in went) for at in went) <= 30


async def test_what_answers_people_takes_places_away():
    """Three answers in between: three messages fewer, and nobody who was answered waited."""
    stalling = Stalling([0.0] * 100)
    went = await stalling.places(10)
    for _ in range(3):
        stalling.pace.spent()
    went += await stalling.places(1)
    assert abs((went[-1] - went[-2]) * 29 - 4) < 0.01


async def test_two_who_wait_at_once_get_two_places():
    """The progress of a broadcast and its next message."""
    steady = Pace(Budget(in_all=200.0))
    await steady.turn()
    time = asyncio.get_running_loop().time
    began = time()
    await asyncio.gather(steady.turn(), steady.turn())
    assert time() - began > 0.009


def test_rest_says_when_a_chat_is_free_again():
    """Nobody knows while its message is on its way."""
    steady, hands = pace()
    steady.begin(PERSON)
    assert steady.rest() is None
    steady.end(PERSON)
    hands.at += 0.4
    assert abs(steady.rest() - 0.6) < 1e-9

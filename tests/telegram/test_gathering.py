"""What belongs together: parts of a long text, floods, albums."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.arrivals import arrival
from bot.telegram.gathering import Pace, Tempo, Unit, gather, joined
from bot.telegram.lanes import Lane
from bot.telegram.whole import whole

TEMPO = Tempo(continuation=0.05, quiet=0.05)


def text(words, date=0, **more):
    """A message of one person."""
    message = {"chat": {"id": 1, "type": "private"}, "from": {"id": 1}, "date": date, "text": words}
    return arrival({"update_id": date, "message": {**message, **more}}, date)


async def units(*arrivals):
    """What a lane makes of these, when all wait already."""
    lane, pace, found = Lane((1, 1)), Pace(), []
    for one in arrivals:
        lane.put(one)
    while lane.has_arrival():
        found.append(await gather(lane, pace, TEMPO))
    return found


def test_a_part_of_full_length_is_joined_as_it_is():
    """Cut at the limit, in the middle of anything: nothing goes between."""
    assert joined(["a" * 4096, "b"]) == "a" * 4096 + "b"


def test_a_part_cut_at_a_blank_gets_it_back():
    """A shorter part lost the white space it was cut at."""
    assert joined(["a" * 4000, "b"]) == "a" * 4000 + " b"


def test_a_part_cut_after_a_sentence_gets_a_line():
    """Clients prefer the ends of paragraphs."""
    assert joined(["a" * 4000 + ".", "B"]) == "a" * 4000 + ".\nB"


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1), st.integers(0))
def test_joining_never_loses_a_character(words, cut):
    """Whatever the text and the cut: without white space, both are the same."""
    at = cut % (len(words) + 1)
    whole = joined([words[:at], words[at:]])
    assert "".join(whole.split()) == "".join(words.split())


async def test_eight_texts_are_answers():
    """As many as somebody may type."""
    found = await units(*(text(f"t{n}", 0) for n in range(8)))
    assert [unit.flooded for unit in found] == [0] * 8


async def test_the_ninth_within_ten_seconds_begins_a_flood():
    """From the ninth on they are one unit, none an answer; afterwards it counts anew."""
    found = await units(*(text(f"t{n}", n) for n in range(9)), text("x", 9), text("y", 9))
    assert [unit.flooded for unit in found] == [0] * 8 + [3]


async def test_a_backlog_is_no_flood():
    """Texts that were typed over an hour come at once after a pause: each is an answer."""
    found = await units(*(text(f"t{n}", n * 60) for n in range(30)))
    assert [unit.flooded for unit in found] == [0] * 30


async def test_a_command_is_never_part_of_a_text():
    """A command right after a long text is a unit of its own."""
    entities = [{"type": "bot_command", "offset": 0, "length": 6}]
    found = await units(text("a" * 4096), text("/hilfe", entities=entities))
    assert [len(unit.arrivals) for unit in found] == [1, 1]


async def test_a_later_text_is_no_continuation():
    """Three seconds after a long text comes another answer."""
    found = await units(text("a" * 4096, 0), text("b", 3))
    assert [unit.text for unit in found] == [None, None]


async def test_a_continuation_is_waited_for():
    """The second part comes while the first waits."""
    lane, pace = Lane((1, 1)), Pace()
    lane.put(text("a" * 4096))
    waiting = asyncio.create_task(gather(lane, pace, Tempo(continuation=5.0)))
    await asyncio.sleep(0.01)
    lane.put(text("b"))
    unit = await waiting
    assert unit.text == "a" * 4096 + "b"


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"message": None},
        {"message": []},
        {"message": {"chat": 5, "from": "x", "text": 7, "date": "y", "entities": "z"}},
        {"message": {"text": "x", "entities": [7]}},
        {"callback_query": {"from": {}, "message": {"chat": {}}}},
        {"callback_query": 5},
    ],
)
def test_a_malformed_update_has_a_lane(raw):
    """Nothing that arrives can stop the making out."""
    assert arrival(raw, 1).lane == (0, 0)


def test_marks_of_a_later_part_move_by_what_was_put_between():
    """A blank that was lost on the way counts."""
    mark = {"type": "bold", "offset": 1, "length": 1}
    parts = (text("ä" * 4000), text("😀b", entities=[mark]))
    unit = Unit(arrivals=parts, text=joined([one.text for one in parts]))
    message = whole(unit)["message"]
    assert [one["offset"] for one in message["entities"]] == [4002]


def test_malformed_marks_of_a_part_are_left_out():
    """What is no list of marks with offsets can't be moved."""
    parts = (text("a" * 4096, entities="z"), text("b", entities=[7, {"offset": "x"}]))
    unit = Unit(arrivals=parts, text=joined([one.text for one in parts]))
    assert whole(unit)["message"]["entities"] == []

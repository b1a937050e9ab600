"""How far a broadcast is, in recipients, from the states of its rows."""

import pytest

from bot.store.broadcasts.reading import tally
from bot.store.ledger import State
from bot.store.ledger.campaigns import Count


def one(state, reason="", last=True):
    """The tally of one row."""
    return tally({Count(State(state), reason, last): 1})


@pytest.mark.parametrize("state", ["planned", "pending", "held"])
def test_what_was_not_begun_waits(state):
    """Also what a pause holds."""
    assert one(state).waiting == 1


def test_a_first_part_is_no_recipient_of_its_own():
    """A message of several parts counts by its last one."""
    assert one("sent", last=False).total == 0


def test_every_unclear_part_is_shown():
    """Somebody has to decide on each."""
    found = tally({Count(State.UNCERTAIN, "", False): 2, Count(State.UNCERTAIN, "", True): 3})
    assert (found.unclear, found.total) == (5, 3)


def test_reasons_stand_by_their_number():
    """The most frequent first; what was let be has one of its own."""
    found = tally(
        {
            Count(State.FAILED, "kicked", True): 2,
            Count(State.FAILED, "blocked", True): 5,
            Count(State.CLOSED, "let", True): 1,
        }
    )
    assert found.unreachable == (("blocked", 5), ("kicked", 2), ("unclear", 1))


def test_everybody_stands_somewhere():
    """The parts make the total."""
    found = tally({Count(state, "x", True): 1 for state in State})
    parts = (found.sent, found.waiting, found.sending, found.unclear, found.failed)
    assert sum(parts) + found.dropped + found.late == found.total == len(State)

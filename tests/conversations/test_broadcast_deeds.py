"""What the next card shows after a deed, before anything is read again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from conversations.broadcasts import Broadcast, BroadcastId, Broadcasts, Content, Stage, Tally
from conversations.broadcasts.posts import Post
from conversations.deeds import Confirm, Correct, Resume, Retract, Settle
from conversations.deeds.broadcast_course import applied
from conversations.standing import PersonId

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
NIGHT = NOON + timedelta(hours=10)
ONE = Broadcast(
    id=BroadcastId("b1"),
    stage=Stage.RUNNING,
    made=NOON,
    due=NOON,
    content=Content(posts={"de": Post(text="A")}, pinned=True),
    tally=Tally(total=9, sent=5, waiting=1, unclear=3),
)


def after(deed, now=NOON, **changes):
    """The broadcast after the deed."""
    known = Broadcasts(known=(replace(ONE, **changes),))
    return applied(known, deed, PersonId(1), now).known[0]


def test_confirmed_at_night_it_waits_for_the_morning():
    """As the store has it."""
    one = after(Confirm(id=ONE.id, council=None, revision=1), NIGHT, stage=Stage.DRAFT, due=None)
    assert (one.stage, one.due) == (Stage.WAITING, NOON + timedelta(hours=19))


def test_resumed_it_runs_from_that_moment():
    """A due moment that is over is now."""
    one = after(Resume(id=ONE.id, council=None), NOON + timedelta(hours=2), stage=Stage.PAUSED)
    assert one.stage is Stage.RUNNING


@pytest.mark.parametrize(("again", "stage", "waiting"), [
    (True, Stage.RUNNING, 4),
    (False, Stage.DONE, 1),
])  # fmt: skip
def test_nothing_is_unclear_any_more_once_a_person_decided(again, stage, waiting):
    """What goes once more waits, and what was done runs again."""
    one = after(Settle(id=ONE.id, council=None, again=again), stage=Stage.DONE)
    assert (one.stage, one.tally.unclear, one.tally.waiting) == (stage, 0, waiting)


def test_corrected_it_is_another_revision_and_edition():
    """And nothing is changed yet of the five that were sent."""
    posts = {"de": Post(text="B")}
    one = after(Correct(id=ONE.id, council=None, revision=1, posts=posts))
    assert (one.revision, one.edition, one.content.posts) == (2, 2, posts)
    assert one.correcting == Tally(total=5, waiting=5)


def test_taken_back_the_rest_never_goes():
    """Nobody who joins later gets it either."""
    one = after(Retract(id=ONE.id, council=None))
    assert (one.stage, one.content.pinned, one.retracting.total) == (Stage.CANCELLED, False, 5)

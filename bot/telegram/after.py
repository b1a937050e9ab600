"""What a committed turn sets going beside its replies: calendars to look at, files to fetch,
broadcasts whose progress changed."""

from dataclasses import replace
from typing import Final

from bot.telegram.keeping import Keeping
from bot.telegram.looks import Looks
from bot.telegram.progress import Progress
from bot.telegram.rehearsals import Rehearsals, Rehearse
from bot.telegram.turn import Turn
from conversations.broadcasts import BroadcastId
from conversations.core import Position
from conversations.deeds.broadcasting import (
    Cancel,
    Confirm,
    Correct,
    Pause,
    Resume,
    Retract,
    Second,
    Settle,
)

_STEERING: Final = (Confirm, Second, Pause, Resume, Cancel, Settle, Correct, Retract)
"""After these the author wants to see what became of it."""


class After:
    """Hears of each committed turn; must not wait for anything."""

    def __init__(
        self,
        looks: Looks,
        keeping: Keeping,
        progress: Progress | None = None,
        rehearsals: Rehearsals | None = None,
    ) -> None:
        self._looks = looks
        self._keeping = keeping
        self._progress = progress
        self._rehearsals = rehearsals

    def turn(self, turn: Turn) -> None:
        """Begin what it asks for."""
        decision = turn.decision
        assert decision is not None, "it is committed"
        at, key = decision.position or turn.loaded.position, (turn.chat, turn.person)
        if decision.look and at is not None:
            self._looks.begin(key, decision.look, at.flow, at.step)
        if decision.rehearse and at is not None and self._rehearsals is not None:
            asked = _asked(turn, decision.rehearse, at)
            self._rehearsals.ask(key, replace(asked, trial=decision.trial))
        self._keeping.named(decision, turn.chat, turn.language)
        if self._progress is not None:
            for deed in decision.deeds:
                if isinstance(deed, _STEERING):
                    self._progress.refresh(deed.id)


def _asked(turn: Turn, broadcast: BroadcastId, at: Position) -> Rehearse:
    there = turn.loaded.council
    return Rehearse(
        broadcast=broadcast, council=there.id if there else None, flow=at.flow, step=at.step
    )

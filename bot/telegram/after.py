"""What a committed turn sets going beside its replies: calendars to look at, files to fetch,
broadcasts whose progress changed."""

from typing import Final

from bot.telegram.keeping import Keeping
from bot.telegram.looks import Looks
from bot.telegram.progress import Progress
from bot.telegram.turn import Turn
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

    def __init__(self, looks: Looks, keeping: Keeping, progress: Progress | None = None) -> None:
        self._looks = looks
        self._keeping = keeping
        self._progress = progress

    def turn(self, turn: Turn) -> None:
        """Begin what it asks for."""
        decision = turn.decision
        assert decision is not None, "it is committed"
        at = decision.position
        if decision.look and at is not None:
            self._looks.begin((turn.chat, turn.person), decision.look, at.flow, at.step)
        self._keeping.named(decision, turn.chat, turn.language)
        if self._progress is not None:
            for deed in decision.deeds:
                if isinstance(deed, _STEERING):
                    self._progress.refresh(deed.id)

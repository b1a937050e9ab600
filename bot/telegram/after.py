"""What a committed turn sets going beside its replies: calendars to look at, files to fetch."""

from bot.telegram.keeping import Keeping
from bot.telegram.looks import Looks
from bot.telegram.turn import Turn


class After:
    """Hears of each committed turn; must not wait for anything."""

    def __init__(self, looks: Looks, keeping: Keeping) -> None:
        self._looks = looks
        self._keeping = keeping

    def turn(self, turn: Turn) -> None:
        """Begin what it asks for."""
        decision = turn.decision
        assert decision is not None, "it is committed"
        at = decision.position
        if decision.look and at is not None:
            self._looks.begin((turn.chat, turn.person), decision.look, at.flow, at.step)
        self._keeping.named(decision, turn.chat, turn.language)

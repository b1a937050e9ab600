"""Guessed invitations: whoever tries too many wrong tokens is not looked up for a while.

In memory, bounded, and without a word: the answer is the one for a wrong token.
"""

from collections import deque
from datetime import datetime, timedelta
from typing import Final

from conversations.standing import PersonId

_MINE: Final = 5
_MY_WINDOW: Final = timedelta(minutes=10)
_ALL: Final = 200
_ALL_WINDOW: Final = timedelta(minutes=1)
_PEOPLE: Final = 5000
"""People remembered at most; the one who guessed longest ago is forgotten first."""


class Guesses:
    """Counts wrong tokens by person and in all."""

    def __init__(self) -> None:
        self._by_person: dict[PersonId, deque[datetime]] = {}
        self._all: deque[datetime] = deque(maxlen=_ALL)

    def too_many(self, person: PersonId, now: datetime) -> bool:
        """Whether a token of this person is not to be looked up now."""
        mine = self._by_person.get(person, deque())
        return _full(mine, _MINE, now - _MY_WINDOW) or _full(self._all, _ALL, now - _ALL_WINDOW)

    def wrong(self, person: PersonId, now: datetime) -> None:
        """One more wrong token."""
        mine = self._by_person.pop(person, None) or deque(maxlen=_MINE)
        mine.append(now)
        self._by_person[person] = mine
        self._all.append(now)
        if len(self._by_person) > _PEOPLE:
            del self._by_person[next(iter(self._by_person))]


def _full(times: deque[datetime], most: int, since: datetime) -> bool:
    """Whether the latest `most` all lie in the window (only so many are kept)."""
    return len(times) == most and times[0] > since

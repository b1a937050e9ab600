"""Which cards Telegram took: kept here for a moment, written with the next commits in one go."""

from bot.store.cards import Shown
from conversations.standing import (
    PersonId,
)

_Key = tuple[PersonId, int]


class Acknowledged:
    """The newest acknowledgement per person and chat that isn't stored yet."""

    def __init__(self) -> None:
        self._new: dict[_Key, Shown] = {}

    def note(self, person: PersonId, chat: int, shown: Shown) -> None:
        """Telegram took this card."""
        self._new[person, chat] = shown

    def newest(self, person: PersonId, chat: int) -> Shown | None:
        """The acknowledgement that the store doesn't know yet."""
        return self._new.get((person, chat))

    def stored(self, person: PersonId, chat: int, shown: Shown | None) -> None:
        """It was committed; a newer one stays."""
        if shown is not None and self._new.get((person, chat)) is shown:
            del self._new[person, chat]

    def waiting(self) -> list[tuple[PersonId, int, Shown]]:
        """All that is not stored yet."""
        return [(person, chat, shown) for (person, chat), shown in self._new.items()]

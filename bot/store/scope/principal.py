"""Who asks, within which transaction: nothing in this package is read or written without one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from bot.store.codec import Codec
from bot.store.sealing import Pseudonyms
from bot.store.worker import LostRaceError
from conversations.broadcasts import Public
from conversations.standing import PersonId, Standing


def _as_it_is(public: Public) -> Public:
    return public


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcasting:
    """What the instance says about broadcasts, and no table does."""

    placed: Callable[[Public], Public] = _as_it_is
    """Says of each council what kind of municipality it is and which inquiry it gets."""
    four_eyes: bool = False
    """A broadcast to all councils needs a second operator."""


PLAIN: Final = Broadcasting()
"""For those who send none."""


class ForbiddenError(LostRaceError):
    """The person may not do it, or what it is about is not there (any more): nothing was written.

    Both look alike. It is decided again once or twice: mostly a role was lost meanwhile.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """A person with their standing as it is stored now."""

    connection: Connection
    codec: Codec
    pseudonyms: Pseudonyms
    person: PersonId
    standing: Standing
    broadcasting: Broadcasting = PLAIN

    @property
    def pseudonym(self) -> str:
        """The person, as the audit log names them."""
        return self.pseudonyms.of(self.person)

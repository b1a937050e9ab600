"""Who asks, within which transaction: nothing in this package is read or written without one."""

from dataclasses import dataclass

from sqlalchemy import Connection

from bot.store.codec import Codec
from bot.store.sealing import Pseudonyms
from bot.store.worker import LostRaceError
from conversations.standing import PersonId, Standing


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

    @property
    def pseudonym(self) -> str:
        """The person, as the audit log names them."""
        return self.pseudonyms.of(self.person)

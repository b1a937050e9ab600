"""Everything about one person: exported, erased, erased again after a restore.

What each table holds of a person stands in the register (bot.store.holdings), not here.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Protocol

from sqlalchemy import Connection, delete, select, union

from bot.store import erasing
from bot.store.codec import Codec, moment
from bot.store.holdings import HOLDINGS
from bot.store.schema import member, membership, metadata, operator
from bot.store.sealing import Pseudonyms
from bot.store.whom import Whom, names_of
from bot.store.worker import StoreFullError
from conversations.standing import CouncilId, PersonId

FORMAT: Final = 1
"""Version of the export's form."""

Export = Mapping[str, object]


class Erased(Protocol):
    """The list of erased persons, kept outside the database (bot.erased)."""

    def add(self, pseudonym: str, at: datetime) -> None:
        """Note it durably before the erasure is committed. Raises OSError."""

    def all(self) -> Mapping[str, datetime]:
        """When each was erased last, by pseudonym."""


class Unlisted:
    """No list: for data that nobody restores, such as a demo's."""

    def add(self, pseudonym: str, at: datetime) -> None:
        """Nothing to do."""

    def all(self) -> Mapping[str, datetime]:
        """Nobody."""
        return {}


class Persons:
    """Jobs for the store; each is to run in one transaction."""

    def __init__(
        self,
        *,
        codec: Codec,
        pseudonyms: Pseudonyms,
        erased: Erased | None = None,
        unnamed: str = "",
    ) -> None:
        """`unnamed` stands in place of a name in filed letters that say no function."""
        self._codec = codec
        self._pseudonyms = pseudonyms
        self._erased = erased or Unlisted()
        self._unnamed = unnamed

    def export(self, connection: Connection, person: PersonId, now: datetime) -> Export:
        """All that is stored about a person, opened; sections without anything are empty."""
        whom = self._whom(connection, person, now)
        before = self._erased.all().get(whom.pseudonym)
        about: dict[str, object] = {
            "person": person,
            "exported": now.isoformat().replace("+00:00", "Z"),
            "format": FORMAT,
            "erased_before": before.isoformat().replace("+00:00", "Z") if before else None,
        }
        found: dict[str, object] = {
            one.section: one.export(connection, self._codec, whom) for one in HOLDINGS if one.export
        }
        return {"about": about, **found}

    def erase(
        self, connection: Connection, person: PersonId, now: datetime, *, waiting: bool = True
    ) -> Mapping[str, int]:
        """Take the person out of every table; returns how many rows that were, by table.

        The list outside the database is written first: a crash between the two leaves a person
        who is erased at the next start. `waiting`: also what waits in the inbox.
        """
        whom = self._whom(connection, person, now, waiting=waiting)
        gone = {
            one.table.name: one.erase(connection, self._codec, whom)
            for one in HOLDINGS
            if one.erase
        }
        if any(gone.values()):
            try:
                self._erased.add(whom.pseudonym, now)
            except OSError as error:
                raise StoreFullError("the list of erased persons can't be written") from error
        return gone

    def release(
        self, connection: Connection, person: PersonId, council: CouncilId, now: datetime
    ) -> None:
        """A former member is no longer one: the seat goes, and what they still had there."""
        whom = self._whom(connection, person, now, council=council)
        erasing.of_council(connection, self._codec, whom, council)
        seat = (membership.c.person == person) & (membership.c.council == council)
        connection.execute(delete(membership).where(seat))

    def erase_again(self, connection: Connection, now: datetime) -> int:
        """After a restore: erase who was erased since the backup was made; returns how many."""
        erased = self._erased.all()
        if not erased:
            return 0
        again = [
            person
            for person in _everybody(connection)
            if (at := erased.get(self._pseudonyms.of(person))) is not None
            and self._known_since(connection, person, at) <= at
        ]
        for person in again:
            self.erase(connection, person, now)
        return len(again)

    def _known_since(
        self, connection: Connection, person: PersonId, otherwise: datetime
    ) -> datetime:
        """When the person began to be known: by consent, or by a role given."""
        row = connection.execute(
            select(member.c.format, member.c.body).where(member.c.person == person)
        ).one_or_none()
        if row is not None:
            return self._codec.member.read(row.body, row.format, person).consent.at
        since = [
            connection.execute(select(table.c.since).where(table.c.person == person)).scalars()
            for table in (membership, operator)
        ]
        return max((moment(at) for found in since for at in found), default=otherwise)

    def _whom(
        self,
        connection: Connection,
        person: PersonId,
        now: datetime,
        *,
        council: CouncilId | None = None,
        waiting: bool = True,
    ) -> Whom:
        names, functions = names_of(connection, self._codec, person, council)
        return Whom(
            person=person,
            pseudonym=self._pseudonyms.of(person),
            now=now,
            names=names,
            functions=functions,
            unnamed=self._unnamed,
            waiting=waiting,
        )


def _everybody(connection: Connection) -> list[PersonId]:
    """Every person that a table names by number."""
    columns = [table.c.person for table in metadata.tables.values() if "person" in table.c]
    query = union(*(select(column).where(column.is_not(None)) for column in columns))
    return [PersonId(person) for person in connection.execute(query).scalars()]

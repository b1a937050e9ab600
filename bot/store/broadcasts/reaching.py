"""Who may still send a broadcast, and whether somebody still gets it: as it is stored now."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select

from bot.store.codec import Codec
from bot.store.ledger import Claimed
from bot.store.prepared import Prepared
from bot.store.schema import chat_link, member, membership, operator
from conversations.core import Member
from conversations.flows.consent import VERSION
from conversations.planning.receiving import NIGHT
from conversations.rules.reminding import OwnReminding
from conversations.rules.texts import REFERENCE
from conversations.standing import CouncilId, PersonId, Role

_SEATS: Final = Prepared(
    select(membership.c.council, membership.c.role)
    .where(membership.c.person == bindparam("p"), membership.c.ended.is_(None))
    .order_by(membership.c.since, membership.c.council)
)
_MEMBER: Final = Prepared(
    select(member.c.format, member.c.body).where(member.c.person == bindparam("p"))
)
_LINKS: Final = Prepared(
    select(chat_link.c.id, chat_link.c.council, chat_link.c.format, chat_link.c.body)
    .where(
        chat_link.c.chat == bindparam("c"),
        chat_link.c.thread == bindparam("t"),
        chat_link.c.confirmed == 1,
        chat_link.c.disabled == "",
    )
    .order_by(chat_link.c.since, chat_link.c.id)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody, or a chat, that may be written to."""

    language: str = REFERENCE
    council: CouncilId
    """Through which they are reached."""
    silent: str = ""
    """Why nothing new is to come ("stopped", "declined"); what came before may be corrected."""
    reminding: OwnReminding = NIGHT


class Reaching:
    """Jobs for the store."""

    def __init__(self, codec: Codec) -> None:
        self._codec = codec

    def entitled(
        self, connection: Connection, author: PersonId | None, council: CouncilId | None
    ) -> bool:
        """Whether the author may (still) send: to all as an operator, to a council as its admin."""
        if author is None:
            return False
        if council is None:
            there = select(operator.c.person).where(operator.c.person == author)
            return connection.execute(there).first() is not None
        return (council, Role.ADMIN) in self._seats(connection, author)

    def reader(
        self, connection: Connection, row: Claimed, only: Collection[CouncilId]
    ) -> Reader | str:
        """Who gets the row; else why they don't: "seat", "consent", "blocked", "unlinked". With
        `only` through one of these councils, else through any."""
        if row.person is None:
            return self._chat(connection, row, only)
        return self._person(connection, row, row.person, only)

    def known(self, connection: Connection, person: PersonId | None) -> Member | None:
        """The person, if they agreed to the present text."""
        stored = _MEMBER.run(connection, {"p": person}).fetchone()
        if stored is None:
            return None
        form, body = stored
        found = self._codec.member.read(body, form, person)
        agrees = found.consent.version == VERSION and found.withdrawn is None
        return found if agrees else None

    def _person(
        self, connection: Connection, row: Claimed, person: PersonId, only: Collection[CouncilId]
    ) -> Reader | str:
        through = _through([seat for seat, _ in self._seats(connection, person)], row.council, only)
        if through is None:
            return "seat"
        known = self.known(connection, person)
        if known is None:
            return "consent"
        if known.blocked is not None:
            return "blocked"
        declined = "" if known.reminding.broadcasts else "declined"
        return Reader(
            language=known.language,
            council=through,
            silent="stopped" if known.stopped is not None else declined,
            reminding=known.reminding,
        )

    def _chat(
        self, connection: Connection, row: Claimed, only: Collection[CouncilId]
    ) -> Reader | str:
        links = _LINKS.run(connection, {"c": row.chat, "t": row.thread or 0}).fetchall()
        open_to = [
            CouncilId(of)
            for id_, of, form, body in links
            if self._codec.chat.read(body, form, id_).broadcasts
        ]
        through = _through(open_to, row.council, only)
        if through is not None:
            return Reader(council=through)
        return "declined" if _through([of for _, of, *_ in links], None, only) else "unlinked"

    def _seats(self, connection: Connection, person: PersonId) -> list[tuple[CouncilId, Role]]:
        rows: Any = _SEATS.run(connection, {"p": person}).fetchall()
        return [(CouncilId(council), Role(role)) for council, role in rows]


def _through(
    councils: list[CouncilId], first: CouncilId | None, only: Collection[CouncilId]
) -> CouncilId | None:
    """The council through which somebody is reached: the one it was meant for, else any that is
    meant."""
    meant = [one for one in councils if not only or one in only]
    return first if first in meant else next(iter(meant), None)

"""Whom an export or an erasure is about, as the tables know them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from bot.store.codec import Codec
from bot.store.schema import member, membership
from conversations.standing import CouncilId, PersonId

Entry = dict[str, object]
"""One row of an export: readable names, ISO times, nothing sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whom:
    """A person by number, pseudonym, and every name they are stored with."""

    person: PersonId
    pseudonym: str
    now: datetime
    names: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    unnamed: str = ""
    """What stands in place of a name where the letter says no function."""
    waiting: bool = True
    """Whether what waits in the inbox goes, too. Not after the person's own word: what they wrote
    later is answered in a moment, as a stranger's."""


def names_of(
    connection: Connection, codec: Codec, person: PersonId, council: CouncilId | None = None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names and functions a person is stored with; of the seat in one council, or of all."""
    member_row = connection.execute(
        select(member.c.format, member.c.body).where(member.c.person == person)
    ).one_or_none()
    seats = select(membership.c.council, membership.c.format, membership.c.body).where(
        membership.c.person == person
    )
    if council is not None:
        seats = seats.where(membership.c.council == council)
    badges = [
        codec.badge.read(row.body, row.format, f"{row.council}/{person}")
        for row in connection.execute(seats)
    ]
    names = [badge.name for badge in badges]
    functions = [badge.function for badge in badges]
    if member_row is not None:
        known = codec.member.read(member_row.body, member_row.format, person)
        names += [known.sender.name, known.called]
        functions.append(known.sender.function)
    return tuple(filter(None, names)), tuple(filter(None, functions))

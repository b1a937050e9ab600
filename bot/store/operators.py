"""The first operators of an instance: named by the settings, or by a link that the start prints.

Everything later goes through the scope; here nobody is asked who they are, so only the start of
the bot may call it.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection, Engine, delete, insert, select
from sqlalchemy.exc import DBAPIError

from bot.store.codec import stamp
from bot.store.opening import unreachable
from bot.store.schema import audit, invitation, operator
from bot.store.sealing import Pseudonyms
from conversations.standing import Role

VALID: Final = timedelta(hours=1)
_NOBODY: Final = 0
"""By whom the link of the start is: nobody has this number in Telegram."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """The secret of the start's link; only its hash is stored."""

    text: str
    expires: datetime


def appoint(
    connection: Connection, pseudonyms: Pseudonyms, people: Sequence[int], now: datetime
) -> None:
    """Make these people operators. Nobody stops being one by not standing here."""
    there = set(connection.scalars(select(operator.c.person)))
    for person in dict.fromkeys(people):
        if person not in there:
            connection.execute(insert(operator).values(person=person, since=stamp(now)))
            _note(connection, pseudonyms, "appoint", f"person:{pseudonyms.of(person)}", now)


def first_token(connection: Connection, pseudonyms: Pseudonyms, now: datetime) -> Token | None:
    """While there is no operator: a new invitation for one, one use, one hour. A link of an
    earlier start ends in any case."""
    nobody = pseudonyms.of(_NOBODY)
    connection.execute(delete(invitation).where(invitation.c.by == nobody))
    if connection.scalar(select(operator.c.person).limit(1)) is not None:
        return None
    token = Token(text=secrets.token_urlsafe(16), expires=now + VALID)
    id_ = secrets.token_urlsafe(9)
    connection.execute(
        insert(invitation).values(
            id=id_,
            token_hash=sha256(token.text.encode()).hexdigest(),
            role=Role.OPERATOR,
            left=1,
            made=stamp(now),
            expires=stamp(token.expires),
            by=nobody,
        )
    )
    _note(connection, pseudonyms, "invite", f"invitation:{id_}:{Role.OPERATOR}", now)
    return token


def operators(engine: Engine) -> frozenset[int]:
    """Telegram's numbers of all. Raises StoreError."""
    try:
        with engine.connect() as connection:
            return frozenset(connection.scalars(select(operator.c.person)))
    except DBAPIError as error:
        raise unreachable(error) from error


def _note(
    connection: Connection, pseudonyms: Pseudonyms, action: str, what: str, now: datetime
) -> None:
    """A line of the audit log, by nobody: it was the start."""
    actor = pseudonyms.of(_NOBODY)
    connection.execute(insert(audit).values(at=stamp(now), actor=actor, action=action, object=what))

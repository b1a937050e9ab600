"""Dialogues and their cards: where each person stands, and which card Telegram took last."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import BigInteger, Connection, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.store.prepared import Prepared
from bot.store.schema import FORMAT, dialogue
from bot.store.worker import LostRaceError
from conversations.standing import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The card Telegram acknowledged last: the version of its position and its message id."""

    version: int
    card: int | None


_person = bindparam("p", type_=BigInteger)
_chat = bindparam("c", type_=BigInteger)
_values = {
    "revision": bindparam("revision_"),
    "format": FORMAT,
    "body": bindparam("body_"),
    "draft": bindparam("draft_"),
    "version": bindparam("version_"),
    "shown": bindparam("shown_"),
    "card": bindparam("card_"),
}
_first = Prepared(insert(dialogue).values(person=_person, chat=_chat, **_values))
_next = Prepared(
    update(dialogue)
    .where(
        dialogue.c.person == _person,
        dialogue.c.chat == _chat,
        dialogue.c.revision == bindparam("was"),
    )
    .values(**_values)
)
_acknowledge = (
    update(dialogue)
    .where(
        dialogue.c.person == _person,
        dialogue.c.chat == _chat,
        dialogue.c.shown <= bindparam("shown_"),
    )
    .values(shown=bindparam("shown_"), card=bindparam("card_"))
)
_behind = select(dialogue.c.person, dialogue.c.chat).where(dialogue.c.shown != dialogue.c.version)


def go_on(connection: Connection, was: int, values: Mapping[str, object]) -> None:
    """Write a dialogue over its revision `was`; 0 begins it. Raises LostRaceError."""
    if not was:
        try:
            _first.run(connection, values)
        except (IntegrityError, sqlite3.IntegrityError) as error:
            raise LostRaceError("a dialogue was begun meanwhile") from error
    elif not _next.run(connection, {**values, "was": was}).rowcount:
        raise LostRaceError("the dialogue went on meanwhile")


def acknowledge(connection: Connection, seen: Sequence[tuple[int, int, Shown]]) -> None:
    """Note which cards Telegram took (person, chat, what); an older note changes nothing."""
    connection.execute(
        _acknowledge,
        [
            {"p": person, "c": chat, "shown_": shown.version, "card_": shown.card}
            for person, chat, shown in seen
        ],
    )


def behind(connection: Connection) -> list[tuple[PersonId, int]]:
    """Dialogues (person, chat) whose current card was never acknowledged."""
    return [(PersonId(row.person), row.chat) for row in connection.execute(_behind)]

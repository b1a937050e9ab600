"""Letters: ordered in a turn, written after it, sent until Telegram took them, kept as bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    and_,
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)

from bot.store.codec import Codec, moment, stamp
from bot.store.prepared import Prepared
from bot.store.schema import FORMAT, errand, letter, letter_file
from bot.store.scope import Scope
from conversations.core import (
    Deliver,
    DraftId,
    Filing,
    LetterId,
    LetterOrder,
    Reply,
    StoredLetter,
)
from conversations.rules.letter import Letter
from conversations.standing import CouncilId, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """One file of a letter; `file_id` is Telegram's own copy, if it has one."""

    format: str
    name: str
    mime: str
    sha256: str
    content: bytes
    file_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """A letter somebody waits for."""

    id: LetterId
    chat: int
    formats: tuple[str, ...]
    failures: int


def order(
    connection: Connection, codec: Codec, person: PersonId, wish: LetterOrder, now: datetime
) -> None:
    """Store a letter to be written. Part of the turn's transaction."""
    connection.execute(
        insert(letter),
        {
            "id": wish.id,
            "person": person,
            "draft": wish.draft,
            "title": codec.seal.close_text(wish.title, f"letter.title:{wish.id}"),
            "version": wish.version,
            "amends": wish.amends,
            "ordered": stamp(now),
            "format": FORMAT,
            "body": codec.write_letter(wish.letter, wish.id),
            "council": wish.council or None,
        },
    )


def want(connection: Connection, scope: Scope, chat: int, reply: Reply, now: datetime) -> None:
    """Note that a letter is to be sent, if the reply says so: the person's own, or a filed one of
    their council."""
    if not isinstance(reply, Deliver):
        return
    its = select(letter.c.id).where(letter.c.id == reply.letter, _readable(scope))
    if connection.execute(its).first() is None:
        return
    connection.execute(delete(errand).where(_of(reply.letter, chat)))
    formats = ",".join(reply.formats)
    values = {"letter": reply.letter, "chat": chat, "formats": formats, "since": stamp(now)}
    connection.execute(insert(errand), {**values, "failures": 0})


_columns = (
    letter.c.id,
    letter.c.draft,
    letter.c.title,
    letter.c.version,
    letter.c.ordered,
    letter.c.filed,
    letter.c.amends,
    letter.c.council,
    letter.c.person,
)
_person = bindparam("p", type_=BigInteger)
_mine = Prepared(
    select(*_columns)
    .where(letter.c.person == _person)
    .order_by(letter.c.ordered.desc(), letter.c.id)
)
_theirs = Prepared(
    select(*_columns)
    .where(
        letter.c.council == bindparam("council_"),
        letter.c.filed.is_not(None),
        or_(letter.c.person.is_(None), letter.c.person != _person),
    )
    .order_by(letter.c.ordered.desc(), letter.c.id)
)


def stored(
    connection: Connection, codec: Codec, scope: Scope, in_hand: CouncilId | None
) -> tuple[StoredLetter, ...]:
    """The person's letters, newest first, then what others filed in the council in hand."""
    own = _mine.run(connection, {"p": scope.person}).fetchall()
    found = [row for row in own if scope.opens(row[7])]
    if in_hand is not None and scope.opens(in_hand):
        found += _theirs.run(connection, {"p": scope.person, "council_": in_hand}).fetchall()
    return tuple(_letter(codec, scope.person, row) for row in found)


def _letter(codec: Codec, person: PersonId, row: Sequence[Any]) -> StoredLetter:
    id_, draft, title, version, ordered, filed, amends, council, author = row
    mine = author == person
    return StoredLetter(
        id=LetterId(id_),
        draft=DraftId(draft) if draft and mine else None,
        title=codec.seal.open_text(title, f"letter.title:{id_}"),
        version=version,
        made=moment(ordered),
        filed=Filing(day=date.fromisoformat(filed)) if filed else None,
        amends=LetterId(amends) if amends else None,
        council=council or "",
        mine=mine,
    )


def _own(scope: Scope) -> ColumnElement[bool]:
    seats = [seat.council for seat in scope.standing.seats]
    there = or_(letter.c.council.is_(None), letter.c.council.in_(seats))
    return and_(letter.c.person == scope.person, there)


def _readable(scope: Scope) -> ColumnElement[bool]:
    seats = [seat.council for seat in scope.standing.seats]
    return or_(_own(scope), and_(letter.c.filed.is_not(None), letter.c.council.in_(seats)))


def errands(connection: Connection, only: LetterId | None = None) -> list[Errand]:
    """Letters that somebody waits for, oldest first; `only` that one."""
    query = select(errand).order_by(errand.c.since, errand.c.letter, errand.c.chat)
    if only is not None:
        query = query.where(errand.c.letter == only)
    return [
        Errand(
            id=LetterId(row.letter),
            chat=row.chat,
            formats=tuple(row.formats.split(",")),
            failures=row.failures,
        )
        for row in connection.execute(query)
    ]


def content(connection: Connection, codec: Codec, letter_id: LetterId) -> Letter | None:
    """The letter as a value, to be written; None when it was erased."""
    row = connection.execute(
        select(letter.c.format, letter.c.body).where(letter.c.id == letter_id)
    ).one_or_none()
    return codec.read_letter(row.body, row.format, letter_id) if row else None


def files(connection: Connection, codec: Codec, letter_id: LetterId) -> tuple[StoredFile, ...]:
    """The letter's files in their order; empty when it isn't written yet."""
    rows = connection.execute(
        select(letter_file).where(letter_file.c.letter == letter_id).order_by(letter_file.c.place)
    )
    return tuple(
        StoredFile(
            format=row.format,
            name=codec.seal.open_text(row.name, f"letter_file.name:{letter_id}/{row.format}"),
            mime=row.mime,
            sha256=row.sha256,
            content=codec.seal.open(row.content, f"letter_file:{letter_id}/{row.format}"),
            file_id=row.file_id,
        )
        for row in rows
    )


def written(
    connection: Connection,
    codec: Codec,
    letter_id: LetterId,
    made: Sequence[StoredFile],
    now: datetime,
    *,
    of: Letter | None = None,
) -> None:
    """Keep the files of a letter; the first ones written stay, a second writing changes nothing.
    `of`: what they were made of; files of a letter that lost its person meanwhile are not kept."""
    if of is not None and content(connection, codec, letter_id) != of:
        return
    first = connection.execute(
        update(letter)
        .where(letter.c.id == letter_id, letter.c.written.is_(None))
        .values(written=stamp(now))
    )
    if first.rowcount and made:
        connection.execute(
            insert(letter_file),
            [
                {
                    "letter": letter_id,
                    "place": place,
                    "format": one.format,
                    "name": codec.seal.close_text(
                        one.name, f"letter_file.name:{letter_id}/{one.format}"
                    ),
                    "mime": one.mime,
                    "sha256": one.sha256,
                    "content": codec.seal.close(
                        one.content, f"letter_file:{letter_id}/{one.format}"
                    ),
                }
                for place, one in enumerate(made)
            ],
        )


def delivered(
    connection: Connection, letter_id: LetterId, chat: int, file_ids: dict[str, str]
) -> None:
    """Telegram took the letter for a chat; `file_ids` by format are its own copies."""
    connection.execute(delete(errand).where(_of(letter_id, chat)))
    for form, file_id in file_ids.items():
        connection.execute(
            update(letter_file)
            .where(letter_file.c.letter == letter_id, letter_file.c.format == form)
            .values(file_id=file_id)
        )


def forget_copies(connection: Connection, letter_id: LetterId) -> None:
    """Telegram doesn't know its copies any more: send the bytes the next time."""
    connection.execute(
        update(letter_file).where(letter_file.c.letter == letter_id).values(file_id=None)
    )


def failed(connection: Connection, letter_id: LetterId, chat: int, *, last: bool) -> None:
    """One more try went wrong; after the `last` one that chat does not wait any more."""
    its = _of(letter_id, chat)
    if last:
        connection.execute(delete(errand).where(its))
        return
    connection.execute(update(errand).where(its).values(failures=errand.c.failures + 1))


def _of(letter_id: LetterId, chat: int) -> ColumnElement[bool]:
    return and_(errand.c.letter == letter_id, errand.c.chat == chat)

"""Drafts: a person's own; those of a council are there as long as the person has a seat in it."""

from sqlalchemy import BigInteger, Connection, bindparam, delete, insert, select, update

from bot.store.codec import Codec, stamp
from bot.store.prepared import Prepared
from bot.store.schema import FORMAT, draft
from bot.store.scope import Scope
from conversations.core import Draft, DraftId
from conversations.standing import PersonId

_person = bindparam("p", type_=BigInteger)
_all = Prepared(
    select(draft.c.format, draft.c.body, draft.c.id, draft.c.council)
    .where(draft.c.person == _person)
    .order_by(draft.c.touched.desc(), draft.c.id)
)
_values = {
    "format": FORMAT,
    "body": bindparam("body_"),
    "touched": bindparam("touched_"),
    "council": bindparam("council_"),
}
_next = Prepared(
    update(draft).where(draft.c.id == bindparam("key"), draft.c.person == _person).values(**_values)
)
_first = Prepared(insert(draft).values(id=bindparam("key"), person=_person, **_values))
_gone = delete(draft).where(draft.c.id == bindparam("key"), draft.c.person == _person)


def stored(connection: Connection, codec: Codec, scope: Scope) -> tuple[Draft, ...]:
    """The person's drafts, the latest touched first."""
    rows = _all.run(connection, {"p": scope.person}).fetchall()
    return tuple(
        codec.draft.read(body, form, id_)
        for form, body, id_, council in rows
        if scope.opens(council)
    )


def keep(connection: Connection, codec: Codec, person: PersonId, value: Draft) -> None:
    """Store a new or changed draft."""
    values = {
        "key": value.id,
        "p": person,
        "body_": codec.draft.write(value, value.id),
        "touched_": stamp(value.touched),
        "council_": value.council or None,
    }
    if not _next.run(connection, values).rowcount:
        _first.run(connection, values)


def drop(connection: Connection, person: PersonId, id_: DraftId) -> None:
    """Delete a draft of the person."""
    connection.execute(_gone, {"key": id_, "p": person})

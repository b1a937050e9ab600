"""Members: people who agreed that the bot remembers."""

from datetime import datetime

from sqlalchemy import BigInteger, Connection, bindparam, insert, update

from bot.store.codec import Codec, stamp
from bot.store.prepared import Prepared
from bot.store.schema import FORMAT, member
from conversations.core import Member

_person = bindparam("p", type_=BigInteger)
_values = {
    "format": FORMAT,
    "body": bindparam("body_"),
    "stopped": bindparam("stopped_"),
    "withdrawn": bindparam("withdrawn_"),
    "blocked": bindparam("blocked_"),
}
_next = Prepared(update(member).where(member.c.person == _person).values(**_values))
_first = Prepared(insert(member).values(person=_person, **_values))


def keep(connection: Connection, codec: Codec, value: Member) -> None:
    """Store a new or changed member."""
    values = {
        "p": value.id,
        "body_": codec.member.write(value, value.id),
        "stopped_": _stamped(value.stopped),
        "withdrawn_": _stamped(value.withdrawn),
        "blocked_": _stamped(value.blocked),
    }
    if not _next.run(connection, values).rowcount:
        _first.run(connection, values)


def _stamped(moment: datetime | None) -> int | None:
    return stamp(moment) if moment else None

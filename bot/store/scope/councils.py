"""Councils: the profile for those who have a seat, begun by operators, changed by admins."""

from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.store.codec import stamp
from bot.store.prepared import Prepared
from bot.store.schema import FORMAT, council
from bot.store.scope.principal import ForbiddenError, Principal
from bot.store.worker import LostRaceError
from conversations.deeds import Amend, Found
from conversations.standing import CouncilId, StoredCouncil

_council = Prepared(
    select(council.c.format, council.c.body, council.c.revision).where(
        council.c.id == bindparam("id")
    )
)


def of_member(principal: Principal, id_: CouncilId) -> StoredCouncil | None:
    """A council the person has a seat in; None for every other."""
    if principal.standing.seat(id_) is None:
        return None
    row = _council.run(principal.connection, {"id": id_}).fetchone()
    if row is None:
        return None
    profile = principal.codec.council.read(row[1], row[0], id_)
    return StoredCouncil(id=id_, profile=profile, revision=row[2])


def is_there(principal: Principal, id_: CouncilId) -> bool:
    """Whether there is such a council."""
    return _council.run(principal.connection, {"id": id_}).fetchone() is not None


def found(principal: Principal, deed: Found, now: datetime) -> str:
    """Begin a council; one per municipality."""
    _free(principal, deed.profile.ags, deed.council)
    values = {
        "id": deed.council,
        "ags": deed.profile.ags,
        "revision": 1,
        "created": stamp(now),
        "format": FORMAT,
        "body": principal.codec.council.write(deed.profile, deed.council),
    }
    try:
        principal.connection.execute(insert(council), values)
    except IntegrityError as error:
        raise ForbiddenError("a council of this id is there") from error
    return deed.profile.ags


def amend(principal: Principal, deed: Amend) -> str:
    """Change the profile, if nobody else did meanwhile."""
    _free(principal, deed.profile.ags, deed.council)
    changed = principal.connection.execute(
        update(council)
        .where(council.c.id == deed.council, council.c.revision == deed.revision)
        .values(
            ags=deed.profile.ags,
            revision=deed.revision + 1,
            format=FORMAT,
            body=principal.codec.council.write(deed.profile, deed.council),
        )
    )
    if not changed.rowcount:
        raise LostRaceError("the council was changed meanwhile")
    return deed.what


def _free(principal: Principal, ags: str, id_: CouncilId) -> None:
    others = select(council.c.id).where(council.c.ags == ags, council.c.id != id_)
    if principal.connection.execute(others).first() is not None:
        raise ForbiddenError("another council of this municipality is there")

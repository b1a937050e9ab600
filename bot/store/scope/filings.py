"""Papers that were filed, and what became of them. `letter.filed` and `filing.day` are one fact,
written here alone; a letter filed before there were filings counts as one without particulars."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Select, bindparam, delete, insert, or_, select, update

from bot.store.prepared import Prepared
from bot.store.schema import FORMAT, filing, letter
from bot.store.scope import lapsing
from bot.store.scope.principal import ForbiddenError, Principal
from conversations.agenda import Filed
from conversations.deeds import File
from conversations.standing import CouncilId, Role

_person = bindparam("p", type_=BigInteger)
_columns = (
    letter.c.id,
    letter.c.title,
    letter.c.filed,
    letter.c.council,
    letter.c.person,
    filing.c.format,
    filing.c.body,
)


def _filed() -> Select[Any]:
    return (
        select(*_columns)
        .select_from(letter.outerjoin(filing, filing.c.letter == letter.c.id))
        .where(letter.c.filed.is_not(None))
        .order_by(letter.c.filed.desc(), letter.c.ordered.desc(), letter.c.id)
    )


_own = (letter.c.person == _person) & letter.c.council.is_(None)
_mine = Prepared(_filed().where(_own))
_theirs = Prepared(_filed().where(or_(_own, letter.c.council == bindparam("c"))))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    council: CouncilId | None
    mine: bool
    orphan: bool
    filed: Filed | None
    detailed: bool


def of(principal: Principal, council: CouncilId | None) -> tuple[Filed, ...]:
    """The council's and the person's own without a council, newest first."""
    values = {"p": principal.person, "c": council}
    rows = (_theirs if council else _mine).run(principal.connection, values).fetchall()
    return tuple(read(principal, row) for row in rows)


def read(principal: Principal, row: Sequence[Any]) -> Filed:
    """One row; the title stands in the letter alone."""
    id_, title, day, _, _, form, body = row
    known = principal.codec.seal.open_text(title, f"letter.title:{id_}")
    if body is None:
        return Filed(letter=id_, title=known, day=date.fromisoformat(day))
    return replace(principal.codec.filed.read(body, form, id_), letter=id_, title=known)


def file(principal: Principal, deed: File) -> str:
    """Note what became of the person's own letter, or of a filed one of a council they run."""
    stored = _stored(principal, deed.letter)
    if stored is None or stored.council != deed.council or not _may(principal, stored):
        raise ForbiddenError("no such letter")
    if deed.filed is None:
        _take_back(principal, deed.letter, stored)
    else:
        _keep(principal, deed, deed.filed, stored)
    return f"letter:{deed.letter}"


def file_on(principal: Principal, id_: str, day: date | None) -> None:
    """The person's own letter was filed on this day, or (None) was not; what else is known of the
    filing stays. Anybody else's is left as it is."""
    stored = _stored(principal, id_)
    if stored is None or not stored.mine or not _sees(principal, stored):
        return
    filed = stored.filed or (Filed(letter=id_, title="", day=day) if day else None)
    if day is None:
        _take_back(principal, id_, stored)
    elif filed is not None:
        changed = replace(filed, day=day)
        deed = File(letter=id_, council=stored.council, filed=changed)
        _keep(principal, deed, changed, stored)


def _stored(principal: Principal, id_: str) -> _Stored | None:
    query = (
        select(*_columns)
        .select_from(letter.outerjoin(filing, filing.c.letter == letter.c.id))
        .where(letter.c.id == id_)
    )
    row = principal.connection.execute(query).one_or_none()
    if row is None:
        return None
    return _Stored(
        council=CouncilId(row.council) if row.council else None,
        mine=row.person == principal.person,
        orphan=row.person is None,
        filed=read(principal, row) if row.filed else None,
        detailed=row.body is not None,
    )


def _sees(principal: Principal, stored: _Stored) -> bool:
    return stored.council is None or principal.standing.seat(stored.council) is not None


def _may(principal: Principal, stored: _Stored) -> bool:
    if stored.mine:
        return _sees(principal, stored)
    seat = principal.standing.seat(stored.council) if stored.council else None
    return seat is not None and seat.role is Role.ADMIN and stored.filed is not None


def _take_back(principal: Principal, id_: str, stored: _Stored) -> None:
    """It was not filed after all. A letter whose writer is gone stays only while it is filed."""
    connection = principal.connection
    connection.execute(delete(filing).where(filing.c.letter == id_))
    if stored.orphan:
        connection.execute(delete(letter).where(letter.c.id == id_))
    else:
        connection.execute(update(letter).where(letter.c.id == id_).values(filed=None))
    lapsing.subject(principal, f"filed:{id_}")


def _keep(principal: Principal, deed: File, one: Filed, stored: _Stored) -> None:
    id_, before, connection = deed.letter, stored.filed, principal.connection
    moved = before is not None and (one.day, one.promised) != (before.day, before.promised)
    version = before.version + moved if before else lapsing.next_version(principal, f"filed:{id_}")
    kept = replace(one, letter=id_, title="", version=version)
    values: dict[str, object] = {
        "council": stored.council,
        "day": one.day.isoformat(),
        "receipt": one.receipt and one.receipt.isoformat(),
        "promised": one.promised and one.promised.isoformat(),
        "answered": one.answered and one.answered.isoformat(),
        "version": version,
        "format": FORMAT,
        "body": principal.codec.filed.write(kept, id_),
    }
    if deed.file_id or not one.proof_file:
        values |= {"content": None, "file_id": deed.file_id or None}
    if stored.detailed:
        connection.execute(update(filing).where(filing.c.letter == id_).values(**values))
    else:
        connection.execute(insert(filing), {"letter": id_, **values})
    connection.execute(update(letter).where(letter.c.id == id_).values(filed=one.day.isoformat()))
    if moved:
        lapsing.subject(principal, f"filed:{id_}")

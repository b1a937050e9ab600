"""The audit log: lines are added and read, never changed. Who did what to which thing, no contents.

In a line a person is "person:<pseudonym>" and an invitation "invitation:<id>:<role>".
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Integer, bindparam, insert, literal_column, select

from bot.store.codec import moment, stamp
from bot.store.prepared import Prepared
from bot.store.schema import audit
from bot.store.scope.principal import Principal
from conversations.standing import CouncilId, Record

_LATEST: Final = 200
_REFUSED: Final = "refused"
_PAUSE: Final = timedelta(minutes=1)
"""Between two lines about one person's forged presses: nobody shall fill the log with them."""
_of_council = Prepared(
    select(audit.c.at, audit.c.actor, audit.c.action, audit.c.object)
    .where(audit.c.council == bindparam("council_"))
    .order_by(audit.c.id.desc())
    .limit(literal_column(str(_LATEST), Integer))
)


def note(
    principal: Principal, action: str, what: str, council: CouncilId | None, now: datetime
) -> None:
    """Add a line."""
    line = {
        "at": stamp(now),
        "actor": principal.pseudonym,
        "council": council,
        "action": action,
        "object": what,
    }
    principal.connection.execute(insert(audit), line)


def note_refused(principal: Principal, what: str, council: CouncilId | None, now: datetime) -> None:
    """Add a line about something forged or forbidden, unless the last one is fresh."""
    latest = (
        select(audit.c.at)
        .where(audit.c.actor == principal.pseudonym, audit.c.action == _REFUSED)
        .order_by(audit.c.id.desc())
        .limit(1)
    )
    last = principal.connection.execute(latest).scalar()
    if last is None or last <= stamp(now - _PAUSE):
        note(principal, _REFUSED, what[:40], council, now)


def latest(
    principal: Principal, council: CouncilId, names: Mapping[str, str], operators: frozenset[str]
) -> tuple[Record, ...]:
    """The latest lines of a council, newest first; `names` by the pseudonyms of its people."""
    rows = _of_council.run(principal.connection, {"council_": council}).fetchall()
    return tuple(
        Record(
            at=moment(at),
            who=names.get(actor, ""),
            operator=actor not in names and actor in operators,
            itself=not actor,
            action=action,
            object=_named(what, names),
        )
        for at, actor, action, what in rows
    )


def _named(what: str, names: Mapping[str, str]) -> str:
    kind, _, rest = what.partition(":")
    if kind == "person":
        return names.get(rest, "")
    return rest.rpartition(":")[2] if kind == "invitation" else what

"""That KIM was reported, and the days of the steering group."""

from datetime import date

from sqlalchemy import bindparam, delete, insert, select, update

from bot.store.prepared import Prepared
from bot.store.schema import FORMAT, report, steering
from bot.store.scope.principal import ForbiddenError, Principal
from conversations.agenda import Report
from conversations.deeds import Note, Steer, Unnote
from conversations.standing import CouncilId

_reports = Prepared(
    select(report.c.id, report.c.format, report.c.body)
    .where(report.c.council == bindparam("c"))
    .order_by(report.c.day.desc(), report.c.id)
)
_steering = Prepared(
    select(steering.c.day).where(steering.c.council == bindparam("c")).order_by(steering.c.day)
)


def of(principal: Principal, council: CouncilId) -> tuple[Report, ...]:
    """Newest first."""
    read = principal.codec.report.read
    rows = _reports.run(principal.connection, {"c": council}).fetchall()
    return tuple(read(body, form, id_) for id_, form, body in rows)


def steering_of(principal: Principal, council: CouncilId) -> tuple[date, ...]:
    """Rising."""
    rows = _steering.run(principal.connection, {"c": council}).fetchall()
    return tuple(date.fromisoformat(day) for (day,) in rows)


def note(principal: Principal, deed: Note) -> str:
    """Record or correct one. Its file stays while the report names one and no new one came."""
    one = deed.report
    values: dict[str, object] = {
        "day": one.day.isoformat(),
        "format": FORMAT,
        "body": principal.codec.report.write(one, one.id),
    }
    if deed.file_id or not one.file:
        values |= {"content": None, "file_id": deed.file_id or None}
    query = select(report.c.council).where(report.c.id == one.id)
    there = principal.connection.execute(query).scalar()
    if there is None:
        key = {"id": one.id, "council": deed.council}
        principal.connection.execute(insert(report), {**key, **values})
    elif there == deed.council:
        principal.connection.execute(update(report).where(report.c.id == one.id).values(**values))
    else:
        raise ForbiddenError("another council's report")
    return f"report:{one.id}"


def unnote(principal: Principal, deed: Unnote) -> str:
    """It was none."""
    its = (report.c.id == deed.report) & (report.c.council == deed.council)
    if not principal.connection.execute(delete(report).where(its)).rowcount:
        raise ForbiddenError("no such report")
    return f"report:{deed.report}"


def steer(principal: Principal, deed: Steer) -> str:
    """These are the days, and no others."""
    principal.connection.execute(delete(steering).where(steering.c.council == deed.council))
    days = [{"council": deed.council, "day": day.isoformat()} for day in sorted(set(deed.days))]
    if days:
        principal.connection.execute(insert(steering), days)
    return f"days:{len(days)}"

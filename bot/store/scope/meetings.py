"""Meetings of a council. A moved one gets another version here, against what is stored."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy import bindparam, delete, insert, select, update

from bot.store.prepared import Prepared
from bot.store.schema import FORMAT, meeting
from bot.store.scope import lapsing
from bot.store.scope.principal import ForbiddenError, Principal
from conversations.agenda import CouncilMeeting, MeetingId
from conversations.deeds import Schedule
from conversations.standing import CouncilId

_BACK: Final = timedelta(days=731)
_since = Prepared(
    select(meeting.c.id, meeting.c.format, meeting.c.body).where(
        meeting.c.council == bindparam("c"), meeting.c.day >= bindparam("since")
    )
)


def of(principal: Principal, council: CouncilId, now: datetime) -> tuple[CouncilMeeting, ...]:
    """By day, from two years back on."""
    values = {"c": council, "since": (now - _BACK).date().isoformat()}
    read = principal.codec.meeting.read
    rows = _since.run(principal.connection, values).fetchall()
    return tuple(sorted((read(body, form, id_) for id_, form, body in rows), key=_moment))


def schedule(principal: Principal, deed: Schedule) -> str:
    """Enter, change and take out meetings; reminders of what moved or went lapse."""
    kept = {one.id: one for one in deed.kept}
    stored = _stored(principal, deed.council, (*kept, *deed.dropped))
    for id_ in set(deed.dropped):
        if id_ not in stored:
            raise ForbiddenError("no such meeting")
        principal.connection.execute(delete(meeting).where(meeting.c.id == id_))
        lapsing.subject(principal, f"meeting:{id_}")
    for one in kept.values():
        _keep(principal, deed.council, one, stored.get(one.id))
    return f"meetings:{len(kept)}/{len(set(deed.dropped))}"


def _stored(
    principal: Principal, council: CouncilId, ids: tuple[MeetingId, ...]
) -> dict[MeetingId, CouncilMeeting]:
    """Those of these meetings that are there; another council's is forbidden."""
    query = select(meeting.c.id, meeting.c.council, meeting.c.format, meeting.c.body)
    rows = principal.connection.execute(query.where(meeting.c.id.in_(set(ids)))).all()
    if any(row.council != council for row in rows):
        raise ForbiddenError("another council's meeting")
    read = principal.codec.meeting.read
    return {MeetingId(row.id): read(row.body, row.format, row.id) for row in rows}


def _keep(
    principal: Principal, council: CouncilId, one: CouncilMeeting, before: CouncilMeeting | None
) -> None:
    version = 1 if before is None else before.version + _moved(one, before)
    values = {
        "day": one.day.isoformat(),
        "start": one.start.isoformat() if one.start else None,
        "cancelled": int(one.cancelled),
        "origin": one.origin,
        "uid": one.uid or None,
        "version": version,
        "format": FORMAT,
        "body": principal.codec.meeting.write(replace(one, version=version), one.id),
    }
    if before is None:
        key = {"id": one.id, "council": council}
        principal.connection.execute(insert(meeting), {**key, **values})
        return
    principal.connection.execute(update(meeting).where(meeting.c.id == one.id).values(**values))
    if version > before.version:
        lapsing.subject(principal, f"meeting:{one.id}")


def _moved(one: CouncilMeeting, before: CouncilMeeting) -> bool:
    return (one.day, one.start, one.cancelled) != (before.day, before.start, before.cancelled)


def _moment(one: CouncilMeeting) -> tuple[object, ...]:
    return one.day, one.start or time.min, one.id

"""Everybody to whom a broadcast can go: councils as its conditions see them, people, linked chats.

Read in a few statements, however many councils there are.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, select, true

from bot.store.schema import chat_link, council, meeting, member, membership, report, steering
from bot.store.scope.principal import Principal
from conversations.agenda import ChatKind, CouncilMeeting, Report, ReportId
from conversations.broadcasts import Addressee, Circle, Public
from conversations.core import Member
from conversations.flows.consent import VERSION
from conversations.kim_clock import clock
from conversations.rules.deadlines import BERLIN
from conversations.standing import CouncilId, PersonId, Role


def of(
    principal: Principal, only: CouncilId | None, now: datetime, named: CouncilId | None = None
) -> Public:
    """All there are, or those of one council; with the names in the council `named`. Whether the
    principal may address them, and read those, is judged by the caller."""
    today = now.astimezone(BERLIN).date()
    found = Public(
        circles=tuple(_circles(principal, only, today)),
        addressees=(*_people(principal, only, named), *_chats(principal, only, named)),
    )
    return principal.broadcasting.placed(found)


def _circles(principal: Principal, only: CouncilId | None, today: date) -> Iterator[Circle]:
    last = _last_reports(principal, only, today)
    meetings = _meetings_since(principal, only, today)
    days = _steering(principal, only)
    query = select(council.c.id, council.c.ags, council.c.format, council.c.body)
    for id_, ags, form, body in _rows(principal, query.where(_is(council.c.id, only))):
        profile = principal.codec.council.read(body, form, id_)
        reports = [Report(id=ReportId(""), day=last[id_])] if id_ in last else []
        found = clock(profile.reporting, reports, meetings[id_], days[id_], today)
        yield Circle(council=CouncilId(id_), ags=ags, clock=found.state)


def _people(
    principal: Principal, only: CouncilId | None, named: CouncilId | None
) -> list[Addressee]:
    """Who may be written to; each stands for the council in hand first."""
    names = _names(principal, named) if named is not None else {}
    known: dict[int, Member] = {}
    found: list[tuple[bool, Addressee]] = []
    for id_, person, role, form, body in _rows(principal, _seats(only)):
        if person not in known:
            known[person] = principal.codec.member.read(body, form, person)
        one = known[person]
        if one.consent.version == VERSION and one.reminding.broadcasts:
            name = names.get(person, "") if id_ == named else ""
            found.append((one.active != id_, _person(id_, one, Role(role), name)))
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def _seats(only: CouncilId | None) -> Select[Any]:
    columns = (membership.c.council, membership.c.person, membership.c.role)
    return (
        select(*columns, member.c.format, member.c.body)
        .join(member, member.c.person == membership.c.person)
        .where(
            _is(membership.c.council, only),
            membership.c.ended.is_(None),
            *(column.is_(None) for column in _SILENT),
        )
        .order_by(membership.c.since, membership.c.council, membership.c.person)
    )


def _person(id_: str, one: Member, role: Role, name: str) -> Addressee:
    return Addressee(
        chat=one.id,
        council=CouncilId(id_),
        person=PersonId(one.id),
        role=role,
        language=one.language,
        name=name,
    )


def _names(principal: Principal, id_: CouncilId) -> dict[int, str]:
    columns = (membership.c.person, membership.c.format, membership.c.body)
    query = select(*columns).where(membership.c.council == id_, membership.c.ended.is_(None))
    read = principal.codec.badge.read
    return {
        person: read(body, form, f"{id_}/{person}").name
        for person, form, body in _rows(principal, query)
    }


def _chats(
    principal: Principal, only: CouncilId | None, named: CouncilId | None
) -> Iterator[Addressee]:
    columns = ("id", "council", "chat", "thread", "kind", "format", "body")
    query = (
        select(*(chat_link.c[name] for name in columns))
        .where(
            _is(chat_link.c.council, only),
            chat_link.c.confirmed == 1,
            chat_link.c.disabled == "",
        )
        .order_by(chat_link.c.since, chat_link.c.id)
    )
    for row in _rows(principal, query):
        one = principal.codec.chat.read(row.body, row.format, row.id)
        if one.broadcasts:
            yield Addressee(
                chat=row.chat,
                thread=row.thread or None,
                council=CouncilId(row.council),
                kind=ChatKind(row.kind),
                name=one.title if row.council == named else "",
            )


def _last_reports(principal: Principal, only: CouncilId | None, today: date) -> dict[str, date]:
    found = _rows(principal, _latest(only, today))
    return {id_: date.fromisoformat(day) for id_, day in found}


def _meetings_since(
    principal: Principal, only: CouncilId | None, today: date
) -> dict[str, list[CouncilMeeting]]:
    """By council: those at which it can be reported again. Before the last report none counts."""
    last = _latest(only, today).subquery("last")
    query = (
        select(meeting.c.council, meeting.c.id, meeting.c.format, meeting.c.body)
        .join(last, (last.c.council == meeting.c.council) & (meeting.c.day > last.c.day))
        .where(meeting.c.cancelled == 0)
        .order_by(meeting.c.day, meeting.c.id)
    )
    found: dict[str, list[CouncilMeeting]] = defaultdict(list)
    for of_, id_, form, body in _rows(principal, query):
        found[of_].append(principal.codec.meeting.read(body, form, id_))
    return found


def _steering(principal: Principal, only: CouncilId | None) -> dict[str, list[date]]:
    found: dict[str, list[date]] = defaultdict(list)
    query = select(steering.c.council, steering.c.day).where(_is(steering.c.council, only))
    for id_, day in _rows(principal, query.order_by(steering.c.day)):
        found[id_].append(date.fromisoformat(day))
    return found


def _latest(only: CouncilId | None, today: date) -> Select[Any]:
    """The day of each council's last report."""
    return (
        select(report.c.council, func.max(report.c.day).label("day"))
        .where(_is(report.c.council, only), report.c.day <= today.isoformat())
        .group_by(report.c.council)
    )


def _is(column: ColumnElement[str], only: CouncilId | None) -> ColumnElement[bool]:
    return true() if only is None else column == only


def _rows(principal: Principal, query: Select[Any]) -> Sequence[Any]:
    return principal.connection.execute(query).all()


_SILENT: Final = (member.c.stopped, member.c.withdrawn, member.c.blocked)

"""The demo's council: furnished once, from templates/demo, as an operator and its admins would."""

import secrets
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import groupby
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from bot.councils_file import Checks, read_councils
from bot.crowd import Extra
from bot.store.codec import Codec
from bot.store.council_files import CouncilFiles
from bot.store.opening import engine_for
from bot.store.sample import act, agree, council_of, seat
from bot.store.sealing import Seal
from bot.store.secrets import unlocked
from conversations.agenda import (
    ChatKind,
    ChatLinkId,
    CouncilMeeting,
    LinkedChat,
    MeetingId,
    Report,
    ReportId,
)
from conversations.core import Consent, Member
from conversations.deeds import Note, Schedule
from conversations.flows import consent
from conversations.rules.deadlines import BERLIN
from conversations.rules.knowledge import Knowledge
from conversations.rules.profile import Profile
from conversations.rules.reminding import ReminderKind
from conversations.standing import Badge, CouncilId, PersonId, Role


class _Seat(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    person: int
    role: Role
    name: str
    function: str = ""
    group: str = ""


class _Seats(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    seats: tuple[_Seat, ...]


class _Topic(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    chat: int
    name: str
    title: str


class _Agenda(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    admin: int
    meetings: tuple[int, ...]
    start: time
    place: str
    reported: int
    topic: _Topic


Topics = Mapping[tuple[int, str], int]
"""Telegram's number of a topic, by chat and name."""


def furnish(
    database: str,
    *,
    seal: Seal,
    know: Knowledge,
    folder: Path,
    topics: Topics,
    crowd: tuple[Extra, ...],
    now: datetime,
) -> None:
    """Begin the council of `folder` in a new database, with its people and its agenda, and the
    councils of the crowd.

    Raises ValueError for files that are none, StoreError and OSError.
    """
    engine = engine_for(database)
    codec = Codec(seal)
    pseudonyms, _ = unlocked(engine, seal)
    checks = Checks(
        register=know.register,
        coverage=know.coverage,
        stored=frozenset(),
        today=now.astimezone(BERLIN).date(),
    )
    found = read_councils((folder / "council.toml").read_text("utf-8"), checks)
    if found.faults:
        raise ValueError("; ".join(str(fault) for fault in found.faults))
    files = CouncilFiles(engine, codec)
    sitting = _Seats.model_validate(tomllib.loads((folder / "seats.toml").read_text("utf-8")))
    people = {
        PersonId(one.person): (
            one.role,
            Badge(name=one.name, function=one.function, group=one.group),
        )
        for one in sitting.seats
    }
    for entry in found.entries:
        files.put(entry.ags, entry.applied, now)
        seat(engine, codec, entry.ags, people, now)
        with engine.connect() as connection:
            council = council_of(connection, entry.ags)
        said = _Agenda.model_validate(tomllib.loads((folder / "agenda.toml").read_text("utf-8")))
        today = now.astimezone(BERLIN).date()
        deeds, chats = _deeds(council, said, today), [(council, _chat(said.topic, topics))]
        act(
            engine,
            codec,
            pseudonyms,
            admin=PersonId(said.admin),
            deeds=deeds,
            chats=chats,
            now=now,
        )
    for ags, group in groupby(crowd, lambda one: one.ags):
        files.put(ags, partial(_begun, ags), now)
        these = {PersonId(one.id): one for one in group}
        badges = {id_: (Role.MEMBER, Badge(name=one.name)) for id_, one in these.items()}
        seat(engine, codec, ags, badges, now)
        agree(engine, codec, [_member(know, one, now) for one in these.values()])
    engine.dispose()


def _begun(ags: str, council: Profile | None) -> Profile:
    return council or Profile(ags=ags)


def _member(know: Knowledge, one: Extra, now: datetime) -> Member:
    read = consent.text_hash(know, one.language)
    agreed = Consent(version=consent.VERSION, at=now, text_hash=read)
    return Member(id=PersonId(one.id), language=one.language, consent=agreed, called=one.name)


def _deeds(council: CouncilId, said: _Agenda, today: date) -> tuple[Schedule, Note]:
    """The meetings, each on a Thursday, and the report long ago."""
    meetings = tuple(
        CouncilMeeting(
            id=MeetingId(secrets.token_urlsafe(12)),
            day=_thursday(today + timedelta(days=days)),
            start=said.start,
            place=said.place,
        )
        for days in said.meetings
    )
    reported = _thursday(today + timedelta(days=said.reported))
    report = Report(
        id=ReportId(secrets.token_urlsafe(12)),
        day=reported,
        meeting=next((one.id for one in meetings if one.day == reported), None),
        oral=True,
    )
    return Schedule(council=council, kept=meetings), Note(council=council, report=report)


def _thursday(day: date) -> date:
    """The first Thursday from a day on; no council meets over Christmas."""
    thursday = day + timedelta(days=(3 - day.weekday()) % 7)
    return _thursday(thursday + timedelta(days=7)) if _is_christmas(thursday) else thursday


def _is_christmas(day: date) -> bool:
    return (day.month, day.day) >= (12, 20) or (day.month, day.day) <= (1, 6)


def _chat(topic: _Topic, topics: Topics) -> LinkedChat:
    return LinkedChat(
        id=ChatLinkId(secrets.token_urlsafe(12)),
        chat=topic.chat,
        thread=topics[topic.chat, topic.name],
        kind=ChatKind.TOPIC,
        title=topic.title,
        receives=frozenset(ReminderKind),
    )

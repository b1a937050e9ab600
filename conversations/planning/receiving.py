"""Who gets a planned reminder, and when: chats and people, the night and their quiet hours."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from conversations.agenda import LinkedChat
from conversations.facts import CouncilFacts, Reachable
from conversations.planning.chances import local
from conversations.rules.deadlines import BERLIN
from conversations.rules.reminding import OwnReminding, Planned, Recipients, ReminderKind
from conversations.standing import PersonId, Role

NIGHT = OwnReminding()
"""Between 20:00 and 8:00 nothing comes, wherever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """One row's chat and its own due moment. `person` is set for a private chat."""

    chat: int
    thread: int | None = None
    person: PersonId | None = None
    due: datetime
    """UTC: after the quiet hours in which the reminder would be due."""


def recipients(facts: CouncilFacts, planned: Planned, now: datetime) -> tuple[Recipient, ...]:
    """Everybody who gets it. A row that was planned before keeps its key, whatever `due` says."""
    return (*_chats(facts, planned, now), *_people(facts, planned, now))


def takes(chat: LinkedChat, kind: ReminderKind) -> bool:
    """Whether a linked chat gets reminders of this kind."""
    return chat.confirmed and not chat.disabled and kind in chat.receives


def hears(one: Reachable) -> bool:
    """Whether a person gets reminders in private at all: admins do unless they say no."""
    private = one.reminding.private
    wants = one.role is Role.ADMIN if private is None else private
    return wants and not one.stopped


def held(
    facts: CouncilFacts, person: PersonId | None, now: datetime, expires: datetime
) -> datetime | None:
    """Until when something that could be sent now has to wait: for the morning, or the end of the
    person's quiet hours. None: it can go, because nothing is quiet or it would come too late."""
    reader = facts.reader(person) if person is not None else None
    return _awake(reader.reminding if reader else NIGHT, now, expires)


def rested(own: OwnReminding, now: datetime, expires: datetime) -> datetime | None:
    """The same for a person by their own settings alone; a pause counts, too."""
    paused = own.paused
    if paused is not None and now < paused < expires:
        return paused
    return _awake(own, now, expires)


def _awake(own: OwnReminding, now: datetime, expires: datetime) -> datetime | None:
    due = _woken(now, now, expires, own)
    return due if due > now else None


def _chats(facts: CouncilFacts, planned: Planned, now: datetime) -> Iterator[Recipient]:
    if planned.to is Recipients.ADMINS:
        return
    due = _woken(planned.due, now, planned.expires, NIGHT)
    for chat in facts.chats:
        if takes(chat, planned.kind):
            yield Recipient(chat=chat.chat, thread=chat.thread, due=due)


def _people(facts: CouncilFacts, planned: Planned, now: datetime) -> Iterator[Recipient]:
    for one in facts.people:
        due = _woken(planned.due, now, planned.expires, one.reminding)
        paused = one.reminding.paused
        meant = planned.to is Recipients.COUNCIL or one.role is Role.ADMIN
        if meant and hears(one) and (paused is None or paused <= max(due, now)):
            yield Recipient(chat=one.person, person=one.person, due=due)


def _woken(due: datetime, now: datetime, expires: datetime, own: OwnReminding) -> datetime:
    """The due moment, or the end of the quiet time in which it would be sent; a reminder that
    would come too late by waiting does not wait."""
    moment = max(due, now)
    for _ in range(2):  # the end of the night may lie in the person's own quiet hours
        for quiet_from, quiet_to in (
            (NIGHT.quiet_from, NIGHT.quiet_to),
            (own.quiet_from, own.quiet_to),
        ):
            moment = _end(moment, quiet_from, quiet_to)
    if moment == max(due, now) or moment >= expires:
        return due
    return moment


def _end(moment: datetime, quiet_from: time, quiet_to: time) -> datetime:
    """The end of the quiet time that a moment lies in; else the moment itself."""
    there = moment.astimezone(BERLIN)
    day, at = there.date(), there.time()
    if quiet_from <= quiet_to:
        return local(day, quiet_to) if quiet_from <= at < quiet_to else moment
    if at >= quiet_from:
        return local(day + timedelta(days=1), quiet_to)
    return local(day, quiet_to) if at < quiet_to else moment

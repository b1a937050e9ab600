"""Who gets a reminder, and when: chats, people, the night, quiet hours, pauses."""

from datetime import time

import pytest

from conversations.agenda import ChatKind
from conversations.facts import CouncilFacts, Reachable
from conversations.planning import Recipient, held, plan, recipients
from conversations.rules.reminding import Planned, ReminderKind
from conversations.standing import PersonId, Role
from tests.conversations.agendas import GROUP, at, facts, group, meeting, person

_NOW = at("2026-11-22")
_CHATS = (
    group(),
    group(-2, receives=frozenset({ReminderKind.OVERDUE})),
    group(-3, disabled="kicked"),
    group(-4, confirmed=False),
    group(-5, kind=ChatKind.TOPIC, thread=7),
)


def _first(known: CouncilFacts) -> Planned:
    return next(one for one in plan(known, _NOW) if one.kind is ReminderKind.DEADLINE)


def _known(*people: Reachable, **parts: object) -> CouncilFacts:
    return facts(meeting("2027-01-14"), people=people, **parts)  # type: ignore[arg-type]


def _due(one: Reachable) -> list[Recipient]:
    known = _known(one, chats=())
    return list(recipients(known, _first(known), _NOW))


def test_only_chats_that_are_confirmed_work_and_want_this_kind_get_it() -> None:
    """Of five chats two, one of them a topic."""
    known = _known(chats=_CHATS)
    found = recipients(known, _first(known), _NOW)
    assert [(one.chat, one.thread) for one in found] == [(GROUP, None), (-5, 7)]


@pytest.mark.parametrize(
    ("role", "private", "gets"),
    [
        (Role.ADMIN, None, True),
        (Role.MEMBER, None, False),
        (Role.MEMBER, True, True),
        (Role.ADMIN, False, False),
    ],
)
def test_in_private_it_comes_by_wish_and_to_admins_without_one(
    role: Role, private: bool | None, *, gets: bool
) -> None:
    """Admins get it unless they say no, members when they say yes."""
    assert bool(_due(person(5, role, private=private))) is gets


def test_who_stopped_messages_gets_none() -> None:
    """/stopp counts more than any setting."""
    stopped = Reachable(person=PersonId(5), role=Role.ADMIN, language="de", stopped=True)
    assert not _due(stopped)


def test_a_pause_holds_until_it_ends() -> None:
    """The reminder of 10.12. comes when the pause ends before it, else not."""
    until = [at("2026-12-09"), at("2026-12-11")]
    assert [bool(_due(person(5, Role.ADMIN, paused=one))) for one in until] == [True, False]


def test_quiet_hours_put_it_off_to_their_end() -> None:
    """Quiet until half past ten: not at nine."""
    own = person(5, Role.ADMIN, quiet_to=time(10, 30))
    assert _due(own)[0].due == at("2026-12-10", 10, 30)


def test_quiet_hours_by_day_put_it_off_too() -> None:
    """Quiet from 8 to 16, on duty."""
    own = person(5, Role.ADMIN, quiet_from=time(8), quiet_to=time(16))
    assert _due(own)[0].due == at("2026-12-10", 16)


def test_quiet_hours_that_outlast_the_deadline_do_not_hold_it() -> None:
    """A deadline needs it: it comes at its hour."""
    own = person(5, Role.ADMIN, quiet_from=time(8, 30), quiet_to=time(8))
    assert held(_known(own), PersonId(5), at("2026-12-24", 9), at("2026-12-24", 12)) is None


def test_planned_late_it_waits_for_the_morning() -> None:
    """A meeting entered at 23:00 reminds nobody before eight."""
    known = _known()
    found = recipients(known, _first(known), at("2026-12-11", 23))
    assert found[0].due == at("2026-12-12", 8)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (at("2026-12-10", 19, 59), None),
        (at("2026-12-10", 20), at("2026-12-11", 8)),
        (at("2026-12-11", 7, 59), at("2026-12-11", 8)),
        (at("2026-12-11", 8), None),
        (at("2026-10-24", 23), at("2026-10-25", 8)),
        (at("2027-03-28", 1), at("2027-03-28", 8)),
    ],
)
def test_between_eight_in_the_evening_and_in_the_morning_it_waits(now, until) -> None:  # type: ignore[no-untyped-def]
    """In local time, also when the clock changes."""
    assert held(_known(), None, now, at("2027-06-01")) == until


def test_at_night_goes_what_would_come_too_late_in_the_morning() -> None:
    """Cut off at six: the deadline itself needs it."""
    assert held(_known(), None, at("2026-12-10", 23), at("2026-12-11", 6)) is None


def test_requests_for_dates_go_to_admins_alone() -> None:
    """Neither to groups nor to members who want reminders."""
    known = facts(people=(person(5, Role.ADMIN), person(6, private=True)))
    asked = next(one for one in plan(known, _NOW) if one.kind is ReminderKind.DATES)
    assert [one.chat for one in recipients(known, asked, _NOW)] == [5]

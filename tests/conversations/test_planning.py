"""Planning reminders: which meeting, which day, how many, and what ends them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.agenda import CouncilMeeting, KimItem, MeetingId
from conversations.facts import CouncilFacts
from conversations.planning import next_chance, plan, still, target
from conversations.planning.wishes import AHEAD
from conversations.rules.answers import FilingRule
from conversations.rules.deadlines import BERLIN
from conversations.rules.profile import CouncilRule, PaperKind, Profile
from conversations.rules.reminding import Planned, Recipients, ReminderKind, Reminding
from conversations.rules.reporting import ReportingRule, Rhythm
from tests.conversations.agendas import (
    RULES,
    at,
    facts,
    listed,
    meeting,
    paper,
    report,
)

_LAST = (report("2026-01-22"),)
"""Due on 22.01.2027."""
_JANUARY, _MARCH = meeting("2027-01-14"), meeting("2027-03-11")
_NOW = at("2026-11-22")


def _aim(known: CouncilFacts, now: datetime = _NOW) -> str:
    found = target(known, now)
    return found.meeting.day.isoformat() if found else ""


def _rows(
    known: CouncilFacts, kind: ReminderKind, now: datetime = _NOW
) -> list[tuple[str, datetime]]:
    return [(one.slot, one.due) for one in plan(known, now) if one.kind is kind]


def _kinds(known: CouncilFacts, now: datetime = _NOW) -> list[ReminderKind]:
    return [one.kind for one in plan(known, now)]


# --- the key rule ---------------------------------------------------------------------------------


def test_the_last_meeting_before_the_due_date_is_reminded_of() -> None:
    """Not the one after the due date, and not the first of several."""
    known = facts(meeting("2026-12-17"), _JANUARY, _MARCH, reports=_LAST)
    assert _aim(known) == "2027-01-14"


def test_a_meeting_on_the_due_date_itself_counts() -> None:
    """On or before."""
    known = facts(_JANUARY, meeting("2027-01-22"), _MARCH, reports=_LAST)
    assert _aim(known) == "2027-01-22"


def test_a_due_date_in_summer_goes_back_to_the_meeting_before_it() -> None:
    """Due on 1 August, meetings on 20 June and 10 September."""
    known = facts(meeting("2027-06-20"), meeting("2027-09-10"), reports=(report("2026-08-01"),))
    assert _aim(known, at("2027-04-01")) == "2027-06-20"


def test_a_cancelled_meeting_is_passed_over() -> None:
    """Then the one before it is the last one."""
    gone = replace(_JANUARY, cancelled=True)
    assert _aim(facts(meeting("2026-12-17"), gone, _MARCH, reports=_LAST)) == "2026-12-17"


def test_overdue_goes_to_the_next_meeting_that_can_still_be_met() -> None:
    """The deadline of 3 December is over: 14 January."""
    known = facts(meeting("2026-12-03"), _JANUARY, _MARCH, reports=(report("2023-10-18"),))
    assert _aim(known) == "2027-01-14"


def test_never_reported_goes_to_the_next_meeting_that_can_still_be_met() -> None:
    """As if it were due today."""
    assert _aim(facts(meeting("2026-12-03"), _JANUARY, _MARCH)) == "2027-01-14"


def test_a_last_meeting_whose_deadline_is_over_gives_way_to_the_next() -> None:
    """Nobody filed for January in time: March, though it comes after the due date."""
    assert _aim(facts(_JANUARY, _MARCH, reports=_LAST), at("2026-12-28")) == "2027-03-11"


def test_a_postponed_report_goes_to_the_next_meeting() -> None:
    """Where KIM was put off nobody is reminded of it."""
    off = replace(_JANUARY, kim=KimItem.POSTPONED)
    assert _aim(facts(off, _MARCH, reports=_LAST)) == "2027-03-11"


def test_the_cut_off_hour_decides_whether_a_deadline_can_be_met() -> None:
    """At 11:59 it can, at noon it cannot."""
    rule = FilingRule(number=21, cutoff=time(12))
    profile = Profile(ags="05513000", rules={PaperKind.INQUIRY: CouncilRule(count=rule)})
    known = facts(_JANUARY, _MARCH, profile=profile)
    aims = [_aim(known, at("2026-12-24", *clock)) for clock in ((11, 59), (12, 0))]
    assert aims == ["2027-01-14", "2027-03-11"]


def test_the_next_chance_is_the_next_deadline_whether_due_or_not() -> None:
    """For the status: the next one that can be met."""
    found = next_chance(facts(meeting("2026-12-17"), _JANUARY, reports=_LAST), _NOW)
    assert found is not None
    assert found.meeting.day == date(2026, 12, 17)


# --- before the deadline --------------------------------------------------------------------------


def test_the_deadline_is_reminded_of_on_the_set_days_at_the_set_hour() -> None:
    """Deadline on 24.12.: on 10., 21. and 23.12. at nine."""
    assert _rows(facts(_JANUARY, reports=_LAST), ReminderKind.DEADLINE) == [
        ("14", at("2026-12-10", 9)),
        ("3", at("2026-12-21", 9)),
        ("1", at("2026-12-23", 9)),
    ]


def test_each_says_which_one_of_how_many_it_is() -> None:
    """One, two and three of three."""
    found = [one for one in plan(facts(_JANUARY, reports=_LAST), _NOW) if one.of > 1]
    assert [(one.nth, one.of) for one in found] == [(1, 3), (2, 3), (3, 3)]


def test_an_earlier_one_is_of_no_use_once_the_next_is_due() -> None:
    """Whoever enters a meeting late gets one reminder at once, and not two."""
    found = _rows(facts(_JANUARY, reports=_LAST), ReminderKind.DEADLINE, at("2026-12-22"))
    assert [slot for slot, _ in found] == ["3", "1"]


def test_the_last_one_ends_with_the_deadline() -> None:
    """Cut off at noon of 24.12."""
    rule = FilingRule(number=21, cutoff=time(12))
    profile = Profile(ags="05513000", rules={PaperKind.INQUIRY: CouncilRule(count=rule)})
    last = [one for one in plan(facts(_JANUARY, profile=profile), _NOW) if one.slot == "1"]
    assert last[0].expires == at("2026-12-24", 12)


def test_a_deadline_that_ends_before_the_hour_is_reminded_of_the_evening_before() -> None:
    """Cut off at 8:00 on the day: 19:00 on the day before."""
    rule = FilingRule(number=21, cutoff=time(8))
    profile = Profile(ags="05513000", rules={PaperKind.INQUIRY: CouncilRule(count=rule)})
    known = facts(_JANUARY, profile=profile, reminding=Reminding(days=(0,)))
    assert _rows(known, ReminderKind.DEADLINE) == [("0", at("2026-12-23", 19))]


def test_a_council_may_want_no_reminder_of_the_deadline() -> None:
    """No days are set: the others stay."""
    known = facts(_JANUARY, reports=_LAST, reminding=Reminding(days=()))
    assert _kinds(known) == [ReminderKind.TOMORROW, ReminderKind.REPORTED]


def test_without_a_rule_it_comes_before_the_meeting_and_invents_no_deadline() -> None:
    """21, 10 and 8 days before the meeting."""
    known = facts(_JANUARY, reports=_LAST, profile=Profile(ags="05513000"))
    days = [due for _, due in _rows(known, ReminderKind.DEADLINE)]
    assert days == [at("2026-12-24", 9), at("2027-01-04", 9), at("2027-01-06", 9)]


@pytest.mark.parametrize(
    "settled",
    [
        facts(replace(_JANUARY, kim=KimItem.LISTED), _MARCH, reports=_LAST),
        facts(_JANUARY, _MARCH, reports=_LAST, filed=(paper("2026-11-20", meeting=_JANUARY.id),)),
        facts(_JANUARY, _MARCH, reports=_LAST, filed=(paper("2026-11-20"),)),
        facts(_JANUARY, _MARCH, reports=(report("2026-11-19"), *_LAST)),
        facts(_JANUARY, reminding=Reminding(kinds=frozenset()), reports=_LAST),
    ],
    ids=["listed", "filed", "filed for no meeting by name", "reported", "switched off"],
)
def test_p4_what_is_settled_ends_the_reminders_of_the_deadline(settled: CouncilFacts) -> None:
    """KIM is listed, a paper is filed, KIM was reported, or nobody wants it."""
    assert ReminderKind.DEADLINE not in _kinds(settled)


def test_a_paper_for_another_meeting_does_not_end_them() -> None:
    """It was filed for the meeting in March."""
    known = facts(_JANUARY, _MARCH, reports=_LAST, filed=(paper("2026-11-20", meeting=_MARCH.id),))
    assert ReminderKind.DEADLINE in _kinds(known)


def test_a_cancelled_meetings_paper_counts_for_the_next() -> None:
    """It was filed; nobody has to file it again."""
    gone = replace(_JANUARY, cancelled=True)
    known = facts(gone, _MARCH, filed=(paper("2026-11-20", meeting=gone.id),))
    assert ReminderKind.DEADLINE not in _kinds(known, at("2027-01-20"))


def test_a_moved_meeting_has_rows_of_its_own() -> None:
    """Those of the older version are wanted no longer."""
    key = ("deadline", "meeting:m2027-01-14", 1, "14")
    moved = replace(_JANUARY, day=date(2027, 1, 21), version=2)
    before, after = (plan(facts(one, reports=_LAST), _NOW) for one in (_JANUARY, moved))
    assert (still(before, key) is not None, still(after, key)) == (True, None)


def test_a_changed_rule_keeps_the_key_of_what_was_sent() -> None:
    """The same slots of the same version: nothing is sent twice."""
    rule = {PaperKind.INQUIRY: CouncilRule(count=FilingRule(number=14))}
    known = facts(_JANUARY, reports=_LAST)
    changed = facts(_JANUARY, reports=_LAST, profile=Profile(ags="05513000", rules=rule))
    keys = [
        {(o.kind, o.subject, o.version, o.slot) for o in plan(f, _NOW)} for f in (known, changed)
    ]
    assert keys[0] == keys[1]


def test_what_was_put_off_is_still_wanted_with_its_mark() -> None:
    """The row that comes again belongs to the plan's row."""
    rows = plan(facts(_JANUARY, reports=_LAST), _NOW)
    assert still(rows, ("deadline", "meeting:m2027-01-14", 1, "14/2026-12-11")) is not None


# --- around the meeting ---------------------------------------------------------------------------


def test_the_day_before_and_the_day_after_the_meeting_are_planned() -> None:
    """Tomorrow is the meeting; yesterday was it."""
    known = facts(_JANUARY, reports=_LAST)
    assert _rows(known, ReminderKind.TOMORROW) == [("1", at("2027-01-13", 9))]
    assert _rows(known, ReminderKind.REPORTED) == [("1", at("2027-01-15", 9))]


def test_listed_they_stay() -> None:
    """KIM on the agenda ends the deadline's reminders alone."""
    assert _kinds(facts(listed("2027-01-14"), reports=_LAST)) == [
        ReminderKind.TOMORROW,
        ReminderKind.REPORTED,
    ]


def test_a_meeting_where_kim_is_not_due_has_none() -> None:
    """December comes before the last one."""
    known = facts(meeting("2026-12-17"), _JANUARY, reports=_LAST)
    assert {due.date() for _, due in _rows(known, ReminderKind.TOMORROW)} == {date(2027, 1, 13)}


@pytest.mark.parametrize("change", [{"cancelled": True}, {"kim": KimItem.POSTPONED}])
def test_nothing_is_planned_for_a_meeting_without_kim(change: dict[str, object]) -> None:
    """Cancelled, or KIM was put off."""
    known = facts(replace(_JANUARY, **change), _MARCH, reports=_LAST)  # type: ignore[arg-type]
    assert not [one for one in plan(known, _NOW) if one.subject == "meeting:m2027-01-14"]


def test_after_a_report_nobody_is_asked_whether_there_was_one() -> None:
    """It is recorded for that meeting."""
    told = replace(report("2027-01-14"), meeting=_JANUARY.id)
    known = facts(_JANUARY, reports=(told, *_LAST))
    assert ReminderKind.REPORTED not in _kinds(known, at("2027-01-14", 20))


def test_the_agenda_is_due_after_the_day_of_the_invitation() -> None:
    """Invitations a week before: on the next day it is asked for."""
    rules = {**RULES, PaperKind.INVITATION: CouncilRule(count=FilingRule(number=7))}
    known = facts(_JANUARY, reports=_LAST, profile=Profile(ags="05513000", rules=rules))
    assert _rows(known, ReminderKind.AGENDA) == [("1", at("2027-01-08", 9))]


# --- the others -----------------------------------------------------------------------------------


def test_overdue_comes_once_on_its_first_day() -> None:
    """42 days after the due date."""
    found = _rows(facts(_JANUARY, reports=_LAST), ReminderKind.OVERDUE, at("2027-02-01"))
    assert found == [("2027-03-05", at("2027-03-05", 9))]


def test_where_every_meeting_counts_overdue_waits_a_week_after_the_question() -> None:
    """The day after the meeting it is asked whether there was a report."""
    rule = ReportingRule(rhythm=Rhythm.EVERY_MEETING)
    known = facts(_JANUARY, reports=(report("2026-11-05"),), rule=rule)
    assert [due.date() for _, due in _rows(known, ReminderKind.OVERDUE)] == []
    later = _rows(known, ReminderKind.OVERDUE, at("2026-12-01"))
    assert [due.date() for _, due in later] == [date(2027, 1, 22)]


def test_a_receipt_is_missed_after_a_week() -> None:
    """Filed on 20.11., asked for on 27.11.; not once it is confirmed."""
    filed = paper("2026-11-20")
    assert _rows(facts(filed=(filed,)), ReminderKind.RECEIPT) == [
        ("2026-11-27", at("2026-11-27", 9))
    ]
    confirmed = replace(filed, receipt=date(2026, 11, 21))
    assert not _rows(facts(filed=(confirmed,)), ReminderKind.RECEIPT)


def test_a_promised_answer_is_missed_the_day_after() -> None:
    """Promised for 1.12.: on 2.12.; not once it came."""
    filed = paper("2026-11-20", promised=date(2026, 12, 1))
    assert _rows(facts(filed=(filed,)), ReminderKind.PROMISED) == [
        ("2026-12-02", at("2026-12-02", 9))
    ]
    answered = replace(filed, answered=date(2026, 11, 30))
    assert not _rows(facts(filed=(answered,)), ReminderKind.PROMISED)


def test_dates_are_asked_of_admins_when_none_is_entered() -> None:
    """Never reported, no meeting: this month, and again by the month."""
    found = [one for one in plan(facts(), _NOW) if one.kind is ReminderKind.DATES]
    assert [(one.slot, one.to) for one in found] == [
        ("2026-11", Recipients.ADMINS),
        ("2026-12", Recipients.ADMINS),
        ("2027-01", Recipients.ADMINS),
    ]


def test_a_council_that_has_just_begun_is_left_in_peace_for_three_days() -> None:
    """Its admin is entering everything."""
    found = _rows(facts(since=date(2026, 11, 22)), ReminderKind.DATES)
    assert found[0] == ("2026-11", at("2026-11-25", 9))


def test_before_the_due_date_dates_are_asked_for_four_months_ahead() -> None:
    """Due on 22.01.2027: from 24.09.2026 on, and not before."""
    known = facts(reports=_LAST)
    assert _rows(known, ReminderKind.DATES, at("2026-07-20")) == []
    assert _rows(known, ReminderKind.DATES, at("2026-08-20"))[0][1] == at("2026-09-24", 9)


@pytest.mark.parametrize(
    "known",
    [
        facts(_JANUARY, reports=_LAST),
        facts(_JANUARY),
        facts(reports=(report("2026-11-19"),)),
        facts(reports=_LAST, rule=ReportingRule(rhythm=Rhythm.STEERING)),
    ],
    ids=["a last meeting", "never, but a meeting", "reported lately", "steering group"],
)
def test_dates_are_not_asked_for_without_need(known: CouncilFacts) -> None:
    """There is a meeting, or nothing is due for long."""
    assert ReminderKind.DATES not in _kinds(known)


# --- whatever the facts ---------------------------------------------------------------------------

_DAYS = st.dates(date(2025, 6, 1), date(2028, 6, 1))
_MEETINGS = st.lists(
    st.builds(
        CouncilMeeting,
        id=st.uuids().map(lambda one: MeetingId(str(one))),
        day=_DAYS,
        start=st.none() | st.times(time(8), time(20)).map(lambda t: t.replace(microsecond=0)),
        cancelled=st.booleans(),
        kim=st.sampled_from(KimItem),
    ),
    max_size=8,
    unique_by=lambda one: one.day,
).map(lambda found: sorted(found, key=lambda one: one.day))
_COUNCILS = st.builds(
    lambda meetings, days, filed, rule, reminding: facts(
        *meetings,
        reports=tuple(report(day.isoformat()) for day in sorted(days, reverse=True)),
        filed=tuple(paper(day.isoformat(), letter=str(n)) for n, day in enumerate(filed)),
        rule=rule,
        reminding=reminding,
    ),
    _MEETINGS,
    st.lists(_DAYS, max_size=3, unique=True),
    st.lists(_DAYS, max_size=3),
    st.builds(ReportingRule, rhythm=st.sampled_from(Rhythm), in_months=st.just((3, 9))),
    st.builds(Reminding, at=st.times(time(8), time(19, 59))),
)
_MOMENTS = st.integers(0, 730 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def _key(one: Planned) -> tuple[ReminderKind, str, int, str]:
    return one.kind, one.subject, one.version, one.slot


@settings(max_examples=200)
@given(known=_COUNCILS, now=_MOMENTS)
def test_whatever_the_facts_a_plan_is_sound(known: CouncilFacts, now: datetime) -> None:
    """No key twice, none at night, none that is over or too far ahead, none for a meeting that is
    cancelled or without KIM."""
    rows = plan(known, now)
    gone = {
        f"meeting:{one.id}"
        for one in known.meetings
        if one.cancelled or one.kim is KimItem.POSTPONED
    }
    assert len({_key(one) for one in rows}) == len(rows)
    for one in rows:
        assert now < one.expires
        assert one.due < one.expires
        assert one.due <= now + AHEAD
        assert time(8) <= one.due.astimezone(BERLIN).time() < time(20)
        assert one.subject not in gone


@settings(max_examples=100)
@given(known=_COUNCILS, now=_MOMENTS, minutes=st.integers(1, 600))
def test_planning_again_a_little_later_moves_nothing(
    known: CouncilFacts, now: datetime, minutes: int
) -> None:
    """A key has the same due moment in every plan that has it."""
    dues = [
        {_key(one): one.due for one in plan(known, moment)}
        for moment in (now, now + timedelta(minutes=minutes))
    ]
    assert all(dues[0][key] == dues[1][key] for key in dues[0].keys() & dues[1].keys())


@settings(max_examples=100)
@given(known=_COUNCILS, now=_MOMENTS)
def test_a_council_without_facts_that_matter_is_planned_alike(
    known: CouncilFacts, now: datetime
) -> None:
    """Planning twice gives the same rows, whatever the order its meetings are read in."""
    mixed = replace(known, meetings=tuple(reversed(known.meetings)))
    assert plan(known, now) == plan(mixed, now)

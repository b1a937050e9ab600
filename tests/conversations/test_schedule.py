"""What a calendar changes in the stored meetings."""

from dataclasses import replace
from datetime import date, time

from conversations.agenda import (
    CalendarEvent,
    CouncilMeeting,
    KimItem,
    MeetingId,
    Origin,
    ReadCalendar,
)
from conversations.rules.schedule import Merged, changed_by_hand, is_of, merge, twin

TODAY = date(2026, 11, 22)
BODY = "Ausschuss für Chancengerechtigkeit und Integration"
BODIES = (BODY, "Integrationsrat")
JANUARY, MARCH, MAY = date(2027, 1, 14), date(2027, 3, 11), date(2027, 5, 20)


def event(uid: str, day: date = JANUARY, **parts: object) -> CalendarEvent:
    """An event of the body at 17:00."""
    whole = CalendarEvent(uid=uid, day=day, start=time(17), name=BODY)
    return replace(whole, **parts)  # type: ignore[arg-type]


def stored(uid: str, day: date = JANUARY, **parts: object) -> CouncilMeeting:
    """A meeting that came from a calendar on the web."""
    whole = CouncilMeeting(
        id=MeetingId(f"id-{uid}"),
        day=day,
        start=time(17),
        name=BODY,
        origin=Origin.FEED,
        uid=uid,
    )
    return replace(whole, **parts)  # type: ignore[arg-type]


def typed(day: date = JANUARY, start: time | None = time(17)) -> CouncilMeeting:
    """A meeting that was typed."""
    return CouncilMeeting(id=MeetingId("typed"), day=day, start=start)


def after(
    meetings: tuple[CouncilMeeting, ...], *events: CalendarEvent, origin: Origin = Origin.FEED
) -> Merged:
    """What these events change."""
    read = ReadCalendar(events=events)
    return merge(meetings, read, BODIES, TODAY, origin=origin, seed="fresh")


def test_a_new_event_is_a_new_meeting() -> None:
    """Day, hour, place, name and uid are the calendar's."""
    merged = after((), event("a", place="Rathaus"))
    (one,) = merged.new
    assert merged.kept == (one,)
    assert (one.day, one.start, one.place, one.name) == (JANUARY, time(17), "Rathaus", BODY)
    assert (one.uid, one.origin) == ("a", Origin.FEED)


def test_new_meetings_have_different_ids() -> None:
    """They come from one unguessable id."""
    merged = after((), event("a"), event("b", MARCH))
    assert len({one.id for one in merged.kept}) == 2
    assert all(len(one.id) == 16 for one in merged.kept)


def test_the_same_calendar_again_changes_nothing() -> None:
    """A second look has no news and nothing to store."""
    events = (event("a"), event("b", MARCH))
    again = after(after((), *events).kept, *events)
    assert (again.kept, again.dropped, again.news, again.same) == ((), (), False, 2)


def test_another_day_is_a_move() -> None:
    """The meeting keeps its id and what is known of KIM."""
    old = stored("a", kim=KimItem.LISTED)
    (move,) = after((old,), event("a", MARCH)).moved
    assert (move.old, move.new.id, move.new.day, move.new.kim) == (
        old,
        old.id,
        MARCH,
        KimItem.LISTED,
    )


def test_another_hour_is_a_move() -> None:
    """Reminders name the hour."""
    (move,) = after((stored("a"),), event("a", start=time(18))).moved
    assert move.new.start == time(18)


def test_an_unknown_hour_does_not_wipe_a_known_one() -> None:
    """An all-day event says nothing of the hour."""
    assert not after((stored("a"),), event("a", start=None)).news


def test_a_cancelled_event_cancels() -> None:
    """It stays in the list as cancelled."""
    merged = after((stored("a"),), event("a", cancelled=True))
    assert [one.cancelled for one in merged.kept] == [True]
    assert merged.cancelled == merged.kept


def test_a_cancelled_meeting_can_come_back() -> None:
    """The calendar says that it takes place after all."""
    merged = after((stored("a", cancelled=True),), event("a"))
    assert [one.cancelled for one in merged.restored] == [False]


def test_a_past_cancelled_event_is_no_news() -> None:
    """Nobody needs to know of it any more."""
    assert after((), event("a", date(2026, 10, 1), cancelled=True)) == Merged()


def test_a_coming_meeting_that_left_the_calendar_is_gone() -> None:
    """Some systems take cancelled meetings out."""
    merged = after((stored("a"), stored("b", MARCH)), event("a"))
    assert merged.dropped == ("id-b",)


def test_a_past_meeting_never_goes() -> None:
    """Calendars forget the past, reports hang on it."""
    assert after((stored("a", date(2026, 9, 1)),), event("b")).dropped == ()


def test_a_calendar_without_the_body_drops_nothing() -> None:
    """A provider's empty answer is no cancellation of everything."""
    assert after((stored("a"),), event("x", name="Sozialausschuss")) == Merged()


def test_a_calendar_in_trouble_changes_nothing() -> None:
    """What could not be read says nothing."""
    read = ReadCalendar(events=(event("b", MARCH),), trouble="calendar/unreadable")
    assert merge((stored("a"),), read, BODIES, TODAY) == Merged()


def test_a_typed_meeting_is_not_dropped_by_a_calendar() -> None:
    """What a person entered only a person takes out."""
    assert after((typed(MARCH),), event("a"), event("b", MAY)).dropped == ()


def test_typed_and_in_the_calendar_is_one_meeting() -> None:
    """From then on the calendar leads it."""
    merged = after((typed(),), event("a", place="Rathaus"))
    assert [(one.id, one.uid, one.origin) for one in merged.kept] == [("typed", "a", Origin.FEED)]
    assert not merged.news


def test_a_typed_meeting_takes_the_calendars_hour() -> None:
    """Same day, other hour: the calendar knows better, and the move is told."""
    (move,) = after((typed(start=time(16)),), event("a")).moved
    assert (move.new.id, move.new.start) == ("typed", time(17))


def test_another_export_with_other_uids_is_the_same_meeting() -> None:
    """A system that numbers its events anew doubles nothing."""
    merged = after((stored("old"),), event("new"))
    assert [(one.id, one.uid) for one in merged.kept] == [("id-old", "new")]
    assert (merged.news, merged.dropped) == (False, ())


def test_the_old_and_the_new_name_are_one_body() -> None:
    """The renaming of November 2025 splits no council."""
    merged = after((), event("a", name="Integrationsrat"), event("b", MARCH))
    assert [one.day for one in merged.new] == [JANUARY, MARCH]


def test_one_meeting_under_both_names_is_one() -> None:
    """Same day and hour."""
    assert len(after((), event("a", name="Integrationsrat"), event("b")).new) == 1


def test_names_are_compared_without_case_and_marks() -> None:
    """Systems spell them their own way."""
    assert is_of("AUSSCHUSS  FUER CHANCENGERECHTIGKEIT und INTEGRATION.", BODIES)


def test_a_change_by_hand_stands_against_the_calendar() -> None:
    """The admin knew first; it is told that the calendar says otherwise."""
    mine = changed_by_hand(stored("a", MARCH))
    merged = after((mine,), event("a"))
    assert (merged.kept, merged.news, merged.held) == ((), False, (mine,))


def test_a_meeting_cancelled_by_hand_stays_cancelled() -> None:
    """Until the calendar says so, too."""
    assert after((changed_by_hand(stored("a", cancelled=True)),), event("a")).restored == ()


def test_the_calendars_cancellation_overrules_a_hand() -> None:
    """What does not take place is not reminded of."""
    merged = after((changed_by_hand(stored("a", MARCH)),), event("a", cancelled=True))
    assert [(one.day, one.cancelled) for one in merged.cancelled] == [(MARCH, True)]


def test_a_calendar_that_caught_up_leads_again() -> None:
    """Hand and calendar say the same."""
    (one,) = after((changed_by_hand(stored("a", MARCH)),), event("a", MARCH)).kept
    assert one.origin is Origin.FEED


def test_a_file_only_speaks_for_its_own_days() -> None:
    """A file of the spring does not drop the autumn."""
    spring = stored("a", MARCH, origin=Origin.FILE)
    autumn = stored("b", date(2027, 10, 7), origin=Origin.FILE)
    merged = after((spring, autumn), event("c"), event("d", MAY), origin=Origin.FILE)
    assert merged.dropped == ("id-a",)


def test_a_file_does_not_drop_what_is_followed() -> None:
    """A file may be older than the calendar on the web."""
    merged = after((stored("a", MARCH),), event("b"), event("c", MAY), origin=Origin.FILE)
    assert merged.dropped == ()


def test_a_doubled_event_counts_once() -> None:
    """A calendar exported twice into one file."""
    assert len(after((), event("a"), event("a", place="Rathaus")).new) == 1


def test_a_day_without_hour_meets_any_hour() -> None:
    """A typed duplicate is recognised."""
    assert twin((typed(),), JANUARY) == typed()
    assert twin((typed(),), JANUARY, time(18)) is None

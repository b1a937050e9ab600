"""Calendars as councils' systems really write them, in fixtures of our own."""

from datetime import date, time

import pytest

from bot.calendars.naming import named
from bot.calendars.parsing import parse
from conversations.agenda import CalendarTrouble
from tests.calendars.conftest import TODAY

BODY = "Ausschuss für Chancengerechtigkeit und Integration"


def by_uid(found):
    """The events by their UID."""
    return {event.uid: event for event in found.events}


def test_the_bodies_are_named_as_the_calendar_names_them(read):
    """The old and the new name of the body, and the other body."""
    names = {event.name for event in read("allris.ics").events}
    assert names == {"Integrationsrat", BODY, "Sportausschuss"}


def test_a_cancellation_in_the_title_is_one(read):
    """The mark is cut off, so that the body is still known."""
    event = by_uid(read("allris.ics"))["ALLRIS-Sitzung-9003"]
    assert event.cancelled
    assert event.name == BODY


def test_only_what_is_marked_is_cancelled(read):
    """Four of five take place."""
    assert sum(event.cancelled for event in read("allris.ics").events) == 1


def test_a_broken_zone_and_an_invalid_stamp_cost_nothing(read):
    """The hour is the local one all the same, in summer, too."""
    found = read("allris.ics")
    assert found.skipped == 0
    event = by_uid(found)["ALLRIS-Sitzung-9004"]
    assert (event.day, event.start) == (date(2026, 6, 24), time(17, 30))


def test_the_place_is_read_without_its_escapes(read):
    """A comma in a place is a comma."""
    event = by_uid(read("allris.ics"))["ALLRIS-Sitzung-9002"]
    assert event.place == "Sitzungssaal, Rathaus"


@pytest.mark.parametrize(
    ("summary", "name", "off"),
    [
        ("ENTFÄLLT - Integrationsrat", "Integrationsrat", True),
        ("Entfällt: Integrationsrat", "Integrationsrat", True),
        ("ENTFAELLT Integrationsrat", "ENTFAELLT Integrationsrat", False),
        ("ABGESAGT! Integrationsrat", "Integrationsrat", True),
        ("*** ABGESAGT *** Integrationsrat", "Integrationsrat", True),
        ("[Abgesagt] Integrationsrat", "Integrationsrat", True),
        ("Integrationsrat (entfällt)", "Integrationsrat", True),
        ("Integrationsrat – abgesagt", "Integrationsrat", True),
        ("Integrationsrat - FÄLLT AUS!", "Integrationsrat", True),
        ("CANCELLED: Integrationsrat", "Integrationsrat", True),
        ("VERLEGT: Integrationsrat", "Integrationsrat", False),
        ("Integrationsrat (neuer Termin)", "Integrationsrat", False),
        ("Haupt- und Finanzausschuss", "Haupt- und Finanzausschuss", False),
        ("Ausschuss für Absagen", "Ausschuss für Absagen", False),
        ("  Rat \t der   Stadt ", "Rat der Stadt", False),
        ("", "", False),
    ],
)
def test_marks_around_a_name_are_told_from_it(summary, name, off):
    """Before or behind the name, in brackets or not."""
    assert named(summary) == (name, off)


def test_a_series_has_its_days(read):
    """Left out, moved and cancelled ones are."""
    found = [(e.day, e.start, e.cancelled) for e in read("series.ics").events]
    assert found == [
        (date(2026, 1, 13), time(17), False),
        (date(2026, 3, 17), time(18), False),
        (date(2026, 4, 14), time(17), True),
        (date(2026, 5, 12), time(17), False),
        (date(2026, 6, 9), time(17), False),
    ]


def test_a_moved_day_of_a_series_keeps_its_name(read):
    """It is known by the day it was meant for."""
    event = by_uid(read("series.ics"))["monatlich@beispiel/2026-03-10"]
    assert event.day == date(2026, 3, 17)


def test_of_two_versions_the_higher_sequence_counts(read):
    """Whatever their stamps and order say."""
    assert by_uid(read("again.ics"))["a@beispiel"].day == date(2026, 6, 16)


def test_of_two_exports_the_later_stamp_counts(read):
    """It names the newer room."""
    assert by_uid(read("again.ics"))["b@beispiel"].place == "Raum 2"


def test_the_same_meeting_under_another_id_is_one(read):
    """Same body, day and hour."""
    days = [event.day for event in read("again.ics").events]
    assert days.count(date(2026, 9, 1)) == 1


def test_a_stamp_that_is_none_costs_nothing(read):
    """The event is there."""
    assert by_uid(read("again.ics"))["c@beispiel"].day == date(2026, 11, 3)


@pytest.mark.parametrize(
    ("uid", "hour"),
    [
        ("schwebend", time(17)),
        ("weltzeit", time(17)),
        ("london", time(17)),
        ("windows", time(17)),
        ("eigene", time(17)),
        ("unbekannt", time(17)),
        ("sommer", time(17)),
        ("ganztags", None),
        ("mitternacht", None),
        ("nachts", time(0)),
    ],
)
def test_every_zone_becomes_local_time(read, uid, hour):
    """Floating and unknown zones are local; a whole day has no hour."""
    assert by_uid(read("zones.ics"))[uid].start == hour


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(b"\r\n", b"\n"),
        lambda data: data.replace(b"\r\n", b"\r"),
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: b"\xff\xfe" + data.decode().encode("utf-16-le"),
        lambda data: data.decode().encode("latin-1"),
        lambda data: data.replace(b"Chancen", b"Chan\r\n cen"),
        lambda data: data.replace("für".encode(), b"f\xc3\r\n \xbcr"),
        lambda data: data.replace(b"END:VEVENT", b"END:VEVENT\r\n\r\n"),
        lambda data: data.replace(b"BEGIN:VEVENT", b"begin:vevent"),
    ],
    ids=["LF", "CR", "BOM", "UTF-16", "Latin-1", "folded", "folded in ü", "blank lines", "case"],
)
def test_the_form_of_the_file_does_not_matter(file, read, change):
    """Line ends, encodings and folds: the same meetings are read."""
    assert parse(change(file("allris.ics")), TODAY) == read("allris.ics")


def test_one_broken_event_does_not_cost_the_others(calendar):
    """It is counted."""
    good = "UID:1\r\nDTSTART:20260301T170000\r\nSUMMARY:Integrationsrat"
    found = parse(calendar(good, "UID:2\r\nDTSTART:bald\r\nSUMMARY:x", "UID:3"), TODAY)
    assert [event.uid for event in found.events] == ["1"]
    assert found.skipped == 2


def test_an_event_without_id_gets_the_same_one_each_time(calendar):
    """A later look must know it again."""
    data = calendar("DTSTART:20260301T170000\r\nSUMMARY:Integrationsrat")
    first, second = (parse(data, TODAY).events[0].uid for _ in range(2))
    assert first == second != ""


def test_a_calendar_that_takes_back_cancels(calendar):
    """METHOD:CANCEL stands above all its events."""
    data = calendar("UID:1\r\nDTSTART:20260301T170000", before="METHOD:CANCEL\r\n")
    assert parse(data, TODAY).events[0].cancelled


def test_only_the_window_counts(calendar):
    """Two years back, three ahead."""
    years = (2023, 2025, 2028, 2030)
    data = calendar(*(f"UID:{year}\r\nDTSTART:{year}0601T170000" for year in years))
    assert [event.uid for event in parse(data, TODAY).events] == ["2025", "2028"]


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (b"", CalendarTrouble.FOREIGN),
        (b"<!doctype html><title>Ratsinfo</title>", CalendarTrouble.FOREIGN),
        (b"%PDF-1.7\n\x00\xff", CalendarTrouble.FOREIGN),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1", CalendarTrouble.BROKEN),
    ],
    ids=["empty", "a page", "a PDF", "cut off"],
)
def test_what_is_no_calendar_is_said(data, trouble):
    """With the key of what is wrong, and no events."""
    found = parse(data, TODAY)
    assert (found.trouble, found.events) == (trouble, ())


def test_a_calendar_of_broken_events_is_broken(calendar):
    """Not an empty one: that would take all meetings away."""
    found = parse(calendar("UID:2\r\nDTSTART:bald", "UID:3"), TODAY)
    assert found.trouble == CalendarTrouble.BROKEN


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;INTERVAL=5",
        "FREQ=HOURLY",
        "FREQ=DAILY",
        "FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=1,2,3",
        "FREQ=YEARLY;BYSECOND=1,2,3,4",
    ],
)
def test_f10_too_many_events_are_refused(calendar, rule):
    """No body meets 500 times in five years."""
    data = calendar(f"UID:1\r\nDTSTART:20250101T170000\r\nRRULE:{rule}\r\nSUMMARY:x")
    assert parse(data, TODAY).trouble == CalendarTrouble.MANY


def test_501_events_are_too_many(calendar):
    """500 are not."""
    events = [
        f"UID:{n}\r\nDTSTART:2026{n % 12 + 1:02}{n % 28 + 1:02}T{n % 24:02}{n % 60:02}00"
        f"\r\nSUMMARY:Body {n}"
        for n in range(501)
    ]
    assert parse(calendar(*events), TODAY).trouble == CalendarTrouble.MANY
    assert len(parse(calendar(*events[:500]), TODAY).events) == 500

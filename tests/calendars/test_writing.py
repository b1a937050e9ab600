"""A council's timetable as iCalendar, read back by the library that others use, too."""

from datetime import UTC, date, datetime, time
from hashlib import sha256

import icalendar
import pytest

from bot.following import timetable_file
from bot.production import read_knowledge
from bot.wording import folder
from conversations.agenda import CouncilMeeting, KimItem, MeetingId
from conversations.rules.answers import FilingRule, Unit
from conversations.rules.profile import CouncilRule, PaperKind, Profile
from conversations.standing import CouncilId, StoredCouncil

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def know():
    return read_knowledge(folder())


def meeting(number, **values):
    """A meeting with an id of its own."""
    return CouncilMeeting(id=MeetingId(f"meeting-{number}"), **values)


def written(know, *meetings, rules=None):
    """The events of the file, by UID."""
    profile = Profile(ags="05513000", rules=rules or {})
    council = StoredCouncil(id=CouncilId("one"), profile=profile, revision=1)
    file = timetable_file(know, council, meetings, NOW)
    assert file.sha256 == sha256(file.content).hexdigest()
    calendar = icalendar.Calendar.from_ical(file.content)
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


def rule(number, cutoff=None):
    """So many calendar days before the meeting."""
    count = FilingRule(number=number, unit=Unit.CALENDAR, cutoff=cutoff)
    return CouncilRule(count=count)


def test_a_meeting_stands_at_its_local_hour(know):
    """Five in the afternoon in December is four in UTC."""
    one = meeting(1, day=date(2026, 12, 1), start=time(17), place="Rathaus, Raum 3")
    event = written(know, one)["meeting-1@kim-bot"]
    assert event.decoded("dtstart") == datetime(2026, 12, 1, 16, 0, tzinfo=UTC)
    assert event["location"] == "Rathaus, Raum 3"
    assert "alarm" not in event.to_ical().decode().casefold()


def test_a_meeting_without_an_hour_takes_the_day(know):
    """An unknown hour is not made up."""
    event = written(know, meeting(1, day=date(2026, 12, 1)))["meeting-1@kim-bot"]
    assert event.decoded("dtstart") == date(2026, 12, 1)


def test_a_cancelled_meeting_stays_and_says_so(know):
    """Programmes strike it out; people read it in the title, too."""
    event = written(know, meeting(1, day=date(2026, 12, 1), cancelled=True))["meeting-1@kim-bot"]
    assert event["status"] == "CANCELLED"
    assert str(event["summary"]).startswith("Entfällt: ")


def test_a_moved_meeting_replaces_the_older_entry(know):
    """The same UID with a higher sequence (RFC 5546)."""
    moved = meeting(1, day=date(2026, 12, 8), start=time(17), version=2)
    event = written(know, moved)["meeting-1@kim-bot"]
    assert event["sequence"] == 1


def test_kim_on_the_agenda_is_said(know):
    """Whoever looks into the calendar sees it."""
    one = meeting(1, day=date(2026, 12, 1), kim=KimItem.LISTED)
    assert str(written(know, one)["meeting-1@kim-bot"]["summary"]).endswith("(mit KIM)")


def test_the_filing_deadline_is_an_entry_with_a_reminder(know):
    """An all-day entry that rings at nine the day before."""
    rules = {PaperKind.INQUIRY: rule(21)}
    event = written(know, meeting(1, day=date(2027, 1, 14)), rules=rules)[
        "meeting-1-anfrage@kim-bot"
    ]
    assert event.decoded("dtstart") == date(2026, 12, 24)
    (alarm,) = event.walk("VALARM")
    assert alarm["trigger"].to_ical() == b"-PT15H"


def test_a_deadline_at_an_hour_stands_at_that_hour(know):
    """Noon is eleven in UTC in winter."""
    rules = {PaperKind.INQUIRY: rule(21, time(12))}
    event = written(know, meeting(1, day=date(2027, 1, 14)), rules=rules)[
        "meeting-1-anfrage@kim-bot"
    ]
    assert event.decoded("dtstart") == datetime(2026, 12, 24, 11, 0, tzinfo=UTC)


def test_papers_with_the_same_deadline_share_an_entry(know):
    """Nobody needs the day twice."""
    rules = {PaperKind.INQUIRY: rule(21), PaperKind.MOTION: rule(21)}
    events = written(know, meeting(1, day=date(2027, 1, 14)), rules=rules)
    assert set(events) == {"meeting-1@kim-bot", "meeting-1-anfrage@kim-bot"}
    assert "Anfragen und Anträge" in events["meeting-1-anfrage@kim-bot"]["summary"]


@pytest.mark.parametrize("gone", [{"cancelled": True}, {"day": date(2026, 11, 1)}])
def test_a_meeting_that_is_over_or_cancelled_has_no_deadline(know, gone):
    """There is nothing to file for."""
    one = meeting(1, **{"day": date(2027, 1, 14), **gone})
    assert set(written(know, one, rules={PaperKind.INQUIRY: rule(21)})) == {"meeting-1@kim-bot"}

"""The files as a whole: names, order, same bytes; the e-mail draft and the calendar."""

import email
import email.policy
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import icalendar
import pytest
from fontTools.ttLib import TTFont

from bot.paper import Format, Paper, read_coverage
from bot.paper.coverage import FONTS
from conversations.rules.letter import CalendarEntry, Letter, Occasion
from tests.paper import letters


def draft(paper: Paper, letter: Letter) -> EmailMessage:
    """The letter's e-mail draft, opened."""
    file = paper.write(letter, Format.EML)
    assert file is not None
    message = email.message_from_bytes(file.content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def calendar(paper: Paper, letter: Letter) -> icalendar.Calendar:
    """The letter's calendar file, opened."""
    file = paper.write(letter, Format.ICS)
    assert file is not None
    return icalendar.Calendar.from_ical(file.content)


def test_files_are_named_after_the_slug(paper: Paper) -> None:
    """Each file is the slug with its format's ending, in the order asked for."""
    files = paper.render(letters.inquiry(), Format)
    slug = letters.inquiry().slug
    assert [file.name for file in files] == [f"{slug}.{end}" for end in Format]


def test_same_letter_same_bytes(paper: Paper) -> None:
    """Every format of one letter is the same file each time."""
    assert paper.render(letters.inquiry(), Format) == paper.render(letters.inquiry(), Format)


def test_no_dates_no_calendar(paper: Paper) -> None:
    """A format that the letter has nothing for is left out."""
    assert paper.write(letters.bare(), Format.ICS) is None
    assert len(paper.render(letters.bare(), [Format.ICS, Format.TXT])) == 1


def test_idle_imports_stay_small() -> None:
    """Importing the writers loads neither Typst nor python-docx nor icalendar."""
    code = "import sys, bot.paper; print({'typst', 'docx', 'icalendar'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


def test_coverage_is_what_the_fonts_hold() -> None:
    """The shipped list names exactly the characters that both weights of either family have."""
    shown = {path.stem: set(TTFont(path).getBestCmap()) for path in sorted(FONTS.glob("*.ttf"))}
    latin = shown["NotoSans-Regular"] & shown["NotoSans-Bold"]
    arabic = shown["Vazirmatn-Regular"] & shown["Vazirmatn-Bold"]
    assert read_coverage().points == latin | arabic


def test_the_draft_opens_unsent(paper: Paper) -> None:
    """Mail programs take it as a draft to the office, from the member."""
    message = draft(paper, letters.inquiry())
    assert message["X-Unsent"] == "1"
    assert message["To"] == "integrationsrat@example.org"
    assert message["From"] == "m.kaya@example.org"
    assert message["Subject"] == letters.inquiry().mail.subject


def test_the_draft_carries_the_letter(paper: Paper) -> None:
    """PDF and DOCX are attached, the very files that are sent alone."""
    letter = letters.inquiry()
    attached = {
        part.get_filename(): part.get_content() for part in draft(paper, letter).iter_attachments()
    }
    files = paper.render(letter, [Format.PDF, Format.DOCX])
    assert attached == {file.name: file.content for file in files}


def test_the_draft_says_its_text(paper: Paper) -> None:
    """The body is the text of the mail, in any script and with long lines."""
    text = "Sehr geehrte\n" + "Щ سلام " * 400 + "\n.\nFrom hier\n"
    letter = replace(letters.inquiry(), mail=replace(letters.inquiry().mail, text=text))
    body = draft(paper, letter).get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines() == text.splitlines()


@pytest.mark.parametrize(
    "typed",
    [
        "a@b.de\r\nBcc: x@y.de",
        "a@b.de\nBcc: x@y.de\n\nText",
        "a@b.de>, <x@y.de",
        "Name, x@y.de <a@b.de>",
        "=?utf-8?q?=0ABcc:_x=40y.de?= <a@b.de>",
        "Ä" * 200,
    ],
)
def test_nothing_typed_becomes_a_header(paper: Paper, typed: str) -> None:
    """No address or subject adds a header or a recipient."""
    letter = letters.inquiry()
    mail = replace(letter.mail, to=typed, sender=typed, subject=typed)
    message = draft(paper, replace(letter, mail=mail))
    assert set(message.keys()) <= {
        *("X-Unsent", "Date", "From", "To", "Subject", "MIME-Version", "Content-Type")
    }
    assert message["Subject"] == " ".join(typed.split())
    assert message["To"] is None or len(message["To"].addresses) == 1


def test_a_draft_to_nobody_has_no_recipient(paper: Paper) -> None:
    """Without an address the field is left to the person."""
    assert draft(paper, letters.bare())["To"] is None


def test_an_address_with_umlauts_is_encoded(paper: Paper) -> None:
    """A domain with an umlaut is written as mail programs understand it."""
    mail = replace(letters.inquiry().mail, to="Büro <rat@müllheim.example>")
    message = draft(paper, replace(letters.inquiry(), mail=mail))
    assert message["To"] == "Büro <rat@xn--mllheim-n2a.example>"


def test_the_deadline_is_a_day_with_an_alarm(paper: Paper) -> None:
    """The filing deadline is an all-day entry that reminds the day before."""
    deadline, _ = calendar(paper, letters.inquiry()).events
    assert deadline.start == date(2026, 12, 24)
    assert deadline["UID"] == f"{letters.inquiry().slug}-deadline@kim-bot"
    assert deadline["DESCRIPTION"] == letters.inquiry().calendar[0].description
    assert len(deadline.alarms.times) == 1


def test_the_meeting_is_in_berlin_time(paper: Paper) -> None:
    """The meeting starts at the wall clock's time, in a time zone that the file explains."""
    opened = calendar(paper, letters.inquiry())
    _, meeting = opened.events
    assert meeting.start == datetime(2027, 1, 14, 17, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    assert [zone.tz_name for zone in opened.timezones] == ["Europe/Berlin"]
    assert opened.get_missing_tzids() == set()


def test_a_moved_date_keeps_its_entry(paper: Paper) -> None:
    """UIDs do not hang on dates; two entries of one kind have different ones."""
    entry = CalendarEntry(occasion=Occasion.MEETING, start=date(2027, 1, 1), title="x")
    moved = replace(entry, start=date(2027, 2, 2))
    uids = [
        [event["UID"] for event in calendar(paper, replace(letters.bare(), calendar=both)).events]
        for both in ((entry, entry), (moved, moved))
    ]
    assert uids[0] == uids[1]
    assert len(set(uids[0])) == 2


def test_calendar_texts_are_escaped(paper: Paper) -> None:
    """Commas, semicolons, line feeds and would-be properties stay text."""
    typed = "a, b; c\\n\nEND:VEVENT\nX-ÄÖÜ:" + "ß" * 90
    entry = CalendarEntry(
        occasion=Occasion.MEETING, start=date(2027, 1, 1), title=typed, description=typed
    )
    file = paper.write(replace(letters.bare(), calendar=(entry,)), Format.ICS)
    assert file is not None
    assert all(len(line) <= 75 for line in file.content.split(b"\r\n"))
    (event,) = icalendar.Calendar.from_ical(file.content).events
    assert event["SUMMARY"] == typed
    assert event["DESCRIPTION"] == typed

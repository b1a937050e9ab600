"""The form of a letter: no leftovers, head, mail, calendar, annex."""

import re
from dataclasses import replace
from datetime import date, datetime, time

import pytest

from conversations.rules.answers import Answers, Council, Filer, FilingRule, Sender
from conversations.rules.checking import problems
from conversations.rules.letter import Listing, Occasion, plain, texts
from tests.conversations.papers import EVERY, all_in, answers, case, letter, points, written

A = "kim-anfrage-kreisfrei"
# --- no leftovers, in any paper ---------------------------------------------------------


@pytest.mark.parametrize(("id_", "ags"), EVERY)
@pytest.mark.parametrize("filer", list(Filer))
def test_no_leftovers(id_: str, ags: str, filer: Filer) -> None:
    """No placeholder, mark, double blank or empty line is ever left in a letter."""
    given = all_in(id_, ags)
    text = written(id_, replace(given, sender=replace(given.sender, filer=filer)))
    assert not re.search(r"[{}*\ue000-\uf8ff]|XY|None|  | [.,;:?!]|\.\.|“\w|\bundefined\b", text)
    assert all(text_line == text_line.strip() for text_line in text.split("\n"))


@pytest.mark.parametrize(("id_", "ags"), EVERY)
def test_almost_nothing_known_still_makes_a_letter(id_: str, ags: str) -> None:
    """Municipality and name are enough: every unknown has a neutral form."""
    given = Answers(council=Council(ags=ags), sender=Sender(name="Kim Demir"))
    assert problems(case(id_, given)) == ()
    made = letter(id_, given)
    assert plain(made.salutation) == "Sehr geehrte Damen und Herren,"
    assert not re.search(r"[{}*]|None|  ", written(id_, given))
    assert all(plain(line) for line in (*made.sender, *made.recipient, *made.signature))
    assert made.calendar == ()


@pytest.mark.parametrize(("id_", "ags"), EVERY)
def test_quotation_marks_are_german(id_: str, ags: str) -> None:
    """Only „…“, always in pairs."""
    text = written(id_, all_in(id_, ags))
    assert '"' not in text
    assert text.count("„") == text.count("“") > 0


# --- form -------------------------------------------------------------------------------


def test_lines_do_not_end_within_a_unit() -> None:
    """Paragraph signs, dates and sums are held together by non-breaking spaces."""
    text = "\n".join(plain(one) for one in texts(letter(A, answers())))
    for unit in ("§ 27 GO NRW", "§ 9 TIntG NRW", "14. Januar 2027", "75 Mio. €", "Baustein 1"):
        assert unit.replace(" ", "\u00a0") in text
        assert unit not in text


def test_the_law_is_named_without_paragraph() -> None:
    """The new § 27 is cited whole, since its paragraphs are for an admin to add."""
    for id_, ags in EVERY:
        text = written(id_, all_in(id_, ags))
        assert "§ 9 TIntG NRW" in text
        assert not re.search(r"§ \d+ Abs", text)


def test_letter_head() -> None:
    """Recipient, information block and sender hold what is known, in this order."""
    made = letter(A, answers())
    assert [plain(line) for line in made.recipient] == [
        "An die Vorsitzende",
        "des Ausschusses für Chancengerechtigkeit und Integration",
        "Frau Aylin Demir",
        "Stadt Gelsenkirchen",
        "Geschäftsstelle",
        "Rathausplatz 1",
        "12345 Musterstadt",
    ]
    info = {label: plain(text).replace("\u00a0", " ") for label, text in made.info}
    assert info == {
        "Art": "Anfrage",
        "Grundlage": "§ 4 der Geschäftsordnung",
        "Gremium": "Ausschuss für Chancengerechtigkeit und Integration",
        "Sitzung am": "14. Januar 2027, 17:00 Uhr",
        "Beratung": "öffentlich",
        "Datum": "Gelsenkirchen, 22. November 2026",
    }
    assert plain(made.return_line) == "Mehmet Kaya · Beispielweg 2 · 12345 Musterstadt"


def test_the_address_field_holds_nine_lines() -> None:
    """More lines of address than a window shows are cut."""
    given = answers()
    long = replace(given.council, office_address="\n".join(f"Zeile {n}" for n in range(20)))
    assert len(letter(A, replace(given, council=long)).recipient) == 9


def test_a_letter_to_the_district_has_no_meeting() -> None:
    """D names no meeting, no rule and no deadline, and goes to no office by mail."""
    made = letter("kim-anfrage-kreis", answers("05566076"))
    assert made.calendar == ()
    assert made.mail.to == ""
    assert {label for label, _ in made.info} == {"Art", "Gremium", "Datum"}


def test_calendar_and_mail() -> None:
    """Deadline by the council's rule, the meeting in local time, and a mail to the office."""
    made = letter(A, answers())
    due, meeting = made.calendar
    assert (due.occasion, due.start) == (Occasion.DEADLINE, date(2026, 12, 24))
    assert isinstance(meeting.start, datetime)
    assert meeting.start.isoformat() == "2027-01-14T17:00:00+01:00"
    assert (made.mail.to, made.mail.sender) == ("office@example.org", "kaya@example.org")
    assert "Anfrage für die Sitzung am 14. Januar 2027" in made.mail.subject


def test_cutoff_makes_the_deadline_a_time() -> None:
    """With a cut-off hour the entry is no longer all-day; a day typed by hand wins."""
    given = answers()
    rule = FilingRule(number=21, cutoff=time(12))
    with_rule = replace(given, council=replace(given.council, rule=rule))
    start = letter(A, with_rule).calendar[0].start
    assert isinstance(start, datetime)
    assert start.isoformat() == "2026-12-24T12:00:00+01:00"
    by_hand = replace(with_rule, deadline=date(2026, 12, 1))
    assert letter(A, by_hand).calendar[0].start == date(2026, 12, 1)


def test_an_amended_letter_says_what_it_replaces() -> None:
    """The new version names the date of the old one."""
    text = written(A, replace(answers(), replaces=date(2026, 11, 2)))
    assert "Dieses Schreiben ersetzt mein Schreiben vom 2. November 2026." in text


def test_resolution_is_a_motion_with_its_text_as_annex() -> None:
    """Cover letter, proposed decision, and the demands as its annex, with place and day."""
    made = letter("kim-resolution", replace(answers(), place="Buer"))
    text = "\n".join(plain(block.text) for block in made.blocks if not isinstance(block, Listing))
    assert "Beschlussvorschlag\nDer Ausschuss" in text
    assert [item.label for item in points(made)] == ["1", "2", "3", "4"]
    assert not any(isinstance(block, Listing) for block in made.blocks)
    assert plain(made.annexes[0].signed).replace("\u00a0", " ") == "Buer, 14. Januar 2027"
    assert made.enclosures == (made.annexes[0].title,)

"""Recording that KIM was reported, and how often it has to be."""

from dataclasses import replace
from datetime import date

import pytest

from conversations.agenda import Agenda, KimItem
from conversations.deeds import Amend, Note, Schedule, Steer, Unnote
from conversations.dialogues import Dialogues
from conversations.events import Uploaded
from conversations.rules.reporting import ReportingRule, Rhythm
from conversations.standing import Role
from tests.conversations.agendas import meeting
from tests.conversations.councils import changed, meanwhile, profile_of
from tests.conversations.facing import AGENDA, deeds, facing
from tests.conversations.walk import Member


@pytest.fixture
def admin(dialogues: Dialogues) -> Member:
    """An admin at the list of reports."""
    return facing(dialogues).call("bericht")


def ruled(member: Member, **parts: object) -> Member:
    """The council has another rule."""
    rule = replace(ReportingRule(), **parts)  # type: ignore[arg-type]
    return meanwhile(member, reporting=rule).call("bericht")


def test_a_report_at_a_meeting_takes_three_presses(admin: Member) -> None:
    """Record, which meeting, how: then it counts, with the meeting it was given at."""
    admin.press("Bericht eintragen").press("Sitzung am Do 24.09.2026").press("mündlich")
    report = admin.state.agenda.reports[0]
    assert (report.day, report.oral, report.meeting) == (date(2026, 9, 24), True, "m2026-09-24")


def test_the_clock_follows_at_once(admin: Member) -> None:
    """What was nearly due is in order again."""
    assert "bald fällig" in admin.html
    admin.press("Bericht eintragen").press("Sitzung am Do 24.09.").press("mündlich").press("Alle")
    assert "in Ordnung" in admin.html
    assert "24.09.2027" in admin.html


def test_a_typed_day_needs_no_meeting(admin: Member) -> None:
    """A written report comes on any day."""
    admin.press("Bericht eintragen").type("12.10.2026").press("schriftlich")
    report = admin.state.agenda.reports[0]
    assert (report.day, report.oral, report.meeting) == (date(2026, 10, 12), False, None)


def test_nobody_reported_in_the_future(admin: Member) -> None:
    """A day ahead is refused with the reason."""
    admin.press("Bericht eintragen").type("12.12.2026")
    assert "liegt noch vor uns" in admin.html
    assert deeds(admin) == ()


def test_cancelled_and_reported_meetings_are_not_offered(dialogues: Dialogues) -> None:
    """Only meetings that took place and have no report yet."""
    fell = meeting("2026-10-08", cancelled=True)
    agenda = replace(AGENDA, meetings=(meeting("2026-01-22"), fell, meeting("2026-09-24")))
    admin = facing(dialogues, agenda).call("bericht").press("Bericht eintragen")
    offered = [label for label in admin.labels if label.startswith("Sitzung am")]
    assert offered == ["Sitzung am Do 24.09.2026"]


def test_one_day_has_one_report(admin: Member) -> None:
    """Entered again, the first record is shown instead."""
    admin.press("Bericht eintragen").type("22.1.2026")
    assert "schon ein Bericht" in admin.html
    assert deeds(admin) == ()


def test_number_note_and_file_are_one_press_each(admin: Member) -> None:
    """They are kept with the report; the shell is told which document to fetch."""
    admin.press("Do 22.01.2026").press("Nummer").type("197/23").press("Notiz").type("Kurz.")
    admin.press("Datei").send(Uploaded(file="F1", name="Vorlage.pdf", size=1000))
    (deed,) = deeds(admin)
    assert isinstance(deed, Note)
    assert deed.file_id == "F1"
    report = admin.state.agenda.reports[0]
    assert (report.number, report.note, report.file) == ("197/23", "Kurz.", "Vorlage.pdf")


def test_a_large_file_is_refused(admin: Member) -> None:
    """The limit is named, nothing is stored."""
    admin.press("Do 22.01.2026").press("Datei")
    admin.send(Uploaded(file="F1", name="Film.mp4", size=11 * 1024 * 1024))
    assert "zu groß" in admin.html
    assert deeds(admin) == ()


def test_a_correction_keeps_the_record(admin: Member) -> None:
    """Another day or way changes the same report."""
    admin.press("Do 22.01.2026").press("Tag ändern").type("23.1.2026").press("Doch mündlich")
    (report,) = admin.state.agenda.reports
    assert (report.id, report.day, report.oral) == ("r2026-01-22", date(2026, 1, 23), True)


def test_a_report_is_taken_back_after_a_question(admin: Member) -> None:
    """Then the clock stands as before it."""
    admin.press("Do 22.01.2026").press("Eintrag entfernen").press("Ja, entfernen")
    assert [type(deed) for deed in deeds(admin)] == [Unnote]
    assert "noch nie berichtet" in admin.html


def test_the_next_meeting_is_marked_with_one_press(admin: Member) -> None:
    """Listed, postponed, and back to nothing."""
    admin.press("Liegt auf der Tagesordnung")
    assert admin.state.agenda.meetings[-1].kim is KimItem.LISTED
    admin.press("Vertagt")
    assert admin.state.agenda.meetings[-1].kim is KimItem.POSTPONED
    admin.press("Kein Eintrag")
    assert [type(deed) for deed in deeds(admin)] == [Schedule]
    assert admin.state.agenda.meetings[-1].kim is KimItem.UNKNOWN


def test_a_meeting_that_went_is_not_marked(admin: Member) -> None:
    """Another admin cancelled it between card and press."""
    agenda = replace(AGENDA, meetings=(meeting("2027-01-14", cancelled=True),))
    admin.state = replace(admin.state, agenda=agenda)
    admin.press("Vertagt")
    assert deeds(admin) == ()
    assert "fällt aus" in admin.html


def test_members_look_and_change_nothing(dialogues: Dialogues) -> None:
    """The clock and each report, without a button that changes them."""
    member = facing(dialogues, role=Role.MEMBER).call("bericht")
    assert member.labels == ["Do 22.01.2026 · schriftlich", "Stand", "Zum Anfang"]
    assert member.press("Do 22.01.2026").labels == ["Zurück", "Abbrechen", "Hilfe"]


def test_an_admin_no_more_sees_the_list_instead(admin: Member) -> None:
    """Rights lost between card and press end at the list, and nothing is stored."""
    admin.press("Bericht eintragen")
    (seat,) = admin.state.standing.seats
    standing = replace(admin.state.standing, seats=(replace(seat, role=Role.MEMBER),))
    admin.state = replace(admin.state, standing=standing)
    admin.type("12.10.2026")
    assert deeds(admin) == ()
    assert "Bericht eintragen" not in admin.labels


def test_the_rhythm_is_one_press(admin: Member) -> None:
    """It stands in the profile, and in the audit log as one part."""
    admin.press("Wie oft").press("In jeder Sitzung")
    assert profile_of(admin).reporting.rhythm is Rhythm.EVERY_MEETING
    assert changed(admin) == ["reporting"]


def test_any_number_of_months_can_be_typed(admin: Member) -> None:
    """Five is between the buttons; a thousand is no number of months here."""
    admin.press("Wie oft").type("5")
    assert profile_of(admin).reporting.months == 5
    admin.type("1000")
    assert profile_of(admin).reporting.months == 5


def test_fixed_months_keep_one(admin: Member) -> None:
    """The last of them cannot go: a report would never be due."""
    admin.press("Wie oft").press("In festen").press("☑ Jun").press("☑ Dez")
    assert profile_of(admin).reporting.in_months == (12,)


def test_a_decision_makes_the_proposal_an_agreement(admin: Member) -> None:
    """Its number stands with the rule."""
    admin.press("Wie oft").press("Beschluss").type("362/21").press("Zurück")
    assert "Vereinbart:" in admin.html


def test_two_admins_at_the_rhythm_see_both_answers(admin: Member) -> None:
    """What another admin changed meanwhile is not overwritten unseen."""
    admin.press("Wie oft")
    meanwhile(admin, reporting=ReportingRule(rhythm=Rhythm.STEERING))
    admin.press("24 Monate")
    assert "Jemand anders war gerade schneller" in admin.html
    assert "Lenkungsgruppe" in admin.html
    admin.press("So lassen")
    assert profile_of(admin).reporting.rhythm is Rhythm.STEERING


def test_days_of_the_steering_group_come_and_go(dialogues: Dialogues) -> None:
    """Each is one press or a typed day."""
    admin = ruled(facing(dialogues), rhythm=Rhythm.STEERING).press("Tage der").type("3.11.2026")
    assert admin.state.agenda.steering == (date(2026, 11, 3),)
    admin.press("Entfernen: Di 03.11.2026")
    assert [type(deed) for deed in deeds(admin)] == [Steer]
    assert admin.state.agenda.steering == ()


def test_the_steering_group_makes_a_report_due(dialogues: Dialogues) -> None:
    """It met after the last report: the next one is due."""
    admin = ruled(facing(dialogues), rhythm=Rhythm.STEERING)
    admin.press("Tage der").type("3.11.2026").press("Zurück")
    assert "🟠 fällig" in admin.html


def test_without_any_report_one_is_due_at_once(dialogues: Dialogues) -> None:
    """And the card says until when something can be filed."""
    agenda = Agenda(meetings=AGENDA.meetings)
    admin = facing(dialogues, agenda).call("bericht")
    assert "noch nie berichtet" in admin.html
    assert "Do 24.12.2026" in admin.html


def test_strangers_have_no_reports(member: Member) -> None:
    """Without a seat the command does not exist."""
    assert "kenne ich nicht" in member.call("bericht").html


def test_amending_needs_the_revision(admin: Member) -> None:
    """The store can tell that somebody else was faster."""
    admin.press("Wie oft").press("6 Monate")
    (deed,) = deeds(admin)
    assert isinstance(deed, Amend)
    assert deed.revision == 1

"""How a council stands, in private and for its groups."""

from dataclasses import replace
from datetime import UTC, date, datetime

from conversations.agenda import Agenda, CalendarSource, Coming
from conversations.core import Say, State
from conversations.dialogues import Dialogues
from conversations.events import Called
from conversations.facts import CouncilFacts
from conversations.groups import Group, answered
from conversations.rules.knowledge import Knowledge
from conversations.rules.reminding import ReminderKind
from conversations.standing import PersonId
from conversations.status import group_text
from tests.conversations.agendas import at, group, meeting, paper
from tests.conversations.facing import AGENDA, facing, filed, later
from tests.conversations.walk import NOW, Member

SOON = Coming(kind=ReminderKind.DEADLINE, due=at("2026-12-10", 9), subject="meeting:m2027-01-14")


def status(dialogues: Dialogues, agenda: Agenda = AGENDA) -> Member:
    """A member's status."""
    return facing(dialogues, agenda).call("status")


def test_it_says_why_and_until_when(dialogues: Dialogues) -> None:
    """Clock with its reason, next meeting, next deadline with its rule."""
    html = status(dialogues).html
    assert "bald fällig" in html
    assert "Zuletzt wurde am Do 22.01.2026 über KIM berichtet" in html
    assert "Nächste Sitzung: Do 14.01.2027, 17:00 Uhr (in 53 Tagen)" in html
    assert "<b>Do 24.12.2026</b> (in 32 Tagen)" in html


def test_the_deadline_is_explained_on_request(dialogues: Dialogues) -> None:
    """Day by day, as everywhere."""
    assert "So ist die Frist gerechnet" in status(dialogues).press("Wie gerechnet?").html


def test_what_comes_next_has_its_hour(dialogues: Dialogues) -> None:
    """Local time; one whose moment is over goes out at once."""
    late = replace(SOON, due=NOW)
    html = status(dialogues, replace(AGENDA, coming=(late, SOON))).html
    assert "• gleich: Abgabefrist" in html
    assert "• Do 10.12.2026, 09:00 Uhr: Abgabefrist" in html


def test_nothing_planned_is_said(dialogues: Dialogues) -> None:
    """No promise of a reminder that is not planned."""
    assert "Zurzeit ist keine Erinnerung geplant" in status(dialogues).html


def test_open_papers_are_named(dialogues: Dialogues) -> None:
    """The oldest first; answered ones are over."""
    papers = tuple(paper(f"2026-11-{day}", letter=f"L{day}") for day in range(10, 17))
    done = replace(papers[0], answered=date(2026, 11, 20))
    html = status(dialogues, replace(AGENDA, filed=(*papers[1:], done))).html
    assert "Offen (6)" in html
    assert html.count("Eingang noch nicht bestätigt") == 5
    assert "/eingereicht" in html


def test_the_calendar_s_last_look(dialogues: Dialogues) -> None:
    """When it was read, and that it did not work."""
    source = CalendarSource(url="https://example.org/x.ics", checked=NOW, trouble="gone")
    html = status(dialogues, replace(AGENDA, source=source)).html
    assert "Kalender zuletzt gelesen: 22.11.2026, 12:00 Uhr" in html
    assert "zuletzt ging es nicht" in html


def test_an_empty_council_is_told_what_is_missing(dialogues: Dialogues) -> None:
    """No meeting, no report: said, not guessed."""
    html = status(dialogues, Agenda()).html
    assert "nicht eingetragen" in html
    assert "noch nie berichtet" in html


def test_a_cycle_as_days_pass(dialogues: Dialogues) -> None:
    """In order, soon, due, overdue: the words follow the clock."""
    member = facing(dialogues)
    days = ("2026-02-01", "2026-11-22", "2027-01-23", "2027-03-06")
    said = [later(member, at(day)).call("status").html.splitlines()[1] for day in days]
    assert said == ["🟢 in Ordnung", "🟡 bald fällig", "🟠 fällig", "🔴 überfällig"]


def test_after_the_deadline_the_next_meeting_counts(dialogues: Dialogues) -> None:
    """On Christmas the January meeting cannot be reached any more."""
    agenda = replace(AGENDA, meetings=(*AGENDA.meetings, meeting("2027-03-11")))
    member = later(facing(dialogues, agenda), datetime(2026, 12, 25, 9, 0, tzinfo=UTC))
    assert "für die Sitzung am Do 11.03.2027" in member.call("status").html


def test_the_group_reads_it_short(dialogues: Dialogues, know: Knowledge) -> None:
    """What the chats get next, and the way into the private chat."""
    member = facing(dialogues)
    assert member.state.council is not None
    agenda = replace(AGENDA, chats=(group(),))
    facts = CouncilFacts.of(member.state.council, agenda)
    screen = group_text(know, facts, "de", NOW, bot="kim_bot")
    assert "Offene Anfragen: 0" in screen.html
    assert "Do 10.12.2026, 09:00 Uhr (Abgabefrist)" in screen.html
    assert screen.rows == ((("Privat weitermachen", "https://t.me/kim_bot"),),)


def test_strangers_have_no_status(member: Member) -> None:
    """Without a seat the command does not exist."""
    assert "kenne ich nicht" in member.call("status").html


def test_the_group_reads_no_title(dialogues: Dialogues, know: Knowledge) -> None:
    """Open papers are counted there; what they are called stays in private."""
    member = facing(dialogues, filed())
    assert member.state.council is not None
    facts = CouncilFacts.of(member.state.council, member.state.agenda)
    html = group_text(know, facts, "de", NOW).html
    assert "Offene Anfragen: 1" in html
    assert "Anfrage zu KIM" not in html


def test_a_linked_group_is_told_of_each_council(dialogues: Dialogues, know: Knowledge) -> None:
    """/status written in the group, by whomever; one message for each council of the chat."""
    member = facing(dialogues)
    assert member.state.council is not None
    facts = CouncilFacts.of(member.state.council, member.state.agenda)
    stranger = State(now=NOW, person=PersonId(99), fresh="f", bot="kim_bot")
    asked = Group(linked=(facts, facts))
    decision = answered(know, stranger, Called(name="status"), asked)
    assert decision is not None
    said = [reply.screen.html for reply in decision.replies if isinstance(reply, Say)]
    assert len(said) == 2
    assert all("bald fällig" in html for html in said)

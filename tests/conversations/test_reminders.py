"""What reminders say, in chats and in private, and which are not sent."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from conversations.core import Screen
from conversations.facts import CouncilFacts
from conversations.reminders import compose, disabled, missed
from conversations.rules.answers import FilingRule
from conversations.rules.knowledge import Knowledge
from conversations.rules.profile import CouncilRule, PaperKind, Profile
from conversations.rules.reminding import ReminderKind
from conversations.rules.reporting import ReportingRule, Rhythm
from conversations.standing import Role
from tests.conversations.agendas import (
    KINDS,
    RULES,
    at,
    facts,
    group,
    listed,
    meeting,
    paper,
    person,
    report,
)
from tests.conversations.reminded import DUE, ID, JANUARY, LAST, a_reminder, data_of, going_out
from tests.conversations.walk import NOW


def _html(screen: Screen | None) -> str:
    assert screen is not None
    return screen.html


# --- what they say --------------------------------------------------------------------------------


def test_a_deadline_says_why_which_one_and_until_when(know: Knowledge) -> None:
    """With dates, weekdays and days left."""
    assert _html(going_out(know, DUE, ReminderKind.DEADLINE, nth=2)) == (
        "<b>KIM-Bericht fällig</b> · Erinnerung 2 von 3\n"
        "Zuletzt wurde am Do 22.01.2026 über KIM berichtet, der nächste Bericht ist am 22.01.2027 "
        "fällig. Vorschlag: ein Bericht im Jahr.\n"
        "Was auf die Tagesordnung der Sitzung am Do 14.01.2027 soll, muss bis "
        "<b>Do 24.12.2026</b> da sein (in 3 Tagen)."
    )


def test_in_private_it_names_the_place(know: Knowledge) -> None:
    """Somebody may belong to several councils."""
    assert "\nStadt Gelsenkirchen\n" in _html(going_out(know, DUE, ReminderKind.DEADLINE, chat=7))


def test_without_a_rule_no_deadline_is_invented(know: Knowledge) -> None:
    """It says that the deadline is unknown, and who can enter it."""
    known = facts(JANUARY, reports=LAST, profile=Profile(ags="05513000"))
    text = _html(going_out(know, known, ReminderKind.DEADLINE))
    assert "Do 14.01.2027</b> (in 21 Tagen)" in text
    assert "weiß ich nicht. Ein Ratsadmin kann die Frist unter /rat eintragen." in text


def test_a_possible_repeat_says_so(know: Knowledge) -> None:
    """Telegram did not answer whether the first one arrived."""
    assert "Vielleicht haben Sie" in _html(going_out(know, DUE, ReminderKind.DEADLINE, again=True))
    assert "Vielleicht haben Sie" not in _html(going_out(know, DUE, ReminderKind.DEADLINE))


@pytest.mark.parametrize(
    ("known", "kind", "words"),
    [
        (DUE, ReminderKind.TOMORROW, "<b>Morgen ist Sitzung</b>: Do 14.01.2027, 17:00 Uhr"),
        (
            facts(listed("2027-01-14"), reports=LAST),
            ReminderKind.TOMORROW,
            "KIM liegt auf der Tagesordnung.",
        ),
        (
            facts(JANUARY, reports=LAST, filed=(paper("2026-11-20", title="A & <B>"),)),
            ReminderKind.TOMORROW,
            "ist eingereicht: A &amp; &lt;B&gt;",
        ),
        (DUE, ReminderKind.REPORTED, "<b>Wurde gestern über KIM berichtet?</b>"),
        (
            facts(filed=(paper("2026-11-20"),)),
            ReminderKind.RECEIPT,
            "Eingereicht am Fr 20.11.2026, eine Bestätigung ist nicht eingetragen.",
        ),
        (
            facts(filed=(paper("2026-11-20", promised=date(2026, 12, 1)),)),
            ReminderKind.PROMISED,
            "Zugesagt war die Antwort bis Di 01.12.2026",
        ),
    ],
)
def test_each_kind_says_its_fact(
    know: Knowledge, known: CouncilFacts, kind: ReminderKind, words: str
) -> None:
    """One sentence with its dates."""
    assert words in _html(going_out(know, known, kind))


def test_the_agenda_is_asked_for_with_two_answers(know: Knowledge) -> None:
    """It stands on it, or it does not."""
    rules = {**RULES, PaperKind.INVITATION: CouncilRule(count=FilingRule(number=7))}
    known = facts(JANUARY, reports=LAST, profile=Profile(ags="05513000", rules=rules))
    screen = going_out(know, known, ReminderKind.AGENDA)
    assert "Einladung zur Sitzung am Do 14.01.2027, 17:00 Uhr müsste" in _html(screen)
    assert screen is not None
    assert [label for label, _ in screen.rows[0]] == [
        "Liegt auf der Tagesordnung",
        "Steht nicht darauf",
    ]


def test_dates_are_asked_of_admins_with_the_reason(know: Knowledge) -> None:
    """Why they get it, and a button that leads on."""
    screen = going_out(know, facts(people=(person(7, Role.ADMIN),)), ReminderKind.DATES, chat=7)
    assert "weil Sie Ratsadmin sind" in _html(screen)
    assert data_of(screen)[0] == f"r:dates:{ID}"


def test_overdue_names_the_next_chance(know: Knowledge) -> None:
    """Since when, and the next deadline that can be met."""
    known = facts(meeting("2027-04-15"), reports=LAST)
    text = _html(going_out(know, known, ReminderKind.OVERDUE, now=at("2027-02-01")))
    assert "<b>KIM-Bericht überfällig</b>" in text
    assert "fällig ist der nächste Bericht seit dem 22.01.2027" in text
    assert "muss bis <b>Do 25.03.2027</b> da sein (in 20 Tagen)" in text


def test_late_the_question_names_the_day(know: Knowledge) -> None:
    """Five days after the meeting it is not "yesterday" any more."""
    text = _html(going_out(know, DUE, ReminderKind.REPORTED, now=at("2027-01-19")))
    assert "Wurde am Do 14.01.2027 über KIM berichtet?" in text


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (ReportingRule(basis="12/26"), "Vereinbart: ein Bericht im Jahr."),
        (ReportingRule(months=6), "Vorschlag: ein Bericht alle 6 Monate."),
        (ReportingRule(rhythm=Rhythm.EVERY_MEETING), "ein Bericht in jeder Sitzung."),
        (ReportingRule(rhythm=Rhythm.PER_YEAR, times=2), "2 Berichte im Jahr."),
        (
            ReportingRule(rhythm=Rhythm.MONTHS, in_months=(3, 6, 9)),
            "jeweils bis Ende März, Juni und September.",
        ),
        (ReportingRule(rhythm=Rhythm.STEERING), "ein Bericht nach jeder Lenkungsgruppe."),
    ],
)
def test_every_rhythm_has_its_words(know: Knowledge, rule: ReportingRule, words: str) -> None:
    """And says whether it was decided or is a proposal."""
    assert words in _html(going_out(know, facts(JANUARY, rule=rule), ReminderKind.DEADLINE))


# --- what is not sent -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "now_known",
    [
        facts(replace(JANUARY, cancelled=True), reports=LAST),
        facts(replace(JANUARY, version=2), reports=LAST),
        facts(JANUARY, reports=(report("2026-12-09"), *LAST)),
        facts(JANUARY, reports=LAST, filed=(paper("2026-12-09"),)),
        facts(listed("2027-01-14"), reports=LAST),
        facts(JANUARY, reports=LAST, chats=()),
        facts(JANUARY, reports=LAST, chats=(group(disabled="kicked"),)),
        facts(JANUARY, reports=LAST, chats=(group(receives=KINDS - {ReminderKind.DEADLINE}),)),
    ],
    ids=["cancelled", "moved", "reported", "filed", "listed", "unlinked", "disabled", "not wanted"],
)
def test_p4_what_no_longer_holds_is_not_sent(know: Knowledge, now_known: CouncilFacts) -> None:
    """Looked at once more, right before sending."""
    due = at("2026-12-10", 9)
    assert compose(know, DUE, a_reminder(), "de", due) is not None
    assert compose(know, now_known, a_reminder(), "de", due) is None


# --- notices to admins ----------------------------------------------------------------------------


def test_admins_are_told_why_a_chat_gets_nothing_more(know: Knowledge) -> None:
    """In words, each reason its own; titles are escaped."""
    reasons = ("kicked", "rights", "deleted", "topic", "other")
    found = [disabled(know, "A <b>", one, "Stadt Gelsenkirchen", "de").html for one in reasons]
    assert len(set(found)) == len(reasons)
    assert all("A &lt;b&gt;" in one and "/gruppe" in one for one in found)


def test_d10_what_was_missed_is_told_in_one_message(know: Knowledge) -> None:
    """Kind and day of each, the oldest first."""
    rows = [(ReminderKind.TOMORROW, NOW), (ReminderKind.DEADLINE, NOW - timedelta(days=1))]
    text = missed(know, rows, "", "de").html
    assert "2 Erinnerungen haben sich dadurch erledigt" in text
    assert text.index("21.11.2026: Abgabefrist") < text.index("22.11.2026: Sitzung")

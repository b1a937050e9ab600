"""A council whose report is due, and what its people are reminded of."""

from datetime import datetime

from conversations.agenda import Reminded
from conversations.core import Screen
from conversations.facts import CouncilFacts
from conversations.planning import plan
from conversations.reminders import compose
from conversations.rules.knowledge import Knowledge
from conversations.rules.reminding import ReminderKind
from conversations.standing import Role
from tests.conversations.agendas import GROUP, facts, meeting, person, report
from tests.conversations.councils import COUNCIL
from tests.conversations.walk import NOW

ID = "abcdefgh-_123456"
JANUARY = meeting("2027-01-14")
LAST = (report("2026-01-22"),)
DUE = facts(JANUARY, reports=LAST, people=(person(7, Role.ADMIN),))


def a_reminder(
    kind: ReminderKind = ReminderKind.DEADLINE, subject: str = f"meeting:{JANUARY.id}"
) -> Reminded:
    """The one whose buttons are pressed."""
    return Reminded(id=ID, council=COUNCIL, kind=kind, subject=subject, chat=GROUP, slot="14")


def going_out(
    know: Knowledge,
    known: CouncilFacts,
    kind: ReminderKind,
    *,
    chat: int = GROUP,
    nth: int = 1,
    again: bool = False,
    language: str = "de",
    now: datetime = NOW,
) -> Screen | None:
    """The message of the kind as it goes out when it is due."""
    rows = [one for one in plan(known, now) if one.kind is kind]
    row = rows[nth - 1]
    reminded = Reminded(
        id=ID,
        council=COUNCIL,
        kind=kind,
        subject=row.subject,
        chat=chat,
        version=row.version,
        slot=row.slot,
        nth=row.nth,
        of=row.of,
        again=again,
    )
    return compose(know, known, reminded, language, max(row.due, now), bot="kim_bot")


def data_of(screen: Screen | None) -> list[str]:
    """What its buttons carry."""
    assert screen is not None
    return [data for row in screen.rows for _, data in row]

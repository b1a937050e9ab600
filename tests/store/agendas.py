"""A council's agenda and letters in a store, and rows of its ledger."""

from datetime import date, time

from sqlalchemy import insert, select

from bot.store import schema
from conversations.agenda import CouncilMeeting, Filed, MeetingId, Report, ReportId
from conversations.core import (
    Decision,
    Draft,
    DraftId,
    Filing,
    LetterId,
    LetterOrder,
    Need,
    Position,
)
from conversations.deeds import Schedule
from conversations.rules.answers import Answers
from conversations.rules.profile import Form
from tests.shell import letter_of
from tests.store.councils import AYLA, BEN, HERE, NOW, decide, load
from tests.store.people import delivery

DAY = date(2027, 1, 14)
MEETING = CouncilMeeting(id=MeetingId("m1"), day=DAY, start=time(17, 30), place="Ratssaal")
REPORT = Report(id=ReportId("r1"), day=date(2026, 10, 18), number="197/26", note="kurz")
FILED = Filed(letter="l1", title="T", day=date(2026, 11, 20), way=Form.EMAIL, to="Ratsbüro")
POSITION = Position(flow="f", step="s", version=1)


def draft(number=1, council=HERE):
    """A draft within a council."""
    return Draft(
        id=DraftId(f"d{number}"),
        definition="kim",
        definition_version=1,
        title="T",
        answers=Answers(),
        council=council,
        touched=NOW,
    )


def order(number=1, council=HERE):
    """A letter of a council."""
    return LetterOrder(
        id=LetterId(f"l{number}"),
        draft=DraftId("d1"),
        title="T",
        version=1,
        letter=letter_of(["x"]),
        council=council,
    )


async def agenda(store, person=AYLA, now=NOW):
    """What the person sees of the agenda in hand."""
    return (await load(store, person, Need.AGENDA, now=now)).agenda


def row(id_, **values):
    """A row of the ledger, due now."""
    return delivery(id_, **{"due": NOW, "council": HERE, **values})


def schedule(*kept, council=HERE, dropped=()):
    """Meetings kept and dropped."""
    return Schedule(council=council, kept=kept, dropped=dropped)


async def a_letter(store, person=BEN, number=1, council=HERE, *, filed=True):
    """Somebody's letter, filed the old way."""
    await decide(store, person, Decision(position=POSITION, orders=(order(number, council),)))
    if filed:
        filing = (LetterId(f"l{number}"), Filing(day=NOW.date()))
        await decide(store, person, Decision(filings=(filing,)))


async def planned(store, *rows):
    """Rows of the ledger."""
    await store.write(lambda c: c.execute(insert(schema.delivery), list(rows)))


async def states(store):
    """Where each row of the ledger stands."""
    table = schema.delivery
    rows = await store.read(lambda c: c.execute(select(table.c.id, table.c.state)).all())
    return {row.id: row.state for row in rows}

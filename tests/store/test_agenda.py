"""A council's agenda in the store: who sees it, who changes it, what lapses; on both databases."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import insert, select

from bot.store import schema
from bot.store.scope import ForbiddenError
from bot.store.turns import Asked
from conversations.agenda import (
    Agenda,
    CalendarSource,
    Coming,
    CouncilMeeting,
    Filed,
    KimItem,
    MeetingId,
    Report,
    ReportId,
)
from conversations.core import Decision, Filing, LetterId, Need, Position
from conversations.deeds import (
    File,
    Follow,
    Note,
    OfferLink,
    OpenFeed,
    Schedule,
    Steer,
    Unnote,
)
from conversations.rules.profile import Form
from conversations.rules.reminding import ReminderKind
from tests.store.councils import (
    AYLA,
    BEN,
    BOSS,
    CEM,
    EVE,
    HERE,
    NOW,
    THERE,
    TURNS,
    audited,
    decide,
    do,
    hashed,
    later,
    load,
    two_councils,
)
from tests.store.people import delivery
from tests.store.test_scope import order

DAY = date(2027, 1, 14)
MEETING = CouncilMeeting(id=MeetingId("m1"), day=DAY, start=time(17, 30), place="Ratssaal")
REPORT = Report(id=ReportId("r1"), day=date(2026, 10, 18), number="197/26", note="kurz")
FILED = Filed(letter="l1", title="T", day=date(2026, 11, 20), way=Form.EMAIL, to="Ratsbüro")
POSITION = Position(flow="f", step="s", version=1)


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


# --- meetings


async def test_everybody_of_the_council_sees_its_meetings(store):
    """An admin enters them, a member sees them by day and hour; another council does not."""
    await two_councils(store)
    early, none = (replace(MEETING, id=MeetingId(id_), start=at)
                   for id_, at in (("m2", time(9)), ("m3", None)))  # fmt: skip
    await do(store, AYLA, schedule(MEETING, early, none))
    assert (await agenda(store, BEN)).meetings == (none, early, MEETING)
    for person in (CEM, EVE, BOSS):
        assert await agenda(store, person) == Agenda()


@pytest.mark.parametrize(
    "change",
    [{"day": date(2027, 1, 15)}, {"start": time(18)}, {"cancelled": True}],
    ids=["day", "hour", "cancelled"],
)
async def test_a_moved_meeting_has_another_version(store, change):
    """Day, hour or cancellation: the stored version grows, whatever the deed says it was."""
    await two_councils(store)
    await do(store, AYLA, schedule(replace(MEETING, version=9)))
    await do(store, AYLA, schedule(replace(MEETING, version=9, **change)))
    assert (await agenda(store)).meetings == (replace(MEETING, version=2, **change),)


async def test_another_place_is_no_other_version(store):
    """Place, name and what is known of its agenda change nothing that was planned."""
    await two_councils(store)
    await do(store, AYLA, schedule(MEETING))
    changed = replace(MEETING, place="Aula", kim=KimItem.LISTED)
    await planned(store, row("d1"))
    await do(store, AYLA, schedule(changed))
    assert (await agenda(store)).meetings == (changed,)
    assert await states(store) == {"d1": "planned"}


@pytest.mark.parametrize(
    "deed",
    [schedule(replace(MEETING, day=date(2027, 1, 21))), schedule(dropped=("m1",))],
    ids=["moved", "dropped"],
)
async def test_reminders_of_a_meeting_that_moved_or_went_lapse(store, deed):
    """What waits is cancelled; what was sent, or is about another meeting, stays."""
    await two_councils(store)
    await do(store, AYLA, schedule(MEETING))
    await planned(
        store,
        row("d1"),
        row("d2", state="pending"),
        row("d3", state="sent"),
        row("d4", subject="meeting:m2"),
    )
    await do(store, AYLA, deed)
    assert await states(store) == {
        "d1": "cancelled", "d2": "cancelled", "d3": "sent", "d4": "planned",
    }  # fmt: skip


async def test_p5_another_councils_meeting_is_not_there(store):
    """Its id, known or guessed, neither changes nor drops it; an unknown one is not dropped."""
    await two_councils(store)
    await do(store, AYLA, schedule(MEETING))
    for deed in (
        schedule(replace(MEETING, cancelled=True), council=THERE),
        schedule(council=THERE, dropped=("m1",)),
        schedule(council=THERE, dropped=("m9",)),
    ):
        with pytest.raises(ForbiddenError):
            await do(store, CEM, deed)
    assert (await agenda(store)).meetings == (MEETING,)


async def test_meetings_of_more_than_two_years_ago_are_not_read(store):
    """They stay stored."""
    await two_councils(store)
    old = replace(MEETING, id=MeetingId("old"), day=NOW.date() - timedelta(days=732))
    edge = replace(MEETING, id=MeetingId("edge"), day=NOW.date() - timedelta(days=731))
    await do(store, AYLA, schedule(old, edge))
    assert (await agenda(store)).meetings == (edge,)


# --- reports, steering group


async def test_reports_are_recorded_corrected_and_taken_back(store):
    """Newest first, sealed, the same id once."""
    await two_councils(store)
    newer = replace(REPORT, id=ReportId("r2"), day=date(2026, 11, 3))
    await do(store, AYLA, Note(council=HERE, report=REPORT), Note(council=HERE, report=newer))
    assert (await agenda(store, BEN)).reports == (newer, REPORT)
    corrected = replace(REPORT, oral=True)
    await do(store, AYLA, Note(council=HERE, report=corrected), Unnote(council=HERE, report="r2"))
    assert (await agenda(store)).reports == (corrected,)
    body = await store.read(lambda c: c.execute(select(schema.report.c.body)).scalar_one())
    assert "197" not in body


async def test_p5_another_councils_report_is_not_there(store):
    """It is neither corrected nor taken back from elsewhere."""
    await two_councils(store)
    await do(store, AYLA, Note(council=HERE, report=REPORT))
    for deed in (Note(council=THERE, report=REPORT), Unnote(council=THERE, report=REPORT.id)):
        with pytest.raises(ForbiddenError):
            await do(store, CEM, deed)


async def test_a_reports_file_stays_until_another_one_comes(store):
    """A correction keeps the file that waits to be fetched; without a name it is gone."""
    await two_councils(store)
    with_file = replace(REPORT, file="n.pdf")

    async def waits():
        return await store.read(lambda c: c.execute(select(schema.report.c.file_id)).scalar_one())

    await do(store, AYLA, Note(council=HERE, report=with_file, file_id="tg1"))
    await do(store, AYLA, Note(council=HERE, report=replace(with_file, oral=True)))
    assert await waits() == "tg1"
    await do(store, AYLA, Note(council=HERE, report=with_file, file_id="tg2"))
    assert await waits() == "tg2"
    await do(store, AYLA, Note(council=HERE, report=REPORT))
    assert await waits() is None


async def test_days_of_the_steering_group(store):
    """The days named are all there are, rising."""
    await two_councils(store)
    await do(store, AYLA, Steer(council=HERE, days=(date(2026, 3, 1), date(2026, 2, 1))))
    await do(store, AYLA, Steer(council=HERE, days=(date(2026, 9, 1), date(2026, 2, 1))))
    assert (await agenda(store, BEN)).steering == (date(2026, 2, 1), date(2026, 9, 1))
    await do(store, AYLA, Steer(council=HERE, days=()))
    assert (await agenda(store)).steering == ()


# --- filings


async def test_what_was_filed_the_old_way_is_a_filing(store):
    """The day is known, all else is open; the council sees it, another one doesn't."""
    await two_councils(store)
    await a_letter(store)
    bare = Filed(letter="l1", title="T", day=NOW.date())
    assert (await agenda(store, BEN)).filed == (bare,)
    assert (await agenda(store, AYLA)).filed == (bare,)
    assert (await agenda(store, CEM)).filed == ()


async def test_the_writer_and_the_admin_say_what_became_of_it(store):
    """Each by a deed; the letter's own day follows, and the title is the letter's."""
    await two_councils(store)
    await a_letter(store, filed=False)
    await do(store, BEN, File(letter="l1", council=HERE, filed=FILED))
    assert (await agenda(store)).filed == (FILED,)
    received = replace(FILED, receipt=date(2026, 11, 23), number="198/26")
    await do(store, AYLA, File(letter="l1", council=HERE, filed=received))
    assert (await agenda(store, BEN)).filed == (received,)
    assert (await load(store, BEN)).letters[0].filed == Filing(day=FILED.day)
    assert ("file", "letter:l1") in await audited(store)


async def test_the_old_way_keeps_what_is_known(store):
    """Another day by the button under the letter: way and recipient stay."""
    await two_councils(store)
    await a_letter(store)
    await do(store, BEN, File(letter="l1", council=HERE, filed=FILED))
    await decide(store, BEN, Decision(filings=((LetterId("l1"), Filing(day=DAY)),)))
    assert (await agenda(store)).filed == (replace(FILED, day=DAY, version=3),)


async def test_p5_who_may_not_say_anything_about_a_letter(store):
    """Members about a colleague's, admins about one not filed, other councils and strangers about
    any; and nobody files it into another council."""
    await two_councils(store)
    await a_letter(store)
    await a_letter(store, AYLA, 2)
    await a_letter(store, BEN, 3, filed=False)
    for person, letter, council in (
        (BEN, "l2", HERE),
        (AYLA, "l3", HERE),
        (AYLA, "l9", HERE),
        (CEM, "l1", THERE),
        (CEM, "l1", HERE),
        (BEN, "l1", None),
        (EVE, "l1", None),
    ):
        with pytest.raises(ForbiddenError):
            await do(store, person, File(letter=letter, council=council, filed=FILED))


async def test_a_letter_not_filed_after_all(store):
    """Its filing is gone, its reminders lapse; filed again, its version is a new one."""
    await two_councils(store)
    await a_letter(store)
    await planned(store, row("d1", kind="receipt", subject="filed:l1"))
    await do(store, BEN, File(letter="l1", council=HERE, filed=None))
    assert (await agenda(store)).filed == ()
    assert (await load(store, BEN)).letters[0].filed is None
    assert await states(store) == {"d1": "cancelled"}
    await do(store, BEN, File(letter="l1", council=HERE, filed=FILED))
    assert (await agenda(store)).filed == (replace(FILED, version=2),)


async def test_another_promise_is_another_version(store):
    """Reminders of the older one lapse; a receipt changes no version."""
    await two_councils(store)
    await a_letter(store)
    received = replace(FILED, day=NOW.date(), receipt=DAY)
    await do(store, BEN, File(letter="l1", council=HERE, filed=received))
    assert (await agenda(store)).filed[0].version == 1
    await planned(store, row("d1", kind="promised", subject="filed:l1"))
    promised = replace(received, promised=DAY)
    await do(store, BEN, File(letter="l1", council=HERE, filed=promised))
    assert (await agenda(store)).filed[0].version == 2
    assert await states(store) == {"d1": "cancelled"}


async def test_ones_own_letter_without_a_council(store):
    """A stranger to all councils files it and sees it; it stays out of everybody else's agenda."""
    await two_councils(store)
    await a_letter(store, EVE, council="")
    await do(store, EVE, File(letter="l1", council=None, filed=FILED))
    assert (await agenda(store, EVE)).filed == (replace(FILED, version=2),)
    assert (await agenda(store, AYLA)).filed == ()


# --- calendars


async def test_a_calendar_is_followed_until_it_is_not(store):
    """One at a time."""
    await two_councils(store)
    source = CalendarSource(url="https://example.org/a.ics", bodies=("Rat",), checked=NOW)
    await do(store, AYLA, Follow(council=HERE, source=replace(source, url="https://x.org")))
    await do(store, AYLA, Follow(council=HERE, source=source))
    assert (await agenda(store, BEN)).source == source
    await do(store, AYLA, Follow(council=HERE, source=None))
    assert (await agenda(store)).source is None


async def test_a_feed_is_opened_and_closed(store):
    """A newer token ends the older one; an empty one closes it; another council's is refused."""
    await two_councils(store)
    for token in ("a", "b"):
        await do(store, AYLA, OpenFeed(council=HERE, token_hash=hashed(token)))
    tokens = await store.read(lambda c: c.execute(select(schema.feed.c.token_hash)).scalars().all())
    assert tokens == [hashed("b")]
    assert (await agenda(store, BEN)).feed
    with pytest.raises(ForbiddenError):
        await do(store, CEM, OpenFeed(council=THERE, token_hash=hashed("b")))
    await do(store, AYLA, OpenFeed(council=HERE, token_hash=""))
    assert not (await agenda(store)).feed


# --- what comes, and reminders


async def test_what_goes_out_next(store):
    """Each reminder once however many chats get it, mine in private, none that is over; ten."""
    await two_councils(store)
    rows = [
        row("a", due=later(days=1), chat=-1),
        row("b", due=later(days=1), chat=-2, state="pending"),
        row("c", due=later(hours=1), subject="meeting:m2", chat=BEN, person=BEN),
        row("d", due=later(days=1), subject="meeting:m3", chat=AYLA, person=AYLA),
        row("e", state="sent"),
        row("f", kind="notice"),
        row("g", council=THERE),
    ]
    await planned(store, *rows)
    assert (await agenda(store, BEN)).coming == (
        Coming(kind=ReminderKind.DEADLINE, due=later(hours=1), subject="meeting:m2"),
        Coming(kind=ReminderKind.DEADLINE, due=later(days=1), subject="meeting:m1"),
    )
    await planned(store, *(row(f"x{n}", due=later(days=n)) for n in range(3, 15)))
    assert len((await agenda(store, BEN)).coming) == 10


async def test_f03_a_reminder_is_found_by_its_people_alone(store):
    """By those with a seat; one sent to somebody in private by that person alone."""
    await two_councils(store)
    await planned(
        store,
        row("group", thread=7),
        row("private", chat=BEN, person=BEN),
        row("notice", kind="notice"),
    )

    async def reminder(person, id_):
        asked = Asked(
            person=person, chat=1, update=None, now=NOW, needs=lambda _: frozenset(), reminder=id_
        )
        return (await store.read(lambda c: TURNS.load(c, asked))).reminder

    found = await reminder(AYLA, "group")
    assert (found.id, found.kind, found.subject) == ("group", "deadline", "meeting:m1")
    assert (found.council, found.chat, found.thread) == (HERE, -500, 7)
    assert (await reminder(BEN, "private")).thread is None
    for person, id_ in ((AYLA, "private"), (CEM, "group"), (EVE, "group"), (AYLA, "notice")):
        assert await reminder(person, id_) is None


# --- who changes it


@pytest.mark.parametrize("deed", [
    schedule(MEETING),
    Follow(council=HERE, source=None),
    OpenFeed(council=HERE, token_hash="x"),
    Note(council=HERE, report=REPORT),
    Steer(council=HERE, days=()),
    OfferLink(council=HERE, token_hash="x"),
], ids=lambda deed: type(deed).__name__)  # fmt: skip
async def test_p5_only_its_admins_change_a_councils_agenda(store, deed):
    """Members, another council's admin, operators and strangers are refused."""
    await two_councils(store)
    for person in (BEN, CEM, BOSS, EVE):
        with pytest.raises(ForbiddenError):
            await do(store, person, deed)
    assert await agenda(store) == Agenda()

"""A council's meetings, reports and calendars in the store: who sees and changes them, what lapses;
on both databases."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from bot.store import schema
from bot.store.scope import ForbiddenError
from bot.store.turns import Asked
from conversations.agenda import (
    Agenda,
    CalendarSource,
    Coming,
    KimItem,
    MeetingId,
    ReportId,
)
from conversations.deeds import (
    Follow,
    Note,
    OfferLink,
    OpenFeed,
    Steer,
    Unnote,
)
from conversations.rules.reminding import ReminderKind
from tests.store.agendas import (
    MEETING,
    REPORT,
    agenda,
    planned,
    row,
    schedule,
    states,
)
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
    do,
    hashed,
    later,
    two_councils,
)

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

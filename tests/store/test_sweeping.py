"""The sweep with a moved clock: each thing stays until its time, and goes after it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, insert, select, update

from bot.erased import ErasedFile
from bot.store import schema
from bot.store.codec import stamp
from bot.store.persons import Persons
from bot.store.sweeping import sweep
from conversations.rules.retention import BROADCAST, CONSENT, DELIVERY, DRAFT, INVITATION, SEAT
from conversations.standing import PersonId
from tests.store.people import (
    CODEC,
    HERE,
    NOW,
    PSEUDONYMS,
    council,
    member,
    opened,
    populate,
    seat,
    tag,
)

ME, OTHER = PersonId(7007001), PersonId(7007002)
MOMENT = timedelta(seconds=1)


@pytest.fixture
def erased(tmp_path):
    """The list outside the database."""
    return ErasedFile(tmp_path / "erased.txt")


@pytest.fixture
async def town(store):
    """A store with a council and two people; the one is no operator."""

    def settle(connection):
        council(connection)
        for person in (ME, OTHER):
            populate(connection, person)
        connection.execute(delete(schema.operator).where(schema.operator.c.person == ME))

    await store.write(settle)
    return store


@pytest.fixture
def at(town, erased):
    """Sweep at a moment."""
    persons = Persons(codec=CODEC, pseudonyms=PSEUDONYMS, erased=erased, unnamed="Mitglied")

    async def at(moment, *, invited_only=True):
        await sweep(town, persons, moment, invited_only=invited_only)

    return at


async def rows(town, table, *conditions):
    """How many rows there are."""
    query = select(func.count()).select_from(table).where(*conditions)
    return await town.read(lambda c: c.execute(query).scalar_one())


async def put(town, table, **values):
    """Change rows of ME."""
    query = update(table).where(table.c.person == ME).values(**values)
    await town.write(lambda c: c.execute(query))


async def test_an_invitation_goes_a_week_after_its_expiry(town, at):
    """Used up, revoked or just expired: seven days later nobody has to see it any more."""
    expiry = NOW + timedelta(days=7)
    await town.write(lambda c: c.execute(update(schema.invitation).values(expires=stamp(expiry))))
    await at(expiry + INVITATION)
    assert await rows(town, schema.invitation) == 2
    await at(expiry + INVITATION + MOMENT)
    assert await rows(town, schema.invitation) == 0


async def test_b18_an_idle_draft_goes_after_90_days(town, at):
    """Untouched for so long it goes; one that was touched since stays."""
    touched = stamp(NOW + timedelta(days=1))
    other = schema.draft.c.person == OTHER
    await town.write(lambda c: c.execute(update(schema.draft).where(other).values(touched=touched)))
    await at(NOW + DRAFT)
    assert await rows(town, schema.draft) == 2
    await at(NOW + DRAFT + MOMENT)
    assert await rows(town, schema.draft, schema.draft.c.person == ME) == 0
    assert await rows(town, schema.draft, other) == 1


async def test_a_delivery_goes_after_twelve_months(town, at):
    """Whatever became of it; one that may still be sent stays."""
    values = {"due": stamp(NOW), "expires": stamp(NOW + timedelta(days=9))}
    await town.write(lambda c: c.execute(update(schema.delivery).values(**values)))
    await at(NOW + DELIVERY)
    assert await rows(town, schema.delivery) == 2
    await at(NOW + DELIVERY + MOMENT)
    assert await rows(town, schema.delivery) == 0


async def test_a_broadcast_goes_twelve_months_after_its_end(town, at):
    """With all answers to it."""
    sent = schema.broadcast.c.confirmed.is_not(None)
    await at(NOW + BROADCAST)
    assert (await rows(town, schema.broadcast, sent), await rows(town, schema.answer)) == (2, 2)
    await at(NOW + BROADCAST + MOMENT)
    assert (await rows(town, schema.broadcast), await rows(town, schema.answer)) == (0, 0)


async def test_a_broadcast_never_sent_goes_after_90_days_untouched(town, at):
    """A draft, and one that waits in vain for a second person."""
    drafted = schema.broadcast.c.confirmed.is_(None)
    checked = update(schema.broadcast).where(drafted, schema.broadcast.c.author == ME)
    await town.write(lambda c: c.execute(checked.values(stage="check")))
    await at(NOW + DRAFT)
    assert await rows(town, schema.broadcast, drafted) == 2
    await at(NOW + DRAFT + MOMENT)
    assert await rows(town, schema.broadcast, drafted) == 0


async def test_a_former_admins_broadcasts_stay_without_them(town, at):
    """What was sent stays with the council; drafts and own answers to its broadcasts go."""
    await put(town, schema.membership, ended=stamp(NOW))
    await at(NOW + SEAT + MOMENT, invited_only=False)
    mine = schema.broadcast.c.id.like(f"%{tag(ME)}")
    assert await rows(town, schema.broadcast, mine, schema.broadcast.c.author.is_(None)) == 1
    assert await rows(town, schema.broadcast, mine) == 1
    assert await rows(town, schema.answer, schema.answer.c.person == ME) == 0
    assert await rows(town, schema.answer) == 1


async def test_a_former_member_is_erased_after_30_days(town, at, erased):
    """The last seat ended, no other role, entry by invitation: everything goes, once and listed."""
    await put(town, schema.membership, ended=stamp(NOW))
    await at(NOW + SEAT)
    assert erased.all() == {}
    await at(NOW + SEAT + MOMENT)
    assert not any(str(ME) in row for _, row in await town.read(opened))
    assert erased.all() == {PSEUDONYMS.of(ME): NOW + SEAT + MOMENT}


async def test_a_former_members_filed_letter_stays_without_the_name(town, at):
    """The council keeps what it filed, signed by the function."""
    await put(town, schema.membership, ended=stamp(NOW))
    await at(NOW + SEAT + MOMENT)
    kept = [row for table, row in await town.read(opened) if f"Wortlaut{tag(ME)}" in row]
    assert len(kept) == 1
    assert f"Name{ME}" not in kept[0]
    assert "Schriftführung" in kept[0]


@pytest.mark.parametrize("reason", ["operator", "other seat", "open house"])
async def test_a_former_member_with_another_reason_stays(town, at, reason):
    """Whoever is still somebody loses only what belonged to that council."""
    if reason == "operator":
        values = {"person": ME, "since": stamp(NOW)}
        await town.write(lambda c: c.execute(insert(schema.operator), values))
    if reason == "other seat":
        await town.write(lambda c: council(c, "c2"))
        await town.write(lambda c: seat(c, ME, "c2"))
    here = schema.membership.c.council == HERE
    query = update(schema.membership).where(here, schema.membership.c.person == ME)
    await town.write(lambda c: c.execute(query.values(ended=stamp(NOW))))
    await at(NOW + SEAT + MOMENT, invited_only=reason != "open house")
    assert await rows(town, schema.member, schema.member.c.person == ME) == 1
    assert await rows(town, schema.draft, schema.draft.c.person == ME) == 0
    mine = schema.letter.c.person == ME
    assert await rows(town, schema.letter, mine, schema.letter.c.council == HERE) == 0
    assert await rows(town, schema.letter, mine) == 1


async def test_a_member_keeps_everything(town, at):
    """Whoever has a seat is swept of nothing but idle drafts, however long ago they came."""
    await at(NOW + timedelta(days=1000))
    assert await rows(town, schema.member) == 2
    assert await rows(town, schema.letter) == 6


async def test_a_consent_taken_back_erases_after_30_days(town, at):
    """Also of an operator with a seat; before that it can be given again."""
    body = CODEC.member.write(replace(member(ME), withdrawn=NOW), ME)
    await put(town, schema.member, withdrawn=stamp(NOW), body=body)
    await at(NOW + CONSENT)
    assert await rows(town, schema.member) == 2
    await at(NOW + CONSENT + MOMENT)
    assert not any(str(ME) in row for _, row in await town.read(opened))
    assert await rows(town, schema.member) == 1

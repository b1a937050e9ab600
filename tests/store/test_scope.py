"""P5: who may see and do what in councils, judged where it is stored; on both databases."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import insert

from bot.store import schema
from bot.store.codec import stamp
from bot.store.scope import ForbiddenError
from conversations.core import (
    Decision,
)
from conversations.deeds import (
    Amend,
    Appoint,
    Dismiss,
    EndTerm,
    Found,
    Leave,
    Refused,
    Remove,
    Revoke,
    TakeOver,
    Wear,
)
from conversations.rules.profile import Profile
from conversations.standing import Badge, CouncilId, Desk, InvitationId, PersonId, Role, Standing
from tests.shell import PSEUDONYMS
from tests.store.agendas import POSITION
from tests.store.councils import (
    AYLA,
    BEN,
    BOSS,
    CEM,
    EVE,
    HERE,
    NOW,
    THERE,
    audited,
    decide,
    do,
    first_operator,
    invite,
    join,
    know,
    later,
    load,
    member,
    two_councils,
)

OURS = Profile(ags="05513000", office_name="Ratsbüro")
# --- what is seen


async def test_a_stranger_sees_nothing(store):
    """Without a row of one's own there is no standing, no council, no desk."""
    await two_councils(store)
    seen = await load(store, EVE)
    assert (seen.standing, seen.council, seen.desk) == (Standing(), None, Desk())


async def test_a_member_sees_the_council_and_whom_to_ask(store):
    """A member: the profile, the admins' names, neither invitations nor records."""
    await two_councils(store)
    seen = await load(store, BEN)
    assert seen.council.profile.ags == "05513000"
    assert [(one.badge, one.person) for one in seen.desk.colleagues] == [(Badge(name="Ayla"), 0)]
    assert (seen.desk.invitations, seen.desk.records) == ((), ())
    assert (seen.desk.councils, seen.desk.operators) == ((), ())
    assert seen.desk.taken == frozenset()


async def test_an_admin_knows_which_places_are_taken(store):
    """An admin: the keys of municipalities with a council, so that no second one moves there."""
    await two_councils(store)
    assert (await load(store, AYLA)).desk.taken == {"05513000", "05315000"}


async def test_an_admin_sees_the_own_council_alone(store):
    """An admin: people, open invitations and records of the own council, nothing of another."""
    await two_councils(store)
    await do(store, AYLA, invite("x"))
    await do(store, CEM, invite("y", council=THERE))
    seen = await load(store, AYLA)
    assert [(one.person, one.role) for one in seen.desk.colleagues] == [
        (AYLA, Role.ADMIN),
        (BEN, Role.MEMBER),
    ]
    assert [one.id for one in seen.desk.invitations] == ["x"]
    assert {one.who for one in seen.desk.records} == {"", "Ayla", "Ben"}
    assert seen.desk.councils == ()


async def test_what_was_done_at_the_machine_is_the_operators_in_the_log(store):
    """`kimbot broadcast pause` has no person behind it; nor is that somebody who left."""
    await two_councils(store)
    line = {
        "at": stamp(NOW),
        "actor": PSEUDONYMS.of(0),
        "council": HERE,
        "action": "pause",
        "object": "broadcast:b1",
    }
    await store.write(lambda c: c.execute(insert(schema.audit), line))
    newest = (await load(store, AYLA)).desk.records[0]
    assert (newest.action, newest.who, newest.operator) == ("pause", "", True)


async def test_an_operator_sees_counts_and_no_names(store):
    """An operator without a seat: places, counts and operators; no people, records or letters."""
    await two_councils(store)
    await do(store, AYLA, invite("x"))
    seen = await load(store, BOSS)
    found = {one.id: one for one in seen.desk.councils}
    here = found[HERE]
    assert (here.ags, here.people, here.admins) == ("05513000", 2, 1)
    assert (here.reachable_admins, here.open_invitations) == (1, 1)
    assert [(one.person, one.name) for one in seen.desk.operators] == [(BOSS, "T1")]
    assert (seen.desk.colleagues, seen.desk.records, seen.council) == ((), (), None)


async def test_a_blocked_admin_is_out_of_reach(store):
    """Who blocked the bot, or took the consent back, cannot be reached: admins and operators see
    it."""
    await two_councils(store)
    await decide(store, BEN, Decision(member=member(BEN, withdrawn=NOW), position=POSITION))
    await decide(store, AYLA, Decision(member=member(AYLA, blocked=NOW), position=POSITION))
    people = (await load(store, AYLA)).desk.colleagues
    assert [(one.person, one.reachable) for one in people] == [(AYLA, False), (BEN, False)]
    entry = next(one for one in (await load(store, BOSS)).desk.councils if one.id == HERE)
    assert (entry.admins, entry.reachable_admins) == (1, 0)


async def test_of_several_councils_one_is_in_hand(store):
    """The chosen council, else the oldest seat; one without a seat is never in hand."""
    await two_councils(store)
    await do(store, CEM, invite("x", council=THERE))
    await do(store, BEN, join("x", council=THERE), now=later(hours=1))
    in_hand = {}
    for active in ("", HERE, THERE, "elsewhere"):
        await decide(store, BEN, Decision(member=member(BEN, active=active), position=POSITION))
        in_hand[active] = (await load(store, BEN)).council.id
    assert in_hand == {"": HERE, HERE: HERE, THERE: THERE, "elsewhere": HERE}


async def test_records_name_people_as_they_stand_in_the_council(store):
    """A colleague by name, an operator as one, somebody gone without a name."""
    await two_councils(store)
    await do(store, AYLA, Appoint(council=HERE, person=BEN, role=Role.ADMIN))
    told = [(one.who, one.operator, one.action, one.object)
            for one in (await load(store, AYLA)).desk.records]  # fmt: skip
    assert told == [
        ("Ayla", False, "appoint", "Ben"),
        ("Ben", False, "join", "member"),
        ("Ayla", False, "invite", "member"),
        ("Ayla", False, "join", "admin"),
        ("", True, "invite", "admin"),
        ("", True, "found", "05513000"),
    ]
    await do(store, AYLA, Remove(council=HERE, person=BEN))
    latest = (await load(store, AYLA)).desk.records[:2]
    assert [(one.who, one.object) for one in latest] == [("Ayla", ""), ("Ayla", "")]


# --- who may do what


BY_ADMINS = [
    Amend(council=HERE, revision=1, profile=OURS, what="office"),
    invite("new"),
    Revoke(id=InvitationId("open"), council=HERE),
    Appoint(council=HERE, person=BEN, role=Role.ADMIN),
    Remove(council=HERE, person=BEN),
    EndTerm(council=HERE, stay=(AYLA,)),
    TakeOver(council=HERE, old=BEN, new=AYLA),
]


def name(deed):
    """Of a case."""
    return type(deed).__name__


@pytest.mark.parametrize("deed", BY_ADMINS, ids=name)
async def test_p5_nobody_changes_a_council_but_its_admins(store, deed):
    """Member, another council's admin, former admin and stranger: refused, and nothing changed."""
    await two_councils(store)
    await do(store, AYLA, invite("open"), invite("z", Role.ADMIN))
    await know(store, former := PersonId(9))
    await do(store, former, join("z", Role.ADMIN))
    await do(store, former, Leave(council=HERE))
    before = await load(store, AYLA)
    for person in (BEN, CEM, former, EVE):
        with pytest.raises(ForbiddenError):
            await do(store, person, deed)
    assert await load(store, AYLA) == before
    await do(store, AYLA, deed)


@pytest.mark.parametrize("deed", [Found(council=CouncilId("n"), profile=Profile(ags="05111000")),
                                  Dismiss(person=BOSS),
                                  invite("o", Role.OPERATOR, None)], ids=name)  # fmt: skip
async def test_p5_nobody_changes_the_instance_but_its_operators(store, deed):
    """Admins and strangers found no councils and name no operators."""
    await two_councils(store)
    await first_operator(store, PersonId(8))
    for person in (AYLA, BEN, CEM, EVE):
        with pytest.raises(ForbiddenError):
            await do(store, person, deed)
    await do(store, PersonId(8), deed)


async def test_p5_an_operator_has_no_power_inside_a_council(store):
    """Operators name admins; they change no profile, role or seat, and invite no members."""
    await two_councils(store)
    for deed in (*BY_ADMINS[:2], *BY_ADMINS[3:]):
        with pytest.raises(ForbiddenError):
            await do(store, BOSS, deed)


async def test_an_admin_revokes_no_invitation_of_another_council(store):
    """The id of another council's invitation under one's own council: nothing happens."""
    await two_councils(store)
    await do(store, AYLA, invite("x"))
    await do(store, CEM, Revoke(id=InvitationId("x"), council=THERE))
    assert (await load(store, EVE, token="x")).invited is not None


async def test_nobody_becomes_operator_by_an_appointment(store):
    """The operator is no role that a council has to give."""
    await two_councils(store)
    with pytest.raises(ForbiddenError):
        await do(store, AYLA, Appoint(council=HERE, person=BEN, role=Role.OPERATOR))


async def test_a_role_lost_between_load_and_commit_counts_no_more(store):
    """A turn that was decided by an admin who is none any more commits nothing of it."""
    await two_councils(store)
    loaded = await load(store, AYLA)
    await do(store, AYLA, Appoint(council=HERE, person=AYLA, role=Role.MEMBER))
    deed = Amend(council=HERE, revision=1, profile=OURS, what="office")
    with pytest.raises(ForbiddenError):
        await decide(store, AYLA, Decision(position=POSITION, deeds=(deed,)), loaded)
    assert (await load(store, AYLA)).position is None


# --- councils


async def test_a_municipality_has_one_council(store):
    """A second council for the same key is refused, also by way of a changed key."""
    await two_councils(store)
    with pytest.raises(ForbiddenError):
        await do(store, BOSS, Found(council=CouncilId("n"), profile=Profile(ags="05513000")))
    moved = Amend(council=HERE, revision=1, profile=Profile(ags="05315000"), what="place")
    with pytest.raises(ForbiddenError):
        await do(store, AYLA, moved)


async def test_of_two_amendments_at_once_one_is_decided_again(store):
    """Two admins change the same revision: the second loses the race, and sees what changed."""
    await two_councils(store)
    await do(store, AYLA, Appoint(council=HERE, person=BEN, role=Role.ADMIN))
    deed = Amend(council=HERE, revision=1, profile=OURS, what="office")
    results = await asyncio.gather(
        do(store, AYLA, deed),
        do(store, BEN, replace(deed, profile=replace(OURS, office_name="Other"))),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in results) == ["LostRaceError", "NoneType"]
    seen = (await load(store, AYLA)).council
    assert seen.revision == 2
    assert (await audited(store)).count(("amend", "office")) == 1


# --- the audit log


async def test_every_deed_is_in_the_audit_log_without_contents(store):
    """Each deed leaves a line with its thing: no name, no text, no number of a person."""
    await two_councils(store)
    await do(store, AYLA, invite("x"), Revoke(id=InvitationId("x"), council=HERE))
    await do(store, AYLA, Amend(council=HERE, revision=1, profile=OURS, what="office"))
    await do(store, BEN, Wear(council=HERE, badge=Badge(name="Benjamin")))
    await do(store, AYLA, Appoint(council=HERE, person=BEN, role=Role.ADMIN))
    await do(store, AYLA, TakeOver(council=HERE, old=BEN, new=AYLA))
    await do(store, AYLA, EndTerm(council=HERE, stay=()))
    await do(store, AYLA, Leave(council=HERE))
    ben, ayla = (f"person:{PSEUDONYMS.of(one)}" for one in (BEN, AYLA))
    assert await audited(store) == [
        ("found", "05513000"),
        ("invite", "invitation:a:admin"),
        ("join", "invitation:a:admin"),
        ("invite", "invitation:b:member"),
        ("join", "invitation:b:member"),
        ("invite", "invitation:x:member"),
        ("revoke", "invitation:x:member"),
        ("amend", "office"),
        ("wear", ""),
        ("appoint", ben),
        ("takeover", ayla),
        ("endterm", ""),
        ("leave", ""),
    ]


async def test_f03_a_forged_press_is_in_the_audit_log_once_a_minute(store):
    """What was refused is kept; nobody fills the log with it."""
    await two_councils(store)
    for seconds in (0, 1, 59, 60, 61):
        await do(store, BEN, Refused(what="button", council=HERE), now=later(seconds=seconds))
    assert (await audited(store)).count(("refused", "button")) == 2

"""P5: who may see and do what in councils, judged where it is stored; on both databases."""

import asyncio
from dataclasses import replace

import pytest

from bot.store import letters
from bot.store.scope import ForbiddenError
from bot.store.worker import LostRaceError
from conversations.core import (
    Decision,
    Deliver,
    Draft,
    DraftId,
    Filing,
    LetterId,
    LetterOrder,
    Position,
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
from conversations.rules.answers import Answers
from conversations.rules.profile import Profile
from conversations.standing import Badge, CouncilId, Desk, InvitationId, PersonId, Role, Standing
from tests.shell import PSEUDONYMS, letter_of
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


# --- invitations


async def test_f06_a_token_used_expired_revoked_or_wrong_is_the_same(store):
    """None of them invites to anything, and nobody joins by one."""
    await two_councils(store)
    await do(store, AYLA, invite("r"), invite("e", expires=later(hours=1)))
    await do(store, AYLA, Revoke(id=InvitationId("r"), council=HERE))
    for token in ("b", "r", "e", "wrong"):
        assert (await load(store, EVE, token=token, now=later(hours=1))).invited is None
        with pytest.raises(LostRaceError):
            await do(store, EVE, join(token), now=later(hours=1))
    assert (await load(store, EVE)).standing == Standing()


async def test_f06_two_people_at_once_get_one_seat(store):
    """An invitation of one use, followed by two at the same time: one membership."""
    await two_councils(store)
    await do(store, AYLA, invite("x"))
    await know(store, EVE, fay := PersonId(6))
    results = await asyncio.gather(
        *(do(store, one, join("x")) for one in (EVE, fay)), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in results) == ["ForbiddenError", "NoneType"]
    assert len((await load(store, AYLA)).desk.colleagues) == 3


async def test_f06_the_same_person_takes_one_use(store):
    """Following a link of two uses twice takes one of them."""
    await two_councils(store)
    await do(store, AYLA, invite("x", uses=2))
    for _ in range(2):
        await do(store, EVE, join("x"))
    assert [one.left for one in (await load(store, AYLA)).desk.invitations] == [1]


@pytest.mark.parametrize(("role", "council"), [(Role.ADMIN, HERE), (Role.MEMBER, THERE),
                                               (Role.OPERATOR, None)])  # fmt: skip
async def test_an_invitation_gives_its_own_role_and_council_only(store, role, council):
    """A member's invitation, used for anything else, is no good."""
    await two_councils(store)
    await do(store, AYLA, invite("x"))
    with pytest.raises(ForbiddenError):
        await do(store, EVE, join("x", role, council))


async def test_the_higher_role_stays(store):
    """An admin who follows a member's link stays admin; a member who follows an admin's becomes
    one."""
    await two_councils(store)
    await do(store, AYLA, invite("m"), invite("a2", Role.ADMIN))
    await do(store, AYLA, join("m", name="Other"))
    await do(store, BEN, join("a2", Role.ADMIN, name="Other"))
    seats = [(await load(store, one)).standing.seat(HERE) for one in (AYLA, BEN)]
    assert [(one.role, one.badge.name) for one in seats] == [
        (Role.ADMIN, "Ayla"),
        (Role.ADMIN, "Ben"),
    ]


async def test_nobody_comes_back_by_an_old_link(store):
    """Removed, a person joins by a newer invitation only, and begins anew."""
    await two_councils(store)
    await do(store, AYLA, invite("old", uses=5))
    await do(store, AYLA, Remove(council=HERE, person=BEN), now=later(hours=1))
    assert (await load(store, BEN, token="old")).invited is None
    with pytest.raises(ForbiddenError):
        await do(store, BEN, join("old"), now=later(hours=2))
    await do(store, AYLA, invite("new"), now=later(hours=2))
    assert (await load(store, BEN, token="new")).invited.role is Role.MEMBER
    await do(store, BEN, join("new", name="Benjamin"), now=later(hours=3))
    assert (await load(store, BEN)).standing.seat(HERE).badge.name == "Benjamin"


async def test_an_operators_link_makes_an_operator(store):
    """A new operator by an operator's invitation; the role is there in the same transaction."""
    await two_councils(store)
    await do(store, BOSS, invite("o", Role.OPERATOR, None))
    assert (await load(store, EVE, token="o")).invited.council is None
    await do(
        store, EVE, join("o", Role.OPERATOR, None), invite("o2", Role.OPERATOR, None),
    )  # fmt: skip
    assert (await load(store, EVE)).standing.operator


# --- seats


async def test_who_leaves_sees_nothing_of_the_council(store):
    """Draft in hand, drafts, letters and the council are gone with the seat, at once."""
    await two_councils(store)
    decision = Decision(
        position=replace(POSITION, draft=DraftId("d1")),
        drafts=(draft(), draft(2, council="")),
        orders=(order(), order(2, council="")),
    )
    await decide(store, BEN, decision)
    seen = await load(store, BEN)
    assert (seen.draft.id, len(seen.drafts), len(seen.letters)) == ("d1", 2, 2)
    await do(store, BEN, Leave(council=HERE))
    seen = await load(store, BEN)
    assert (seen.draft, seen.council, seen.standing) == (None, None, Standing())
    assert [one.id for one in (*seen.drafts, *seen.letters)] == ["d2", "l2"]


@pytest.mark.parametrize("decision", [Decision(position=POSITION, drafts=(draft(),)),
                                      Decision(position=POSITION, orders=(order(),))],
                         ids=["draft", "letter"])  # fmt: skip
async def test_p5_nobody_writes_into_a_council_without_a_seat(store, decision):
    """A draft or letter of a council is refused to a stranger, and to a member who was removed
    between load and commit."""
    await two_councils(store)
    with pytest.raises(ForbiddenError):
        await decide(store, EVE, decision)
    loaded = await load(store, BEN)
    await do(store, AYLA, Remove(council=HERE, person=BEN))
    with pytest.raises(ForbiddenError):
        await decide(store, BEN, decision, loaded)


async def test_filed_letters_are_the_councils(store):
    """What one member filed the others see and get, those of other councils don't."""
    await two_councils(store)
    filed = (LetterId("l1"), Filing(day=NOW.date()))
    await decide(store, BEN, Decision(position=POSITION, orders=(order(), order(2))))
    await decide(store, BEN, Decision(filings=(filed,)))
    (seen,) = (await load(store, AYLA)).letters
    assert (seen.id, seen.mine, seen.draft) == ("l1", False, None)
    assert (await load(store, CEM)).letters == ()
    wanted = [Deliver(letter=LetterId(one), formats=("pdf",)) for one in ("l1", "l2")]
    for person in (CEM, EVE, AYLA):
        await decide(store, person, Decision(position=POSITION, replies=wanted))
    errands = await store.read(letters.errands)
    assert [(one.id, one.chat) for one in errands] == [("l1", AYLA)]


async def test_two_colleagues_at_once_both_get_a_letter(store):
    """Wanted by two at the same time: each waits on a row of their own until each has it."""
    await two_councils(store)
    await decide(store, BEN, Decision(position=POSITION, orders=(order(),)))
    await decide(store, BEN, Decision(filings=((LetterId("l1"), Filing(day=NOW.date())),)))
    want = Decision(replies=(Deliver(letter=LetterId("l1"), formats=("pdf",)),))
    for person in (BEN, AYLA, BEN):
        await decide(store, person, want)
    assert {one.chat for one in await store.read(letters.errands)} == {AYLA, BEN}
    await store.write(lambda c: letters.failed(c, LetterId("l1"), BEN, last=False))
    await store.write(lambda c: letters.delivered(c, LetterId("l1"), AYLA, {}))
    (left,) = await store.read(letters.errands)
    assert (left.chat, left.failures) == (BEN, 1)


async def test_nobody_files_a_colleagues_letter(store):
    """Filing is the author's: for anybody else the letter stays as it is."""
    await two_councils(store)
    await decide(store, BEN, Decision(position=POSITION, orders=(order(),)))
    filed = (LetterId("l1"), Filing(day=NOW.date()))
    await decide(store, AYLA, Decision(position=POSITION, filings=(filed,)))
    assert (await load(store, BEN)).letters[0].filed is None


async def test_a_badge_is_ones_own(store):
    """Wear changes the person's seat, sealed, and nobody else's."""
    await two_councils(store)
    await do(store, BEN, Wear(council=HERE, badge=Badge(name="B. Öz", group="Liste 1")))
    names = [one.badge.name for one in (await load(store, AYLA)).desk.colleagues]
    assert names == ["Ayla", "B. Öz"]


async def test_the_end_of_a_term_leaves_who_stays(store):
    """All seats end but those named and the admin's own; open invitations end, too."""
    await two_councils(store)
    await do(store, AYLA, invite("x"), invite("d"))
    await do(store, EVE, join("x"))
    await do(store, AYLA, EndTerm(council=HERE, stay=(EVE,)))
    assert {one.person for one in (await load(store, AYLA)).desk.colleagues} == {AYLA, EVE}
    assert (await load(store, PersonId(9), token="d")).invited is None
    assert (await load(store, CEM)).standing.seat(THERE) is not None


async def test_a_new_account_takes_over(store):
    """Role, badge, drafts and letters of the council move; the rest of the old account stays."""
    await two_councils(store)
    await decide(
        store,
        AYLA,
        Decision(position=POSITION, drafts=(draft(), draft(2, council="")), orders=(order(),)),
    )
    await do(store, AYLA, TakeOver(council=HERE, old=AYLA, new=BEN))
    old, new = await load(store, AYLA), await load(store, BEN)
    seat = new.standing.seat(HERE)
    assert (seat.role, seat.badge.name) == (Role.ADMIN, "Ayla")
    assert ([d.id for d in new.drafts], [one.id for one in new.letters]) == (["d1"], ["l1"])
    assert ([d.id for d in old.drafts], old.letters, old.standing.seats) == (["d2"], (), ())


@pytest.mark.parametrize(("old", "new"), [(AYLA, AYLA), (BEN, CEM), (EVE, BEN)])
async def test_a_takeover_needs_two_seats(store, old, new):
    """Both accounts must be people of the council, and two."""
    await two_councils(store)
    with pytest.raises(ForbiddenError):
        await do(store, AYLA, TakeOver(council=HERE, old=old, new=new))


@pytest.mark.parametrize("deed", [Appoint(council=HERE, person=CEM, role=Role.ADMIN),
                                  Remove(council=HERE, person=EVE)], ids=name)  # fmt: skip
async def test_p5_only_people_of_the_council_can_be_meant(store, deed):
    """A person without a seat there is neither appointed nor removed."""
    await two_councils(store)
    with pytest.raises(ForbiddenError):
        await do(store, AYLA, deed)


async def test_the_last_operator_stays(store):
    """Two operators dismiss each other at the same time: one is left."""
    await first_operator(store)
    await first_operator(store, AYLA)
    results = await asyncio.gather(
        do(store, BOSS, Dismiss(person=AYLA)),
        do(store, AYLA, Dismiss(person=BOSS)),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in results) == ["ForbiddenError", "NoneType"]
    left = [one for one in (BOSS, AYLA) if (await load(store, one)).standing.operator]
    assert len(left) == 1
    with pytest.raises(ForbiddenError):
        await do(store, left[0], Dismiss(person=left[0]))


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

"""Broadcasts behind the scope's door: composed, confirmed, frozen, steered, on both databases."""

import asyncio
from datetime import timedelta

import pytest

from bot.store.codec import moment, stamp
from bot.store.opening import engine_for, migrate
from bot.store.scope import ForbiddenError
from bot.store.worker import LostRaceError, Store, StoreFullError
from conversations.broadcasts import Content, Stage
from conversations.broadcasts.posts import Post
from conversations.deeds import (
    Appoint,
    Compose,
    Confirm,
    Correct,
    Decline,
    Discard,
    Rehearse,
    Second,
)
from conversations.standing import Role
from tests.shell import SEAL
from tests.store.composed import (
    GUS,
    ID,
    arrive,
    chats,
    compose,
    content,
    do_within,
    groups,
    known,
    rows,
    second_operator,
    seen,
    send,
    settings,
    stored,
    strict,
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
    audited,
    do,
    invite,
    join,
    later,
    two_councils,
)


@pytest.fixture
async def town(store):
    """Two councils and an operator."""
    await two_councils(store)
    return store


def draft(council=HERE, revision=0, text="Guten Tag", id_=ID):
    """A draft begun or changed."""
    return Compose(id=id_, council=council, revision=revision, content=content(text))


# --- drafts ---------------------------------------------------------------------------------------


async def test_a_draft_is_seen_by_its_author_alone(town):
    """Neither by the operator nor by another admin of the council."""
    await do(town, AYLA, invite("b2", Role.ADMIN))
    await do(town, BEN, join("b2", Role.ADMIN))
    await do(town, AYLA, draft())
    assert [one.id for one in await known(town, AYLA)] == [ID]
    for person in (BEN, BOSS, CEM, EVE):
        assert await known(town, person) == ()


async def test_a_draft_keeps_what_it_says(town):
    """Text and audience, sealed and opened again."""
    what = content("Hallo", roles=frozenset({Role.ADMIN}), pinned=True)
    await do(town, AYLA, Compose(id=ID, council=HERE, revision=0, content=what))
    one = await seen(town, AYLA)
    assert (one.content, one.stage, one.revision, one.rehearsed) == (what, Stage.DRAFT, 1, 0)
    assert (one.by, one.author, one.council) == ("Ayla", AYLA, HERE)


@pytest.mark.parametrize(("person", "council"), [
    (BEN, HERE),
    (CEM, HERE),
    (AYLA, THERE),
    (AYLA, None),
    (BOSS, HERE),
    (EVE, None),
])  # fmt: skip
async def test_nobody_composes_where_they_may_not_speak(town, person, council):
    """A member, another council's admin, an admin to all, an operator in a council's name."""
    with pytest.raises(ForbiddenError):
        await do(town, person, draft(council))
    assert await stored(town) is None


async def test_a_draft_changed_meanwhile_is_not_overwritten(town):
    """The revision that was seen has to be the stored one."""
    await do(town, AYLA, draft())
    await do(town, AYLA, draft(revision=1, text="Neu"))
    with pytest.raises(LostRaceError):
        await do(town, AYLA, draft(revision=1, text="Alt"))
    assert (await seen(town, AYLA)).content == content("Neu")


@pytest.mark.parametrize("deed", [
    draft(revision=1),
    draft(),
    Rehearse(id=ID, council=HERE, revision=1),
    Discard(id=ID, council=HERE),
    Confirm(id=ID, council=HERE, revision=1),
])  # fmt: skip
@pytest.mark.parametrize("person", [BEN, BOSS, CEM])
async def test_somebody_elses_draft_is_out_of_reach(town, person, deed):
    """Even for another admin of the same council, and for operators."""
    await do(town, AYLA, invite("b2", Role.ADMIN))
    await do(town, BEN, join("b2", Role.ADMIN))
    await compose(town, AYLA)
    with pytest.raises(LostRaceError):
        await do(town, person, deed)
    assert (await stored(town)).stage == Stage.DRAFT


async def test_a_discarded_draft_is_gone(town):
    """And noted."""
    await do(town, AYLA, draft())
    await do(town, AYLA, Discard(id=ID, council=HERE))
    assert await stored(town) is None
    assert (await audited(town))[-1] == ("discard", f"broadcast:{ID}")


async def test_writing_a_draft_leaves_no_line_in_the_audit_log(town):
    """Neither its changes nor its previews."""
    before = await audited(town)
    await compose(town, AYLA)
    await do(town, AYLA, draft(revision=1, text="Neu"))
    assert await audited(town) == before


async def test_a_draft_of_a_council_one_runs_no_more_is_out_of_sight(town):
    """An author who is a mere member now neither sees nor sends it."""
    await do(town, AYLA, invite("b2", Role.ADMIN))
    await do(town, BEN, join("b2", Role.ADMIN))
    await compose(town, AYLA)
    await do(town, BEN, Appoint(council=HERE, person=AYLA, role=Role.MEMBER))
    assert await known(town, AYLA) == ()
    with pytest.raises(ForbiddenError):
        await do(town, AYLA, Confirm(id=ID, council=HERE, revision=1))


# --- confirmed ------------------------------------------------------------------------------------


async def test_a_confirmed_broadcast_has_one_row_for_each_recipient(town):
    """From now on, in their order, behind all reminders, for three days."""
    await send(town, AYLA)
    first, second = await rows(town)
    assert {first.chat, second.chat} == {AYLA, BEN}
    assert (first.subject, first.version, first.slot) == (f"broadcast:{ID}", 1, "de1")
    assert (first.nth, first.of, first.rank, first.person) == (1, 1, 1, first.chat)
    assert (first.not_before, second.not_before) == (stamp(NOW), stamp(NOW))
    assert (first.due, second.due) == (stamp(NOW), stamp(NOW) + 1)
    assert first.expires == stamp(later(days=3))


async def test_a_confirmed_broadcast_runs_and_is_noted(town):
    """With its tally; and as a line without words."""
    await send(town, AYLA)
    one = await seen(town, AYLA)
    assert (one.stage, one.confirmed, one.begun, one.due) == (Stage.RUNNING, NOW, NOW, NOW)
    assert (one.tally.total, one.tally.waiting) == (2, 2)
    assert (await audited(town))[-1] == ("confirm", f"broadcast:{ID}")


async def test_an_operators_broadcast_reaches_all_councils(town):
    """Everybody once."""
    await send(town, BOSS, None)
    assert sorted(await chats(town)) == [AYLA, BEN, CEM]


async def test_without_a_preview_nothing_is_sent(town):
    """Nor with the preview of an older revision."""
    await do(town, AYLA, draft())
    with pytest.raises(LostRaceError):
        await do(town, AYLA, Confirm(id=ID, council=HERE, revision=1))
    await do(town, AYLA, Rehearse(id=ID, council=HERE, revision=1))
    await do(town, AYLA, draft(revision=1, text="Neu"))
    with pytest.raises(LostRaceError):
        await do(town, AYLA, Confirm(id=ID, council=HERE, revision=2))
    assert await rows(town) == []


async def test_a_broadcast_that_says_nothing_is_not_sent(town):
    """A draft without a text, whose preview was one of no message at all."""
    await compose(town, AYLA, what=Content())
    with pytest.raises(ForbiddenError):
        await do(town, AYLA, Confirm(id=ID, council=HERE, revision=1))
    assert (await stored(town)).stage == Stage.DRAFT


async def test_d15_pressed_twice_it_is_one_campaign(town):
    """The second press finds it sent: one row each."""
    await compose(town, AYLA)
    deed = Confirm(id=ID, council=HERE, revision=1)
    results = await asyncio.gather(
        *(do(town, AYLA, deed) for _ in range(5)), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in results) == ["LostRaceError"] * 4 + ["NoneType"]
    assert sorted(await chats(town)) == [AYLA, BEN]


async def test_d15_two_people_who_confirm_at_once_send_it_once(town):
    """Three operators: of the two who give the second word one is too late."""
    await second_operator(town)
    await do(town, BOSS, invite("o2", Role.OPERATOR, None))
    await do(town, CEM, join("o2", Role.OPERATOR, None))
    await send(town, BOSS, None, check=True)
    results = await asyncio.gather(
        *(do(town, one, Second(id=ID, council=None, revision=1)) for one in (GUS, CEM)),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in results) == ["LostRaceError", "NoneType"]
    assert sorted(await chats(town)) == [AYLA, BEN, CEM]


async def test_a_broadcast_to_nobody_stays_a_draft(town):
    """Nothing is written, nothing noted."""
    before = await audited(town)
    await send(town, AYLA, what=content(languages=frozenset({"en"})))
    assert (await stored(town)).stage == Stage.DRAFT
    assert await audited(town) == before


@pytest.mark.parametrize("due", [
    later(hours=12),
    later(days=1, hours=7),
    later(days=91),
])  # fmt: skip
async def test_no_broadcast_is_planned_for_the_night_or_beyond_three_months(town, due):
    """The dialogue offers nothing else; forged times are refused."""
    with pytest.raises(ForbiddenError):
        await send(town, AYLA, due=due)
    assert await rows(town) == []


async def test_a_broadcast_for_later_waits(town):
    """Frozen now, to go then."""
    due = later(days=2)
    await send(town, AYLA, due=due)
    one = await seen(town, AYLA)
    assert (one.stage, one.due, one.begun) == (Stage.WAITING, due, None)
    first, _ = await rows(town)
    assert (first.not_before, first.expires) == (stamp(due), stamp(due + timedelta(days=3)))


async def test_a_moment_that_is_over_is_now(town):
    """The time ran out while the preview was looked at."""
    await send(town, AYLA, due=later(minutes=-5))
    assert (await seen(town, AYLA)).due == NOW


async def test_at_night_now_is_the_next_morning(town):
    """Nobody's telephone rings at eleven."""
    await send(town, AYLA, now=later(hours=10))
    row, _ = await rows(town)
    assert moment(row.not_before) == later(hours=19)
    assert (await seen(town, AYLA)).stage is Stage.WAITING


async def test_e03_without_space_for_all_of_them_nobody_gets_it(tmp_path):
    """The disk is full while the audience is frozen: it stays a draft, and is sent once there is
    space again."""
    engine = engine_for(f"sqlite:///{tmp_path / 'kimbot.sqlite3'}")
    migrate(engine, SEAL)
    store = Store(engine)
    await two_councils(store)
    await groups(store, AYLA, 200)
    await compose(store, AYLA)
    deed = Confirm(id=ID, council=HERE, revision=1)
    with pytest.raises(StoreFullError):
        await do_within(store, AYLA, deed, pages=1)
    assert ((await stored(store)).stage, await rows(store)) == (Stage.DRAFT, [])
    await do_within(store, AYLA, deed, pages=1_000_000)
    assert len(await rows(store)) == 202
    await store.close()


# --- four eyes ------------------------------------------------------------------------------------


async def test_with_four_eyes_an_operator_alone_sends_nothing(town):
    """Neither by a forged confirmation nor by a second word of one's own."""
    await compose(town, BOSS, None)
    with pytest.raises(ForbiddenError):
        await strict(town, BOSS, Confirm(id=ID, council=None, revision=1))
    await strict(town, BOSS, Confirm(id=ID, council=None, revision=1, check=True))
    with pytest.raises(ForbiddenError):
        await strict(town, BOSS, Second(id=ID, council=None, revision=1))
    assert await rows(town) == []


async def test_with_four_eyes_nobody_corrects_alone(town):
    """Else another text than the one that two looked at would stand everywhere."""
    await second_operator(town)
    await send(town, BOSS, None, check=True)
    await strict(town, GUS, Second(id=ID, council=None, revision=1))
    deed = Correct(id=ID, council=None, revision=1, posts={"de": Post(text="Anders")})
    with pytest.raises(ForbiddenError):
        await strict(town, BOSS, deed)


async def test_with_four_eyes_a_councils_admin_needs_nobody(town):
    """It is about broadcasts to all."""
    await compose(town, AYLA)
    await strict(town, AYLA, Confirm(id=ID, council=HERE, revision=1))
    assert len(await rows(town)) == 2


async def test_the_other_operators_are_asked(town):
    """Each once, not its author, nobody who can't be reached."""
    await second_operator(town)
    for person, token in ((CEM, "o2"), (BEN, "o3")):
        await do(town, BOSS, invite(token, Role.OPERATOR, None))
        await do(town, person, join(token, Role.OPERATOR, None))
    await settings(town, BEN, blocked=NOW)
    await send(town, BOSS, None, check=True)
    asked = await rows(town, "asked")
    assert {(row.chat, row.subject, row.version) for row in asked} == {
        (GUS, f"broadcast:{ID}", 1),
        (CEM, f"broadcast:{ID}", 1),
    }
    assert await rows(town) == []


async def test_the_second_word_sends_it(town):
    """The audience is the one of that moment."""
    await second_operator(town)
    await send(town, BOSS, None, check=True)
    await settings(town, BEN, stopped=NOW)
    await do(town, GUS, Second(id=ID, council=None, revision=1), now=later(minutes=5))
    assert sorted(await chats(town)) == [AYLA, CEM]
    one = await seen(town, BOSS)
    assert (one.stage, one.confirmed) == (Stage.RUNNING, later(minutes=5))


async def test_the_second_word_keeps_the_time_that_was_set(town):
    """A broadcast for tomorrow goes tomorrow."""
    await second_operator(town)
    await send(town, BOSS, None, check=True, due=later(days=1))
    await do(town, GUS, Second(id=ID, council=None, revision=1), now=later(minutes=5))
    one = await seen(town, BOSS)
    assert (one.stage, one.due) == (Stage.WAITING, later(days=1))


@pytest.mark.parametrize("person", [AYLA, CEM, EVE])
async def test_no_stranger_gives_the_second_word(town, person):
    """A broadcast to all needs another operator."""
    await send(town, BOSS, None, check=True)
    for deed in (Second(id=ID, council=None, revision=1), Decline(id=ID, council=None)):
        with pytest.raises(ForbiddenError):
            await do(town, person, deed)


async def test_a_councils_broadcast_is_judged_in_the_council(town):
    """By another admin; the operator looks on."""
    await do(town, AYLA, invite("b2", Role.ADMIN))
    await do(town, BEN, join("b2", Role.ADMIN))
    await send(town, AYLA, check=True)
    assert await chats(town, "asked") == [BEN]
    with pytest.raises(ForbiddenError):
        await do(town, BOSS, Second(id=ID, council=HERE, revision=1))
    await do(town, BEN, Second(id=ID, council=HERE, revision=1))
    assert len(await rows(town)) == 2


@pytest.mark.parametrize("person", [BOSS, GUS])
async def test_declined_it_is_a_draft_again(town, person):
    """By the second person, of which its author hears, or taken back by the author; its preview
    still counts."""
    await second_operator(town)
    await send(town, BOSS, None, check=True)
    await do(town, person, Decline(id=ID, council=None))
    one = await stored(town)
    assert (one.stage, one.rehearsed, one.due) == (Stage.DRAFT, one.revision, None)
    told = [(row.chat, row.version) for row in await rows(town, "asked") if row.slot == "returned"]
    assert told == ([(BOSS, one.revision)] if person == GUS else [])


async def test_what_came_back_is_asked_about_anew(town):
    """Confirmed once more it is another revision: the second person hears of it again."""
    await second_operator(town)
    await send(town, BOSS, None, check=True)
    await arrive(town, kind="asked")
    await do(town, GUS, Decline(id=ID, council=None))
    await do(town, BOSS, Confirm(id=ID, council=None, revision=2, check=True))
    assert {(one.state, one.version, one.slot) for one in await rows(town, "asked")} == {
        ("sent", 1, ""),
        ("planned", 2, "returned"),
        ("planned", 2, ""),
    }


async def test_nobody_lets_go_what_they_did_not_look_at(town):
    """Taken back, written anew and confirmed meanwhile: the word was for another text."""
    await second_operator(town)
    await send(town, BOSS, None, check=True)
    await do(town, BOSS, Decline(id=ID, council=None))
    await do(town, BOSS, draft(revision=2, text="Anders", council=None))
    await do(town, BOSS, Rehearse(id=ID, council=None, revision=3))
    await do(town, BOSS, Confirm(id=ID, council=None, revision=3, check=True))
    with pytest.raises(LostRaceError):
        await do(town, GUS, Second(id=ID, council=None, revision=1))
    assert await rows(town) == []


async def test_what_waits_for_the_second_word_can_not_be_changed(town):
    """What was looked at is what is sent."""
    await send(town, AYLA, check=True)
    with pytest.raises(LostRaceError):
        await do(town, AYLA, draft(revision=1, text="Anders"))

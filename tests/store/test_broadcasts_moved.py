"""Broadcasts on their way and afterwards: steered, corrected, taken back, by right and wrong hands;
on both databases."""

from dataclasses import replace

import pytest

from bot.store.broadcasts import asking, states
from bot.store.codec import stamp
from bot.store.scope import ForbiddenError
from bot.store.worker import LostRaceError
from conversations.broadcasts import Stage
from conversations.broadcasts.posts import Attached, Post
from conversations.deeds import (
    Appoint,
    Cancel,
    Correct,
    Pause,
    Pin,
    Resume,
    Retract,
    Settle,
    TakeOver,
)
from conversations.standing import Role
from tests.store.composed import (
    ID,
    arrive,
    chats,
    compose,
    content,
    known,
    rows,
    seen,
    send,
    settings,
    stored,
)
from tests.store.councils import (
    AYLA,
    BEN,
    BOSS,
    CEM,
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
    """A council whose admin has sent a broadcast."""
    await two_councils(store)
    await send(store, AYLA)
    return store


def correct(text="Berichtigt", revision=1, **post):
    """Another text."""
    return Correct(id=ID, council=HERE, revision=revision, posts={"de": Post(text=text, **post)})


PAUSE, RESUME, CANCEL = (deed(id=ID, council=HERE) for deed in (Pause, Resume, Cancel))
RETRACT = Retract(id=ID, council=HERE)


async def others_admin(town):
    """A second admin of the council."""
    await do(town, AYLA, invite("b2", Role.ADMIN))
    await do(town, BEN, join("b2", Role.ADMIN))


# --- hands ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("deed", [
    PAUSE, CANCEL, Settle(id=ID, council=HERE, again=True), correct(), RETRACT,
    Pin(id=ID, council=HERE, pinned=True),
])  # fmt: skip
@pytest.mark.parametrize("person", [BEN, CEM])
async def test_only_the_councils_admins_steer_its_broadcasts(town, person, deed):
    """No member, no other council's admin; nor with the own council's name on the deed."""
    for one in (deed, replace(deed, council=THERE), replace(deed, council=None)):
        with pytest.raises(ForbiddenError):
            await do(town, person, one)
    assert (await stored(town)).stage == Stage.RUNNING


@pytest.mark.parametrize("deed", [correct(), Pin(id=ID, council=HERE, pinned=True)])
async def test_an_operator_does_not_speak_for_a_council(town, deed):
    """Stopping its broadcast is theirs, its words are not."""
    with pytest.raises(ForbiddenError):
        await do(town, BOSS, deed)


@pytest.mark.parametrize("person", [BOSS, BEN])
async def test_operators_and_other_admins_steer(town, person):
    """Paused, resumed, cancelled by somebody else than the author; each noted."""
    await others_admin(town)
    for deed in (PAUSE, RESUME, CANCEL):
        await do(town, person, deed)
    assert [action for action, _ in (await audited(town))[-3:]] == ["pause", "resume", "cancel"]


async def test_an_admin_does_not_steer_what_goes_to_all(town):
    """They do not even see it."""
    await send(town, BOSS, None, "b2")
    with pytest.raises(ForbiddenError):
        await do(town, AYLA, Pause(id="b2", council=None))
    assert await seen(town, AYLA, "b2") is None


async def test_an_operator_sees_all_without_names(town):
    """Of a council's broadcast what it says and how far it is, not whose it is by name."""
    one = await seen(town, BOSS)
    assert (one.content, one.by, one.tally.total) == (content(), "", 2)


# --- on its way -----------------------------------------------------------------------------------


async def test_paused_nothing_more_goes_out(town):
    """What waits is held; what was sent stays sent."""
    await arrive(town, BEN)
    await do(town, AYLA, PAUSE)
    assert {row.chat: row.state for row in await rows(town)} == {BEN: "sent", AYLA: "held"}
    one = await seen(town, AYLA)
    assert (one.stage, one.why, one.tally.sent, one.tally.waiting) == (
        Stage.PAUSED, "person", 1, 1,
    )  # fmt: skip


async def test_resumed_after_a_week_it_still_goes(town):
    """Whoever resumes it wants it sent: its three days begin anew."""
    await do(town, AYLA, PAUSE)
    now = later(days=7)
    await do(town, AYLA, RESUME, now=now)
    row, _ = await rows(town)
    assert (row.state, row.not_before, row.expires) == (
        "planned", stamp(now), stamp(later(days=10)),
    )  # fmt: skip
    assert (await stored(town)).stage == Stage.RUNNING


async def test_pressed_twice_the_second_is_lost(town):
    """And decided anew by what is stored then."""
    await do(town, AYLA, PAUSE)
    with pytest.raises(LostRaceError):
        await do(town, AYLA, PAUSE)


async def test_whoever_resumes_what_lost_its_author_answers_for_it(town):
    """The author is no admin any more: another one takes it over."""
    await others_admin(town)
    await do(town, BEN, Appoint(council=HERE, person=AYLA, role=Role.MEMBER))
    await town.write(lambda c: states.pause(c, ID, "role"))
    with pytest.raises(ForbiddenError):
        await do(town, BOSS, RESUME)
    await do(town, BEN, RESUME)
    row = await stored(town)
    assert (row.author, row.stage, row.why) == (BEN, Stage.RUNNING, "")


async def test_an_author_who_loses_the_right_twice_is_asked_about_twice(town):
    """In between they had it back, and resumed it: the others hear of it again."""
    await others_admin(town)
    for _ in range(2):
        await town.write(lambda c: states.pause(c, ID, "role"))
        row = await stored(town)
        lost = {"but": AYLA, "slot": asking.WITHOUT_AUTHOR}
        await town.write(lambda c, row=row, lost=lost: asking.ask(c, row, NOW, **lost))
        await do(town, AYLA, RESUME)
    assert await chats(town, "asked") == [BEN, BEN]


async def test_whoever_resumes_what_somebody_paused_does_not_take_it_over(town):
    """Answers still go to its author, and so does the message that shows how far it is."""
    await do(town, AYLA, PAUSE)
    await do(town, BOSS, RESUME)
    row = await stored(town)
    assert (row.author, row.revision, row.stage) == (AYLA, 1, Stage.RUNNING)


async def test_cancelled_the_rest_never_goes(town):
    """Nor after a word to resume."""
    await arrive(town, BEN)
    await do(town, AYLA, CANCEL)
    with pytest.raises(LostRaceError):
        await do(town, AYLA, RESUME)
    one = await seen(town, AYLA)
    assert (one.stage, one.ended, one.tally.sent, one.tally.dropped) == (
        Stage.CANCELLED, NOW, 1, 1,
    )  # fmt: skip


@pytest.mark.parametrize(("again", "state"), [(True, "pending"), (False, "closed")])
async def test_d03_a_person_decides_on_what_is_unclear(town, again, state):
    """Once more or let be, all of them; what somebody decided before stays."""
    await arrive(town, BEN, state="uncertain")
    await arrive(town, AYLA)
    deed = Settle(id=ID, council=HERE, again=again)
    await do(town, AYLA, deed, now=later(days=4))
    assert {row.chat: row.state for row in await rows(town)} == {AYLA: "sent", BEN: state}
    before = await audited(town)
    await do(town, AYLA, deed)
    assert await audited(town) == before


async def test_sent_once_more_a_message_comes_with_all_its_parts(store):
    """The second part waited for somebody's word on the first until it was too late."""
    await two_councils(store)
    await send(store, AYLA, what=content("Wort " * 1500))
    await arrive(store, BEN, slot="de1", state="uncertain", message=None)
    await arrive(store, AYLA, slot="de1")
    await arrive(store, slot="de2", state="expired", message=None)
    now = later(days=4)
    await do(store, AYLA, Settle(id=ID, council=HERE, again=True), now=now)
    found = {(row.chat, row.slot): (row.state, row.expires) for row in await rows(store)}
    again, late = ("pending", stamp(later(days=7))), ("expired", stamp(later(days=3)))
    assert (found[BEN, "de1"], found[BEN, "de2"], found[AYLA, "de2"]) == (again, again, late)


# --- afterwards -----------------------------------------------------------------------------------


async def test_a_correction_goes_wherever_it_was_sent(town):
    """What still waits goes out with the new text, without one."""
    await arrive(town, BEN)
    await do(town, AYLA, correct(), now=later(hours=1))
    (row,) = await rows(town, "correction")
    assert (row.chat, row.slot, row.version, row.rank) == (BEN, "de1", 2, 1)
    one = await seen(town, AYLA)
    assert (one.edition, one.revision, one.content.posts["de"].text) == (2, 2, "Berichtigt")
    assert (one.correcting.total, one.correcting.waiting) == (1, 1)


async def test_a_correction_reaches_what_is_on_its_way(town):
    """After it is settled whether that arrived."""
    await arrive(town, BEN, state="sending", message=None)
    await do(town, AYLA, correct())
    (row,) = await rows(town, "correction")
    assert row.not_before > stamp(NOW)


async def test_only_the_language_that_changed_is_corrected(store):
    """Those who read the other one are left alone."""
    await two_councils(store)
    await settings(store, BEN, language="en")
    await send(store, AYLA, what=content("Hallo", other="Hello"))
    await arrive(store)
    posts = {"de": Post(text="Hallo"), "en": Post(text="Good day")}
    await do(store, AYLA, Correct(id=ID, council=HERE, revision=1, posts=posts))
    assert await chats(store, "correction") == [BEN]


async def test_a_second_correction_takes_the_first_ones_place(town):
    """Each message is changed to the latest text, in all languages that waited for one."""
    await arrive(town)
    await do(town, AYLA, correct())
    await do(town, AYLA, correct("Noch einmal", revision=2))
    found = {(row.version, row.state) for row in await rows(town, "correction")}
    assert found == {(2, "cancelled"), (3, "planned")}


async def test_a_second_correction_takes_over_what_the_first_is_just_changing(store):
    """Telegram may send that back, and the first is not tried again: also in the language that
    the second leaves as it is."""
    await two_councils(store)
    await settings(store, BEN, language="en")
    await send(store, AYLA, what=content("Hallo", other="Hello"))
    await arrive(store)
    english = Post(text="Good day")
    for revision, text in enumerate(("Hallo", "Guten Tag"), 1):
        posts = {"de": Post(text=text), "en": english}
        await do(store, AYLA, Correct(id=ID, council=HERE, revision=revision, posts=posts))
        await arrive(store, kind="correction", state="sending")
    found = {(row.chat, row.version) for row in await rows(store, "correction")}
    assert found == {(BEN, 2), (BEN, 3), (AYLA, 3)}


@pytest.mark.parametrize("deed", [
    correct("x" * 5000),
    correct(attached=Attached.PHOTO, file="f"),
    Correct(id=ID, council=HERE, revision=1, posts={}),
])  # fmt: skip
async def test_a_correction_changes_nothing_but_the_text(town, deed):
    """As many messages, of the same kind, in the same languages."""
    with pytest.raises(ForbiddenError):
        await do(town, AYLA, deed)
    assert (await stored(town)).edition == 1


async def test_two_corrections_at_once_are_one(town):
    """The second was written on an older text."""
    await do(town, AYLA, correct())
    with pytest.raises(LostRaceError):
        await do(town, AYLA, correct("Anders"))


@pytest.mark.parametrize("deed", [correct(), RETRACT])
async def test_what_was_not_begun_is_neither_corrected_nor_taken_back(store, deed):
    """It is cancelled, and composed anew."""
    await two_councils(store)
    await send(store, AYLA, due=later(days=1))
    with pytest.raises(LostRaceError):
        await do(store, AYLA, deed)
    assert (await stored(store)).stage == Stage.WAITING


async def test_taken_back_it_is_deleted_where_telegram_still_does(town):
    """What is older than 48 hours stays; what waits never goes; nobody who joins later gets it."""
    await arrive(town, BEN, not_before=stamp(later(hours=-47)))
    await arrive(town, AYLA, not_before=stamp(later(hours=-49)))
    await do(town, AYLA, Pin(id=ID, council=HERE, pinned=True))
    await do(town, AYLA, RETRACT)
    (row,) = await rows(town, "retraction")
    assert (row.chat, row.slot, row.expires) == (BEN, "de1", stamp(later(hours=1)))
    one = await seen(town, AYLA)
    assert (one.stage, one.retracting.total, one.content.pinned) == (Stage.CANCELLED, 1, False)


async def test_taken_back_twice_counts_once(town):
    """The second is lost; nor is it corrected or kept for newcomers afterwards."""
    await arrive(town)
    await do(town, AYLA, RETRACT)
    with pytest.raises(LostRaceError):
        await do(town, AYLA, RETRACT)
    for deed in (correct(), Pin(id=ID, council=HERE, pinned=True)):
        with pytest.raises(ForbiddenError):
            await do(town, AYLA, deed)


async def test_kept_for_who_joins_later(town):
    """And not any more; a second press is no line in the log."""
    for pinned in (True, True, False):
        await do(town, AYLA, Pin(id=ID, council=HERE, pinned=pinned))
        assert (await seen(town, AYLA)).content.pinned is pinned
    assert [action for action, _ in await audited(town)].count("pin") == 2


async def test_a_new_account_takes_the_old_ones_broadcasts(town):
    """Drafts as well; the progress message is a new one."""
    await compose(town, AYLA, id_="b2")
    await do(town, AYLA, TakeOver(council=HERE, old=AYLA, new=BEN))
    assert {one.id for one in await known(town, BEN)} == {ID, "b2"}
    assert await known(town, AYLA) == ()


# --- how far it is --------------------------------------------------------------------------------


async def test_a_message_of_several_parts_is_one_recipient(store):
    """It counts by its last part; while its first is unclear or under way, it does not wait."""
    await two_councils(store)
    await send(store, AYLA, what=content("Wort " * 1500))
    found = await rows(store)
    assert [(row.slot, row.nth, row.of) for row in found if row.chat == BEN] == [
        ("de1", 1, 2), ("de2", 2, 2),
    ]  # fmt: skip
    await arrive(store, slot="de1", state="uncertain")
    tally = (await seen(store, AYLA)).tally
    assert (tally.total, tally.unclear, tally.waiting) == (2, 2, 0)


async def test_the_newest_fifty_are_listed_and_all_open_ones(store):
    """However old an open one is."""
    await two_councils(store)
    await send(store, AYLA, id_="open", now=later(days=-1))
    for number in range(51):
        await compose(store, AYLA, id_=f"d{number}", now=later(seconds=number))
    found = [one.id for one in await known(store, AYLA)]
    assert (len(found), found[0], found[-1]) == (51, "d50", "open")

"""Councils before the real bot and the real dialogues: invitations, forged presses, blocks."""

import asyncio
from dataclasses import replace

import pytest

from conversations.standing import Role
from tests.shell import plan_for, running
from tests.store.councils import (
    AYLA,
    BEN,
    CEM,
    HERE,
    NOW,
    audited,
    do,
    invite,
    later,
    load,
)
from tests.telegram.chatting import sent

EVE, FAY = 601, 602
TOKENS = {name: name * 22 for name in "abcde"}
"""Tokens of the right length."""


@pytest.fixture
def people(server):
    """Everybody has a private chat."""
    names = {AYLA: "Ayla", BEN: "Ben", CEM: "Cem", EVE: "Eve", FAY: "Fay"}
    for number, name in names.items():
        server.engine.add_person(number, name)
    return names


@pytest.fixture
def clock():
    """A clock that can be moved: `clock[0]`."""
    return [NOW]


@pytest.fixture
def plan(server, tmp_path, invited, clock):
    """The bot as it will run."""
    return plan_for(server, tmp_path, dialogues=invited, now=lambda: clock[0])


async def answers(server, person, act):
    """What the bot says to an act: the texts that are new in the chat, with their buttons."""
    before = len(sent(server, person)) + len(sent(server, person, "editmessagetext"))
    act()
    await server.engine.wait_for(
        lambda: len(sent(server, person)) + len(sent(server, person, "editmessagetext")) > before
    )
    await asyncio.sleep(0.1)
    last = server.engine.last_by_bot(person)
    return last.text


def unacknowledged(loaded):
    """What is stored but for the card Telegram acknowledged last, which comes a little later."""
    return replace(loaded, shown=0, card=None)


def agree(server, person, token):
    """Press the consent of a link's card, as its button would."""
    card = server.engine.last_by_bot(person)
    server.engine.press(person, person, card.id, f"0.agree:de:{token}", forge=True)


async def test_f06_two_people_at_once_one_membership(server, people, plan, store):
    """One link of one use, agreed to by two at the same moment: one has a seat, the other hears
    what a wrong link hears."""
    await do(store, AYLA, invite(TOKENS["a"]))
    async with running(plan):
        for person in (EVE, FAY):
            await answers(server, person, lambda p=person: server.engine.start(p, TOKENS["a"]))
        for person in (EVE, FAY):
            agree(server, person, TOKENS["a"])
        await server.engine.wait_for(
            lambda: all(
                len(sent(server, p)) + len(sent(server, p, "editmessagetext")) > 1
                for p in (EVE, FAY)
            )
        )
        joined = [p for p in (EVE, FAY) if (await load(store, p)).standing.seats]
        assert len(joined) == 1
        (late,) = {EVE, FAY} - set(joined)
        heard = server.engine.last_by_bot(late).text
        wrong = await answers(server, late, lambda: server.engine.start(late, TOKENS["e"]))
        assert wrong.strip() in heard or heard.strip() in wrong
        assert (await load(store, late)).member is None


async def test_f06_every_bad_link_gets_the_same_answer(server, people, plan, store):
    """Used, expired, revoked and wrong: word for word the same, nothing stored."""
    await do(store, AYLA, invite(TOKENS["a"], uses=0), invite(TOKENS["b"], expires=NOW))
    async with running(plan):
        said = {
            await answers(server, EVE, lambda t=token: server.engine.start(EVE, t))
            for token in (TOKENS["a"], TOKENS["b"], TOKENS["c"], "z" * 22)
        }
    assert len(said) == 1
    assert (await load(store, EVE)).revision == 0


async def test_guesses_are_throttled(server, people, plan, store, clock):
    """After five wrong links a good one is no good, in the same words; ten minutes later it is."""
    await do(store, AYLA, invite(TOKENS["a"]))
    async with running(plan):
        good = await answers(server, FAY, lambda: server.engine.start(FAY, TOKENS["a"]))
        for n in range(5):
            bad = await answers(server, EVE, lambda n=n: server.engine.start(EVE, str(n) * 22))
        assert await answers(server, EVE, lambda: server.engine.start(EVE, TOKENS["a"])) == bad
        clock[0] = later(minutes=10, seconds=1)
        assert await answers(server, EVE, lambda: server.engine.start(EVE, TOKENS["a"])) == good
    assert good != bad


@pytest.mark.parametrize("wanted", ["council:there", "seat:there", "person:4", "revoke:y", "x:y"])
async def test_f03_a_forged_press_finds_nothing(server, people, plan, store, wanted):
    """Another council's id in a button that was never shown: the answer is that for an unknown
    one, the audit log keeps it, nothing changes."""
    engine = server.engine
    async with running(plan):
        for person in (BEN, CEM):
            await answers(server, person, lambda p=person: engine.start(p))
        told = {}
        before = unacknowledged(await load(store, CEM))
        for data in ("unknown", wanted):
            card = engine.last_by_bot(BEN)
            version = card.rows[0][0].data.partition(".")[0]
            forged = f"{version}.{data}"
            text = await answers(
                server, BEN, lambda c=card, f=forged: engine.press(BEN, BEN, c.id, f, forge=True)
            )
            toast = server.api.log.of("answercallbackquery")[-1].params["text"]
            told[data] = (text, toast)
        assert told["unknown"] == told[wanted]
        assert unacknowledged(await load(store, CEM)) == before
    assert ("refused", "button") in await audited(store, HERE)


async def test_f03_a_strangers_forged_press_leaves_nothing(server, people, plan, store):
    """Somebody without consent presses what was never there: nothing is stored, no line."""
    async with running(plan):
        await answers(server, EVE, lambda: server.engine.start(EVE))
        card = server.engine.last_by_bot(EVE)
        server.engine.press(EVE, EVE, card.id, "1.council:here", forge=True)
        # The card that answers may be the one that is there, which Telegram is not sent again.
        await server.engine.wait_for(lambda: server.log.of("answerCallbackQuery"))
    assert "refused" not in {action for action, _ in await audited(store, None)}
    assert (await load(store, EVE)).revision == 0


async def test_who_blocks_the_bot_is_out_of_reach_until_heard_again(server, people, plan, store):
    """A block is seen by the council's admins, and gone with the next thing that is heard."""

    async def reachable():
        people = (await load(store, AYLA)).desk.colleagues
        return next(one.reachable for one in people if one.person == BEN)

    async def until(true):
        async with asyncio.timeout(30):
            while await reachable() is not true:
                await asyncio.sleep(0.02)

    async with running(plan):
        await answers(server, BEN, lambda: server.engine.start(BEN))
        server.engine.block(BEN)
        await until(False)
        server.engine.unblock(BEN)
        await until(True)
        server.engine.block(BEN)
        await until(False)
        server.engine.say(BEN, BEN, "/start")
        await until(True)


async def test_a_strangers_block_stores_nothing(server, people, plan, store):
    """Somebody who never agreed blocks the bot: no row of theirs."""
    async with running(plan):
        await answers(server, EVE, lambda: server.engine.start(EVE))
        server.engine.block(EVE)
        server.engine.unblock(EVE)
        await answers(server, EVE, lambda: server.engine.start(EVE))
    seen = await load(store, EVE)
    assert (seen.member, seen.revision) == (None, 0)


async def test_an_operators_link_reaches_its_role(server, people, plan, store):
    """The link of an operator's invitation, followed and agreed to, makes an operator."""
    await do(store, 1, invite(TOKENS["a"], Role.OPERATOR, None))
    async with running(plan):
        await answers(server, EVE, lambda: server.engine.start(EVE, TOKENS["a"]))
        await answers(server, EVE, lambda: agree(server, EVE, TOKENS["a"]))
    assert (await load(store, EVE)).standing.operator

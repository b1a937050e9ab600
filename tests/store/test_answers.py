"""Answers to broadcasts: who may write them, who reads them, and what is kept of strangers' words;
on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from bot.store import members, schema
from bot.store.persons import Persons
from bot.store.scope import ForbiddenError
from conversations.broadcasts.exchange import A_DAY
from conversations.deeds import Appoint, Leave, Reply, WriteBack
from conversations.standing import Role
from tests.shell import PSEUDONYMS
from tests.store.broadcasting import answers, arrived, kept, replying, rows, send
from tests.store.councils import (
    AYLA,
    BEN,
    BOSS,
    CEM,
    CODEC,
    EVE,
    HERE,
    NOW,
    THERE,
    audited,
    do,
    invite,
    join,
    member,
    two_councils,
)


def _reply(id_="a1", text="Mache ich & danke", broadcast="b1"):
    return Reply(id=id_, broadcast=broadcast, text=text)


def _back(to="a1", id_="w1", council=HERE, text="Danke Ihnen"):
    return WriteBack(id=id_, council=council, to=to, text=text)


async def _answered(store, **values):
    await two_councils(store)
    await send(store, **values)
    await do(store, BEN, _reply())


async def test_an_answer_goes_to_the_author_as_a_row_of_the_ledger(store):
    """It is planned for the author's own chat, and the member's words are read there."""
    await _answered(store)
    assert await rows(store, "answered") == [(AYLA, "answer:a1", AYLA, "planned")]
    (one,) = await answers(store, AYLA)
    assert (one.text, one.name, one.ags, one.person) == (
        "Mache ich & danke",
        "Ben",
        "05513000",
        BEN,
    )
    assert (one.council, one.back, one.reachable) == (HERE, False, True)


async def test_an_answer_leaves_no_line_in_the_audit_log(store):
    """Who answered is nobody else's business."""
    await two_councils(store)
    before = await audited(store)
    await send(store)
    await do(store, BEN, _reply())
    assert await audited(store) == before


async def test_a_word_back_goes_to_the_member_and_is_noted(store):
    """It is planned for the member's chat; the audit log says that there was one."""
    await _answered(store)
    await do(store, AYLA, _back())
    assert await rows(store, "wrote_back") == [(BEN, "answer:w1", BEN, "planned")]
    assert (await audited(store))[-1] == ("writeback", "broadcast:b1")
    assert [(one.text, one.back) for one in await answers(store, AYLA)] == [
        ("Mache ich & danke", False),
        ("Danke Ihnen", True),
    ]


@pytest.mark.parametrize("person", [AYLA, CEM, BOSS, EVE])
async def test_f03_nobody_answers_to_a_broadcast_that_they_never_got(store, person):
    """Its author, another council's admin, an operator and a stranger leave nothing behind."""
    await two_councils(store)
    await send(store)
    with pytest.raises(ForbiddenError):
        await do(store, person, _reply())
    assert (await kept(store), await rows(store, "answered")) == (0, [])


async def test_who_has_not_got_it_yet_cannot_answer(store):
    """A row that waits is no message that could be replied to."""
    await two_councils(store)
    await send(store, to=())
    waiting = arrived("b1", BEN, HERE, None, state="planned")
    await store.write(lambda c: c.execute(insert(schema.delivery), waiting))
    with pytest.raises(ForbiddenError):
        await do(store, BEN, _reply())


async def test_who_left_the_council_answers_nobody_there(store):
    """What they write is no answer any more, and nothing of it is kept."""
    await two_councils(store)
    await send(store)
    await do(store, BEN, Leave(council=HERE))
    assert await replying(store, BEN, 900) is None
    with pytest.raises(ForbiddenError):
        await do(store, BEN, _reply())
    assert await kept(store) == 0


async def test_an_author_does_not_answer_to_themselves(store):
    """Who gets their own broadcast has nobody to write to."""
    await two_councils(store)
    await send(store, to=((AYLA, HERE),))
    with pytest.raises(ForbiddenError):
        await do(store, AYLA, _reply())
    assert (await replying(store, AYLA, 900)).own is True


async def test_f03_answers_are_read_by_the_author_alone(store):
    """Another admin of the same council, another council's and an operator see none."""
    await _answered(store)
    await do(store, AYLA, Appoint(council=HERE, person=BEN, role=Role.ADMIN))
    for person in (BEN, CEM, BOSS, EVE):
        assert await answers(store, person) == ()


@pytest.mark.parametrize(
    ("person", "council"), [(BEN, HERE), (CEM, THERE), (BOSS, None), (EVE, HERE)]
)
async def test_f03_nobody_else_writes_back(store, person, council):
    """Neither the member, nor another admin, nor an operator."""
    await _answered(store)
    with pytest.raises(ForbiddenError):
        await do(store, person, _back(council=council))
    assert await rows(store, "wrote_back") == []


async def test_an_author_who_lost_the_role_reads_no_answers(store):
    """The member learns that nobody reads it, the former admin sees nothing."""
    await _answered(store)
    await do(store, AYLA, Appoint(council=HERE, person=BEN, role=Role.ADMIN))
    await do(store, BEN, Appoint(council=HERE, person=AYLA, role=Role.MEMBER))
    assert await answers(store, AYLA) == ()
    assert (await replying(store, BEN, 900)).reachable is False
    with pytest.raises(ForbiddenError):
        await do(store, BEN, _reply("a2"))
    with pytest.raises(ForbiddenError):
        await do(store, AYLA, _back())


@pytest.mark.parametrize("what", ["blocked", "withdrawn", "stopped"])
async def test_an_author_out_of_reach_gets_no_answers(store, what):
    """Blocked, without consent or after /stopp: nothing is stored."""
    await two_councils(store)
    await send(store)
    gone = member(AYLA, **{what: NOW})
    await store.write(lambda c: members.keep(c, CODEC, gone))
    assert (await replying(store, BEN, 900)).reachable is False
    with pytest.raises(ForbiddenError):
        await do(store, BEN, _reply())
    assert await kept(store) == 0


async def test_an_erased_author_gets_no_answers(store):
    """The broadcast stays, and nobody reads what is answered to it."""
    await two_councils(store)
    await send(store)
    persons = Persons(codec=CODEC, pseudonyms=PSEUDONYMS)
    await store.write(lambda c: persons.erase(c, AYLA, NOW, waiting=False))
    assert (await replying(store, BEN, 900)).reachable is False
    with pytest.raises(ForbiddenError):
        await do(store, BEN, _reply())
    assert await kept(store) == 0


async def test_a_member_is_told_who_reads_it(store):
    """Name and function of the author in the council."""
    await two_councils(store)
    await send(store)
    found = await replying(store, BEN, 900)
    assert (found.broadcast, found.by, found.left, found.answer) == ("b1", "Ayla", A_DAY, None)


async def test_somebody_elses_message_is_no_broadcast(store):
    """The number of a message counts in one's own chat alone."""
    await two_councils(store)
    await send(store)
    assert await replying(store, CEM, 900) is None
    assert await replying(store, BEN, 901) is None


async def test_an_operators_broadcast_names_nobody(store):
    """Neither the operator to the member, nor the member to the operator: only the place."""
    await two_councils(store)
    await send(store, author=BOSS, council=None)
    found = await replying(store, BEN, 900)
    assert (found.by, found.function, found.council, found.reachable) == ("", "", None, True)
    await do(store, BEN, _reply())
    (one,) = await answers(store, BOSS)
    assert (one.name, one.ags, one.council) == ("", "05513000", None)


async def test_a_day_has_twenty_answers(store):
    """The next one waits for tomorrow."""
    await two_councils(store)
    await send(store)
    for number in range(A_DAY):
        await do(store, BEN, _reply(f"a{number}"))
    assert (await replying(store, BEN, 900)).left == 0
    with pytest.raises(ForbiddenError):
        await do(store, BEN, _reply("more"))
    assert await kept(store) == A_DAY
    await do(store, BEN, _reply("more"), now=NOW + timedelta(days=1, seconds=1))


async def test_a_day_has_twenty_words_back(store):
    """To one member, however little they asked; the next one waits for tomorrow."""
    await _answered(store)
    for number in range(A_DAY):
        await do(store, AYLA, _back(id_=f"w{number}"))
    with pytest.raises(ForbiddenError):
        await do(store, AYLA, _back(id_="more"))
    assert len(await rows(store, "wrote_back")) == A_DAY
    await do(store, AYLA, _back(id_="more"), now=NOW + timedelta(days=1, seconds=1))


async def test_f03_a_word_back_names_the_broadcasts_own_council(store):
    """Else the line in the audit log would stand in another council's."""
    await _answered(store)
    await do(store, CEM, invite("d", Role.ADMIN, THERE))
    await do(store, AYLA, join("d", Role.ADMIN, THERE))
    with pytest.raises(ForbiddenError):
        await do(store, AYLA, _back(council=THERE))
    assert await rows(store, "wrote_back") == []


async def test_the_exchange_goes_on_from_message_to_message(store):
    """A reply to the word back is an answer again; a reply to an answer that was brought is a
    word back."""
    await _answered(store)
    await do(store, AYLA, _back())
    at = {"answer:a1": 33, "answer:w1": 44}
    table = schema.delivery
    arrive = [
        update(table).where(table.c.subject == what).values(state="sent", message=number)
        for what, number in at.items()
    ]
    await store.write(lambda c: [c.execute(one) for one in arrive])
    assert (await replying(store, BEN, 44)).broadcast == "b1"
    found = await replying(store, AYLA, 33)
    assert (found.answer, found.by, found.council, found.reachable) == ("a1", "Ben", HERE, True)


async def test_who_left_is_not_written_back_to(store):
    """The author sees that they are out of reach."""
    await _answered(store)
    await do(store, BEN, Leave(council=HERE))
    (one,) = await answers(store, AYLA)
    assert (one.name, one.reachable) == ("", False)
    with pytest.raises(ForbiddenError):
        await do(store, AYLA, _back())


@pytest.mark.parametrize(
    ("what", "goes"), [("blocked", False), ("withdrawn", False), ("stopped", True)]
)
async def test_who_asked_is_told_unless_out_of_reach(store, what, goes):
    """/stopp does not stand against an answer to one's own question."""
    await _answered(store)
    gone = member(BEN, **{what: NOW})
    await store.write(lambda c: members.keep(c, CODEC, gone))
    (one,) = await answers(store, AYLA)
    assert one.reachable is goes
    if goes:
        await do(store, AYLA, _back())
    else:
        with pytest.raises(ForbiddenError):
            await do(store, AYLA, _back())


async def test_a_word_back_is_no_question_to_be_answered(store):
    """Only what a member wrote is written back to."""
    await _answered(store)
    await do(store, AYLA, _back())
    with pytest.raises(ForbiddenError):
        await do(store, AYLA, _back(to="w1", id_="w2"))


async def test_an_older_consent_counts_as_out_of_reach(store):
    """G07: nothing goes to whoever has not agreed to the present text."""
    await _answered(store)
    old = member(BEN)
    old = replace(old, consent=replace(old.consent, version=1))
    await store.write(lambda c: members.keep(c, CODEC, old))
    (one,) = await answers(store, AYLA)
    assert one.reachable is False


async def test_answers_are_sealed(store):
    """No word of it stands in the table."""
    await _answered(store)
    found = await store.read(lambda c: c.execute(select(schema.answer.c.body)).scalars().all())
    assert not any("danke" in body for body in found)


async def test_g03_both_find_their_own_words_in_their_data(store):
    """The member all of the exchange; its author what they wrote back, and to nobody by name."""
    await _answered(store)
    await do(store, AYLA, _back())
    persons = Persons(codec=CODEC, pseudonyms=PSEUDONYMS)
    mine = (await store.read(lambda c: persons.export(c, BEN, NOW)))["answers"]
    assert {(one["text"], one["to_you"]) for one in mine} == {
        ("Mache ich & danke", False),
        ("Danke Ihnen", True),
    }
    (back,) = (await store.read(lambda c: persons.export(c, AYLA, NOW)))["answers"]
    assert (back["text"], back["to_you"], back["ags"]) == ("Danke Ihnen", False, "")

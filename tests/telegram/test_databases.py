"""The bot as it runs, on SQLite and on PostgreSQL: the core of every conversation."""

import asyncio
from dataclasses import replace

import pytest

from bot.demo.faults import Fault, FaultKind
from bot.store.opening import engine_for
from bot.store.sealing import Seal
from tests.shell import plan_for, running
from tests.telegram.chatting import agree, card, sent, until


@pytest.fixture
def plan(server, tmp_path, url):
    """The bot over that database; one on a file knows its file."""
    found = plan_for(server, tmp_path)
    return found if url.startswith("sqlite") else replace(found, database=url, path=None)


async def test_a_dialogue_with_a_letter(server, ayla, plan):
    """From the consent to the files."""
    engine = server.engine
    async with running(plan):
        await agree(engine, ayla)
        engine.say(ayla, ayla, "one")
        shown = await card(engine, ayla, "1: one")
        engine.press(ayla, ayla, shown.id, "Done")
        await engine.wait_for(lambda: [m for m in engine.messages(ayla) if m.media])
        await card(engine, ayla, "letter 1: one")
    assert len(sent(server, ayla, "sendmediagroup")) == 1


async def test_it_goes_on_after_a_restart(server, ayla, plan):
    """The answers are there, and the card that was shown is not shown again."""
    engine = server.engine
    async with running(plan):
        await agree(engine, ayla)
        engine.say(ayla, ayla, "one")
        await card(engine, ayla, "1: one")
    before = len(sent(server, ayla))
    async with running(plan):
        engine.say(ayla, ayla, "two")
        await card(engine, ayla, "2: one, two")
    assert len(sent(server, ayla)) == before + 1


async def test_a_double_press_takes_effect_once(server, ayla, plan):
    """B11 on both: two presses of one button, one answer more."""
    engine = server.engine
    async with running(plan):
        shown = await agree(engine, ayla)
        engine.press(ayla, ayla, shown.id, "More")
        engine.press(ayla, ayla, shown.id, "More")
        await card(engine, ayla, "1: more")
        engine.say(ayla, ayla, "end")
        await card(engine, ayla, "2: more, end")


async def test_a_long_text_in_parts_is_one_answer(server, ayla, plan):
    """B08 on both: what the client split is joined."""
    engine = server.engine
    async with running(plan):
        await agree(engine, ayla)
        for part in ("a" * 4096, "b" * 100):
            engine.say(ayla, ayla, part)
        await engine.wait_for(lambda: "1: " in engine.last_by_bot(ayla).text)


async def test_many_people_at_once(server, plan):
    """Everybody gets their own answers, whoever writes beside them."""
    engine = server.engine
    everybody = [engine.add_person(600 + n, f"P{n}").id for n in range(12)]
    async with running(plan):
        await asyncio.gather(*(agree(engine, person) for person in everybody))
        for n in range(3):
            for person in everybody:
                engine.say(person, person, f"{person}-{n}")
        for person in everybody:
            await card(engine, person, f"3: {person}-0, {person}-1, {person}-2")


async def test_a_card_that_was_not_sent_comes_later(server, ayla, plan):
    """Telegram away for a moment: shown by the next beat."""
    engine = server.engine
    async with running(plan):
        await agree(engine, ayla)
        server.faults.add(Fault(kind=FaultKind.ERROR, code=502, text="Bad", method="sendMessage"))
        engine.say(ayla, ayla, "one")
        await card(engine, ayla, "1: one")


async def test_erased_people_are_gone(server, ayla, plan):
    """Nothing of the person is left."""
    engine = server.engine
    async with running(plan):
        await agree(engine, ayla)
        engine.say(ayla, ayla, "/forget")
        await card(engine, ayla, "forgotten")
    opened = engine_for(plan.database)
    with opened.connect() as connection:
        for table in ("member", "dialogue", "draft"):
            count = connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()
            assert count == 0, table
    opened.dispose()


async def test_another_key_is_refused(server, plan):
    """The start proves the key on both databases."""
    async with running(plan):
        await until(lambda: server.engine.updates.is_polled)
    other = replace(plan, seal=Seal([b"another key, also 32 bytes long."]))
    with pytest.raises(Exception, match="is not the one this database is sealed with"):
        async with running(other) as task:
            await task

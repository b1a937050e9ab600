"""getUpdates: offsets, waiting, conflicts, filters, ids."""

import asyncio

import aiohttp
import pytest
import telegram
from telegram.error import Conflict

from bot.demo.engine import Engine
from tests.demo.conftest import AYSE, CHANNEL


async def test_updates_stay_until_confirmed(bot: telegram.Bot, engine: Engine) -> None:
    """What no offset has confirmed is handed out again."""
    engine.say(AYSE, AYSE, "eins")
    engine.say(AYSE, AYSE, "zwei")
    first = await bot.get_updates()
    again = await bot.get_updates()
    rest = await bot.get_updates(offset=again[0].update_id + 1)
    assert [u.update_id for u in first] == [u.update_id for u in again] == [1000, 1001]
    assert [u.message.text for u in rest if u.message] == ["zwei"]


async def test_limit_and_negative_offset(bot: telegram.Bot, engine: Engine) -> None:
    """`limit` cuts, and a negative offset keeps only the latest."""
    for word in ("a", "b", "c"):
        engine.say(AYSE, AYSE, word)
    assert len(await bot.get_updates(limit=2)) == 2
    (last,) = await bot.get_updates(offset=-1)
    assert last.message is not None
    assert last.message.text == "c"
    assert len(await bot.get_updates()) == 1


async def test_a_poll_waits_for_news(bot: telegram.Bot, engine: Engine) -> None:
    """A long poll answers as soon as something is said."""
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await _poll_waits(engine)
    engine.say(AYSE, AYSE, "jetzt")
    (update,) = await poll
    assert update.message is not None
    assert update.message.text == "jetzt"


async def test_an_empty_poll_ends(bot: telegram.Bot) -> None:
    """After its timeout a poll answers with nothing."""
    assert await bot.get_updates(timeout=1) == ()


async def test_a_second_poll_ends_the_older(bot: telegram.Bot, engine: Engine) -> None:
    """The older of two polls gets 409 in Telegram's words; the newer one goes on."""
    older = asyncio.create_task(bot.get_updates(timeout=20))
    await _poll_waits(engine)
    newer = asyncio.create_task(bot.get_updates(timeout=20))
    with pytest.raises(Conflict, match="terminated by other getUpdates request; make sure"):
        await older
    engine.say(AYSE, AYSE, "hier")
    assert len(await newer) == 1


async def test_a_poll_that_was_given_up_is_gone(
    engine: Engine, http: aiohttp.ClientSession
) -> None:
    """When the client hangs up, the poll ends and takes nothing along."""
    poll = asyncio.create_task(http.get(f"/bot{engine.token}/getUpdates?timeout=20"))
    await _poll_waits(engine)
    poll.cancel()
    await asyncio.wait([poll])
    async with asyncio.timeout(10):
        while engine.updates.is_polled:
            await asyncio.sleep(0.01)
    engine.say(AYSE, AYSE, "x")
    assert len(engine.updates) == 1


async def test_allowed_updates_filter_what_is_queued(bot: telegram.Bot, engine: Engine) -> None:
    """Only the kinds asked for are queued from then on; an empty list means the usual ones."""
    await bot.get_updates(allowed_updates=["channel_post"])
    engine.say(AYSE, AYSE, "ungehört")
    engine.channel_post(CHANNEL, "gehört")
    (update,) = await bot.get_updates()
    assert update.channel_post is not None
    await bot.get_updates(offset=update.update_id + 1, allowed_updates=[])
    engine.say(AYSE, AYSE, "wieder da")
    assert len(await bot.get_updates()) == 1


async def test_chat_member_must_be_asked_for(bot: telegram.Bot, engine: Engine) -> None:
    """chat_member comes only to a bot that named it."""
    engine.leave(AYSE, CHANNEL)
    assert await bot.get_updates() == ()
    await bot.get_updates(allowed_updates=["chat_member"])
    engine.join(AYSE, CHANNEL)
    (update,) = await bot.get_updates()
    assert update.chat_member is not None
    assert update.chat_member.new_chat_member.status == "member"


async def test_a_used_id_is_handed_out_once_more(bot: telegram.Bot, engine: Engine) -> None:
    """A raw update with an id already confirmed still comes, once."""
    engine.say(AYSE, AYSE, "eins")
    (first,) = await bot.get_updates()
    engine.push_raw(first.to_dict())
    after = first.update_id + 1
    assert [u.update_id for u in await bot.get_updates(offset=after)] == [first.update_id]
    assert await bot.get_updates(offset=after) == ()


async def test_ids_may_jump_backwards(bot: telegram.Bot, engine: Engine) -> None:
    """After a jump backwards the old, higher offset loses nothing."""
    engine.say(AYSE, AYSE, "alt")
    (old,) = await bot.get_updates()
    await bot.get_updates(offset=old.update_id + 1)
    engine.updates.jump(17)
    engine.say(AYSE, AYSE, "neu")
    (new,) = await bot.get_updates(offset=old.update_id + 1)
    assert new.update_id == 17
    assert await bot.get_updates(offset=18) == ()


async def test_malformed_updates_pass_as_they_are(
    engine: Engine, http: aiohttp.ClientSession
) -> None:
    """A raw update reaches the bot unchanged, whatever it is."""
    engine.push_raw({"update_id": 5, "message": {"message_id": 1}})
    async with http.get(f"/bot{engine.token}/getUpdates") as answer:
        assert (await answer.json())["result"] == [{"update_id": 5, "message": {"message_id": 1}}]


async def _poll_waits(engine: Engine) -> None:
    async with asyncio.timeout(10):
        while not engine.updates.is_polled:
            await asyncio.sleep(0.005)

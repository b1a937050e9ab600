"""How the tests talk to the diary: begin, look at the card, wait for words."""

import asyncio


async def agree(engine, person):
    """Walk a new person through the consent; returns the card."""
    engine.start(person)
    asked = await engine.wait_for(lambda: engine.last_by_bot(person))
    engine.press(person, person, asked.id, "Yes")
    return await card(engine, person, "0:")


async def card(engine, person, words, timeout=30.0):
    """The newest message of the bot, once it contains the words."""

    def seen():
        message = engine.last_by_bot(person)
        return message if message is not None and words in message.text else None

    return await engine.wait_for(seen, timeout)


def sent(server, person, method="sendmessage"):
    """Calls of a method that went to a person."""
    return [r for r in server.api.log.of(method) if str(r.params.get("chat_id")) == str(person)]


async def until(true, seconds=30.0):
    """Wait for something that is no event of the server."""
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.01)

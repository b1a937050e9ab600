"""One update, one turn, one transaction: over HTTP with the local server."""

from tests.shell import plan_for, running


async def agree(engine, person):
    """Walk a new person through the consent; returns the card's message."""
    engine.start(person)
    asked = await engine.wait_for(lambda: engine.last_by_bot(person))
    engine.press(person, person, asked.id, "Yes")
    return await engine.wait_for(
        lambda: (m := engine.last_by_bot(person)) and m.text.startswith("0:") and m
    )


async def test_a_stranger_agrees_and_answers_are_kept(server, tmp_path):
    """A text typed after consent is kept and shown on a new card without buttons on the old."""
    engine = server.engine
    person = engine.add_person(501, "Ayla").id
    async with running(plan_for(server, tmp_path)):
        card = await agree(engine, person)
        engine.say(person, person, "first")
        new = await engine.wait_for(
            lambda: (m := engine.last_by_bot(person)) and m.text == "1: first" and m
        )
        assert new.id != card.id
        await engine.wait_for(lambda: not engine.chats[person].messages[card.id].buttons)
        engine.press(person, person, new.id, "More")
        await engine.wait_for(lambda: engine.last_by_bot(person).text == "2: first, more")
        assert engine.last_by_bot(person).id == new.id

"""Two admins change the same part of a council at once, dialogues and store together."""

from dataclasses import replace

import pytest

from bot.store.worker import LostRaceError
from conversations import core
from conversations.dialogues import Dialogues
from conversations.events import Called, Event, Pressed, Typed
from conversations.flows import consent
from conversations.rules.answers import Address, Person
from conversations.standing import PersonId, Role
from tests.conversations.walk import knowledge
from tests.store.councils import AYLA, BEN, NOW, decide, do, invite, join, know, load, two_councils


@pytest.fixture(scope="module")
def dialogues():
    """The dialogues."""
    return Dialogues(knowledge())


@pytest.fixture
async def admins(store):
    """A council with two admins."""
    await two_councils(store)
    await do(store, AYLA, invite("b2", Role.ADMIN))
    await do(store, BEN, join("b2", Role.ADMIN, name="Ben"))
    await know(store, AYLA, BEN)
    return store


def decided(dialogues: Dialogues, loaded, person: PersonId, event: Event) -> core.Decision:
    """What follows from what was loaded."""
    agreed = replace(loaded.member.consent, version=consent.VERSION)
    state = core.State(
        now=NOW,
        person=person,
        fresh="f1",
        member=replace(loaded.member, consent=agreed),
        position=loaded.position,
        standing=loaded.standing,
        council=loaded.council,
        desk=loaded.desk,
    )
    return dialogues.advance(state, event)


async def turn(store, dialogues: Dialogues, person: PersonId, event: Event) -> core.Decision:
    """One turn as it is loaded, decided and stored."""
    loaded = await load(store, person)
    decision = decided(dialogues, loaded, person, event)
    await decide(store, person, decision, loaded)
    return decision


async def at_the_chair(store, dialogues: Dialogues, person: PersonId) -> None:
    """The person has the question for the chair on the card."""
    shown = await turn(store, dialogues, person, Called(name="rat"))
    assert shown.position is not None
    await turn(store, dialogues, person, Pressed(data=f"{shown.position.version}.chair"))


async def test_the_second_of_two_admins_sees_what_changed(admins, dialogues: Dialogues) -> None:
    """Decided on the same state, the second turn is lost, decided anew, and overwrites nothing."""
    for person in (AYLA, BEN):
        await at_the_chair(admins, dialogues, person)
    loaded = await load(admins, BEN)
    event = Typed(text="Herr Can Yilmaz")
    late = decided(dialogues, loaded, BEN, event)
    await turn(admins, dialogues, AYLA, Typed(text="Frau Aylin Demir"))
    with pytest.raises(LostRaceError):
        await decide(admins, BEN, late, loaded)
    again = await turn(admins, dialogues, BEN, event)
    assert again.deeds == ()
    assert again.position is not None
    assert again.position.step == "conflict"


async def test_the_second_may_take_the_own_answer_after_all(admins, dialogues: Dialogues) -> None:
    """Knowing what the other one gave."""
    for person in (AYLA, BEN):
        await at_the_chair(admins, dialogues, person)
    await turn(admins, dialogues, AYLA, Typed(text="Frau Aylin Demir"))
    asked = await turn(admins, dialogues, BEN, Typed(text="Herr Can Yilmaz"))
    assert asked.position is not None
    await turn(admins, dialogues, BEN, Pressed(data=f"{asked.position.version}.take_mine"))
    stored = (await load(admins, AYLA)).council
    assert stored.profile.chair == Person(name="Can Yilmaz", address=Address.HERR)
    assert stored.revision == 3

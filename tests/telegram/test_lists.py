"""The list of those whom a broadcast did not reach, sent as a file."""

import zipfile
from io import BytesIO

import pytest

from bot.store.broadcasts.watching import GIVEN_UP
from bot.store.codec import stamp
from conversations.broadcasts import Stage
from conversations.core import Decision
from conversations.events import Typed
from conversations.replies import Unreached
from conversations.standing import PersonId
from tests.shell import Diary
from tests.store.councils import BOSS, first_operator, know
from tests.telegram.casting import ID, known, move, now, over, put
from tests.telegram.chatting import card
from tests.telegram.reminding import opened


class Clerk(Diary):
    """Hands out the list on a word."""

    def advance(self, state, event):
        if isinstance(event, Typed):
            return Decision(replies=(Unreached(broadcast=ID),))
        return super().advance(state, event)


@pytest.fixture
async def store(server, tmp_path):
    """An operator whose broadcast is over."""
    known(server, BOSS, "Olga")
    async with opened(tmp_path) as store:
        await know(store, BOSS)
        await first_operator(store)
        await put(store, author=BOSS, stage=Stage.DONE, ended=stamp(now()), progress=GIVEN_UP)
        yield store


async def listed(server, tmp_path, person=BOSS):
    """The message that comes for the asking."""
    async with over(server, tmp_path, dialogues=Clerk()):
        server.engine.say(person, person, "list, please")
        return await card(server.engine, person, "Bitte stellen")


async def test_it_comes_as_a_spreadsheet(server, store, tmp_path):
    """With a name that says what it is, and words below it."""
    await move(store, "failed", [0, 1], "blocked")
    message = await listed(server, tmp_path)
    assert message.media.file.name.startswith("nicht-erreicht-bitte-stellen-sie-die-anfrage")
    with zipfile.ZipFile(BytesIO(message.media.file.data)) as archive:
        texts = archive.read("xl/sharedStrings.xml").decode()
    assert ("hat den Bot blockiert" in texts, "2 nicht erreicht" in message.text) == (True, True)


async def test_without_anybody_it_is_a_sentence(server, store, tmp_path):
    """No empty file."""
    await move(store, "sent", range(4))
    message = await listed(server, tmp_path)
    assert (message.media, "niemanden" in message.text) == (None, True)


async def test_a_stranger_gets_nothing(server, store, tmp_path):
    """Not even that there is one."""
    other = PersonId(77)
    known(server, other, "Eve")
    await know(store, other)
    await move(store, "failed", [0], "blocked")
    async with over(server, tmp_path, dialogues=Clerk()):
        server.engine.say(other, other, "list, please")
        server.engine.say(BOSS, BOSS, "list, please")
        await card(server.engine, BOSS, "1 nicht erreicht")
    assert not [one for one in server.engine.messages(other) if one.by_bot]

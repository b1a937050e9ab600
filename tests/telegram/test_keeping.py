"""Files given as proof: fetched after the turn, tried again, or said to be lost once."""

import pytest

from bot.demo.engine import media
from bot.store import keeping
from bot.telegram.apology import Apologies
from bot.telegram.files import FileLostError, Files
from bot.telegram.keeping import Keeping
from bot.telegram.outbox import Outbox
from bot.telegram.transport import Transport, UnreachableError
from conversations.core import Decision
from conversations.deeds import File
from tests.shell import PlainWords
from tests.store.agendas import FILED, a_letter
from tests.store.councils import AYLA, CODEC, HERE, do
from tests.telegram.chatting import card, until


@pytest.fixture
async def transport(server):
    async with Transport(server.root, server.engine.token) as open_:
        yield open_


@pytest.fixture
async def store(store):
    """Two councils; one has filed a letter."""
    await a_letter(store)
    return store


def keeper(store, transport):
    """It fetches over the local server."""
    apologies = Apologies(outbox=Outbox(transport), words=PlainWords())
    return Keeping(store=store, codec=CODEC, files=Files(transport), apologies=apologies)


async def filed_with(store, file_id):
    """A letter was filed, and this file proves it; returns the turn's decision."""
    deed = File(letter="l1", council=HERE, filed=FILED, file_id=file_id)
    await do(store, AYLA, deed)
    return Decision(deeds=(deed,))


async def kept(store):
    """The file of the filing."""
    return await store.read(lambda c: keeping.file_of(c, CODEC, "filing", "l1"))


async def test_a_file_is_fetched_after_its_turn(server, store, transport):
    """Nobody has to wait for the pulse."""
    document = media.document(server.engine.files, b"%PDF", "beleg.pdf")
    keep = keeper(store, transport)
    keep.named(await filed_with(store, document.file.id), 501, "de")
    await until(lambda: server.api.log.of("getfile"))
    await keep.beat()
    assert await kept(store) == b"%PDF"
    assert await store.read(keeping.waiting) == ()


async def test_a_file_that_telegram_does_not_give_is_said_to_be_lost(
    server, ayla, store, transport
):
    """Once, in the chat that it came from."""
    server.engine.start(ayla)
    keep = keeper(store, transport)
    keep.named(await filed_with(store, "nobody-knows"), ayla, "de")
    await card(server.engine, ayla, "that file is lost")
    await keep.beat()
    assert len(server.api.log.of("sendmessage")) == 1
    assert await store.read(keeping.waiting) == ()


async def test_while_telegram_is_away_the_file_waits(server, store, transport):
    """The pulse gets it later."""
    document = media.document(server.engine.files, b"%PDF", "beleg.pdf")
    await filed_with(store, document.file.id)
    async with Transport("http://127.0.0.1:9", server.engine.token) as nobody:
        await keeper(store, nobody).beat()
    assert len(await store.read(keeping.waiting)) == 1
    await keeper(store, transport).beat()
    assert await kept(store) == b"%PDF"


async def test_a_file_larger_than_it_may_be_is_lost(server, transport):
    """It is given up in the middle, not taken whole."""
    document = media.document(server.engine.files, b"x" * 1000, "x.ics")
    assert len(await Files(transport).fetch(document.file.id, 1000)) == 1000
    with pytest.raises(FileLostError):
        await Files(transport).fetch(document.file.id, 999)


async def test_a_server_that_is_away_loses_no_file(server):
    """It may be there later."""
    async with Transport("http://127.0.0.1:9", server.engine.token) as nobody:
        with pytest.raises(UnreachableError):
            await Files(nobody).fetch("any")

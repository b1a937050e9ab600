"""Who joins while a broadcast is kept for newcomers reads it, over HTTP."""

from datetime import timedelta

from bot.demo.engine.chats import Membership, Status
from conversations.deeds import Pin
from conversations.dialogues import Dialogues
from tests.store import composed
from tests.store.councils import AYLA, EVE, HERE, do, invite, know
from tests.telegram.chatting import card, until
from tests.telegram.reminding import DUE, KNOW, bot_over, furnish, opened, table, texts

CALL = "Bitte stellen Sie die Anfrage."
TOKEN = "e" * 22


async def test_a_newcomer_reads_the_kept_broadcast_once(server, tmp_path):
    """Joined by the link, it comes; the author's numbers count one more; nobody reads it twice."""
    await furnish(server, tmp_path, days=())
    server.engine.add_person(EVE, "Eve")
    server.engine.chats[EVE].bot = Membership(status=Status.MEMBER)
    async with opened(tmp_path) as store:
        await know(store, EVE)
        await composed.send(store, AYLA, what=composed.content(CALL), now=DUE)
        await do(store, AYLA, invite(TOKEN, expires=DUE + timedelta(days=7)), now=DUE)
    async with bot_over(server, tmp_path, dialogues=Dialogues(KNOW)):
        await until(lambda: any("Angekommen: 3 von 3" in one for one in texts(server, AYLA)))
        async with opened(tmp_path) as store:
            await do(store, AYLA, Pin(id=composed.ID, council=HERE, pinned=True), now=DUE)
        server.engine.start(EVE, TOKEN)
        asked = await card(server.engine, EVE, "beitreten")
        server.engine.press(EVE, EVE, asked.id, "Beitreten")
        await until(lambda: CALL in texts(server, EVE))
    async with opened(tmp_path) as store:
        tally = (await composed.seen(store, AYLA, now=DUE)).tally
    assert (tally.total, tally.sent) == (4, 4)
    rows = table(tmp_path, "SELECT state FROM delivery WHERE kind = 'broadcast'")
    assert rows == [("sent",)] * 4

"""The one message that shows an author how far a broadcast is."""

import sqlite3

import pytest

from bot.demo.faults import Fault, FaultKind
from bot.store import marks
from bot.store.broadcasts import watching
from bot.store.codec import stamp
from bot.telegram.pace import Budget, Pace
from bot.telegram.progress import Progress
from conversations.broadcasts import BroadcastId, Stage
from tests.store.councils import AYLA, BEN, CODEC
from tests.telegram.casting import ID, change, known, move, now, over, put
from tests.telegram.chatting import card, sent, until
from tests.telegram.reminding import KNOW, opened, table


@pytest.fixture
async def store(server, tmp_path):
    """Beside the running bot."""
    known(server)
    async with opened(tmp_path) as open_:
        yield open_


async def beats(server, store):
    """Let some time go by: until another author's broadcast was shown, and shown anew."""
    known(server, BEN, "Ben")
    await put(store, rows=2, author=BEN, id_=BroadcastId("b2"))
    await card(server.engine, BEN, "0 von 2")
    await move(store, "sent", [0], id_="b2")
    await card(server.engine, BEN, "1 von 2")


async def test_it_is_sent_when_the_broadcast_begins(server, store, tmp_path):
    """With buttons that name the broadcast."""
    await put(store)
    async with over(server, tmp_path):
        shown = await card(server.engine, AYLA, "0 von 4")
    assert [button.data for row in shown.rows for button in row] == ["b:pause:b1", "b:cancel:b1"]


async def test_it_is_edited_as_the_broadcast_goes_on(server, store, tmp_path):
    """The same message, not another one."""
    await put(store)
    async with over(server, tmp_path):
        first = await card(server.engine, AYLA, "0 von 4")
        await move(store, "sent", [0, 1])
        second = await card(server.engine, AYLA, "2 von 4")
    assert (first.id, len(sent(server, AYLA))) == (second.id, 1)


async def test_it_stays_as_it_is_while_nothing_changes(server, store, tmp_path):
    """No call without other words."""
    await put(store)
    async with over(server, tmp_path):
        await card(server.engine, AYLA, "0 von 4")
        await beats(server, store)
    assert not sent(server, AYLA, "editmessagetext")


async def test_at_the_end_it_is_the_result(server, store, tmp_path):
    """The stage follows from the ledger, the words from the stage."""
    await put(store)
    async with over(server, tmp_path):
        await card(server.engine, AYLA, "0 von 4")
        await move(store, "sent", [0, 1, 2])
        await move(store, "failed", [3], "blocked")
        result = await card(server.engine, AYLA, "Angekommen: 3 von 4")
    assert (len(sent(server, AYLA)), "b:unreached:b1" in str(result.rows)) == (1, True)


async def test_after_a_restart_it_is_the_same_message(server, store, tmp_path):
    """Its number is stored."""
    await put(store)
    async with over(server, tmp_path):
        first = await card(server.engine, AYLA, "0 von 4")
    async with over(server, tmp_path):
        await move(store, "sent", [0])
        second = await card(server.engine, AYLA, "1 von 4")
    assert first.id == second.id


async def test_a_deleted_one_comes_anew_once(server, store, tmp_path):
    """Whoever deletes it twice does not want it."""
    await put(store)
    async with over(server, tmp_path):
        for number, words in ((0, "0 von 4"), (1, "1 von 4")):
            shown = await card(server.engine, AYLA, words)
            server.engine.remove(shown)
            await move(store, "sent", [number])
        await until(lambda: table(tmp_path, "SELECT progress FROM broadcast") == [(0,)])
    assert len(sent(server, AYLA)) == 2


async def test_who_blocked_the_bot_gets_none(server, store, tmp_path, log):
    """It is given up without a word."""
    server.engine.block(AYLA)
    await put(store)
    async with over(server, tmp_path):
        await until(lambda: table(tmp_path, "SELECT progress FROM broadcast") == [(0,)])
        await beats(server, store)
    calls = [one for one in sent(server, AYLA) if "Rundruf" in str(one.params) or "▱" in str(one)]
    assert (len(calls), "refused" in log()) == (1, False)


@pytest.mark.parametrize("stage", [Stage.CHECK, Stage.WAITING])
async def test_before_it_begins_there_is_none(server, store, tmp_path, stage):
    """The dialogue said when it will."""
    await put(store, stage=stage, due=stamp(now()) + 86_400_000)
    async with over(server, tmp_path):
        await beats(server, store)
    assert not sent(server, AYLA)


async def test_what_is_due_begins_by_itself(server, store, tmp_path):
    """Its moment has come."""
    await put(store, stage=Stage.WAITING)
    async with over(server, tmp_path):
        await card(server.engine, AYLA, "0 von 4")
    assert table(tmp_path, "SELECT stage FROM broadcast") == [("running",)]


async def test_a_pause_is_shown(server, store, tmp_path):
    """Whoever paused it, wherever."""
    await put(store)
    async with over(server, tmp_path):
        await card(server.engine, AYLA, "0 von 4")
        await change(store, stage=Stage.PAUSED, why="person")
        shown = await card(server.engine, AYLA, "Angehalten")
    assert "b:resume:b1" in str(shown.rows)


async def test_an_unclear_message_decided_on_is_shown_afterwards(server, store, tmp_path):
    """The broadcast is over, and still it changes."""
    await put(store)
    async with over(server, tmp_path):
        await move(store, "sent", [0, 1, 2])
        await move(store, "uncertain", [3])
        shown = await card(server.engine, AYLA, "unklar")
        assert "b:again:b1" in str(shown.rows)
        await move(store, "closed", [3], "let")
        await until(lambda: "b:again" not in str(server.engine.last_by_bot(AYLA).rows))


async def test_after_a_restore_nothing_is_shown(store):
    """Nothing goes out unasked in quarantine; once it is lifted, it does."""
    await put(store)
    before = await store.read(lambda c: watching.watched(c, now()))
    await store.write(lambda c: marks.put(c, marks.QUARANTINE, now()))
    held = await store.read(lambda c: watching.watched(c, now()))
    assert ([one.id for one in before], held) == ([ID], ())


async def test_telegram_out_of_reach_does_no_harm(server, store, tmp_path):
    """It is shown as soon as it can be."""
    await put(store)
    server.api.faults.add(Fault(kind=FaultKind.HTML, method="sendmessage", times=6))
    async with over(server, tmp_path):
        await card(server.engine, AYLA, "0 von 4")


async def test_the_author_erased_nobody_sees_it(server, store, tmp_path):
    """The broadcast goes on without a reader."""
    await put(store, author=AYLA)
    await change(store, author=None)
    async with over(server, tmp_path):
        await beats(server, store)
    assert not sent(server, AYLA)


@pytest.mark.parametrize("author", [AYLA, None])
async def test_what_nobody_sees_comes_to_its_end(server, store, tmp_path, author):
    """Its author blocked the bot, or is erased: it begins and is over all the same."""
    server.engine.block(AYLA)
    await put(store, stage=Stage.WAITING)
    await change(store, author=author)
    async with over(server, tmp_path):
        await until(lambda: table(tmp_path, "SELECT stage FROM broadcast") == [("running",)])
        await until(
            lambda: author is None or table(tmp_path, "SELECT progress FROM broadcast") == [(0,)]
        )
        await move(store, "sent", [0, 1, 2, 3])
        await until(lambda: table(tmp_path, "SELECT stage FROM broadcast") == [("done",)])


async def test_who_takes_a_broadcast_over_gets_a_message_of_their_own(server, store, tmp_path):
    """The former author's is not looked for in another chat."""
    known(server, BEN, "Ben")
    await put(store)
    await put(store, rows=0, author=BEN, id_=BroadcastId("b2"), stage=Stage.CANCELLED)
    async with over(server, tmp_path):
        await card(server.engine, AYLA, "0 von 4")
        await change(store, author=BEN, progress=None, shown="")
        await card(server.engine, BEN, "0 von 4")
    assert not sent(server, BEN, "editmessagetext")


class Willing:
    """Telegram's stand-in, which takes everything."""

    def __init__(self):
        self.calls = []

    async def call(self, method, params, **_):
        self.calls.append((method, params.get("message_id")))
        return {"message_id": 7}


class Locking(Willing):
    """At its first call somebody locks the database for a while."""

    def __init__(self, folder):
        super().__init__()
        self.other = sqlite3.connect(folder / "kimbot.sqlite3", isolation_level=None)

    async def call(self, method, params, **_):
        if not self.calls:
            self.other.execute("BEGIN IMMEDIATE")
        return await super().call(method, params)


async def test_where_its_number_cannot_be_written_down_it_is_known(store, tmp_path):
    """The database was locked when it was sent: no second one comes."""
    await put(store)
    outbox = Locking(tmp_path)
    pace = Pace(Budget())
    progress = Progress(store=store, codec=CODEC, outbox=outbox, pace=pace, know=KNOW, now=now)
    await progress.beat()
    outbox.other.close()  # and so unlocked
    assert table(tmp_path, "SELECT progress FROM broadcast") == [(None,)]
    await move(store, "sent", [0])
    progress.refresh(ID)
    await progress.beat()
    await progress.close()
    assert outbox.calls == [("sendMessage", None), ("editMessageText", 7)]
    assert table(tmp_path, "SELECT progress FROM broadcast") == [(7,)]


async def test_d05_while_telegram_asks_everybody_to_wait_nothing_is_shown(store):
    """Another call would only lengthen it; afterwards the message comes."""
    await put(store)
    outbox, hands = Willing(), [100.0]
    pace = Pace(Budget(), lambda: hands[0])
    progress = Progress(store=store, codec=CODEC, outbox=outbox, pace=pace, know=KNOW, now=now)
    pace.pause(30.0)
    await progress.beat()
    assert outbox.calls == []
    hands[0] += 31.0
    await progress.beat()
    await progress.close()
    assert outbox.calls == [("sendMessage", None)]

"""The ledger's messages before the local server: sent once, and every error by its cause."""

import asyncio
import socket
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import aiohttp
import pytest

from bot.demo.engine.chats import Membership, Status
from bot.demo.faults import Fault, FaultKind
from bot.plan import Listen
from bot.telegram.outcomes import Fate, judged
from bot.telegram.transport import RefusedError, UnreachableError
from conversations.agenda import ChatKind
from conversations.deeds import Schedule
from tests.store.councils import AYLA, BEN, HERE, do
from tests.telegram.chatting import sent, until
from tests.telegram.reminding import (
    DUE,
    GROUP,
    MEETING,
    TOPIC,
    at,
    bot_over,
    forward,
    furnish,
    ledger,
    opened,
    table,
    texts,
)

SENT = [("sent", "")]


def refuse(server, text, code=400, **rest):
    """The next message to the group is refused in these words."""
    fault = Fault(kind=FaultKind.ERROR, method="sendMessage", chat=GROUP, code=code, text=text)
    server.faults.add(fault)


async def settled(tmp_path, *states, kind="deadline"):
    """Wait until the ledger says so."""
    await until(lambda: [state for state, _ in ledger(tmp_path, kind)] == list(states))


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


async def health(port):
    """Status and text of /healthz."""
    async with (
        aiohttp.ClientSession() as http,
        http.get(f"http://127.0.0.1:{port}/healthz") as answer,
    ):
        return answer.status, await answer.text()


async def still(server, chat, count, seconds=0.6):
    """For a while nothing more goes there."""
    await asyncio.sleep(seconds)
    assert len(sent(server, chat)) == count


async def test_a_due_reminder_goes_to_the_group_once(server, tmp_path):
    """With its reason, and a button that opens the private chat by the row's id."""
    await furnish(server, tmp_path)
    async with bot_over(server, tmp_path):
        await settled(tmp_path, "sent")
        await still(server, GROUP, 1)
    [(id_, message)] = table(tmp_path, "SELECT id, message FROM delivery")
    [text] = texts(server, GROUP)
    assert "KIM-Bericht fällig" in text
    assert len(id_) == 16
    shown = server.engine.last_by_bot(GROUP)
    assert shown.id == message
    [first, *_] = shown.rows[0]
    assert first.url == f"https://t.me/{server.engine.bot.username}?start=i_{id_}"


async def test_admins_get_it_in_private_too_and_members_by_choice(server, tmp_path):
    """One row for each recipient."""
    await furnish(server, tmp_path, private=True)
    async with bot_over(server, tmp_path):
        await settled(tmp_path, "sent", "sent")
    assert (len(texts(server, AYLA)), len(texts(server, BEN))) == (1, 0)


async def test_a_restart_sends_nothing_again(server, tmp_path):
    """What was sent stands in the ledger."""
    await furnish(server, tmp_path)
    for _ in range(2):
        async with bot_over(server, tmp_path):
            await settled(tmp_path, "sent")
            await asyncio.sleep(0.4)
    assert len(sent(server, GROUP)) == 1


async def test_nothing_goes_out_at_night_and_all_in_the_morning(server, tmp_path):
    """Due at 9, the bot wakes at 22: it is sent at 8."""
    await furnish(server, tmp_path)
    at(server, DUE + timedelta(hours=12))
    async with bot_over(server, tmp_path):
        await until(lambda: table(tmp_path, "SELECT 1 FROM delivery"))
        await still(server, GROUP, 0)
        at(server, DUE + timedelta(hours=22, minutes=1))
        await settled(tmp_path, "sent")


async def test_a_meeting_that_is_cancelled_meanwhile_is_not_reminded_of(server, tmp_path):
    """Looked at once more just before sending, whatever was planned."""
    await furnish(server, tmp_path)
    at(server, DUE - timedelta(hours=3))
    async with bot_over(server, tmp_path):
        await settled(tmp_path, "planned")
    gone = Schedule(council=HERE, kept=(replace(MEETING, cancelled=True),))
    async with opened(tmp_path) as store:
        await do(store, AYLA, gone)
        await store.write(lambda c: c.exec_driver_sql("UPDATE delivery SET state = 'pending'"))
    at(server, DUE)
    async with bot_over(server, tmp_path):
        await settled(tmp_path, "cancelled")
    assert texts(server, GROUP) == []


# --- what Telegram says


@pytest.mark.parametrize(
    ("words", "code", "reason"),
    [
        ("Forbidden: bot was kicked from the group chat", 403, "kicked"),
        ("Forbidden: bot was kicked from the supergroup chat", 403, "kicked"),
        ("Forbidden: bot was kicked from the channel chat", 403, "kicked"),
        ("Forbidden: the group chat was deleted", 403, "deleted"),
        ("Forbidden: bot is not a member of the channel chat", 403, "kicked"),
        ("Bad Request: chat not found", 400, "deleted"),
        ("Bad Request: need administrator rights in the channel chat", 400, "rights"),
        ("Bad Request: have no rights to send a message", 400, "rights"),
    ],
)
async def test_c03_a_chat_that_is_out_of_reach_is_told_once(server, tmp_path, words, code, reason):
    """Failed, the link disabled, no repetition, one notice to the admin with the chat's name."""
    await furnish(server, tmp_path)
    refuse(server, words, code)
    async with bot_over(server, tmp_path):
        await settled(tmp_path, "sent", kind="notice")
        await still(server, GROUP, 1)
    assert ledger(tmp_path) == [("failed", reason)]
    assert table(tmp_path, "SELECT disabled FROM chat_link") == [(reason,)]
    [notice] = texts(server, AYLA)
    assert "Rat & Ort" in notice
    assert texts(server, BEN) == []


@pytest.mark.parametrize("how", ["blocked", "deactivated"])
async def test_c03_a_person_who_is_out_of_reach_is_not_tried_again(server, tmp_path, how):
    """Kept with the person; here it is the admin, so nobody is left to be told."""
    await furnish(server, tmp_path, private=True)
    if how == "blocked":
        server.engine.chats[AYLA].bot = Membership(status=Status.KICKED)
    else:
        server.engine.delete_account(AYLA)
    async with bot_over(server, tmp_path):
        await settled(tmp_path, "sent", "failed")
        await still(server, AYLA, 1)
    assert table(tmp_path, f"SELECT blocked > 0 FROM member WHERE person = {AYLA}") == [(1,)]
    assert (("failed", how)) in ledger(tmp_path)


async def test_c01_an_upgraded_group_has_its_new_number_everywhere_at_once(server, tmp_path):
    """Told by the refusal alone: link and ledger follow, and the message comes there once."""
    await furnish(server, tmp_path)
    new = server.engine.upgrade(GROUP, AYLA).id
    async with bot_over(server, tmp_path):
        await settled(tmp_path, "sent")
        await still(server, new, 1)
    assert len(texts(server, new)) == 1
    assert table(tmp_path, "SELECT chat FROM chat_link") == [(new,)]
    assert table(tmp_path, "SELECT chat FROM delivery WHERE kind = 'deadline'") == [(new,)]


@pytest.mark.parametrize("how", ["deleted", "closed"])
async def test_c06_what_was_for_a_topic_that_is_gone_comes_to_the_group(server, tmp_path, how):
    """Once, to General; the link's topic is cleared, and the admin is told."""
    await furnish(server, tmp_path, thread=TOPIC, kind=ChatKind.TOPIC)
    if how == "deleted":
        server.engine.delete_topic(GROUP, TOPIC)
    else:
        refuse(server, "Bad Request: TOPIC_CLOSED")
    async with bot_over(server, tmp_path):
        await settled(tmp_path, "sent", kind="notice")
        await asyncio.sleep(0.5)
    assert ledger(tmp_path) == SENT
    assert len(texts(server, GROUP)) == 1
    assert table(tmp_path, "SELECT thread, disabled FROM chat_link") == [(0, "")]
    assert len(texts(server, AYLA)) == 1


@pytest.mark.parametrize("words", ["can't parse entities: x", "message is too long"])
async def test_a_text_that_was_wrong_goes_out_plain_once(server, tmp_path, log, words):
    """Better plain than not at all; the log says so."""
    await furnish(server, tmp_path)
    refuse(server, f"Bad Request: {words}")
    async with bot_over(server, tmp_path):
        await settled(tmp_path, "sent")
    first, second = sent(server, GROUP)
    assert "parse_mode" in first.params
    assert "parse_mode" not in second.params
    assert ledger(tmp_path) == [("sent", "fault")]
    assert "faulty text" in log()


async def test_a_text_that_is_wrong_plain_as_well_fails(server, tmp_path):
    """Not tried a third time."""
    await furnish(server, tmp_path)
    for _ in range(2):
        refuse(server, "Bad Request: message is too long")
    async with bot_over(server, tmp_path):
        await settled(tmp_path, "failed")
        await still(server, GROUP, 2)


async def test_words_that_nobody_knows_disable_nothing(server, tmp_path, log):
    """The row fails and somebody should look; the chat stays linked."""
    await furnish(server, tmp_path)
    refuse(server, "Forbidden: the stars are wrong", 403)
    async with bot_over(server, tmp_path):
        await settled(tmp_path, "failed")
        await still(server, GROUP, 1)
    assert table(tmp_path, "SELECT disabled FROM chat_link") == [("",)]
    assert "delivery refused" in log()


@pytest.mark.parametrize("code", [401, 404])
async def test_a_refused_token_stops_all_sending(server, tmp_path, log, code):
    """The row waits untouched, nothing else is tried; the next start sends it."""
    await furnish(server, tmp_path, private=True)
    refuse_all = Fault(
        kind=FaultKind.ERROR, method="sendMessage", code=code, text="Unauthorized", times=None
    )
    server.faults.add(refuse_all)
    port = free_port()
    async with bot_over(server, tmp_path, listen=Listen(host="127.0.0.1", port=port)):
        await until(lambda: "nothing can be sent" in log())
        await asyncio.sleep(0.5)
        assert await health(port) == (503, "token\n")
        assert sorted(state for state, _ in ledger(tmp_path)) != ["sent", "sent"]
        calls = len(sent(server, GROUP)) + len(sent(server, AYLA))
        assert calls <= 2
    server.faults.clear()
    async with bot_over(server, tmp_path):
        await settled(tmp_path, "sent", "sent")


async def test_an_unreachable_server_is_waited_for(server, tmp_path):
    """Certainly not sent: once the connection is there again it goes out, unmarked."""
    assert judged(UnreachableError("x", reached=False)).fate is Fate.OFFLINE
    await furnish(server, tmp_path)
    at(server, DUE - timedelta(hours=3))
    async with bot_over(server, tmp_path):
        await settled(tmp_path, "planned")
        port = server.port
        await server.stop()
        at(server, DUE)
        await until(lambda: table(tmp_path, "SELECT 1 FROM delivery WHERE attempt > 0"))
        await settled(tmp_path, "pending")
        await server.start(port)
        await settled(tmp_path, "sent")
    [text] = texts(server, GROUP)
    assert "Möglicherweise" not in text


async def test_d05_a_429_pauses_the_chat_and_loses_nothing(server, tmp_path):
    """Thirty seconds for the group, in order; the private chat goes on."""
    await furnish(server, tmp_path, private=True)
    flood = Fault(kind=FaultKind.FLOOD, method="sendMessage", chat=GROUP, retry_after=30)
    server.faults.add(flood)
    async with bot_over(server, tmp_path):
        tried = f"SELECT 1 FROM delivery WHERE chat = {GROUP} AND attempt = 1 AND state = 'pending'"
        await until(lambda: table(tmp_path, tried))
        await settled(tmp_path, "pending", "sent")
        [(wait,)] = table(tmp_path, f"SELECT not_before FROM delivery WHERE chat = {GROUP}")
        assert wait >= (DUE + timedelta(seconds=30)).timestamp() * 1000
        await still(server, GROUP, 1)
    forward(server, seconds=31)
    async with bot_over(server, tmp_path):
        await settled(tmp_path, "sent", "sent")
    assert (len(texts(server, GROUP)), len(texts(server, AYLA))) == (1, 1)


@pytest.mark.parametrize(
    "fault",
    [
        Fault(kind=FaultKind.DROP, acted=True),
        Fault(kind=FaultKind.TRUNCATED, acted=True),
        Fault(kind=FaultKind.HTML, acted=True, code=502),
        Fault(kind=FaultKind.ERROR, acted=True, code=500),
    ],
    ids=lambda fault: fault.kind.value,
)
async def test_d03_an_unclear_reminder_is_repeated_once_and_marked(server, tmp_path, fault):
    """Accepted, but the answer got lost: after a while it comes once more and says so."""
    await furnish(server, tmp_path)
    fields = {name: getattr(fault, name) for name in ("kind", "acted", "code")}
    server.faults.add(Fault(method="sendMessage", chat=GROUP, **fields))
    async with bot_over(server, tmp_path):
        await settled(tmp_path, "uncertain")
        await still(server, GROUP, 1, 0.3)
        forward(server, seconds=31)
        await settled(tmp_path, "sent")
        await still(server, GROUP, 2, 0.3)
    first, second = texts(server, GROUP)
    assert first != second
    assert second.startswith(first[:20])


async def test_d03_a_reminder_that_stays_unclear_is_closed(server, tmp_path):
    """Twice at most."""
    await furnish(server, tmp_path)
    drop = Fault(kind=FaultKind.DROP, method="sendMessage", chat=GROUP, times=None, acted=True)
    server.faults.add(drop)
    async with bot_over(server, tmp_path):
        await settled(tmp_path, "uncertain")
        forward(server, seconds=31)
        await settled(tmp_path, "closed")
        forward(server, seconds=31)
        await still(server, GROUP, 2)


# --- clocks


async def test_d10_asleep_over_the_due_time_it_is_sent_once_on_waking(server, tmp_path):
    """Eight hours late, and still of use."""
    await furnish(server, tmp_path)
    at(server, DUE - timedelta(hours=2))
    async with bot_over(server, tmp_path):
        await settled(tmp_path, "planned")
    at(server, DUE + timedelta(hours=6))
    async with bot_over(server, tmp_path):
        await settled(tmp_path, "sent")
        await still(server, GROUP, 1)


async def test_d10_what_lost_its_use_meanwhile_is_summed_up_for_the_admins(server, tmp_path):
    """Asleep until after the filing deadline: no reminder, one summary."""
    await furnish(server, tmp_path, private=True, days=(14, 3))
    at(server, DUE - timedelta(hours=2))
    async with bot_over(server, tmp_path):
        await settled(tmp_path, "planned", "planned", "planned", "planned")
    at(server, DUE + timedelta(days=15))
    for _ in range(2):
        async with bot_over(server, tmp_path):
            await settled(tmp_path, "sent", kind="notice")
            await asyncio.sleep(0.5)
    assert {state for state, _ in ledger(tmp_path)} == {"expired"}
    [summary] = texts(server, AYLA)
    assert "2 Erinnerungen" in summary
    assert texts(server, GROUP) == []


@pytest.mark.parametrize(
    ("meeting", "due", "utc"),
    [
        ("2027-11-16", datetime(2027, 10, 26, 7, 0, tzinfo=UTC), "before"),
        ("2027-11-30", datetime(2027, 11, 9, 8, 0, tzinfo=UTC), "after"),
    ],
)
async def test_d12_nine_oclock_is_local_on_both_sides_of_the_clock_change(
    server, tmp_path, meeting, due, utc
):
    """Wall time is what is stored; the instant is computed."""
    moved = replace(MEETING, day=date.fromisoformat(meeting))
    await furnish(server, tmp_path, days=(0,), meeting=moved)
    at(server, due - timedelta(days=3))
    async with bot_over(server, tmp_path):
        await settled(tmp_path, "planned")
    assert table(tmp_path, "SELECT due FROM delivery") == [(due.timestamp() * 1000,)]


@pytest.mark.parametrize("night", ["2027-10-31", "2027-03-28"])
async def test_d12_the_hour_that_comes_twice_or_never_sends_nothing_twice(server, tmp_path, night):
    """Beats through the night of the clock change: one message, in the morning."""
    day = datetime.fromisoformat(f"{night}T00:00:00+00:00")
    meeting = replace(MEETING, day=(day + timedelta(days=21)).date())
    await furnish(server, tmp_path, days=(0,), meeting=meeting)
    async with bot_over(server, tmp_path):
        for minutes in range(-60, 6 * 60, 30):
            at(server, day + timedelta(minutes=minutes))
            await asyncio.sleep(0.06)
        assert sent(server, GROUP) == []
        at(server, day + timedelta(hours=8, minutes=1))
        await settled(tmp_path, "sent")
    assert len(sent(server, GROUP)) == 1


MAY_NOT = "not enough rights to send"


@pytest.mark.parametrize(
    ("error", "fate"),
    [
        (RefusedError(429, "Too Many Requests"), Fate.SLOWER),
        (RefusedError(400, "x", migrate_to=-5), Fate.MOVED),
        (RefusedError(400, "Bad Request: message thread not found"), Fate.TOPIC),
        (RefusedError(403, "Forbidden: user is deactivated"), Fate.GONE),
        (RefusedError(400, f"Bad Request: {MAY_NOT} text messages to the chat"), Fate.GONE),
        (RefusedError(400, "Bad Request: CHAT_SEND_PLAIN_FORBIDDEN"), Fate.GONE),
        (RefusedError(400, f"Bad Request: {MAY_NOT} photos to the chat"), Fate.LOST),
        (RefusedError(400, "Bad Request: CHAT_SEND_DOCS_FORBIDDEN"), Fate.LOST),
        (RefusedError(400, "Bad Request: brand new words"), Fate.REFUSED),
        (UnreachableError("ReadTimeout", reached=True), Fate.UNCLEAR),
    ],
)
def test_each_error_is_judged_by_its_cause(error, fate):
    """A refusal is no network error, an unknown one is not tried for ever, and where pictures are
    not wanted texts still are."""
    assert judged(error).fate is fate

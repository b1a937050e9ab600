"""What people decide about a broadcast while something of it is on its way."""

import pytest

from bot.demo.engine.chats import Membership, Status
from bot.demo.faults import Fault, FaultKind
from bot.store.persons import Persons
from bot.telegram.pace import Budget
from conversations.broadcasts.posts import Post
from conversations.deeds import Cancel, Correct, Pause, Resume, Retract
from tests.shell import PSEUDONYMS
from tests.store.composed import GUS, ID, second_operator
from tests.store.councils import BOSS, CODEC
from tests.telegram.chatting import until
from tests.telegram.reminding import forward, opened
from tests.telegram.rundruf import FIRST, NOON, Town

SLOW = Budget(in_all=8.0, chat=100.0, slots=2)
PAUSE, RESUME, CANCEL, RETRACT = (
    deed(id=ID, council=None) for deed in (Pause, Resume, Cancel, Retract)
)


@pytest.fixture
async def town(server, tmp_path):
    """An operator, an admin and eight members."""
    return await Town(server, tmp_path, people=8).furnish()


def correct(text, revision=1):
    """Another text."""
    return Correct(id=ID, council=None, revision=revision, posts={"de": Post(text=text)})


def texts(town):
    """What each member sees."""
    return [town.texts(one) for one in town.people]


def fault(town, kind, method="sendMessage", **rest):
    """The next call to the first one goes wrong."""
    town.server.faults.add(Fault(kind=kind, method=method, chat=FIRST, **rest))


async def arrived(town, count):
    """Until so many have it."""
    await until(lambda: sum(map(len, texts(town))) >= count)


async def test_paused_while_telegram_asks_to_wait_it_is_held_and_goes_once(town):
    """The refused message comes back after the pause began."""
    fault(town, FaultKind.FLOOD, retry_after=2)
    await town.send()
    async with town.bot():
        await town.settled("pending", *["sent"] * 7)
        await town.do(BOSS, PAUSE)
        forward(town.server, seconds=3)
        await town.settled("held", *["sent"] * 7)
        await town.do(BOSS, RESUME)
        await town.settled("sent")
    assert texts(town) == [["Guten Tag"]] * 8


async def test_paused_while_a_call_hangs_it_is_sent_all_the_same(town):
    """What Telegram has is not called back; nor does it go a second time afterwards."""
    fault(town, FaultKind.HANG, seconds=1)
    await town.send()
    async with town.bot(budget=SLOW):
        await until(lambda: "sending" in town.states())
        await town.do(BOSS, PAUSE)
        await until(lambda: town.states()[0] == "sent")
        await town.do(BOSS, RESUME)
        await town.settled("sent")
    assert texts(town) == [["Guten Tag"]] * 8


async def test_cancelled_while_telegram_asks_to_wait_it_never_goes(town):
    """The refused message comes back, and finds it cancelled."""
    fault(town, FaultKind.FLOOD, retry_after=2)
    await town.send()
    async with town.bot():
        await town.settled("pending", *["sent"] * 7)
        await town.do(BOSS, CANCEL)
        forward(town.server, seconds=3)
        await town.settled("cancelled", *["sent"] * 7)
    assert texts(town)[0] == []


async def test_corrected_while_it_still_goes_out_everybody_has_the_new_text(town):
    """Whoever had it sees the message changed, the others get it so; nobody has two."""
    await town.send()
    async with town.bot(budget=SLOW):
        await arrived(town, 3)
        await town.do(BOSS, correct("Berichtigt"))
        await town.settled("sent")
        forward(town.server, seconds=70)
        await until(lambda: set(town.states("correction")) <= {"sent", "cancelled"})
    assert texts(town) == [["Berichtigt"]] * 8


async def test_corrected_while_a_call_hangs_its_message_is_changed_afterwards(town):
    """It carried the old text."""
    fault(town, FaultKind.HANG, seconds=1)
    await town.send()
    async with town.bot():
        await town.settled("sending", *["sent"] * 7)
        await town.do(BOSS, correct("Berichtigt"))
        await town.settled("sent")
        forward(town.server, seconds=70)
        await town.settled("sent", kind="correction")
    assert texts(town) == [["Berichtigt"]] * 8


async def test_corrected_twice_while_the_first_runs_everybody_has_the_last_text(town):
    """Also whose message the first one was just changing, which Telegram refuses for a moment."""
    await town.send()
    async with town.bot():
        await town.settled("sent")
    fault(town, FaultKind.FLOOD, "editMessageText", retry_after=1)
    async with town.bot(budget=SLOW):
        await town.do(BOSS, correct("Eins"))
        await until(lambda: "sent" in town.states("correction"))
        await town.do(BOSS, correct("Zwei", 2))
        forward(town.server, seconds=3)
        await until(lambda: texts(town) == [["Zwei"]] * 8)


async def test_taken_back_while_a_correction_runs_it_is_gone_everywhere(town):
    """The rest of the correction is of no use any more."""
    await town.send()
    async with town.bot():
        await town.settled("sent")
    async with town.bot(budget=SLOW):
        await town.do(BOSS, correct("Berichtigt"))
        await until(lambda: town.states("correction").count("sent") >= 2)
        await town.do(BOSS, RETRACT)
        await town.settled("sent", kind="retraction")
    assert texts(town) == [[]] * 8
    assert set(town.states("correction")) <= {"sent", "cancelled", "failed"}


async def test_taken_back_while_it_still_goes_out_nobody_keeps_it(town):
    """What was sent is deleted, what was on its way after it came, the rest never goes."""
    fault(town, FaultKind.HANG, seconds=1)
    await town.send()
    async with town.bot(budget=SLOW):
        await arrived(town, 3)
        await town.do(BOSS, RETRACT)
        await until(lambda: set(town.states()) == {"sent", "cancelled"})
        forward(town.server, seconds=70)
        await town.settled("sent", kind="retraction")
    assert texts(town) == [[]] * 8


async def test_whose_author_is_erased_it_waits_until_somebody_answers_for_it(town):
    """Another operator is asked, and takes it over: the rest goes, to each once."""
    town.server.engine.add_person(GUS, "Gus")
    town.server.engine.chats[GUS].bot = Membership(status=Status.MEMBER)
    async with opened(town.url) as store:
        await second_operator(store)
    await town.send()
    persons = Persons(codec=CODEC, pseudonyms=PSEUDONYMS)
    async with town.bot(budget=SLOW):
        await arrived(town, 2)
        await town.store(lambda c: persons.erase(c, BOSS, NOON))
        await until(lambda: set(town.states()) == {"sent", "held"})
        assert town.stage() == ("paused", "role")
        await until(lambda: "Angehalten" in "".join(town.texts(GUS)))
        await town.do(GUS, RESUME)
        await town.settled("sent")
    assert texts(town) == [["Guten Tag"]] * 8

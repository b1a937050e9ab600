"""Linking chats before the real bot: links, /gruppe, the picker; the yes is given in private."""

import asyncio
import re

import pytest

from bot.demo.engine.chats import ChatKind, Status
from bot.production import read_knowledge
from bot.wording import folder
from conversations.core import Need
from conversations.dialogues import Dialogues
from conversations.rules.reminding import ReminderKind
from tests.shell import plan_for, running
from tests.store.councils import AYLA, BEN, CEM, NOW, load
from tests.telegram.chatting import card, sent

GROUP, FORUM, CHANNEL, STRANGER, FACELESS = -1001, -1_001_000_000_002, -1_001_000_000_003, 601, 602


@pytest.fixture(scope="module")
def dialogues():
    """The real ones."""
    return Dialogues(read_knowledge(folder()))


@pytest.fixture
def engine(server):
    """People with private chats, a group, a forum and a channel."""
    engine = server.engine
    names = {AYLA: "Ayla", BEN: "Ben", CEM: "Cem", STRANGER: "Sam", FACELESS: "Fay"}
    for number, name in names.items():
        engine.add_person(number, name)
    engine.add_chat(GROUP, ChatKind.GROUP, "Rat <&> Tat", members=tuple(names))
    engine.add_chat(FORUM, ChatKind.SUPERGROUP, "Forum", members=tuple(names), is_forum=True)
    engine.add_chat(CHANNEL, ChatKind.CHANNEL, "Kanal", members=(AYLA,), bot=Status.LEFT)
    engine.promote(FACELESS, FORUM, anonymous=True)
    for person in (AYLA, BEN, CEM):
        engine.chats[person].set_bot(Status.MEMBER)
    return engine


@pytest.fixture
def plan(server, tmp_path, dialogues):
    """The bot as it will run."""
    return plan_for(server, tmp_path, dialogues=dialogues, now=lambda: NOW)


async def chats(store, person=AYLA):
    """The chats of the person's council."""
    return (await load(store, person, Need.AGENDA)).agenda.chats


async def chatted(engine, person, act, words):
    """What the bot says in private to an act."""
    act()
    return await card(engine, person, words)


async def press(engine, person, button, words):
    """The card after a press on the newest one."""
    there = engine.last_by_bot(person)
    return await chatted(
        engine, person, lambda: engine.press(person, person, there.id, button), words
    )


async def offer(engine, person=AYLA):
    """The token of a new link into a group."""
    await chatted(engine, person, lambda: engine.say(person, person, "/gruppe"), "Verbundene")
    await press(engine, person, "Chat verbinden", "Mit einem Link")
    await press(engine, person, "Gruppe mit einem Link", "Der Link steht oben")
    said = [m.text for m in engine.messages(person) if "startgroup=" in m.text]
    return re.search(r"startgroup=([\w-]{22})", said[-1])[1]


async def test_a_group_is_linked_by_a_link(engine, plan, store):
    """The admin makes a link, a stranger takes the bot in by it, the admin says yes in private."""
    async with running(plan):
        token = await offer(engine)
        engine.add_bot(GROUP, STRANGER, payload=token)
        asked = await card(engine, AYLA, "verbinden?")
        assert "Rat <&> Tat" in asked.text
        assert [one.confirmed for one in await chats(store)] == [False]
        await card(engine, GROUP, "bestätigt ein Ratsadmin")
        await press(engine, AYLA, "Ja, verbinden", "Verbunden: Rat <&> Tat")
    (one,) = await chats(store)
    assert (one.chat, one.thread, one.kind, one.confirmed) == (GROUP, None, "group", True)


async def test_a_link_is_good_once(engine, plan, store):
    """Used again in another group: the neutral line, no second chat."""
    async with running(plan):
        token = await offer(engine)
        engine.add_bot(GROUP, AYLA, payload=token)
        await card(engine, AYLA, "verbinden?")
        engine.say(AYLA, FORUM, f"/start@{engine.bot.username} {token}")
        await card(engine, FORUM, "privately, please")
    assert [one.chat for one in await chats(store)] == [GROUP]


async def test_a_wrong_link_is_nothing(engine, plan, store):
    """The neutral line."""
    async with running(plan):
        engine.say(STRANGER, GROUP, f"/start@{engine.bot.username} {'x' * 22}")
        await card(engine, GROUP, "privately, please")
    assert await chats(store) == ()


async def test_a_topic_is_linked_by_the_command_written_in_it(engine, plan, store):
    """/gruppe in a topic by an admin: asked in private, answered in the topic, linked with it."""
    topic = engine.open_topic(FORUM, AYLA, "Sitzungen")
    async with running(plan):
        engine.say(AYLA, FORUM, "/gruppe", thread=topic.id)
        await card(engine, FORUM, "bestätigt ein Ratsadmin")
        assert engine.last_by_bot(FORUM).thread == topic.id
        await card(engine, AYLA, "verbinden?")
        await press(engine, AYLA, "Ja, verbinden", "Verbunden")
    (one,) = await chats(store)
    assert (one.chat, one.thread, one.kind) == (FORUM, topic.id, "topic")


async def test_a_draft_survives_the_question(engine, plan, store):
    """Asked in the middle of a letter: the draft is kept, and goes on with /weiter."""
    async with running(plan):
        await chatted(engine, AYLA, lambda: engine.say(AYLA, AYLA, "/anfrage"), "schreiben?")
        begun = engine.last_by_bot(AYLA)
        engine.press(AYLA, AYLA, begun.id, begun.buttons[0])
        await drafted(store)
        engine.say(AYLA, GROUP, "/gruppe")
        await card(engine, AYLA, "verbinden?")
        await press(engine, AYLA, "Nein", "Nicht verbunden")
        assert len((await load(store, AYLA)).drafts) == 1
    assert await chats(store) == ()


@pytest.mark.parametrize("who", [BEN, STRANGER])
async def test_c09_gruppe_by_somebody_else(engine, plan, store, who):
    """A member, a stranger: the neutral line, nothing stored, nobody asked."""
    async with running(plan):
        engine.say(who, GROUP, "/gruppe")
        await card(engine, GROUP, "privately, please")
    assert await chats(store) == ()


async def test_c07_gruppe_by_an_anonymous_admin(engine, plan, store):
    """Nobody stands behind the group's name: asked to do it in private."""
    async with running(plan):
        engine.say(FACELESS, FORUM, "/gruppe")
        await card(engine, FORUM, "anonym")
    assert await chats(store) == ()


async def test_p5_a_chat_is_linked_with_ones_own_council(engine, plan, store):
    """Another council's admin links the same group: each sees only its own."""
    async with running(plan):
        engine.say(CEM, GROUP, "/gruppe")
        await card(engine, CEM, "verbinden?")
        await press(engine, CEM, "Ja, verbinden", "Verbunden")
    assert await chats(store) == ()
    assert [one.chat for one in await chats(store, CEM)] == [GROUP]


async def test_a_kill_after_naming_loses_nothing(engine, plan, store):
    """The question never came: the chat waits in the list for a yes."""
    async with running(plan):
        engine.say(AYLA, GROUP, "/gruppe")
        await card(engine, AYLA, "verbinden?")
    async with running(plan):
        await chatted(engine, AYLA, lambda: engine.say(AYLA, AYLA, "/gruppe"), "wartet auf Ihr Ja")
        await press(engine, AYLA, "? Rat <&> Tat", "verbinden?")
        await press(engine, AYLA, "Ja, verbinden", "Verbunden")


async def drafted(store):
    """Wait until the admin has begun a paper."""
    async with asyncio.timeout(30):
        while not (await load(store, AYLA)).drafts:
            await asyncio.sleep(0.02)


async def pick(engine, person=AYLA):
    """Open the picker."""
    await chatted(engine, person, lambda: engine.say(person, person, "/gruppe"), "Verbundene")
    await press(engine, person, "Chat verbinden", "Mit einem Link")
    await press(engine, person, "Gruppe oder Kanal auswählen", "Telegram zeigt")


async def test_a_channel_is_linked_by_the_picker(engine, server, plan, store):
    """Picked, the bot an admin there: asked, linked; nothing is said in the channel."""
    async with running(plan):
        await pick(engine)
        keyboards = [
            c.params["reply_markup"] for c in sent(server, AYLA) if "request_chat" in str(c.params)
        ]
        assert len(keyboards) == 1
        engine.promote_bot(CHANNEL, AYLA)
        engine.share_chat(AYLA, CHANNEL, 2)
        await card(engine, AYLA, "Kanal „Kanal“ verbinden?")
        await press(engine, AYLA, "Ja, verbinden", "Verbunden")
    (one,) = await chats(store)
    assert (one.chat, one.kind, one.confirmed) == (CHANNEL, "channel", True)
    assert sent(server, CHANNEL) == []


async def test_a_channel_without_the_right_to_post_is_not_linked(engine, plan, store):
    """Picked, but the bot is no admin there: no yes is offered, not from the list either."""
    async with running(plan):
        await pick(engine)
        engine.share_chat(AYLA, CHANNEL, 2)
        asked = await card(engine, AYLA, "noch nicht so weit")
        assert "Ja, verbinden" not in asked.buttons
        await press(engine, AYLA, "Alle Chats", "Verbundene")
        listed = await press(engine, AYLA, "⚠ Kanal", "noch nicht so weit")
        assert "Ja, verbinden" not in listed.buttons
        engine.promote_bot(CHANNEL, AYLA)
        engine.share_chat(AYLA, CHANNEL, 2)
        await card(engine, AYLA, "verbinden?")
        await press(engine, AYLA, "Ja, verbinden", "Verbunden")
    assert [(one.disabled, one.confirmed) for one in await chats(store)] == [("", True)]


async def test_p5_a_member_shares_a_chat(engine, plan, store):
    """Somebody without the role picks a chat by a keyboard of their own making: nothing."""
    async with running(plan):
        await chatted(engine, BEN, lambda: engine.start(BEN), "")
        engine.share_chat(BEN, GROUP, 1)
        await chatted(engine, BEN, lambda: engine.say(BEN, BEN, "/hilfe"), "/anfrage")
    assert await chats(store) == ()


async def test_what_a_chat_receives_and_its_end(engine, plan, store):
    """A press takes a kind away, another one brings it back; removed, it is gone."""
    async with running(plan):
        engine.say(AYLA, GROUP, "/gruppe")
        await card(engine, AYLA, "verbinden?")
        await press(engine, AYLA, "Ja, verbinden", "Verbunden")
        await press(engine, AYLA, "✓ Abgabefrist", "markiert")
        await card_button(engine, "Abgabefrist")
        (one,) = await chats(store)
        assert ReminderKind.DEADLINE not in one.receives
        await press(engine, AYLA, "Verbindung lösen", "lösen?")
        await press(engine, AYLA, "Ja, lösen", "Nicht mehr verbunden")
    assert await chats(store) == ()


async def card_button(engine, words):
    """Wait until the newest card has this button."""
    await engine.wait_for(lambda: words in engine.last_by_bot(AYLA).buttons)


async def linked(engine, chat=GROUP):
    """The admin links a group by /gruppe."""
    engine.say(AYLA, chat, "/gruppe")
    await card(engine, AYLA, "verbinden?")
    await press(engine, AYLA, "Ja, verbinden", "Verbunden")


async def until_chat(store, true):
    """Wait until the council's one chat is so; returns it."""
    async with asyncio.timeout(30):
        while not ((there := await chats(store)) and true(there[0])):
            await asyncio.sleep(0.02)
    return there[0]


async def test_c01_a_group_is_upgraded(engine, plan, store):
    """Both service messages, one change: the link has the new number and still works."""
    async with running(plan):
        await linked(engine)
        new = engine.upgrade(GROUP, AYLA)
        one = await until_chat(store, lambda one: one.chat == new.id)
    assert (one.confirmed, one.disabled) == (True, "")


async def test_c03_the_bot_is_thrown_out_and_let_in_again(engine, plan, store):
    """The link is disabled with its reason; let in again by the admin, who is asked, it works."""
    async with running(plan):
        await linked(engine)
        engine.kick(GROUP, STRANGER)
        await until_chat(store, lambda one: one.disabled == "kicked")
        await chatted(engine, AYLA, lambda: engine.say(AYLA, AYLA, "/gruppe"), "entfernt")
        engine.add_bot(GROUP, AYLA)
        await card(engine, AYLA, "verbinden?")
        await press(engine, AYLA, "Ja, verbinden", "Verbunden")
        assert (await until_chat(store, lambda one: one.confirmed)).disabled == ""


async def test_c03_let_in_again_by_a_stranger_stays_disabled(engine, plan, store):
    """Nobody is asked and nothing is linked until an admin says so."""
    async with running(plan):
        await linked(engine)
        engine.kick(GROUP, STRANGER)
        await until_chat(store, lambda one: one.disabled == "kicked")
        engine.add_bot(GROUP, STRANGER)
        await card(engine, GROUP, "a neutral sentence")
        await linked(engine)
    assert [one.disabled for one in await chats(store)] == [""]


async def test_c03_the_bot_may_not_post_in_a_channel_any_more(engine, plan, store):
    """No admin there any more: disabled, and why."""
    async with running(plan):
        await pick(engine)
        engine.promote_bot(CHANNEL, AYLA)
        engine.share_chat(AYLA, CHANNEL, 2)
        await card(engine, AYLA, "verbinden?")
        await press(engine, AYLA, "Ja, verbinden", "Verbunden")
        engine.promote_bot(CHANNEL, AYLA, Status.MEMBER)
        await until_chat(store, lambda one: one.disabled == "rights")


@pytest.mark.parametrize("who", [STRANGER, FACELESS])
async def test_the_status_in_a_linked_topic(engine, plan, store, who):
    """Asked by whoever is in there, answered there; elsewhere in the group only the neutral line,
    since nothing else is linked."""
    topic = engine.open_topic(FORUM, AYLA, "Sitzungen")
    async with running(plan):
        engine.say(AYLA, FORUM, "/gruppe", thread=topic.id)
        await card(engine, AYLA, "verbinden?")
        engine.say(who, FORUM, "/status", thread=topic.id)
        await card(engine, FORUM, "privately, please")  # nobody has said yes so far
        await press(engine, AYLA, "Ja, verbinden", "Verbunden")
        engine.say(who, FORUM, "/status", thread=topic.id)
        said = await card(engine, FORUM, "Nächste Sitzung")
        assert said.thread == topic.id
        assert "Gelsenkirchen" in said.text
        engine.say(who, FORUM, "/status")
        assert (await card(engine, FORUM, "privately, please")).thread is None


async def test_p5_a_group_says_how_its_own_council_stands(engine, plan, store):
    """Another council's group says nothing of this one."""
    async with running(plan):
        engine.say(CEM, GROUP, "/gruppe")
        await card(engine, CEM, "verbinden?")
        await press(engine, CEM, "Ja, verbinden", "Verbunden")
        engine.say(AYLA, GROUP, "/status")
        said = await card(engine, GROUP, "Nächste Sitzung")
    assert "Gelsenkirchen" not in said.text
    assert "Köln" in said.text

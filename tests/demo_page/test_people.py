"""Several people, several chats."""

import pytest
from playwright.async_api import expect

from bot.demo.server import LocalServer
from tests.demo_page.acting import Bot, Guest
from tests.demo_page.conftest import AYLIN, CHANNEL, GROUP, MEHMET, TOPIC

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_switching_the_person_switches_who_writes(guest: Guest, bot: Bot) -> None:
    """As another person one has that person's chats and writes in that name."""
    await guest.page.get_by_role("button", name="Aylin Demir").click()
    await expect(guest.page.get_by_role("heading", name="Guten Tag, Aylin!")).to_be_visible()
    await guest.button("Start").click()
    assert (await bot.next("message"))["from"]["id"] == AYLIN  # type: ignore[index]


async def test_each_person_keeps_their_own_draft(started: Guest) -> None:
    """A half-typed text waits while one looks on as somebody else."""
    await started.field.fill("Halb fertig")
    await started.page.get_by_role("button", name="Aylin Demir").click()
    await expect(started.field).to_have_value("")
    await started.page.get_by_role("button", name="Mehmet Kaya").click()
    await expect(started.field).to_have_value("Halb fertig")


async def test_a_reload_keeps_person_and_draft(started: Guest) -> None:
    """After a reload one is who one was, with the text that stood there."""
    await started.page.get_by_role("button", name="Aylin Demir").click()
    await expect(started.page.get_by_role("heading", name="Guten Tag, Aylin!")).to_be_visible()
    await started.field.fill("Noch nicht gesendet")
    await started.page.reload()
    await expect(started.page.get_by_role("heading", name="Guten Tag, Aylin!")).to_be_visible()
    await expect(started.field).to_have_value("Noch nicht gesendet")


async def test_other_chats_count_what_is_unread(
    started: Guest, bot: Bot, server: LocalServer
) -> None:
    """Messages in a chat that is not open are counted, and opening it clears the count."""
    await bot.call("sendMessage", chat_id=CHANNEL, text="Neuigkeit")
    entry = started.page.get_by_role("button", name="Neues vom Rat")
    await expect(entry.locator(".unread")).to_contain_text("1 ungelesene Nachricht")
    await entry.click()
    await started.sees("Neuigkeit")
    await expect(entry.locator(".unread")).to_have_count(0)


async def test_a_channel_is_read_only_for_members(started: Guest) -> None:
    """Where one may not write there is a sentence instead of a field."""
    await started.page.get_by_role("button", name="Neues vom Rat").click()
    await expect(started.page.locator(".readonly")).to_contain_text("lesen Sie mit")
    await expect(started.field).to_have_count(0)


async def test_topics_hold_their_own_messages(
    started: Guest, bot: Bot, server: LocalServer
) -> None:
    """A forum's topics are separate conversations, and what is written there goes there."""
    await bot.call("sendMessage", chat_id=GROUP, text="Im Thema", message_thread_id=TOPIC)
    await bot.call("sendMessage", chat_id=GROUP, text="Im Allgemeinen")
    await started.page.get_by_role("button", name="Integrationsrat").click()
    await started.sees("Im Allgemeinen")
    await expect(started.rows.filter(has_text="Im Thema")).to_have_count(0)
    await started.button("KIM").click()
    await started.sees("Im Thema")
    await started.write("/hilfe@kim_local_bot")
    assert (await bot.next("message"))["message_thread_id"] == TOPIC


async def test_a_closed_topic_says_so(started: Guest) -> None:
    """A closed topic can be read, not written in."""
    await started.page.get_by_role("button", name="Integrationsrat").click()
    await started.button("Archiv (geschlossen)").click()
    await expect(started.page.locator(".readonly")).to_have_text("Dieses Thema ist geschlossen.")


async def test_in_groups_a_command_names_its_bot(started: Guest, bot: Bot) -> None:
    """A command from the menu is addressed, as group chats need it."""
    await started.page.get_by_role("button", name="Integrationsrat").click()
    await expect(started.button("KIM")).to_be_visible()
    await started.field.press_sequentially("/hilfe")
    await started.field.press("Enter")
    assert (await bot.next("message"))["text"] == "/hilfe@kim_local_bot"


async def test_two_people_side_by_side(started: Guest, bot: Bot) -> None:
    """A second view shows another person at the same time; both follow what happens."""
    await started.button("Nebeneinander").click()
    second = started.page.get_by_role("region", name="Sicht von Aylin Demir")
    await second.get_by_role("button", name="Start").click()
    await bot.next("message")
    await bot.say(AYLIN, "Für Aylin")
    await bot.say(MEHMET, "Für Mehmet")
    first = started.page.get_by_role("region", name="Sicht von Mehmet Kaya")
    await expect(second.get_by_role("log")).to_contain_text("Für Aylin")
    await expect(first.get_by_role("log")).to_contain_text("Für Mehmet")
    await second.get_by_role("button", name="Diese Sicht schließen").click()
    await expect(second).to_have_count(0)


async def test_a_service_message_stands_in_the_middle(started: Guest, server: LocalServer) -> None:
    """What happens to a chat is a centred line without a bubble."""
    server.engine.join(MEHMET, GROUP)
    await started.page.get_by_role("button", name="Integrationsrat").click()
    await expect(started.page.locator(".row.service")).to_have_text("Mehmet Kaya ist jetzt dabei.")


async def test_the_bot_can_be_blocked_and_let_in_again(started: Guest, bot: Bot) -> None:
    """The chat's menu blocks the bot, which learns of it; then it offers to let it write again."""
    page = started.page
    more = page.get_by_role("button", name="Mehr zu diesem Chat")
    await more.click()
    await page.get_by_role("menuitem", name="blockieren").click()
    change = await bot.next("my_chat_member")
    assert change["new_chat_member"]["status"] == "kicked"  # type: ignore[index]
    await more.click()
    await page.get_by_role("menuitem", name="wieder zulassen").click()
    change = await bot.next("my_chat_member")
    assert change["new_chat_member"]["status"] == "member"  # type: ignore[index]

"""Cards with buttons: pressing, waiting, answers, and the focus when a card changes."""

import pytest
from playwright.async_api import expect

from tests.demo_page.acting import Bot, Guest
from tests.demo_page.conftest import GROUP, MEHMET

pytestmark = pytest.mark.asyncio(loop_scope="session")

STEP = [[("Übernehmen", "a1")], [("Zurück", "b1")]]
NEXT = [[("Übernehmen", "a2")], [("Zurück", "b2")]]


async def test_a_press_reaches_the_bot_with_its_data(started: Guest, bot: Bot) -> None:
    """A button sends its own data as a callback query."""
    await bot.say(MEHMET, "Schritt 1", *STEP)
    await started.button("Zurück").click()
    assert (await bot.next("callback_query"))["data"] == "b1"


async def test_a_pressed_button_waits_for_the_answer(started: Guest, bot: Bot) -> None:
    """The button shows that it waits, until the bot answers the query."""
    await bot.say(MEHMET, "Schritt 1", *STEP)
    await started.button("Übernehmen").click()
    query = await bot.next("callback_query")
    await expect(started.button("Übernehmen")).to_have_attribute("aria-busy", "true")
    await bot.answer(query)
    await expect(started.button("Übernehmen")).not_to_have_attribute("aria-busy", "true")


async def test_a_waiting_button_is_not_pressed_twice(started: Guest, bot: Bot) -> None:
    """A second click while the first is unanswered sends nothing."""
    await bot.say(MEHMET, "Schritt 1", *STEP)
    await started.button("Übernehmen").dblclick()
    await bot.next("callback_query")
    await started.write("Ende")
    await bot.next("message")
    pressed = [update for update in bot.waiting() if "callback_query" in update]
    assert pressed == []


async def test_an_edited_card_keeps_the_focus_on_the_same_button(started: Guest, bot: Bot) -> None:
    """The card changes in place; the button with the same words has the focus again."""
    card = await bot.say(MEHMET, "Schritt 1", *STEP)
    await started.button("Übernehmen").focus()
    await started.page.keyboard.press("Enter")
    query = await bot.next("callback_query")
    await bot.edit(MEHMET, card, "Schritt 2", *NEXT)
    await bot.answer(query)
    await started.sees("Schritt 2")
    await expect(started.button("Übernehmen")).to_be_focused()
    await expect(started.rows.filter(has_text="Schritt")).to_have_count(1)


async def test_a_card_without_that_button_takes_the_focus_itself(started: Guest, bot: Bot) -> None:
    """When the pressed button is gone the focus is on the card, never on another button."""
    card = await bot.say(MEHMET, "Schritt 1", *STEP)
    await started.button("Übernehmen").focus()
    await bot.edit(MEHMET, card, "Fertig", [("Neu anfangen", "n")])
    await started.sees("Fertig")
    await expect(started.rows.filter(has_text="Fertig")).to_be_focused()


async def test_an_edit_elsewhere_leaves_the_field_alone(started: Guest, bot: Bot) -> None:
    """Who is typing goes on typing while a card changes."""
    card = await bot.say(MEHMET, "Schritt 1", *STEP)
    await started.field.press_sequentially("Antw")
    await bot.edit(MEHMET, card, "Schritt 2", *NEXT)
    await started.sees("Schritt 2")
    await expect(started.field).to_be_focused()
    await expect(started.field).to_have_value("Antw")


async def test_a_changed_card_is_read_out_once(started: Guest, bot: Bot) -> None:
    """Screen readers hear the card's new text from one status line."""
    card = await bot.say(MEHMET, "Schritt 1", *STEP)
    await started.sees("Schritt 1")
    await bot.edit(MEHMET, card, "Für welche Jahre fragen Sie?", *NEXT)
    status = started.page.locator(".shell > [role=status]")
    await expect(status).to_have_text("Karte geändert: Für welche Jahre fragen Sie?")


async def test_a_short_answer_is_a_toast(started: Guest, bot: Bot) -> None:
    """An answer without alert shows up by itself and goes."""
    await bot.say(MEHMET, "Schritt 1", *STEP)
    await started.button("Übernehmen").click()
    await bot.answer(await bot.next("callback_query"), text="Übernommen")
    await expect(started.page.locator(".toast")).to_have_text("Übernommen")
    await expect(started.page.locator(".toast")).to_have_count(0)


async def test_an_alert_waits_to_be_confirmed(started: Guest, bot: Bot) -> None:
    """An answer with alert is a dialog; after it the focus is back on the button."""
    await bot.say(MEHMET, "Schritt 1", *STEP)
    await started.button("Übernehmen").click()
    await bot.answer(await bot.next("callback_query"), text="Bitte lesen", show_alert=True)
    dialog = started.page.get_by_role("alertdialog")
    await expect(dialog).to_contain_text("Bitte lesen")
    await started.button("In Ordnung").click()
    await expect(dialog).to_have_count(0)
    await expect(started.button("Übernehmen")).to_be_focused()


async def test_a_link_to_this_bot_is_followed_here(started: Guest, bot: Bot) -> None:
    """A deep link opens the private chat with its payload instead of leaving the page."""
    await bot.say(MEHMET, "Weiter", [("Privat", "https://t.me/kim_local_bot?start=abc")])
    await started.page.get_by_role("link", name="Privat").click()
    assert (await bot.next("message"))["text"] == "/start abc"


async def test_a_link_to_this_bot_in_a_text_is_followed_too(started: Guest, bot: Bot) -> None:
    """A deep link inside a text of the group leads into the private chat."""
    await bot.say(GROUP, "Privat weiter: https://t.me/kim_local_bot?start=xyz")
    await started.page.get_by_role("button", name="Integrationsrat").click()
    await started.log.get_by_role("link").click()
    assert (await bot.next("message"))["text"] == "/start xyz"


async def test_arrow_keys_go_from_message_to_message(started: Guest, bot: Bot) -> None:
    """Inside the conversation arrow keys move by message, and Tab goes into its buttons."""
    await bot.say(MEHMET, "Karte", *STEP)
    await bot.say(MEHMET, "Danach")
    await started.sees("Danach")
    await started.rows.last.focus()
    await started.page.keyboard.press("ArrowUp")
    await expect(started.rows.filter(has_text="Karte")).to_be_focused()
    await started.page.keyboard.press("Tab")
    await expect(started.button("Übernehmen")).to_be_focused()


async def test_old_buttons_leave_the_tab_order(started: Guest, bot: Bot) -> None:
    """Tab does not walk through old cards; arrow keys still reach their buttons."""
    await bot.say(MEHMET, "Alte Karte", [("Alt", "old")])
    for number in range(14):
        await bot.say(MEHMET, f"Nachricht {number}")
    await started.sees("Nachricht 13")
    await expect(started.button("Alt")).to_have_attribute("tabindex", "-1")
    await started.rows.filter(has_text="Alte Karte").focus()
    await started.page.keyboard.press("Tab")
    await expect(started.button("Alt")).to_be_focused()

"""The "/" menu."""

import pytest
from playwright.async_api import Locator, expect

from tests.demo_page.acting import Bot, Guest

pytestmark = pytest.mark.asyncio(loop_scope="session")


def options(guest: Guest) -> Locator:
    """The commands that are shown."""
    return guest.page.get_by_role("listbox", name="Befehle").get_by_role("option")


async def test_a_slash_opens_the_menu(started: Guest) -> None:
    """Typing "/" shows all commands with their words."""
    await started.field.press_sequentially("/")
    await expect(options(started)).to_have_count(3)
    await expect(options(started).first).to_have_text("/anfrageAnfrage schreiben")


async def test_typing_on_filters(started: Guest) -> None:
    """Only commands that begin like the typed text stay."""
    await started.field.press_sequentially("/a")
    await expect(options(started)).to_have_count(2)


async def test_arrow_and_enter_send_a_command(started: Guest, bot: Bot) -> None:
    """The menu is used without a mouse, and the field keeps the focus."""
    await started.field.press_sequentially("/")
    await started.field.press("ArrowDown")
    await started.field.press("Enter")
    assert (await bot.next("message"))["text"] == "/abbrechen"
    await expect(started.field).to_be_focused()
    await expect(started.field).to_have_value("")


async def test_the_chosen_command_is_told_to_screen_readers(started: Guest) -> None:
    """The field points at the option that is chosen."""
    await started.field.press_sequentially("/")
    await started.field.press("ArrowUp")
    chosen = await started.field.get_attribute("aria-activedescendant")
    await expect(started.page.locator(f"#{chosen}")).to_have_attribute("aria-selected", "true")
    await expect(started.page.locator(f"#{chosen}")).to_contain_text("/hilfe")


async def test_escape_closes_the_menu_and_keeps_the_text(started: Guest) -> None:
    """Esc puts the list away, not the words."""
    await started.field.press_sequentially("/an")
    await started.field.press("Escape")
    await expect(options(started)).to_have_count(0)
    await expect(started.field).to_have_value("/an")


async def test_tab_takes_the_command_into_the_field(started: Guest) -> None:
    """With Tab one can write on after the command."""
    await started.field.press_sequentially("/anf")
    await started.field.press("Tab")
    await expect(started.field).to_have_value("/anfrage ")


async def test_the_menu_button_opens_it_beside_a_draft(started: Guest, bot: Bot) -> None:
    """From the button a command is sent and what stands in the field stays."""
    await started.field.fill("Mein Entwurf")
    await started.button("Befehle zeigen").click()
    await options(started).nth(2).click()
    assert (await bot.next("message"))["text"] == "/hilfe"
    await expect(started.field).to_have_value("Mein Entwurf")


async def test_a_new_menu_is_taken_over_at_once(started: Guest, bot: Bot) -> None:
    """When the bot changes its commands an open page follows."""
    await started.field.press_sequentially("/")
    await expect(options(started)).to_have_count(3)
    commands = [{"command": "neu", "description": "Ganz neu"}]
    await bot.call("setMyCommands", commands=commands)
    await expect(options(started)).to_have_text(["/neuGanz neu"])

"""The demo's council: its card, an invitation with its picture, and a guest who follows it."""

import pytest
from playwright.async_api import expect

from tests.demo_page.acting import Guest
from tests.demo_page.test_cycle import picture
from tests.demo_page.test_whole_way import become, demo, press, visitor

__all__ = ["demo", "visitor"]
pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_an_admin_invites_and_the_guest_joins(visitor: Guest) -> None:
    """Link and QR picture come from the admin's chat; the guest pastes the link and has a seat."""
    page = visitor.page
    log = page.get_by_role("log")
    await become(page, "Georgios Papadakis")
    await visitor.button("Start").click()
    await press(page, "Einverstanden")
    await expect(log).to_contain_text("Was möchten Sie schreiben?")
    await visitor.write("/rat")
    await expect(log).to_contain_text("Frist für Anfragen")
    await picture(page, "council")
    await visitor.write("/einladen")
    await expect(log).to_contain_text("Einladungen")
    await press(page, "Mitglied einladen")
    link = log.locator('a[href*="?start="]').last
    await expect(link).to_be_visible()
    address = await link.get_attribute("href")
    assert address is not None
    await log.locator("img").last.scroll_into_view_if_needed()
    await picture(page, "invitation")
    await become(page, "Mehmet Kaya")
    await visitor.write(address)
    await expect(log).to_contain_text("Sie sind als Mitglied eingeladen")
    for label in ("Einverstanden", "Mehmet Kaya", "Mitglied", "Internationale Liste"):
        await press(page, label)
    await expect(log).to_contain_text("Stadt Gelsenkirchen")
    await visitor.write("/rat")
    await expect(log).to_contain_text("Ratsadmin: Georgios Papadakis")

"""The demo's clock moved: from an overdue report to the reminder, and to the filed inquiry."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.demo_page.acting import Guest
from tests.demo_page.test_whole_way import PICTURE, become, demo, press, visitor

__all__ = ["demo", "visitor"]
pytestmark = pytest.mark.asyncio(loop_scope="session")
PATIENCE = 60_000
"""Milliseconds: reminders are planned every few seconds."""


async def move_to_noon(page: Page, address: str) -> None:
    """Tomorrow noon, by the clock of the demo: nothing is sent at night."""
    now = datetime.now(UTC)
    noon = (now + timedelta(days=1)).replace(hour=11, minute=0)
    moved = {"offset_seconds": int((noon - now).total_seconds())}
    answer = await page.request.post(
        f"{address}/demo/clock",
        data=json.dumps(moved),
        headers={"Content-Type": "application/json"},
    )
    assert answer.ok


async def picture(page: Page, name: str, height: int = 860) -> None:
    """For docs/images, when they are wanted."""
    if PICTURE:
        await page.set_viewport_size({"width": 1280, "height": height})
        await page.wait_for_timeout(1500)
        await page.screenshot(path=Path(PICTURE).with_name(f"{name}.png"))
        await page.set_viewport_size({"width": 1280, "height": 860})


async def test_from_an_overdue_report_to_a_filed_inquiry(visitor: Guest, demo: str) -> None:
    """The admin is reminded in private, writes from the reminder, files, and sees it counted."""
    page = visitor.page
    await become(page, "Georgios Papadakis")
    await visitor.button("Start").click()
    await press(page, "Einverstanden")
    await expect(page.get_by_role("log")).to_contain_text("Was möchten Sie schreiben?")
    await move_to_noon(page, demo)
    log = page.get_by_role("log")
    await expect(log).to_contain_text("überfällig", timeout=PATIENCE)
    await picture(page, "reminder")
    await press(page, "✉ Anfrage vorbereiten")
    await expect(log.locator("article").last).to_contain_text("Abgabe bis")
    for label in (
        "Gleich zur Durchsicht",
        "Brief erstellen",
        "Ist eingereicht",
        "Heute, per E-Mail",
    ):
        await press(page, label)
    await visitor.write("/status")
    await expect(log.locator("article").last).to_contain_text("eingereicht")
    await picture(page, "status")


async def test_the_linked_topic_is_reminded_too(visitor: Guest, demo: str) -> None:
    """The group's topic gets its own form of the reminder, with the way into the private chat."""
    page = visitor.page
    await move_to_noon(page, demo)
    await page.get_by_role("button", name="Ausschuss Gelsenkirchen").click()
    await page.get_by_role("button", name="KIM", exact=True).click()
    await expect(page.get_by_role("log")).to_contain_text("überfällig", timeout=PATIENCE)
    await expect(page.get_by_role("log")).to_contain_text("Anfrage vorbereiten")
    await picture(page, "group")

"""A broadcast in the demo: from the template to the answer of a member, and the word back."""

import pytest
from playwright.async_api import Page, expect

from tests.demo_page.acting import Guest
from tests.demo_page.test_cycle import move_to_noon, picture
from tests.demo_page.test_whole_way import demo, press, visitor

__all__ = ["demo", "visitor"]
pytestmark = pytest.mark.asyncio(loop_scope="session")
PATIENCE = 45_000
"""Milliseconds for a hundred messages at the pace of the demo."""


async def agrees(visitor: Guest, name: str) -> None:
    """This person begins, in German."""
    page = visitor.page
    await page.get_by_role("button", name=name).click()
    await visitor.button("Start").click()
    german = page.get_by_role("log").get_by_role("button", name="Deutsch", exact=True)
    agree = page.get_by_role("log").get_by_role("button", name="Einverstanden", exact=True)
    await expect(german.or_(agree).first).to_be_visible()
    if await german.count():
        await german.last.click()
    await agree.last.click()
    await expect(page.get_by_role("log")).to_contain_text("Danke, dann kann es losgehen.")


async def as_(page: Page, name: str) -> None:
    """Look at the private chat as this person."""
    await page.get_by_role("button", name=name).click()


async def test_an_operator_calls_all_and_a_member_answers(visitor: Guest, demo: str) -> None:
    """Template, preview, count, progress that moves, result; an answer and the word back."""
    page = visitor.page
    log = page.get_by_role("log")
    await agrees(visitor, "Leyla Demir")
    await agrees(visitor, "Katrin Sommer")
    await move_to_noon(page, demo)
    await visitor.write("/rundruf")
    for label in ("Vorlage wählen", "KIM-Anfrage jetzt stellen", "Vorschau"):
        await press(page, label)
    await expect(log).to_contain_text("genau so kommt es an")
    await picture(page, "broadcast-preview")
    await press(page, "Jetzt senden")
    moving = log.locator("article").filter(has_text="Wird gesendet").last
    await expect(moving).to_contain_text("/s")
    before = await moving.inner_text()
    await picture(page, "broadcast-progress")
    await expect(moving).not_to_have_text(before, use_inner_text=True)
    await expect(log).to_contain_text("Rundruf gesendet", timeout=PATIENCE)
    await picture(page, "broadcast-result")

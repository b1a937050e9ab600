"""A broadcast in the demo: from the template to the answer of a member, and the word back."""

import asyncio
import re

import pytest
from playwright.async_api import Locator, expect

from tests.demo_page.acting import Guest
from tests.demo_page.test_cycle import move_to_noon, picture
from tests.demo_page.test_whole_way import become, demo, press, visitor

__all__ = ["demo", "visitor"]
pytestmark = pytest.mark.asyncio(loop_scope="session")
PATIENCE = 45_000
"""Milliseconds for a hundred messages at the pace of the demo."""


SHOWN = re.compile(r"(\d+) %.*/s")
"""How far it is, and how fast."""


async def moves_on(progress: Locator) -> None:
    """A later look shows more."""
    first = percent(await progress.inner_text())
    async with asyncio.timeout(PATIENCE / 1000):
        while percent(await progress.inner_text()) <= first:
            await asyncio.sleep(0.2)


def percent(words: str) -> int:
    """The share that is done."""
    found = SHOWN.search(words)
    return int(found[1]) if found else 0


async def agrees(visitor: Guest, name: str) -> None:
    """This person begins, in German."""
    page = visitor.page
    await become(page, name)
    await visitor.button("Start").click()
    german = page.get_by_role("log").get_by_role("button", name="Deutsch", exact=True)
    agree = page.get_by_role("log").get_by_role("button", name="Einverstanden", exact=True)
    await expect(german.or_(agree).first).to_be_visible()
    if await german.count():
        await german.last.click()
    await agree.last.click()
    await expect(page.get_by_role("log")).to_contain_text("Danke, dann kann es losgehen.")


async def answers(visitor: Guest) -> None:
    """Leyla replies to what came."""
    page = visitor.page
    await become(page, "Leyla Demir")
    call = visitor.rows.filter(has_text="Jetzt nach dem KIM fragen").last
    reply, quoted = page.get_by_role("menuitem", name="Antworten"), page.locator(".strip")
    async with asyncio.timeout(PATIENCE / 1000):
        while not await quoted.is_visible():  # a message that comes in closes the menu
            if await reply.is_visible():
                await reply.press("Enter", timeout=1000)
            else:
                await call.get_by_role("button", name="Mehr zu dieser Nachricht").press("Enter")
            await asyncio.sleep(0.5)
    await visitor.write("Wer hilft uns beim Ausfüllen?")
    await visitor.sees("Ihre Antwort ist unterwegs an das Betreiber-Team.")


async def writes_back(visitor: Guest) -> None:
    """Katrin reads it and answers; Leyla has it."""
    page = visitor.page
    await become(page, "Katrin Sommer")
    await visitor.sees("Wer hilft uns beim Ausfüllen?")
    await picture(page, "broadcast-answer")
    await press(page, "Antworten")
    await visitor.sees("Was möchten Sie schreiben?")
    await visitor.write("Ich rufe Sie morgen an.")
    await become(page, "Leyla Demir")
    await visitor.sees("Das Betreiber-Team schreibt Ihnen")
    await visitor.sees("Ich rufe Sie morgen an.")


async def test_an_operator_calls_all_and_a_member_answers(visitor: Guest, demo: str) -> None:
    """Template, preview, count, progress that moves, result; an answer and the word back."""
    page = visitor.page
    log = page.get_by_role("log")
    await move_to_noon(page, demo)
    await agrees(visitor, "Leyla Demir")
    await agrees(visitor, "Katrin Sommer")
    await visitor.write("/rundruf")
    for label in ("Vorlage wählen", "KIM-Anfrage jetzt stellen"):
        await press(page, label)
    await expect(log).to_contain_text("genau so kommt es an")
    await picture(page, "broadcast-preview", height=1560)
    await press(page, "Jetzt senden")
    moving = log.locator("article").filter(has_text="Wird gesendet").last
    await expect(moving).to_contain_text(SHOWN, timeout=PATIENCE)
    await moves_on(moving)
    await picture(page, "broadcast-progress")
    await expect(log).to_contain_text("Rundruf gesendet", timeout=PATIENCE)
    await picture(page, "broadcast-result")
    await answers(visitor)
    await writes_back(visitor)

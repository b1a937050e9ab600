"""`kimbot demo` as a user starts it: from /start to the opened PDF, in a real browser."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.demo_page.acting import Guest

pytestmark = pytest.mark.asyncio(loop_scope="session")
ROOT = Path(__file__).parents[2]
PICTURE = os.environ.get("KIMBOT_TEST_PICTURE")
"""Where to put a picture of the end, for docs/images/demo.png."""


@pytest_asyncio.fixture(loop_scope="session")
async def demo() -> AsyncIterator[str]:
    """A demo of its own, in a process of its own; it must end cleanly."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--no-browser", "--port", "0",
        cwd=ROOT, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    async with asyncio.timeout(90):
        said = (await process.stdout.readline()).decode()
    found = re.search(r"http://127\.0\.0\.1:\d+", said)
    assert found, said
    yield found[0]
    process.send_signal(signal.SIGINT)
    async with asyncio.timeout(15):
        assert await process.wait() == 0


@pytest_asyncio.fixture(loop_scope="session")
async def visitor(browser: Browser, demo: str) -> AsyncIterator[Guest]:
    """Somebody who opened the address."""
    context = await browser.new_context(
        viewport={"width": 1280, "height": 860}, locale="de-DE", reduced_motion="reduce"
    )
    page = await context.new_page()
    await page.goto(demo)
    yield Guest(page)
    await context.close()


async def become(page: Page, name: str) -> None:
    """Look with another person's eyes. Until their chats are there, the former's stay in view."""
    await page.get_by_role("button", name=name).click()
    await expect(page.locator(".people [aria-current]")).to_contain_text(name)


async def press(page: Page, label: str) -> None:
    """Press the newest button with these words."""
    await page.get_by_role("log").get_by_role("button", name=label, exact=True).last.click()


async def opened(visitor: Guest, demo: str) -> bytes:
    """The PDF of the letter that has just come, as the page's own viewer fetches it."""
    page = visitor.page
    await expect(page.get_by_role("log")).to_contain_text("Ihr Brief ist da.")
    names = await page.get_by_role("log").locator(".file-name").all_inner_texts()
    assert [name.rpartition(".")[2] for name in names] == ["docx", "pdf", "txt", "eml", "ics"]
    await visitor.button(f"{names[1]} ansehen").click()
    source = await page.locator("dialog iframe").get_attribute("src")
    assert source is not None
    return await (await page.request.get(demo + source.partition("#")[0])).body()


async def test_a_member_of_a_council_gets_from_start_to_an_opened_pdf(
    visitor: Guest, demo: str
) -> None:
    """The council and its next meeting are known: after the consent it takes three presses."""
    page = visitor.page
    await visitor.button("Start").click()
    for label in ("Einverstanden", "Anfrage zu KIM", "Gleich zur Durchsicht", "Brief erstellen"):
        await press(page, label)
    assert (await opened(visitor, demo)).startswith(b"%PDF-1.7")
    if PICTURE:
        await page.wait_for_timeout(2500)
        await page.screenshot(path=PICTURE)


async def test_a_guest_gets_from_start_to_an_opened_pdf(visitor: Guest, demo: str) -> None:
    """Somebody without a council is asked for everything once, and gets the same letter."""
    page = visitor.page
    await become(page, "Mehmet Kaya")
    await visitor.button("Start").click()
    for label in ("Einverstanden", "Anfrage zu KIM"):
        await press(page, label)
    for question, answer in (
        ("Für welche Stadt", "Gelsenkirchn"),
        ("Vorsitz", "Frau Aylin Demir"),
        ("Sitzung", "14.1.2027 17 Uhr"),
    ):
        await expect(page.get_by_role("log").locator("article").last).to_contain_text(question)
        await visitor.write(answer)
    for label in (
        "21 Tage vorher", "Überspringen", "Stimmt, weiter", "Übernehmen", "Alle 7 übernehmen",
        "Lang, so lassen", "Mehmet Kaya", "So unterschreiben", "Brief erstellen",
    ):  # fmt: skip
        await press(page, label)
    assert (await opened(visitor, demo)).startswith(b"%PDF-1.7")

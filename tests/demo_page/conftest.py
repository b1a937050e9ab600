"""A real Chromium before the real local server; the bot behind it is scripted by each test."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from bot.demo.engine import Engine
from bot.demo.engine.chats import ChatKind, Status, Topic
from bot.demo.server import LocalServer
from tests.demo_page.acting import PATIENCE, Bot, Guest

ROOT = Path(__file__).parents[2]
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
MEHMET, AYLIN, JONAS = 1001, 1002, 1003
GROUP, CHANNEL, TOPIC, CLOSED = -1001, -1002, 77, 78


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is; without it these tests are left out, by name."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("Chromium not found")
    return found


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """One browser for all tests; each test has a context of its own."""
    expect.set_options(timeout=PATIENCE * 1000)
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield running
        await running.close()


@pytest_asyncio.fixture(loop_scope="session")
async def server() -> AsyncIterator[LocalServer]:
    """The local server with its page, three people, a forum and a channel."""
    engine = Engine(first_update=1)
    engine.add_person(MEHMET, "Mehmet", "Kaya", role="member")
    engine.add_person(AYLIN, "Aylin", "Demir", role="council_admin")
    engine.add_person(JONAS, "Jonas", "Brandt", role="operator", language_code="en")
    group = engine.add_chat(
        GROUP, ChatKind.SUPERGROUP, "Integrationsrat", members=(MEHMET, AYLIN), is_forum=True
    )
    group.topics[TOPIC] = Topic(id=TOPIC, name="KIM")
    group.topics[CLOSED] = Topic(id=CLOSED, name="Archiv", closed=True)
    members = {MEHMET: Status.MEMBER, AYLIN: Status.ADMINISTRATOR}
    engine.add_chat(
        CHANNEL, ChatKind.CHANNEL, "Neues vom Rat", members=members, bot=Status.ADMINISTRATOR
    )
    local = LocalServer(
        engine, page=ROOT / "bot" / "demo" / "page", texts=ROOT / "templates" / "demo"
    )
    async with local:
        yield local


@pytest_asyncio.fixture(loop_scope="session")
async def bot(server: LocalServer) -> AsyncIterator[Bot]:
    """The bot, with a menu of three commands."""
    async with aiohttp.ClientSession() as http:
        scripted = Bot(server, http)
        words = {"anfrage": "Anfrage schreiben", "abbrechen": "Abbrechen", "hilfe": "Hilfe"}
        commands = [{"command": name, "description": text} for name, text in words.items()]
        await scripted.call("setMyCommands", commands=commands)
        yield scripted


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, server: LocalServer) -> AsyncIterator[Page]:
    """The page, opened without any parameter. A script error fails the test."""
    context = await browser.new_context(
        viewport={"width": 1280, "height": 800}, locale="de-DE", reduced_motion="reduce"
    )
    opened = await context.new_page()
    opened.set_default_timeout(PATIENCE * 1000)
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    await opened.goto(server.root)
    await opened.get_by_role("textbox", name="Nachricht schreiben").wait_for()
    yield opened
    await context.close()
    assert errors == []


@pytest_asyncio.fixture(loop_scope="session")
async def guest(bot: Bot, page: Page) -> Guest:
    """Mehmet at the page; he has not started the bot yet, which has its commands."""
    return Guest(page)


@pytest_asyncio.fixture(loop_scope="session")
async def started(guest: Guest, bot: Bot) -> Guest:
    """Mehmet after /start."""
    await guest.button("Start").click()
    await bot.next("message")
    return guest

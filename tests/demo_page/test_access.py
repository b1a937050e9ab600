"""Accessibility, checked by rule: names, roles, landmarks, contrast in both themes."""

import pytest
from playwright.async_api import Page, expect

from tests.demo_page.acting import Bot, Guest
from tests.demo_page.conftest import MEHMET

pytestmark = pytest.mark.asyncio(loop_scope="session")

UNNAMED = """() => {
  const named = (node) => node.getAttribute("aria-label")?.trim()
    || node.getAttribute("aria-labelledby")?.split(" ")
      .map((id) => document.getElementById(id)?.textContent).join("").trim()
    || [...(node.labels ?? [])].map((label) => label.textContent).join("").trim()
    || (node.matches("input, textarea") ? "" : node.textContent.trim());
  const controls = "button, a[href], input, textarea, select, iframe, [tabindex], [role=button]";
  return [...document.querySelectorAll(controls)]
    .filter((node) => !named(node) && !node.getAttribute("title")?.trim())
    .map((node) => node.outerHTML.slice(0, 120));
}"""

CONTRASTS = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].map((one, at) => (at < 3 ? one : one / 255));
  };
  const over = (top, ground) =>
    [0, 1, 2].map((at) => top[at] * top[3] + ground[at] * (1 - top[3])).concat(1);
  const ground = (node) => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) {
      layers.push(rgba(getComputedStyle(at).backgroundColor));
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const light = (colour) => {
    const [r, g, b] = colour.slice(0, 3).map((one) => one / 255)
      .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode.parentElement;
    if (!walk.currentNode.textContent.trim() || !node.getClientRects().length) continue;
    if (node.closest(".unseen, :disabled, [aria-disabled=true]")) continue;
    const behind = ground(node);
    const text = over(rgba(getComputedStyle(node).color), behind);
    const [high, low] = [light(text), light(behind)].sort((a, b) => b - a);
    found.push([(high + 0.05) / (low + 0.05), node.className || node.tagName]);
  }
  return found;
}"""


async def furnish(guest: Guest, bot: Bot) -> None:
    """A conversation with everything in it."""
    await bot.say(
        MEHMET,
        "<b>Karte</b> mit <code>code</code>, <a href='https://example.org'>Adresse</a>, /hilfe",
        [("Weiter", "w"), ("Seite", "https://example.org")],
        parse_mode="HTML",
    )
    await bot.send_file(MEHMET, "Anfrage.pdf", b"%PDF", "application/pdf")
    await guest.write("Meine Antwort")
    await guest.sees("Meine Antwort")
    await guest.move_clock("+14 Tage")
    await guest.field.press_sequentially("/")
    await expect(guest.page.get_by_role("option").first).to_be_visible()


async def low_contrasts(page: Page) -> list[object]:
    """Texts with less than 4.5 : 1 (WCAG 2.2, 1.4.3)."""
    found = await page.evaluate(CONTRASTS)
    assert len(found) > 30
    return [entry for entry in found if entry[0] < 4.5]


async def test_every_control_has_a_name(started: Guest, bot: Bot) -> None:
    """In the conversation, the lists and both panels no control is without a name."""
    await furnish(started, bot)
    await started.page.locator(".settings > button").click()
    assert await started.page.evaluate(UNNAMED) == []


@pytest.mark.parametrize("opener", ["Anfrage.pdf ansehen", "Tastenkürzel"])
async def test_every_control_in_dialogs_has_a_name(started: Guest, bot: Bot, opener: str) -> None:
    """Preview and shortcuts too."""
    await furnish(started, bot)
    await started.page.keyboard.press("Escape")
    if opener == "Tastenkürzel":
        await started.page.locator(".settings > button").click()
    await started.button(opener).click()
    await expect(started.page.get_by_role("dialog")).to_be_visible()
    assert await started.page.evaluate(UNNAMED) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_texts_stand_out_from_their_ground(started: Guest, bot: Bot, scheme: str) -> None:
    """Every text on the page keeps a contrast of 4.5 : 1 in both themes."""
    await started.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    await furnish(started, bot)
    await started.page.locator(".settings > button").click()
    assert await low_contrasts(started.page) == []


async def test_the_page_has_its_landmarks(started: Guest) -> None:
    """One banner, one main part, named navigations, one log, one h1."""
    page = started.page
    await expect(page.get_by_role("main")).to_have_count(1)
    await expect(page.locator("header.top")).to_have_count(1)
    await expect(page.get_by_role("navigation", name="Wer bin ich?")).to_have_count(1)
    await expect(page.get_by_role("navigation", name="Chats von Mehmet Kaya")).to_have_count(1)
    await expect(page.get_by_role("log", name="Nachrichten in KIM-Bot")).to_have_count(1)
    await expect(page.get_by_role("heading", level=1)).to_have_count(1)


async def test_history_is_not_read_out_and_news_is(started: Guest, bot: Bot) -> None:
    """The log speaks of new rows politely, and changes inside a row are left to the status."""
    await bot.say(MEHMET, "Neu")
    await started.sees("Neu")
    await expect(started.log).to_have_attribute("aria-live", "polite")
    await expect(started.log).to_have_attribute("aria-relevant", "additions")
    await expect(started.rows.last.locator(".stack")).to_have_attribute("aria-live", "off")


async def test_ids_are_unique(started: Guest, bot: Bot) -> None:
    """With three views side by side no id is there twice."""
    await started.page.set_viewport_size({"width": 1920, "height": 900})
    await started.button("Nebeneinander").click()
    await expect(started.page.get_by_role("region")).to_have_count(2)
    await started.button("Nebeneinander").click()
    await expect(started.page.get_by_role("region")).to_have_count(3)
    ids = await started.page.evaluate("[...document.querySelectorAll('[id]')].map(n => n.id)")
    assert len(ids) == len(set(ids))


async def test_focus_can_be_seen(started: Guest) -> None:
    """A control that is reached by keyboard has an outline."""
    await started.field.focus()
    await started.page.keyboard.press("Shift+Tab")
    outline = await started.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"

"""The page around the conversations: colours, language, clock, width, keyboard, lost server."""

import pytest
from playwright.async_api import expect

from bot.demo.server import LocalServer
from tests.demo_page.acting import Bot, Guest
from tests.demo_page.conftest import MEHMET

pytestmark = pytest.mark.asyncio(loop_scope="session")

PHONE = {"width": 360, "height": 740}


async def ground(guest: Guest) -> str:
    """The page's ground colour."""
    return str(await guest.page.evaluate("getComputedStyle(document.body).backgroundColor"))


async def settings(guest: Guest, choice: str) -> None:
    """Choose one of several in the settings."""
    await guest.page.locator(".settings > button").click()
    await guest.page.get_by_role("radio", name=choice).click()


async def test_colours_follow_the_device(guest: Guest) -> None:
    """A dark device gets dark colours by itself."""
    light = await ground(guest)
    await guest.page.emulate_media(color_scheme="dark")
    assert (light, await ground(guest)) == ("rgb(243, 241, 236)", "rgb(20, 24, 26)")


async def test_colours_can_be_chosen_and_stay(guest: Guest) -> None:
    """A chosen theme wins over the device, also after a reload."""
    await settings(guest, "Dunkel")
    await guest.page.reload()
    await expect(guest.field).to_be_visible()
    assert await ground(guest) == "rgb(20, 24, 26)"


async def test_the_language_of_the_page_can_be_chosen(guest: Guest) -> None:
    """The page's own words change to English, and the document says so."""
    await guest.field.fill("Mein Entwurf")
    await settings(guest, "English")
    await expect(guest.page.get_by_role("heading", name="Who am I?")).to_be_visible()
    assert await guest.page.locator("html").get_attribute("lang") == "en"
    await expect(guest.page.get_by_role("textbox", name="Write a message")).to_have_value(
        "Mein Entwurf"
    )


async def test_the_clock_moves_for_the_server_too(guest: Guest, server: LocalServer) -> None:
    """+14 days on the page are fourteen days for the bot, and the head says so."""
    before = server.engine.clock.now()
    await guest.move_clock("+14 Tage")
    await expect(guest.page.locator(".clock-button")).to_contain_text("+14 Tage")
    moved = server.engine.clock.now() - before
    assert moved.days == 14


async def test_the_clock_goes_back_to_now(guest: Guest, server: LocalServer) -> None:
    """One press takes the clock back to real time."""
    await guest.move_clock("+7 Tage")
    await guest.move_clock("Zurück zu jetzt")
    await expect(guest.page.locator(".clock-button")).not_to_contain_text("Tage")
    assert server.engine.clock.offset.total_seconds() == 0


async def test_the_clock_jumps_to_a_day(guest: Guest, server: LocalServer) -> None:
    """A date in the field becomes the clock's day, at the same time of day."""
    before = server.engine.clock.now()
    target = before.replace(year=before.year + 1, month=3, day=12)
    await guest.page.locator(".clock-button").click()
    await guest.page.get_by_label("Zu diesem Tag springen").fill(target.date().isoformat())
    await guest.button("Springen").click()
    await expect(guest.page.locator(".clock-button")).to_contain_text(f"12.03.{target.year}")


async def test_a_new_day_has_its_own_heading(started: Guest, bot: Bot) -> None:
    """Messages of two days are parted by the day."""
    await bot.say(MEHMET, "Heute")
    await started.move_clock("+1 Tag")
    await bot.say(MEHMET, "Morgen")
    await started.sees("Morgen")
    await expect(started.log.locator(".day")).to_have_count(2)


async def test_a_phone_shows_one_column_without_sideways_scrolling(
    started: Guest, bot: Bot
) -> None:
    """At 360 pixels nothing is wider than the screen, however long a word is."""
    await started.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    await bot.say(MEHMET, "Donau" * 60, [("Ein sehr langer Knopf mit vielen Wörtern", "x")] * 2)
    await bot.send_file(MEHMET, "Sehr-langer-Name" * 8 + ".pdf", b"%PDF", "application/pdf")
    await started.sees("Donau")
    await expect(started.log.locator(".file")).to_be_visible()
    wide = """() => [...document.querySelectorAll("body *")]
      .filter((node) => !node.closest(".topics, .unseen, [hidden]") && node.getClientRects().length)
      .filter((node) => node.getBoundingClientRect().right > innerWidth + 0.5)
      .map((node) => node.className || node.tagName)"""
    assert await started.page.evaluate(wide) == []
    assert await started.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


async def test_on_a_phone_one_goes_back_to_the_lists(started: Guest) -> None:
    """The back button leads to people and chats, a chat leads forth again."""
    await started.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    people = started.page.get_by_role("heading", name="Wer bin ich?")
    await expect(people).to_be_hidden()
    await started.button("Zurück zu Personen und Chats").click()
    await expect(people).to_be_visible()
    await started.page.get_by_role("button", name="Neues vom Rat").click()
    await expect(people).to_be_hidden()


async def test_touch_targets_are_large_enough_on_a_phone(started: Guest, bot: Bot) -> None:
    """Every control of the page is at least 44 pixels high and wide; links in texts aside."""
    await started.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    await bot.say(MEHMET, "Karte", [("Ja", "y"), ("Nein", "n")])
    await started.sees("Karte")
    small = """() => [...document.querySelectorAll("button, a[href], textarea, summary")]
      .filter((node) => node.getClientRects().length && !node.closest(".text, .skip"))
      .map((node) => [node.className, node.getBoundingClientRect()])
      .filter(([, box]) => box.height < 43.5 || box.width < 43.5)
      .map(([name, box]) => `${name} ${box.width}x${box.height}`)"""
    assert await started.page.evaluate(small) == []


async def test_the_page_works_at_double_zoom(started: Guest, bot: Bot) -> None:
    """At 200 % on a small laptop the field is still in view and nothing overflows."""
    await started.page.set_viewport_size({"width": 640, "height": 400})
    await bot.say(MEHMET, "Karte", [("Ja", "y")])
    await started.sees("Karte")
    await expect(started.field).to_be_in_viewport(ratio=1)
    assert await started.page.evaluate("document.documentElement.scrollWidth") == 640


async def test_a_question_mark_shows_the_shortcuts(started: Guest) -> None:
    """The key "?" outside a field opens the list of shortcuts, Esc closes it."""
    await started.page.locator(".settings > button").focus()
    await started.page.keyboard.press("?")
    dialog = started.page.get_by_role("dialog", name="Tastenkürzel")
    await expect(dialog).to_be_visible()
    await started.page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)


async def test_the_single_key_can_be_switched_off(started: Guest) -> None:
    """WCAG 2.2, 2.1.4: a shortcut of one character can be turned off."""
    await started.page.locator(".settings > button").click()
    await started.page.get_by_role("checkbox").uncheck()
    await started.page.keyboard.press("Escape")
    await started.page.keyboard.press("?")
    await expect(started.page.get_by_role("dialog")).to_have_count(0)


async def test_a_question_mark_in_the_field_is_a_letter(started: Guest) -> None:
    """While one writes, "?" is written."""
    await started.field.press_sequentially("Warum?")
    await expect(started.field).to_have_value("Warum?")


async def test_f6_walks_through_the_areas(started: Guest) -> None:
    """F6 goes from the field to the people, then to the chats, then to the messages."""
    await started.field.focus()
    await started.page.keyboard.press("F6")
    await expect(started.page.get_by_role("button", name="Mehmet Kaya")).to_be_focused()
    await started.page.keyboard.press("F6")
    await expect(started.page.locator(".chats [aria-current]")).to_be_focused()
    await started.page.keyboard.press("F6")
    await expect(started.rows.last).to_be_focused()


async def test_a_lost_server_is_named_and_the_text_is_kept(
    started: Guest, server: LocalServer
) -> None:
    """While the server is gone there is a banner, and what was typed stays."""
    await server.stop()
    await started.write("Das soll nicht verloren gehen")
    banner = started.page.get_by_role("alert")
    await expect(banner).to_contain_text("Der Probeserver antwortet nicht")
    await expect(started.field).to_have_value("Das soll nicht verloren gehen")


async def test_the_page_comes_back_with_the_server(
    started: Guest, server: LocalServer, bot: Bot
) -> None:
    """When the server is back the banner goes and what was missed is there."""
    await server.stop()
    await started.write("Noch einmal")
    await expect(started.page.locator(".banner")).to_be_visible()
    server.engine.post(
        server.engine.chats[MEHMET], sender=server.engine.bot, text="In der Zwischenzeit"
    )
    await server.start()
    await started.sees("In der Zwischenzeit")
    await expect(started.page.locator(".banner")).to_be_hidden()
    await started.field.press("Enter")
    assert (await bot.next("message"))["text"] == "Noch einmal"


async def test_no_foreign_address_is_asked(started: Guest, server: LocalServer) -> None:
    """The page's policy allows its own server only, and no inline script."""
    policy = started.page.locator("meta[http-equiv=Content-Security-Policy]")
    content = await policy.get_attribute("content") or ""
    assert "default-src 'none'" in content
    assert "unsafe" not in content
    loaded = await started.page.evaluate(
        "performance.getEntriesByType('resource').map((one) => one.name)"
    )
    assert all(name.startswith(server.root) for name in loaded)

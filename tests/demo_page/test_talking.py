"""Texts between a person and the bot, as the page shows them."""

import pytest
from playwright.async_api import Route, expect

from bot.demo.server import LocalServer
from tests.demo_page.acting import Bot, Guest
from tests.demo_page.conftest import MEHMET

pytestmark = pytest.mark.asyncio(loop_scope="session")

HOSTILE = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"


async def test_the_first_view_offers_a_start_button_that_sends_start(
    guest: Guest, bot: Bot
) -> None:
    """Without any parameter the page is the first person's chat with the bot, ready to start."""
    await guest.button("Start").click()
    message = await bot.next("message")
    assert (message["text"], message["from"]["id"]) == ("/start", MEHMET)  # type: ignore[index]


async def test_a_typed_text_reaches_the_bot(started: Guest, bot: Bot) -> None:
    """What is typed and sent with Enter arrives at the bot."""
    await started.write("Guten Tag, Bot")
    assert (await bot.next("message"))["text"] == "Guten Tag, Bot"


async def test_a_sent_text_is_shown_once(started: Guest, bot: Bot) -> None:
    """The server's reply and its event make one bubble, not two."""
    await started.write("Nur einmal")
    await bot.next("message")
    await bot.say(MEHMET, "Danach")
    await started.sees("Danach")
    await expect(started.rows.filter(has_text="Nur einmal")).to_have_count(1)


async def test_the_bots_text_appears_by_itself(started: Guest, bot: Bot) -> None:
    """A message of the bot is shown without reloading."""
    await bot.say(MEHMET, "<b>Fett</b> und klar", parse_mode="HTML")
    await started.sees("Fett und klar")
    await expect(started.log.locator("b")).to_have_text("Fett")


async def test_shift_enter_makes_a_new_line(started: Guest, bot: Bot) -> None:
    """Shift and Enter write a second line instead of sending."""
    await started.field.fill("eins")
    await started.field.press("Shift+Enter")
    await started.field.press_sequentially("zwei")
    await started.field.press("Enter")
    assert (await bot.next("message"))["text"] == "eins\nzwei"


async def test_hostile_text_is_shown_as_text(started: Guest, bot: Bot) -> None:
    """Markup that somebody types is words on the page, nothing else."""
    await started.write(HOSTILE)
    await bot.next("message")
    await started.sees(HOSTILE)
    await expect(started.log.locator("img, script")).to_have_count(0)
    assert await started.page.title() == "KIM-Bot · Probechat"


async def test_markup_is_cleaned_once_more_by_the_page(guest: Guest) -> None:
    """Even if the server let something through, only listed tags and schemes are built."""
    built = await guest.page.evaluate(
        """async () => {
          const { safe } = await import("/page/safe.js");
          const box = document.createElement("div");
          box.append(safe('<b onclick="x()">b</b><a href="javascript:x()">js</a>'
            + '<a href="https://example.org/">web</a><img src=x onerror=x()>'
            + '<svg onload=x()></svg><iframe src="/"></iframe>',
            { spoiler: "", command: null }));
          return box.innerHTML;
        }"""
    )
    link = '<a href="https://example.org/" target="_blank" rel="noopener noreferrer">web</a>'
    assert built == f"<b>b</b>js{link}"


async def test_a_command_in_the_bots_text_can_be_pressed(started: Guest, bot: Bot) -> None:
    """/hilfe inside a text sends /hilfe, as in other clients."""
    await bot.say(MEHMET, "Mehr unter /hilfe, nicht unter a/b")
    await started.button("/hilfe").click()
    assert (await bot.next("message"))["text"] == "/hilfe"


async def test_an_edited_text_is_marked(started: Guest, bot: Bot) -> None:
    """A changed message says that it was changed, also in its name for screen readers."""
    message = await bot.say(MEHMET, "Vorher")
    await started.sees("Vorher")
    await bot.edit(MEHMET, message, "Nachher")
    row = started.rows.filter(has_text="Nachher")
    await expect(row.locator(".edited")).to_have_text("bearbeitet")
    assert "bearbeitet" in (await row.get_attribute("aria-label") or "")


async def test_the_list_of_chats_follows_an_edit(started: Guest, bot: Bot) -> None:
    """It quotes the newest message as it is now."""
    message = await bot.say(MEHMET, "40 %")
    quoted = started.page.locator(".chats .entry-line").first
    await expect(quoted).to_have_text("40 %")
    await bot.edit(MEHMET, message, "80 %")
    await expect(quoted).to_have_text("80 %")


async def test_arrow_up_edits_my_last_message(started: Guest, bot: Bot) -> None:
    """Arrow up in the empty field takes the last own text back for a change."""
    await started.write("31.02.")
    await bot.next("message")
    await started.field.press("ArrowUp")
    await expect(started.field).to_have_value("31.02.")
    await started.field.fill("28.02.")
    await started.field.press("Enter")
    assert (await bot.next("edited_message"))["text"] == "28.02."
    await started.sees("28.02.")


async def test_a_reply_carries_the_message_it_answers(started: Guest, bot: Bot) -> None:
    """Reply is in the message's menu, by keyboard too."""
    asked = await bot.say(MEHMET, "Welches Datum?")
    await started.sees("Welches Datum?")
    await started.rows.last.focus()
    await started.page.keyboard.press("Enter")
    await started.page.get_by_role("menuitem", name="Antworten").press("Enter")
    await started.write("14.01.2027")
    original = (await bot.next("message"))["reply_to_message"]
    assert original["message_id"] == asked  # type: ignore[index]
    await expect(started.rows.last.locator(".quote")).to_contain_text("Welches Datum?")


async def test_arabic_reads_right_to_left(started: Guest, bot: Bot) -> None:
    """An Arabic text has its own direction and language inside the German page."""
    await bot.say(MEHMET, "مرحبا، كيف حالك؟")
    await started.sees("مرحبا")
    text = started.rows.last.locator(".text")
    assert await text.get_attribute("lang") == "ar"
    direction = await text.evaluate("node => node.matches(':dir(rtl)')")
    assert direction


async def test_typing_is_shown(started: Guest, bot: Bot) -> None:
    """While the bot prepares an answer the page says so."""
    await bot.call("sendChatAction", chat_id=MEHMET, action="typing")
    await expect(started.page.locator(".typing")).to_have_text("KIM-Bot schreibt …")


async def test_a_deleted_message_goes(started: Guest, bot: Bot) -> None:
    """What the bot deletes disappears."""
    message = await bot.say(MEHMET, "Gleich weg")
    await started.sees("Gleich weg")
    await bot.call("deleteMessage", chat_id=MEHMET, message_id=message)
    await expect(started.rows.filter(has_text="Gleich weg")).to_have_count(0)


async def test_a_long_conversation_opens_at_its_end(
    started: Guest, server: LocalServer, bot: Bot
) -> None:
    """Of 2,000 messages the newest is in view, and one more still arrives there."""
    engine = server.engine
    await started.page.goto("about:blank")
    for number in range(2000):
        engine.post(engine.chats[MEHMET], sender=engine.bot, text=f"Nachricht {number}")
    await started.page.goto(server.root)
    await expect(started.rows.filter(has_text="Nachricht 1999")).to_be_in_viewport()
    await bot.say(MEHMET, "Die allerneueste")
    await expect(started.rows.filter(has_text="Die allerneueste")).to_be_in_viewport()


async def test_reading_further_up_is_not_interrupted(
    started: Guest, server: LocalServer, bot: Bot
) -> None:
    """Who has scrolled up stays there and is told what came in."""
    engine = server.engine
    for number in range(60):
        engine.post(engine.chats[MEHMET], sender=engine.bot, text=f"Nachricht {number}")
    await started.sees("Nachricht 59")
    await started.page.locator(".scroller").hover()
    await started.page.mouse.wheel(0, -2500)
    down = started.page.locator(".down")
    await expect(down).to_be_visible()
    await bot.say(MEHMET, "Unten angekommen")
    await expect(down).to_have_text("1 neue Nachricht")
    await down.click()
    await expect(started.rows.filter(has_text="Unten angekommen")).to_be_in_viewport()


async def test_nothing_is_missed_while_the_page_connects(
    started: Guest, server: LocalServer
) -> None:
    """A message that comes before the events flow is there all the same."""
    engine = server.engine

    async def late(route: Route) -> None:
        await started.page.wait_for_timeout(400)
        engine.post(engine.chats[MEHMET], sender=engine.bot, text="Zwischen zwei Blicken")
        await route.continue_()

    await started.page.route("**/demo/events*", late)
    await started.page.reload()
    await started.sees("Zwischen zwei Blicken")

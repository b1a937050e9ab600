"""The control API: what the page sees and does, and who may use it."""

import json
from typing import Any

import aiohttp
import pytest
import telegram
from yarl import URL

from bot.demo.engine import Engine
from bot.demo.engine.chats import Status
from bot.demo.server import LocalServer
from tests.demo.conftest import AYSE, CHANNEL, FORUM, GROUP, OLEH


async def _get(http: aiohttp.ClientSession, path: str) -> Any:
    async with http.get(path) as answer:
        return await answer.json()


async def _post(http: aiohttp.ClientSession, path: str, **body: object) -> Any:
    async with http.post(f"/demo/{path}", json=body) as answer:
        return await answer.json()


async def test_state_shows_the_own_chats(http: aiohttp.ClientSession, engine: Engine) -> None:
    """A person sees the own private chat and the groups; who can write is said."""
    engine.open_topic(FORUM, AYSE, "KIM")
    state = await _get(http, f"/demo/state?person={OLEH}")
    assert [person["first_name"] for person in state["people"]] == ["Ayşe", "Oleh"]
    chats = {chat["id"]: chat for chat in state["chats"]}
    assert {chat: shown["can_write"] for chat, shown in chats.items()} == {
        OLEH: True,
        GROUP: True,
        FORUM: True,
        CHANNEL: False,
    }
    assert [topic["name"] for topic in chats[FORUM]["topics"]] == ["KIM"]
    assert (state["me"], state["bot"]["username"]) == (OLEH, "kim_local_bot")


async def test_messages_as_the_page_shows_them(
    http: aiohttp.ClientSession, bot: telegram.Bot
) -> None:
    """HTML is safe, buttons have label and data, own messages are marked."""
    markup = telegram.InlineKeyboardMarkup(
        [[telegram.InlineKeyboardButton("Ja", callback_data="1")]]
    )
    await bot.send_message(AYSE, "<b>1 &lt; 2</b>", parse_mode="HTML", reply_markup=markup)
    await _post(http, "send", person=AYSE, chat=AYSE, text="<i>ich</i>")
    shown = (await _get(http, f"/demo/messages?person={AYSE}&chat={AYSE}"))["messages"]
    assert [(one["html"], one["out"]) for one in shown] == [
        ("<b>1 &lt; 2</b>", False),
        ("&lt;i&gt;ich&lt;/i&gt;", True),
    ]
    assert shown[0]["buttons"] == [[{"label": "Ja", "data": "1"}]]


async def test_unread_counts_until_looked_at(
    http: aiohttp.ClientSession, bot: telegram.Bot
) -> None:
    """Messages by others count as unread until the chat is shown."""
    await bot.send_message(AYSE, "x")

    async def unread() -> int:
        state = await _get(http, f"/demo/state?person={AYSE}")
        return next(int(chat["unread"]) for chat in state["chats"] if chat["id"] == AYSE)

    assert await unread() == 1
    await _get(http, f"/demo/messages?person={AYSE}&chat={AYSE}")
    assert await unread() == 0


async def test_foreign_chats_stay_closed(http: aiohttp.ClientSession) -> None:
    """Nobody sees another's private chat."""
    async with http.get(f"/demo/messages?person={OLEH}&chat={AYSE}") as answer:
        assert answer.status == 404


async def test_presses_and_answers(
    http: aiohttp.ClientSession, bot: telegram.Bot, engine: Engine
) -> None:
    """A press gives a query id; a button that is gone is refused."""
    markup = telegram.InlineKeyboardMarkup(
        [[telegram.InlineKeyboardButton("Ja", callback_data="1")]]
    )
    sent = await bot.send_message(AYSE, "x", reply_markup=markup)
    where = {"person": AYSE, "chat": AYSE, "message": sent.message_id}
    query = (await _post(http, "press", **where, data="1"))["query"]
    assert engine.queries.is_open(query)
    assert "error" in await _post(http, "press", **where, data="2")


async def test_events_arrive(http: aiohttp.ClientSession, bot: telegram.Bot) -> None:
    """Messages, edits, typing, answers, deletions and the clock come as events, in order."""
    async with http.get(f"/demo/events?person={AYSE}") as stream:
        markup = telegram.InlineKeyboardMarkup(
            [[telegram.InlineKeyboardButton("Ja", callback_data="1")]]
        )
        await bot.send_chat_action(AYSE, "typing")
        sent = await bot.send_message(AYSE, "alt", reply_markup=markup)
        where = {"person": AYSE, "chat": AYSE, "message": sent.message_id}
        query = (await _post(http, "press", **where, data="1"))["query"]
        await bot.answer_callback_query(query, "Toast")
        await bot.edit_message_text("neu", AYSE, sent.message_id)
        await bot.delete_message(AYSE, sent.message_id)
        await bot.send_message(CHANNEL, "auch hier")
        await _post(http, "clock", days=14)
        events = [await _event(stream) for _ in range(7)]
    assert [kind for kind, _ in events] == [
        "action",
        "message",
        "answer",
        "edit",
        "delete",
        "message",
        "clock",
    ]
    assert events[2][1] == {"query": query, "text": "Toast", "alert": False}
    assert events[3][1]["text"] == "neu"
    assert events[4][1] == {"chat": AYSE, "id": sent.message_id}


async def _event(stream: aiohttp.ClientResponse) -> tuple[str, Any]:
    kind = ""
    while line := (await stream.content.readline()).decode():
        if line.startswith("event: "):
            kind = line[7:].strip()
        elif line.startswith("data: "):
            return kind, json.loads(line[6:])
    raise AssertionError("the stream ended")


async def test_files_go_both_ways(
    http: aiohttp.ClientSession, bot: telegram.Bot, engine: Engine
) -> None:
    """An upload reaches the bot as a document; a PDF is shown in place, HTML never."""
    form = aiohttp.FormData({"person": str(AYSE), "chat": str(AYSE), "caption": "Beleg"})
    form.add_field("file", b"<script>", filename="x.html", content_type="text/html")
    async with http.post("/demo/upload", data=form) as answer:
        (made,) = (await answer.json())["messages"]
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.document is not None
    assert update.message.caption == "Beleg"
    async with http.get(made["media"]["url"]) as answer:
        assert answer.headers["Content-Disposition"] == "attachment"
        assert answer.content_type == "text/plain"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    await bot.send_document(AYSE, b"%PDF-1.7", filename="Anfrage ä.pdf")
    last = engine.last(AYSE)
    assert last is not None
    shown = (await _get(http, f"/demo/messages?person={AYSE}&chat={AYSE}"))["messages"][-1]
    assert shown["media"]["name"] == "Anfrage ä.pdf"
    async with http.get(shown["media"]["url"]) as answer:
        assert (answer.content_type, await answer.read()) == ("application/pdf", b"%PDF-1.7")
        assert "Content-Disposition" not in answer.headers


async def test_menus_as_people_see_them(
    http: aiohttp.ClientSession, bot: telegram.Bot, engine: Engine
) -> None:
    """The narrowest scope wins, the own language before none, admins' menus for admins."""
    await bot.set_my_commands([("allgemein", "x")])
    await bot.set_my_commands([("privat", "x")], telegram.BotCommandScopeAllPrivateChats())
    await bot.set_my_commands(
        [("uk", "x")], telegram.BotCommandScopeAllPrivateChats(), language_code="uk"
    )
    admins = telegram.BotCommandScopeAllChatAdministrators()
    await bot.set_my_commands([("leitung", "x")], admins)

    async def menu(person: int, chat: int) -> list[str]:
        found = await _get(http, f"/demo/commands?person={person}&chat={chat}")
        return [str(one["command"]) for one in found["commands"]]

    assert await menu(AYSE, AYSE) == ["privat"]
    assert await menu(OLEH, OLEH) == ["uk"]
    assert await menu(AYSE, GROUP) == ["leitung"]
    assert await menu(OLEH, GROUP) == ["allgemein"]


async def test_the_clock_moves(http: aiohttp.ClientSession, engine: Engine) -> None:
    """Days and hours add up; an offset is set as it is."""
    assert (await _post(http, "clock", days=14, hours=2))["offset_seconds"] == 14 * 86400 + 7200
    assert (await _post(http, "clock", offset_seconds=60))["offset_seconds"] == 60
    assert engine.clock.offset.total_seconds() == 60


async def test_people_come_and_block(http: aiohttp.ClientSession, engine: Engine) -> None:
    """A person can be added and can block the bot."""
    await _post(http, "person", id=7, first_name="Neu", language_code="en")
    await _post(http, "act", act="start", person=7)
    assert engine.chats[7].bot.status is Status.MEMBER
    await _post(http, "block", person=7, blocked=True)
    assert not engine.chats[7].bot.present


async def test_faults_can_be_ordered(http: aiohttp.ClientSession, server: LocalServer) -> None:
    """By method and chat, and taken back; nonsense is named."""
    order = {"kind": "flood", "method": "sendMessage", "chat": AYSE, "times": 3}
    assert await _post(http, "faults", **order) == {"pending": 1}
    (fault,) = server.faults.pending()
    assert (fault.method, fault.chat, fault.times) == ("sendMessage", AYSE, 3)
    assert await _post(http, "faults", clear=True) == {"pending": 0}
    assert "one of drop" in (await _post(http, "faults", kind="boredom"))["error"]


async def test_acts_by_name(http: aiohttp.ClientSession, engine: Engine) -> None:
    """What befalls chats can be done from another process; unknown acts are named."""
    made = await _post(http, "act", act="upgrade", chat=GROUP, person=AYSE)
    assert engine.chats[GROUP].migrated_to == made["made"]
    assert "one of start" in (await _post(http, "act", act="nothing"))["error"]
    assert "error" in await _post(http, "act", act="upgrade", chat=1, person=AYSE)


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
async def test_foreign_pages_are_kept_out(
    http: aiohttp.ClientSession, headers: dict[str, str]
) -> None:
    """A foreign host name, origin or page is refused."""
    async with http.get("/demo/state", headers=headers) as answer:
        assert answer.status == 403


async def test_the_own_page_is_let_in(http: aiohttp.ClientSession, server: LocalServer) -> None:
    """The page's own origin may post."""
    async with http.post(
        "/demo/clock", json={"days": 1}, headers={"Origin": server.root}
    ) as answer:
        assert answer.status == 200


async def test_forms_are_no_json(http: aiohttp.ClientSession) -> None:
    """A form, which any page could send, is not taken for JSON."""
    async with http.post("/demo/clock", data={"days": "1"}) as answer:
        assert answer.status == 415


async def test_no_browser_at_the_bots_door(http: aiohttp.ClientSession, engine: Engine) -> None:
    """The Bot API refuses requests that carry an Origin."""
    async with http.get(
        f"/bot{engine.token}/getMe", headers={"Origin": "https://evil.example"}
    ) as answer:
        assert answer.status == 403


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/", 200, "text/html"),
        ("/page/main.js", 200, "text/javascript"),
        ("/page/texts/de.json", 200, "application/json"),
        ("/page/%2e%2e/secret.txt", 404, "application/json"),
        ("/page/texts/..%2fsecret.txt", 404, "application/json"),
    ],
)
async def test_the_page_and_nothing_beside_it(
    http: aiohttp.ClientSession, path: str, status: int, kind: str
) -> None:
    """Page, assets and words are served; nothing outside the two folders is."""
    async with http.get(URL(path, encoded=True)) as answer:
        assert (answer.status, answer.content_type) == (status, kind)


async def test_the_log_can_be_read(http: aiohttp.ClientSession, bot: telegram.Bot) -> None:
    """A test elsewhere sees what the bot asked, and reads a chat."""
    await bot.send_message(AYSE, "hallo")
    (entry,) = (await _get(http, "/demo/log?method=sendMessage"))["requests"]
    assert (entry["params"]["text"], entry["status"]) == ("hallo", 200)
    assert await _get(http, f"/demo/transcript?chat={AYSE}") == {"transcript": "KIM-Bot: hallo"}

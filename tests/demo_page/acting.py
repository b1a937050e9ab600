"""The two hands of these tests: a bot that is scripted line by line, and a person at the page."""

import asyncio
import json
from collections.abc import Mapping

import aiohttp
from playwright.async_api import Locator, Page, expect

from bot.demo.server import LocalServer

PATIENCE = 30.0
"""Seconds within which the other side must have acted; only a broken page uses them up."""


class Bot:
    """Speaks the Bot API over HTTP as any bot would."""

    def __init__(self, server: LocalServer, http: aiohttp.ClientSession) -> None:
        self._root = f"{server.root}/bot{server.engine.token}"
        self._http = http
        self._offset = 0
        self._seen: list[dict[str, object]] = []

    async def call(self, method: str, **params: object) -> object:
        """The method's result; anything but ok fails the test."""
        async with self._http.post(f"{self._root}/{method}", json=params) as response:
            answer = json.loads(await response.read())
        assert answer["ok"], answer
        return answer["result"]

    async def say(self, chat: int, text: str, *rows: list[tuple[str, str]], **more: object) -> int:
        """Send a message; each row is a list of (label, data). Its id."""
        params: dict[str, object] = {"chat_id": chat, "text": text, **more}
        if rows:
            params["reply_markup"] = keyboard(*rows)
        sent = await self.call("sendMessage", **params)
        assert isinstance(sent, dict)
        return int(sent["message_id"])

    async def edit(self, chat: int, message: int, text: str, *rows: list[tuple[str, str]]) -> None:
        """Change a message and its buttons."""
        markup = keyboard(*rows)
        await self.call(
            "editMessageText", chat_id=chat, message_id=message, text=text, reply_markup=markup
        )

    async def send_file(
        self, chat: int, name: str, data: bytes, mime: str, method: str = "sendDocument"
    ) -> None:
        """Send a file."""
        form = aiohttp.FormData(quote_fields=False)
        form.add_field("chat_id", str(chat))
        field = "photo" if method == "sendPhoto" else "document"
        form.add_field(field, data, filename=name, content_type=mime)
        async with self._http.post(f"{self._root}/{method}", data=form) as response:
            assert response.status == 200, await response.text()

    async def next(self, kind: str) -> dict[str, object]:
        """The next update of a kind: its content."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for index, update in enumerate(self._seen):
                    if kind in update:
                        del self._seen[index]
                        content = update[kind]
                        assert isinstance(content, dict)
                        return content
                got = await self.call("getUpdates", offset=self._offset, timeout=2)
                assert isinstance(got, list)
                self._seen += got
                self._offset = max([self._offset, *(one["update_id"] + 1 for one in got)])

    def waiting(self) -> list[dict[str, object]]:
        """Updates that came in and were not asked for."""
        return self._seen

    async def answer(self, query: Mapping[str, object], **params: object) -> None:
        """Answer a button's press."""
        await self.call("answerCallbackQuery", callback_query_id=query["id"], **params)


def keyboard(*rows: list[tuple[str, str]]) -> dict[str, object]:
    """An inline keyboard; data that is an address makes a link."""
    return {
        "inline_keyboard": [
            [
                {"text": label, "url" if data.startswith("http") else "callback_data": data}
                for label, data in row
            ]
            for row in rows
        ]
    }


class Guest:
    """Somebody at the page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def field(self) -> Locator:
        """The field to write in."""
        return self.page.get_by_role("textbox", name="Nachricht schreiben")

    @property
    def log(self) -> Locator:
        """The conversation."""
        return self.page.get_by_role("log")

    @property
    def rows(self) -> Locator:
        """All messages."""
        return self.log.get_by_role("article")

    def button(self, name: str) -> Locator:
        """A button anywhere, by its whole name."""
        return self.page.get_by_role("button", name=name, exact=True)

    async def write(self, text: str) -> None:
        """Type and send."""
        await self.field.fill(text)
        await self.field.press("Enter")

    async def sees(self, text: str) -> None:
        """Wait for a message with these words."""
        await expect(self.rows.filter(has_text=text).last).to_be_visible()

    async def move_clock(self, step: str) -> None:
        """Press one of the clock's buttons."""
        await self.page.locator(".clock-button").click()
        await self.button(step).click()
        await self.page.keyboard.press("Escape")

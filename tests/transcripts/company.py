"""Several people before the real bot, over HTTP: a transcript in which everybody has a name.

An act is a line "Name> /command", "Name> [Button]", "Name> (link)" (follows the invitation link
shown last; "(link 2)" the second one shown), "Name> (blocks)", "Name> (unblocks)", "Name> (looks)"
(at what came by itself), "Name> (replies) text" (to the newest message) or a text; with " (waits)"
behind it, what comes by itself after the answer belongs to it;
"(30 days)" or "(9 hours)" moves the clock.
"""

import asyncio
import re
from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.demo.engine import Engine
from bot.demo.engine.messages import Message

PATIENCE = 60.0
QUIET = 0.8
"""Seconds without anything new after which an answer without buttons is complete."""
SWEPT = 2.5
"""Seconds in which a bot that sweeps every second has swept what is old."""
ACT = re.compile(r"\w+> .+|\(\d+ (?:days|hours)\)")
"""A line of a transcript that is acted; all others are the bot's."""
_WAITS = " (waits)"
_REPLIES = "(replies) "
_LINK = re.compile(r"https://t\.me/\w+\?start=([A-Za-z0-9_-]{22})")


class Company:
    """Acts as a script says and keeps the transcript. Links are shortened: no two are alike."""

    def __init__(
        self,
        engine: Engine,
        people: Mapping[str, int],
        move: Callable[[timedelta], None] | None = None,
    ) -> None:
        """`move` moves the clock the bot goes by."""
        self.engine = engine
        self.people = people
        self.lines: list[str] = []
        self.tokens: list[str] = []
        self._move = move
        self._seen: dict[tuple[int, int], Message] = {}
        self._count = -1

    async def act(self, line: str) -> None:
        """One act, and everything the bot does in answer to it, in whosever chat."""
        self.lines.append(line)
        if line.startswith("("):
            assert self._move is not None, "a clock that stands"
            number, unit = line.strip("()").split()
            self._move(timedelta(**{unit: int(number)}))
            await asyncio.sleep(SWEPT)
            return
        name, _, deed = line.removesuffix(_WAITS).partition("> ")
        person = self.people[name]
        before = self._card(person)
        if deed == "(looks)":
            await self._quiet(person)
            self._write_down(person)
            self._note_gone(person)
            return
        if deed in ("(blocks)", "(unblocks)"):
            (self.engine.block if deed == "(blocks)" else self.engine.unblock)(person)
            await asyncio.sleep(QUIET)
            return
        if deed.startswith("(link"):
            self.engine.start(person, self._token(deed))
        elif deed.startswith("["):
            label = deed[1:-1]
            there = await self.engine.wait_for(lambda: self._under(person, label), PATIENCE)
            self.engine.press(person, person, there.id, label)
        elif deed.startswith(_REPLIES):
            to = self._said_by_bot(person)[-1].id
            self.engine.say(person, person, deed.removeprefix(_REPLIES), reply_to=to)
        else:
            self.engine.say(person, person, deed)
        await self._answered(person, before)
        if line.endswith(_WAITS):
            await self._quiet(person)
        self._write_down(person)

    async def _quiet(self, person: int) -> None:
        """Until nothing more has come for a while."""
        await asyncio.sleep(SWEPT)
        while self._heard_more(person):
            await asyncio.sleep(QUIET)

    def _token(self, deed: str) -> str:
        number = deed.strip("(link)")
        return self.tokens[int(number) - 1 if number else -1]

    async def _answered(self, person: int, before: Message | None) -> None:
        """Until a new card is the last word; or, without buttons, until nothing more comes."""
        try:
            await self.engine.wait_for(lambda: self._complete(person, before), QUIET)
        except TimeoutError:
            await self.engine.wait_for(
                lambda: self._complete(person, before) or self._heard(person), PATIENCE
            )
            while self._heard_more(person):
                await asyncio.sleep(QUIET)

    def _complete(self, person: int, before: Message | None) -> bool:
        now, last = self._card(person), self.engine.last_by_bot(person)
        return now is not None and now != before and last is not None and bool(last.rows)

    def _heard(self, person: int) -> bool:
        """Whether the bot has said anything since the last act."""
        return any(self._seen.get((person, m.id)) != m for m in self._said_by_bot(person))

    def _heard_more(self, person: int) -> bool:
        """Whether it said more since this was asked last."""
        count = len(self._said_by_bot(person))
        more, self._count = count != self._count, count
        return more

    def _said_by_bot(self, person: int) -> list[Message]:
        if person not in self.engine.chats:
            return []
        messages = self.engine.chats[person].messages.values()
        return [message for message in messages if message.sender == self.engine.bot]

    def _card(self, person: int) -> Message | None:
        """The newest message of the bot that has buttons."""
        return next((m for m in reversed(self._said_by_bot(person)) if m.rows), None)

    def _under(self, person: int, label: str) -> Message | None:
        """The newest message with this button."""
        said = reversed(self._said_by_bot(person))
        return next((m for m in said if any(b.text == label for row in m.rows for b in row)), None)

    def _note_gone(self, person: int) -> None:
        """What was there, and is no more."""
        there = self.engine.chats[person].messages
        for key, message in tuple(self._seen.items()):
            if key[0] == person and key[1] not in there:
                del self._seen[key]
                self.lines.append(f"(gone: {message.text.splitlines()[0]})")

    def _write_down(self, person: int) -> None:
        """New and changed messages of the bot, in the order of the chat."""
        for message in self._said_by_bot(person):
            key = (person, message.id)
            if self._seen.get(key) == message:
                continue
            stripped = (old := self._seen.get(key)) and old.text == message.text
            self._seen[key] = message
            if not stripped or message.rows:
                self.lines += self._said(message)

    def _said(self, message: Message) -> list[str]:
        if (found := _LINK.search(message.text)) and found[1] not in self.tokens:
            self.tokens.append(found[1])
        text = _LINK.sub("https://t.me/…", message.text)
        if message.media is not None:
            file = message.media.file
            shown = f"<{file.name}>" if file and message.media.kind == "document" else "<picture>"
            return [shown, *text.splitlines()]
        rows = ["  " + " ".join(f"«{button.text}»" for button in row) for row in message.rows]
        return [*text.splitlines(), *rows]

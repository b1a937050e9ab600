"""A member before the real bot, over HTTP; what both say is written down as one would read it."""

from bot.demo.engine import Engine
from bot.demo.engine.messages import Message

PERSON = 7001
PATIENCE = 60.0


class Walker:
    """Acts as a script says and keeps the transcript. A line of the script is one act:
    `/command`, `[Button]`, `(photo)` or a text; after each act the next card is awaited."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.lines: list[str] = []
        self._seen: dict[int, Message] = {}

    async def act(self, line: str) -> None:
        """One act, and everything the bot does in answer to it."""
        self.lines.append(f"> {line}")
        before = self._card()
        if line.startswith("["):
            assert before is not None, "no card to press on"
            self.engine.press(PERSON, PERSON, before.id, line[1:-1])
        else:
            self.engine.say(PERSON, PERSON, line)
        await self.engine.wait_for(lambda: self._answered(before), PATIENCE)
        self._write_down()

    def _card(self) -> Message | None:
        """The newest message of the bot that has buttons."""
        shown = reversed(self.engine.chats[PERSON].messages.values()) if self._begun else iter(())
        return next((m for m in shown if m.sender == self.engine.bot and m.rows), None)

    @property
    def _begun(self) -> bool:
        return PERSON in self.engine.chats

    def _answered(self, before: Message | None) -> bool:
        now = self._card()
        last = self.engine.last_by_bot(PERSON)
        return now is not None and now != before and last is not None and bool(last.rows)

    def _write_down(self) -> None:
        """New and changed messages of the bot, in the order of the chat."""
        for message in self.engine.chats[PERSON].messages.values():
            if message.sender != self.engine.bot or self._seen.get(message.id) == message:
                continue
            stripped = (old := self._seen.get(message.id)) and old.text == message.text
            self._seen[message.id] = message
            if not stripped or message.rows:
                self.lines += _said(message)


def _said(message: Message) -> list[str]:
    file = message.media.file if message.media else None
    if file is not None:
        return [f"<{file.name}>"]
    rows = ["  " + " ".join(f"«{button.text}»" for button in row) for row in message.rows]
    return [*message.text.splitlines(), *rows]

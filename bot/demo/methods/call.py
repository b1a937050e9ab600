"""One call of a method: its parameters read and checked, whatever way they came."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.demo.engine import Engine
from bot.demo.engine.chats import Chat
from bot.demo.engine.messages import Message
from bot.demo.refusals import bad_request


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file in a multipart request."""

    name: str
    mime: str
    data: bytes


class Call:
    """Parameters of one request; JSON values or, from forms, their texts."""

    __slots__ = ("engine", "params", "uploads")

    def __init__(
        self,
        engine: Engine,
        params: Mapping[str, object],
        uploads: Mapping[str, Upload] | None = None,
    ) -> None:
        self.engine = engine
        self.params = params
        self.uploads = uploads or {}

    def text(self, name: str) -> str:
        """A string parameter; empty when it is missing. Refuses what is no UTF-8."""
        value = self.params.get(name)
        if value is None:
            return ""
        text = value if isinstance(value, str) else json.dumps(value)
        if not text.isascii():
            try:
                text.encode()
            except UnicodeEncodeError:
                raise bad_request("strings must be encoded in UTF-8") from None
        return text

    def integer(self, name: str) -> int | None:
        """A whole number, or None."""
        value = self.params.get(name)
        if isinstance(value, int):
            return int(value)
        if isinstance(value, str) and value:
            try:
                return int(value)
            except ValueError:
                raise bad_request(f'invalid parameter "{name}" specified') from None
        return None

    def flag(self, name: str) -> bool:
        """A boolean; Telegram takes "true", "True", "1" and "yes"."""
        value = self.params.get(name)
        if isinstance(value, str):
            return value.lower() in ("true", "1", "yes", "t", "y")
        return bool(value)

    def value(self, name: str) -> object:
        """A parameter that is an object or a list; None when it is missing."""
        value = self.params.get(name)
        if not isinstance(value, str) or not value:
            return value or None
        try:
            decoded: object = json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None
        return decoded

    def fields(self, name: str) -> Mapping[str, object]:
        """An object parameter; empty when it is missing."""
        value = self.value(name)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise bad_request(f"object expected as {name}")
        return value

    def items(self, name: str) -> list[object] | None:
        """A list parameter, or None."""
        value = self.value(name)
        if value is None:
            return None
        if not isinstance(value, list):
            raise bad_request(f"expected an Array of {name}")
        return value

    def chat(self, name: str = "chat_id") -> Chat:
        """The chat meant by an id or @username. Refuses one that the bot can't know."""
        value = self.params.get(name)
        if value is None or value == "":
            raise bad_request("chat_id is empty")
        chats = self.engine.chats
        found: Chat | None = None
        if isinstance(value, str) and value.startswith("@"):
            wanted = value[1:].lower()
            found = next((chat for chat in chats.values() if chat.username.lower() == wanted), None)
        else:
            found = chats.get(self.integer(name) or 0)
        if found is None or self.engine.is_stranger(found):
            raise bad_request("chat not found")
        return found

    def message(self, chat: Chat, missing: str, name: str = "message_id") -> Message:
        """A message of `chat`; refused with the words `missing` when there is none."""
        found = chat.messages.get(self.integer(name) or 0)
        if found is None or found.service:
            raise bad_request(missing)
        return found


Method = Callable[[Call], object]
"""Answers with the result as JSON values; raises `RefusedError`."""

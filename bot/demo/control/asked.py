"""Reading requests of the control API; what makes no sense is answered with one sentence."""

import json
from collections.abc import Mapping

from aiohttp import web

from bot.demo.engine import Engine
from bot.demo.engine.chats import Chat


class Asked:
    """Named values of one request, with the engine that they speak of."""

    def __init__(self, engine: Engine, values: Mapping[str, object]) -> None:
        self.engine = engine
        self._values = values

    def text(self, name: str, default: str | None = None) -> str:
        """A string. Without `default` it must be there."""
        value = self._values.get(name, default)
        if not isinstance(value, str):
            raise failed(400, f"{name}: a text is needed")
        return value

    def number(self, name: str) -> int:
        """A whole number that must be there."""
        value = self.maybe_number(name)
        if value is None:
            raise failed(400, f"{name}: a whole number is needed")
        return value

    def maybe_number(self, name: str) -> int | None:
        """A whole number, or None when it is missing."""
        value = self._values.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, int | float | str):
            try:
                return int(value)
            except ValueError:
                pass
        raise failed(400, f"{name}: a whole number is needed")

    def fraction(self, name: str, default: float = 0.0) -> float:
        """A number."""
        value = self._values.get(name, default)
        if not isinstance(value, int | float):
            raise failed(400, f"{name}: a number is needed")
        return float(value)

    def flag(self, name: str) -> bool:
        """A boolean; missing means false."""
        return bool(self._values.get(name))

    def has(self, name: str) -> bool:
        """Whether it was given."""
        return name in self._values

    def person(self) -> int:
        """The id of a person who is there."""
        person = self.number("person")
        if person not in self.engine.people:
            raise failed(404, f"no person {person}")
        return person

    def chat(self) -> Chat:
        """The chat, which the person must be able to see."""
        chat = self.engine.chats.get(self.number("chat"))
        if chat is None or not chat.seen_by(self.person()):
            raise failed(404, f"no chat {self.number('chat')} for this person")
        return chat

    def writable(self) -> Chat:
        """The chat, in which the person must be able to write."""
        chat = self.chat()
        if not chat.open_to(self.person()):
            raise failed(403, "this person cannot write here")
        return chat


def from_query(engine: Engine, request: web.Request) -> Asked:
    """The values of a GET."""
    return Asked(engine, dict(request.query))


async def from_body(engine: Engine, request: web.Request) -> Asked:
    """The values of a POST with JSON."""
    if request.content_type != "application/json":
        # A form could be sent by any page without asking first.
        raise failed(415, "JSON is needed")
    try:
        body = json.loads(await request.read())
    except ValueError:
        raise failed(400, "this is not JSON") from None
    if not isinstance(body, dict):
        raise failed(400, "an object is needed")
    return Asked(engine, body)


def failed(status: int, reason: str) -> web.HTTPException:
    """An answer with a reason, to be raised."""
    kinds: dict[int, type[web.HTTPException]] = {
        403: web.HTTPForbidden,
        404: web.HTTPNotFound,
        409: web.HTTPConflict,
        415: web.HTTPUnsupportedMediaType,
    }
    kind = kinds.get(status, web.HTTPBadRequest)
    return kind(text=json.dumps({"error": reason}), content_type="application/json")

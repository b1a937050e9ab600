"""Acting by the control API: as a person, as the clock, as bad luck."""

from datetime import timedelta

from aiohttp import web

from bot.demo.control import view
from bot.demo.control.asked import Asked, failed, from_body
from bot.demo.engine import Engine
from bot.demo.engine.media import from_upload
from bot.demo.engine.messages import Message
from bot.demo.engine.talk import NoSuchButtonError
from bot.demo.engine.world import Event
from bot.demo.faults import Fault, FaultKind, Faults


class Acting:
    """The POST routes under `/demo/`."""

    def __init__(self, engine: Engine, faults: Faults) -> None:
        self._engine = engine
        self._faults = faults

    def routes(self) -> list[web.RouteDef]:
        """What to add to the application."""
        return [
            web.post("/demo/send", self.send),
            web.post("/demo/press", self.press),
            web.post("/demo/edit", self.edit),
            web.post("/demo/upload", self.upload),
            web.post("/demo/person", self.person),
            web.post("/demo/block", self.block),
            web.post("/demo/clock", self.clock),
            web.post("/demo/faults", self.faults),
        ]

    async def send(self, request: web.Request) -> web.StreamResponse:
        """Write a message."""
        asked = await from_body(self._engine, request)
        person, chat = asked.person(), asked.writable()
        made = self._engine.say(
            person,
            chat.id,
            asked.text("text"),
            thread=asked.maybe_number("thread"),
            reply_to=asked.maybe_number("reply_to"),
        )
        return _messages(made, person)

    async def press(self, request: web.Request) -> web.StreamResponse:
        """Press a button."""
        asked = await from_body(self._engine, request)
        person, chat, message = asked.person(), asked.chat(), asked.number("message")
        try:
            query = self._engine.press(
                person, chat.id, message, asked.text("data"), forge=asked.flag("forge")
            )
        except (KeyError, NoSuchButtonError):
            raise failed(409, "this button is not there any more") from None
        return web.json_response({"query": query.id})

    async def edit(self, request: web.Request) -> web.StreamResponse:
        """Change an own message."""
        asked = await from_body(self._engine, request)
        person, chat, message = asked.person(), asked.writable(), asked.number("message")
        if message not in chat.messages:
            raise failed(404, "no such message")
        try:
            made = self._engine.edit(person, chat.id, message, asked.text("text"))
        except PermissionError:
            raise failed(403, "this message is somebody else's") from None
        return _messages((made,), person)

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """Send a file."""
        form = await request.post()
        values = {name: value for name, value in form.items() if isinstance(value, str)}
        asked, given = Asked(self._engine, values), form.get("file")
        person, chat = asked.person(), asked.writable()
        if not isinstance(given, web.FileField):
            raise failed(400, "file: a file is needed")
        media = from_upload(
            self._engine.files,
            given.file.read(),
            name=given.filename,
            mime=given.content_type,
            plain=asked.text("as", "") == "document",
        )
        made = self._engine.send(
            person,
            chat.id,
            media,
            caption=asked.text("caption", ""),
            thread=asked.maybe_number("thread"),
        )
        return _messages((made,), person)

    async def person(self, request: web.Request) -> web.StreamResponse:
        """Add somebody."""
        asked = await from_body(self._engine, request)
        person = asked.number("id")
        if person in self._engine.chats:
            raise failed(409, f"person {person} is there already")
        self._engine.add_person(
            person,
            asked.text("first_name"),
            asked.text("last_name", ""),
            username=asked.text("username", ""),
            language_code=asked.text("language_code", ""),
            role=asked.text("role", ""),
        )
        return web.json_response({"id": person})

    async def block(self, request: web.Request) -> web.StreamResponse:
        """Block or unblock the bot."""
        asked = await from_body(self._engine, request)
        act = self._engine.block if asked.flag("blocked") else self._engine.unblock
        act(asked.person())
        return web.json_response({"blocked": asked.flag("blocked")})

    async def clock(self, request: web.Request) -> web.StreamResponse:
        """Move the clock, or set how far it is ahead of real time."""
        asked = await from_body(self._engine, request)
        clock = self._engine.clock
        if asked.has("offset_seconds"):
            clock.set_offset(timedelta(seconds=asked.fraction("offset_seconds")))
        else:
            clock.move(timedelta(days=asked.fraction("days"), hours=asked.fraction("hours")))
        self._engine.emit(Event(kind="clock"))
        return web.json_response(view.clock(self._engine))

    async def faults(self, request: web.Request) -> web.StreamResponse:
        """Order a fault, a delay, or an end of both ({"clear": true})."""
        asked = await from_body(self._engine, request)
        if asked.flag("clear"):
            self._faults.clear()
        if asked.has("delay_from"):
            self._faults.delay = (asked.fraction("delay_from"), asked.fraction("delay_to"))
        if asked.has("kind"):
            self._faults.add(_fault(asked))
        return web.json_response({"pending": len(self._faults.pending())})


def _fault(asked: Asked) -> Fault:
    try:
        kind = FaultKind(asked.text("kind"))
    except ValueError:
        raise failed(400, f"kind: one of {', '.join(FaultKind)}") from None
    times = asked.maybe_number("times")
    code = asked.maybe_number("code")
    return Fault(
        kind=kind,
        method=asked.text("method", "*"),
        chat=asked.maybe_number("chat"),
        times=1 if times is None else times or None,
        acted=asked.flag("acted"),
        code=500 if code is None else code,
        text=asked.text("text", "Internal Server Error"),
        seconds=asked.fraction("seconds", 60.0),
        retry_after=asked.maybe_number("retry_after") or 1,
    )


def _messages(made: tuple[Message, ...], person: int) -> web.StreamResponse:
    return web.json_response({"messages": [view.message(one, person) for one in made]})

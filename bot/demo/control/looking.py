"""Looking on by the control API: what a person sees, and for tests what the bot asked."""

from aiohttp import web

from bot.demo.control import view
from bot.demo.control.asked import failed, from_query
from bot.demo.control.events import Streams
from bot.demo.engine import Engine
from bot.demo.engine.chats import Chat, ChatKind
from bot.demo.engine.menus import Scope
from bot.demo.faults import Request, RequestLog

_INLINE = frozenset({"application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp"})


class Looking:
    """The GET routes under `/demo/`."""

    def __init__(self, engine: Engine, log: RequestLog) -> None:
        self._engine = engine
        self._log = log
        self.streams = Streams(engine)

    def routes(self) -> list[web.RouteDef]:
        """What to add to the application."""
        return [
            web.get("/demo/state", self.state),
            web.get("/demo/messages", self.messages),
            web.get("/demo/events", self.events),
            web.get("/demo/commands", self.commands),
            web.get("/demo/file/{file}/{name}", self.file),
            web.get("/demo/transcript", self.transcript),
            web.get("/demo/log", self.log),
        ]

    async def state(self, request: web.Request) -> web.StreamResponse:
        """People, chats, bot, clock."""
        asked = from_query(self._engine, request)
        return web.json_response(view.state(self._engine, asked.maybe_number("person")))

    async def messages(self, request: web.Request) -> web.StreamResponse:
        """The messages of a chat; from now on they count as read."""
        asked = from_query(self._engine, request)
        person, chat = asked.person(), asked.chat()
        chat.read[person] = chat.last_id
        found = view.messages(chat, person, asked.maybe_number("thread"))
        return web.json_response({"messages": found})

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-Sent Events."""
        person = from_query(self._engine, request).person()
        return await self.streams.stream(request, person)

    async def commands(self, request: web.Request) -> web.StreamResponse:
        """The "/" menu, resolved by scope and language."""
        asked = from_query(self._engine, request)
        person, chat = asked.person(), asked.chat()
        language = self._engine.people[person].language_code[:2]
        found = self._engine.menus.shown(_scopes(chat, person), language)
        return web.json_response(
            {"commands": [{"command": name, "description": words} for name, words in found]}
        )

    async def file(self, request: web.Request) -> web.StreamResponse:
        """The bytes of a file; what a browser can show safely is shown in place."""
        file = self._engine.files.by_id(request.match_info["file"])
        if file is None:
            raise failed(404, "no such file")
        if file.mime in _INLINE:
            return web.Response(body=file.data, content_type=file.mime)
        text = file.mime.startswith("text/")
        return web.Response(
            body=file.data,
            content_type="text/plain" if text else "application/octet-stream",
            charset="utf-8" if text else None,
            headers={
                "Content-Disposition": "attachment",
                "Content-Security-Policy": "default-src 'none'; sandbox",
            },
        )

    async def transcript(self, request: web.Request) -> web.StreamResponse:
        """A chat as readable text."""
        chat = from_query(self._engine, request).number("chat")
        if chat not in self._engine.chats:
            raise failed(404, "no such chat")
        return web.json_response({"transcript": self._engine.transcript(chat)})

    async def log(self, request: web.Request) -> web.StreamResponse:
        """The latest requests of the bot, all or of one `method`."""
        method = request.query.get("method")
        entries = self._log.of(method) if method else tuple(self._log.entries)
        return web.json_response({"requests": [_entry(entry) for entry in entries]})


def _scopes(chat: Chat, person: int) -> tuple[Scope, ...]:
    """The order in which Telegram looks for a menu (Bot API, "Determining list of commands")."""
    if chat.kind is ChatKind.PRIVATE:
        return Scope(type="chat", chat=chat.id), Scope(type="all_private_chats"), Scope()
    standing = chat.members.get(person)
    rules = standing is not None and standing.rules
    return (
        Scope(type="chat_member", chat=chat.id, user=person),
        *((Scope(type="chat_administrators", chat=chat.id),) if rules else ()),
        Scope(type="chat", chat=chat.id),
        *((Scope(type="all_chat_administrators"),) if rules else ()),
        Scope(type="all_group_chats"),
        Scope(),
    )


def _entry(entry: Request) -> dict[str, object]:
    return {
        "method": entry.method,
        "params": dict(entry.params),
        "at": entry.at,
        "took": entry.took,
        "status": entry.status,
    }

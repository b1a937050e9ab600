"""What befalls chats, by the control API: for tests in other processes and for trying things out
by hand. One route; each act has a name and takes what it needs from the body."""

from collections.abc import Callable, Mapping

from aiohttp import web

from bot.demo.control import view
from bot.demo.control.asked import Asked, failed, from_body
from bot.demo.engine import Engine
from bot.demo.engine.chats import ChatKind, Status

Act = Callable[[Engine, Asked], object]


class Befalling:
    """`POST /demo/act` with {"act": name, …}."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def routes(self) -> list[web.RouteDef]:
        """What to add to the application."""
        return [web.post("/demo/act", self.act)]

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Do it; the answer says what came of it."""
        asked = await from_body(self._engine, request)
        act = _ACTS.get(asked.text("act"))
        if act is None:
            raise failed(400, f"act: one of {', '.join(_ACTS)}")
        try:
            made = act(self._engine, asked)
        except (KeyError, ValueError) as trouble:
            raise failed(400, f"{asked.text('act')}: {trouble!r}") from trouble
        return web.json_response({"made": made})


def _start(engine: Engine, asked: Asked) -> object:
    message = engine.start(asked.person(), asked.text("payload", ""))
    return view.message(message, asked.person())


def _add_chat(engine: Engine, asked: Asked) -> object:
    chat = engine.add_chat(
        asked.number("chat"),
        ChatKind(asked.text("kind")),
        asked.text("title"),
        members=(asked.number("person"),) if asked.has("person") else (),
        bot=Status(asked.text("status", "member")),
        is_forum=asked.flag("is_forum"),
    )
    return chat.id


_ACTS: Mapping[str, Act] = {
    "start": _start,
    "add_chat": _add_chat,
    "open_topic": lambda e, a: e.open_topic(a.number("chat"), a.person(), a.text("name")).id,
    "close_topic": lambda e, a: e.close_topic(a.number("chat"), a.person(), a.number("topic")),
    "delete_topic": lambda e, a: e.delete_topic(a.number("chat"), a.number("topic")),
    "add_bot": lambda e, a: e.add_bot(
        a.number("chat"), a.person(), payload=a.text("payload") if a.has("payload") else None
    ),
    "promote_bot": lambda e, a: e.promote_bot(a.number("chat"), a.person()),
    "kick": lambda e, a: e.kick(a.number("chat"), a.person()),
    "upgrade": lambda e, a: e.upgrade(a.number("chat"), a.person()).id,
    "join": lambda e, a: e.join(a.person(), a.number("chat")),
    "leave": lambda e, a: e.leave(a.person(), a.number("chat")),
    "promote": lambda e, a: e.promote(a.person(), a.number("chat"), anonymous=a.flag("anonymous")),
    "delete_account": lambda e, a: e.delete_account(a.person()),
    "delete_chat": lambda e, a: e.delete_chat(a.number("chat")),
    "share_chat": lambda e, a: e.share_chat(a.person(), a.number("chat"), a.number("request")).id,
    "channel_post": lambda e, a: e.channel_post(a.number("chat"), a.text("text")).id,
    "push_raw": lambda e, a: e.push_raw(a.text("update")),
    "jump": lambda e, a: e.updates.jump(a.number("to")),
}

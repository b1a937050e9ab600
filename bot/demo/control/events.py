"""Server-Sent Events for the page: what happens, to those whom it concerns, as it happens."""

import asyncio
import json

from aiohttp import web

from bot.demo.control import view
from bot.demo.engine import Engine
from bot.demo.engine.world import Event

_HEARTBEAT = 15.0
"""Seconds between comments that keep a quiet stream open."""
_BACKLOG = 1000
"""Events a slow reader may be behind before it is told to look afresh."""


class Streams:
    """All open streams of one server."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._open: set[asyncio.Queue[bytes | None]] = set()

    async def stream(self, request: web.Request, person: int) -> web.StreamResponse:
        """Answer with events for `person` until either side ends it."""
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._open.add(queue)
        stop = self._engine.listen(lambda event: self._queue(queue, event, person))
        try:
            await response.write(b": open\n\n")
            await self._copy(queue, response)
        except ConnectionError:
            pass  # the page was closed
        finally:
            stop()
            self._open.discard(queue)
        return response

    async def close(self) -> None:
        """End all streams: the server stops."""
        for queue in self._open:
            queue.put_nowait(None)

    async def _copy(self, queue: asyncio.Queue[bytes | None], response: web.StreamResponse) -> None:
        while True:
            try:
                async with asyncio.timeout(_HEARTBEAT):
                    item = await queue.get()
            except TimeoutError:
                item = b": still here\n\n"
            if item is None:
                return
            await response.write(item)

    def _queue(self, queue: asyncio.Queue[bytes | None], event: Event, person: int) -> None:
        if queue.qsize() > _BACKLOG:
            while not queue.empty():
                queue.get_nowait()
            queue.put_nowait(_encode("reset", {}))
        elif (
            _concerns(event, person) and (data := _content(self._engine, event, person)) is not None
        ):
            queue.put_nowait(_encode(event.kind, data))


def _concerns(event: Event, person: int) -> bool:
    if event.person is not None:
        return event.person == person
    return event.chat is None or event.chat.seen_by(person)


def _content(engine: Engine, event: Event, person: int) -> view.Json | None:
    chat = event.chat.id if event.chat else None
    match event.kind:
        case "message" | "edit":
            return None if event.message is None else view.message(event.message, person)
        case "clock":
            return view.clock(engine)
        case "answer":
            return event.data
        case "delete" | "action" | "commands":
            return {"chat": chat, **(event.data or {})}
        case "reset":
            return {}
        case _:
            return None


def _encode(kind: str, data: view.Json) -> bytes:
    return f"event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()

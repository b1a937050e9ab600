"""Replies go out after the commit: the card edited or sent anew, toasts, messages, files.

What could not be sent is not acknowledged, and so shown again at the next opportunity.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final, assert_never

from bot.logs import Log
from bot.store.cards import Shown
from bot.telegram.acknowledged import Acknowledged
from bot.telegram.code import picture
from bot.telegram.markup import split
from bot.telegram.menu import Roles
from bot.telegram.messages import addressed, without_markup
from bot.telegram.outbox import Outbox, is_gone, is_markup_fault, is_unchanged, message_id
from bot.telegram.picking import markup
from bot.telegram.transport import Json, RefusedError, UnreachableError
from conversations.agenda import SendCalendar
from conversations.broadcasts import BroadcastId
from conversations.core import (
    Deliver,
    LetterId,
    Preview,
    Reply,
    Say,
    Screen,
    Show,
    Toast,
)
from conversations.events import Offered
from conversations.replies import Code, OwnData, Pick, Unreached
from conversations.rules.letter import Letter
from conversations.standing import CouncilId, PersonId

_LOG: Final = Log(__name__)
Place = tuple[int, int | None]
"""A chat, and a topic of it."""
_INVITED: Final = 10.0
"""Seconds between two invitations into the private chat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """The replies of a turn, and where they go."""

    person: PersonId
    chat: int
    replies: tuple[Reply, ...]
    version: int | None = None
    """Of the position after the turn; None when no dialogue is stored."""
    card: int | None = None
    """The message that shows the card now, as far as known."""
    pressed: int | None = None
    """The message whose button was pressed."""
    query: str | None = None
    """The press that waits for its answer."""
    thread: int | None = None
    """Topic of a group."""
    suits: tuple[Roles, str] | None = None
    """The person's roles and language, for their menu; None in groups."""
    onward: tuple[PersonId, Offered] | None = None
    """Who is asked in private about a chat that was named."""
    open: tuple[int, ...] = ()
    """Updates that are done only when these replies are out."""

    @property
    def shows(self) -> bool:
        """Whether it carries the current card."""
        return any(isinstance(reply, Show) for reply in self.replies)


class Replies:
    """Sends bundles; per chat one after the other (the lanes see to that)."""

    def __init__(
        self,
        *,
        outbox: Outbox,
        acknowledged: Acknowledged,
        deliver: Callable[[LetterId], Awaitable[None]],
        preview: Callable[[Letter, int], Awaitable[None]],
        own: Callable[[PersonId, int], Awaitable[None]],
        timetable: Callable[[PersonId, CouncilId, int], Awaitable[None]],
        unreached: Callable[[PersonId, BroadcastId, int], Awaitable[None]],
    ) -> None:
        """`own` sends a person everything that is stored about them, `timetable` a council's
        meetings, `unreached` whom a broadcast did not reach, to a chat."""
        self._outbox = outbox
        self._acknowledged = acknowledged
        self._deliver = deliver
        self._preview = preview
        self._own = own
        self._timetable = timetable
        self._unreached = unreached
        self._invited: dict[Place, float] = {}
        """When a group was told (the loop's time)."""

    async def send(self, bundle: Bundle) -> bool:
        """Send everything; False when the card didn't get through and should be shown later."""
        if bundle.query is None:
            return await self._all(bundle)
        answered, sent = await asyncio.gather(
            self._answer(bundle.query, bundle.replies), self._all(bundle)
        )
        del answered
        return sent

    async def invite(self, place: Place, html: str, label: str, address: str) -> None:
        """A message with a link on a button; one in a while per chat, whoever asks how often."""
        now = asyncio.get_running_loop().time()
        self._invited = {key: at for key, at in self._invited.items() if now - at < _INVITED}
        if place in self._invited:
            return
        self._invited[place] = now
        keyboard = {"inline_keyboard": [[{"text": label, "url": address}]]}
        params = {**addressed(place[0], Screen(html=html), place[1]), "reply_markup": keyboard}
        try:
            await self._outbox.call("sendMessage", params)
        except (RefusedError, UnreachableError) as error:
            _LOG.info("message not sent", cause=str(error))

    async def answer(self, query: str) -> None:
        """Answer a press that leads to nothing."""
        await self._answer(query, ())

    async def _answer(self, query: str, replies: Sequence[Reply]) -> None:
        params: dict[str, object] = {"callback_query_id": query}
        toast = next((reply for reply in replies if isinstance(reply, Toast)), None)
        if toast is not None:
            params |= {"text": toast.text[:200], "show_alert": toast.alert}
        try:
            await self._outbox.call("answerCallbackQuery", params)
        except (RefusedError, UnreachableError) as error:
            _LOG.debug("press not answered", cause=str(error))  # too old: nobody waits any more

    async def _all(self, bundle: Bundle) -> bool:
        try:
            for reply in bundle.replies:
                await self._one(bundle, reply)
        except UnreachableError as error:
            _LOG.warning("reply not sent", cause=str(error))
            return not bundle.shows
        except RefusedError as error:
            self._refused(bundle, error)
        return True

    async def _one(self, bundle: Bundle, reply: Reply) -> None:
        match reply:
            case Show():
                await self._show(bundle, reply)
            case Say():
                await self._say(bundle, reply)
            case Deliver(letter=letter):
                await self._deliver(letter)
            case Preview(letter=letter):
                await self._preview(letter, bundle.chat)
            case Toast():
                pass  # went beside, with the answer to the press
            case Code(link=link, html=html):
                await self._code(bundle.chat, link, html)
            case Pick():
                await self._pick(bundle.chat, reply)
            case _:
                await self._fetched(bundle, reply)

    async def _fetched(self, bundle: Bundle, reply: OwnData | SendCalendar | Unreached) -> None:
        """What is read from the store when it is sent."""
        match reply:
            case OwnData():
                await self._own(bundle.person, bundle.chat)
            case SendCalendar(council=council):
                await self._timetable(bundle.person, council, bundle.chat)
            case Unreached(broadcast=broadcast):
                await self._unreached(bundle.person, broadcast, bundle.chat)
            case _:
                assert_never(reply)

    async def _say(self, bundle: Bundle, say: Say) -> None:
        edited = None
        if say.instead and bundle.pressed is not None:
            edited = await self._edit(bundle.chat, bundle.pressed, say.screen)
        if edited is None:
            await self._send(bundle.chat, say.screen, bundle.thread)

    async def _pick(self, chat: int, pick: Pick) -> None:
        params = {**addressed(chat, Screen(html=pick.html)), "reply_markup": markup(pick)}
        await self._message(params)

    async def _code(self, chat: int, link: str, html: str) -> None:
        params = {"chat_id": chat, "caption": html, "parse_mode": "HTML"}
        await self._outbox.call("sendPhoto", params, {"photo": picture(link)})

    async def _show(self, bundle: Bundle, show: Show) -> None:
        """In place when the pressed message is the card; else anew, and the old card's buttons
        go, beside."""
        in_place = bundle.pressed is not None and bundle.card in (None, bundle.pressed)
        card = None
        if in_place and not show.anew:
            assert bundle.pressed is not None
            card = await self._edit(bundle.chat, bundle.pressed, show.screen)
        if card is None:
            old = bundle.card or (bundle.pressed if in_place else None)
            strip = self._strip(bundle.chat, old) if old is not None else _nothing()
            card, _ = await asyncio.gather(self._send(bundle.chat, show.screen), strip)
        if bundle.version is not None:
            shown = Shown(version=bundle.version, card=card)
            self._acknowledged.note(bundle.person, bundle.chat, shown)

    async def _send(self, chat: int, screen: Screen, thread: int | None = None) -> int | None:
        *before, last = split(screen.html)
        for part in before:
            await self._message(addressed(chat, Screen(html=part), thread))
        return await self._message(addressed(chat, Screen(html=last, rows=screen.rows), thread))

    async def _message(self, params: Json) -> int | None:
        try:
            return message_id(await self._outbox.call("sendMessage", params))
        except RefusedError as error:
            if not is_markup_fault(error):
                raise
            _LOG.error("faulty markup, sent as plain text", cause=error.description)
            return message_id(await self._outbox.call("sendMessage", without_markup(params)))

    async def _edit(self, chat: int, message: int, screen: Screen) -> int | None:
        """The id of the edited message; None when it can't be edited (any more)."""
        if len(split(screen.html)) > 1:
            return None
        try:
            params = {**addressed(chat, screen), "message_id": message}
            await self._outbox.call("editMessageText", params)
        except RefusedError as error:
            if is_unchanged(error):
                return message
            if is_gone(error):
                raise
            _LOG.info("card not edited, sent anew", cause=error.description)
            return None
        return message

    async def _strip(self, chat: int, message: int) -> None:
        params = {"chat_id": chat, "message_id": message}
        try:
            await self._outbox.call("editMessageReplyMarkup", params)
        except (RefusedError, UnreachableError) as error:
            _LOG.debug("old buttons stay", cause=str(error))

    def _refused(self, bundle: Bundle, error: RefusedError) -> None:
        """Nobody there: shown again when they press something. A fault of ours: never again."""
        if is_gone(error):
            return
        _LOG.error("reply refused", cause=error.description)
        if bundle.version is not None and bundle.shows:
            shown = Shown(version=bundle.version, card=bundle.card)
            self._acknowledged.note(bundle.person, bundle.chat, shown)


def merged(older: Bundle, newer: Bundle) -> Bundle:
    """What is still worth sending when a newer turn came before the older one's replies went
    out: the newest card and words, and every file."""
    kinds = (Deliver, Code, OwnData, SendCalendar, Pick, Unreached)
    files = tuple(reply for reply in older.replies if isinstance(reply, kinds))
    card = () if newer.shows else tuple(r for r in older.replies if isinstance(r, Show))
    return Bundle(
        person=newer.person,
        chat=newer.chat,
        replies=(*files, *newer.replies, *card),
        version=newer.version if newer.version is not None else older.version,
        card=newer.card if newer.card is not None else older.card,
        pressed=newer.pressed,
        query=newer.query,
        open=(*older.open, *newer.open),
    )


async def _nothing() -> None:
    return None

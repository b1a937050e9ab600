"""One message of the ledger as a call: repeated at once where the cause is known and put right."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from bot.logs import Log
from bot.store.ledger import Claimed
from bot.telegram.markup import LIMIT, units
from bot.telegram.messages import addressed, without_markup
from bot.telegram.outbox import message_id
from bot.telegram.outcomes import Fate, Outcome, judged
from bot.telegram.transport import Json, RefusedError, Transport, UnreachableError
from conversations.core import Screen

_LOG: Final = Log(__name__)
_TWIN: Final = Outcome(fate=Fate.REFUSED, reason="twin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """What came of it: Telegram's id of the message, or an error judged, with Telegram's words.
    `reason` "fault": it went out as plain text, since our markup was wrong."""

    message: int | None = None
    outcome: Outcome | None = None
    words: str = ""
    reason: str = ""


class Calling:
    """`moved` and `topic_gone` write down what Telegram said of the chat, and say whether the row
    is still to be sent there."""

    def __init__(
        self,
        transport: Transport,
        moved: Callable[[Claimed, int], Awaitable[bool]],
        topic_gone: Callable[[Claimed], Awaitable[bool]],
    ) -> None:
        self._transport = transport
        self._moved = moved
        self._topic_gone = topic_gone

    async def send(self, row: Claimed, screen: Screen) -> Called:
        """Call; at most once more for each cause that can be put right."""
        params = addressed(row.chat, screen, row.thread)
        met: set[Fate] = set()
        while True:
            called = await self._once(params)
            outcome = called.outcome
            if outcome is None:
                return Called(message=called.message, reason="fault" if Fate.FAULT in met else "")
            if outcome.fate in met:
                return called
            met.add(outcome.fate)
            again = await self._put_right(row, params, outcome)
            if again is None:
                return called
            if not again:
                return Called(outcome=_TWIN)
            if outcome.fate is Fate.FAULT:
                _LOG.error("faulty text, sent plain", kind=row.kind, cause=called.words)
            params = again

    async def _put_right(self, row: Claimed, params: Json, outcome: Outcome) -> Json | None:
        """The call that can be tried at once; nothing in it when it is another row's by now; None
        when there is none."""
        match outcome.fate:
            case Fate.MOVED:
                assert outcome.chat is not None
                ours = await self._moved(row, outcome.chat)
                return {**params, "chat_id": outcome.chat} if ours else {}
            case Fate.TOPIC if "message_thread_id" in params:
                ours = await self._topic_gone(row)
                rest = {key: one for key, one in params.items() if key != "message_thread_id"}
                return rest if ours else {}
            case Fate.FAULT:
                plain = without_markup(params)
                return {**plain, "text": _cut(str(plain["text"]))}
        return None

    async def _once(self, params: Json) -> Called:
        try:
            return Called(message=message_id(await self._transport.call("sendMessage", params)))
        except (RefusedError, UnreachableError) as error:
            return Called(outcome=judged(error), words=str(error))


def _cut(text: str) -> str:
    """As much as a message may have."""
    while units(text) > LIMIT:
        text = text[: len(text) - max((units(text) - LIMIT) // 2, 1)]
    return text

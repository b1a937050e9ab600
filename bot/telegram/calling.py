"""One row of the ledger as a call: repeated at once where the cause is known and put right."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from bot.logs import Log
from bot.store.ledger import Claimed
from bot.telegram.messages import Call, bare
from bot.telegram.outbox import message_id
from bot.telegram.outcomes import Fate, Outcome, judged
from bot.telegram.transport import RefusedError, Transport, UnreachableError

_LOG: Final = Log(__name__)
_TWIN: Final = Outcome(fate=Fate.REFUSED, reason="twin")
_LEFT_BEHIND: Final = Outcome(fate=Fate.LOST, reason="missing")
"""The message stands in the group that was: its id is another message's in the new one."""


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

    async def send(self, row: Claimed, call: Call) -> Called:
        """Call; at most once more for each cause that can be put right."""
        met: set[Fate] = set()
        while True:
            called = await self._once(call)
            outcome = called.outcome
            if outcome is None:
                return Called(message=called.message, reason="fault" if Fate.FAULT in met else "")
            if outcome.fate in met:
                return called
            met.add(outcome.fate)
            again = await self._put_right(row, call, outcome)
            if outcome.fate is Fate.MOVED and "message_id" in call.params:
                return Called(outcome=_LEFT_BEHIND)
            if again is None:
                return called
            if not again.params:
                return Called(outcome=_TWIN)
            if outcome.fate is Fate.FAULT:
                _LOG.error("faulty text, sent plain", kind=row.kind, cause=called.words)
            call = again

    async def _put_right(self, row: Claimed, call: Call, outcome: Outcome) -> Call | None:
        """The call that can be tried at once; without parameters when it is another row's by now;
        None when there is none."""
        match outcome.fate:
            case Fate.MOVED:
                assert outcome.chat is not None
                ours = await self._moved(row, outcome.chat)
                return call.but(chat_id=outcome.chat) if ours else Call(method="", params={})
            case Fate.TOPIC if "message_thread_id" in call.params:
                ours = await self._topic_gone(row)
                return call.but(message_thread_id=None) if ours else Call(method="", params={})
            case Fate.FAULT if "text" in call.params or "caption" in call.params:
                return bare(call)
        return None

    async def _once(self, call: Call) -> Called:
        try:
            return Called(message=message_id(await self._transport.call(call.method, call.params)))
        except (RefusedError, UnreachableError) as error:
            outcome = judged(error)
            if outcome.fate is Fate.DONE:
                return Called()
            return Called(outcome=outcome, words=str(error))

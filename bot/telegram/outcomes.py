"""What an error of a call means for the message that was to be sent, by its cause."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.telegram.transport import RefusedError, UnreachableError


class Fate(StrEnum):
    """What has to follow."""

    OFFLINE = "offline"
    """It certainly didn't arrive: again, when Telegram can be reached."""
    SLOWER = "slower"
    """Too many requests: again after `seconds`."""
    MOVED = "moved"
    """The group has the number `chat` now: again at once, there."""
    GONE = "gone"
    """Nobody is reached there any more; `reason` says why."""
    TOPIC = "topic"
    """The topic is closed or deleted: once more, without it."""
    FAULT = "fault"
    """Our own text was wrong: once more, as plain text."""
    STOP = "stop"
    """The token isn't accepted: nothing can be sent for the moment."""
    REFUSED = "refused"
    """Refused in words we don't know: somebody should look."""
    DONE = "done"
    """There was nothing left to do: as good as taken."""
    LOST = "lost"
    """This one message can't be: what was to be changed isn't there, or can't be changed, or what
    it carries may not be sent there; `reason` says why."""
    UNCLEAR = "unclear"
    """Perhaps it arrived, perhaps not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """An error, judged."""

    fate: Fate
    reason: str = ""
    seconds: float = 0
    chat: int | None = None


_GONE: Final = (
    ("bot was blocked by the user", "blocked"),
    ("user is deactivated", "deactivated"),
    ("bot can't initiate conversation", "blocked"),
    ("group chat was deleted", "deleted"),
    ("bot was kicked", "kicked"),
    ("bot is not a member", "kicked"),
    ("chat not found", "deleted"),
    ("need administrator rights in the channel chat", "rights"),
    ("have no rights to send a message", "rights"),
    ("not enough rights to send text", "rights"),
    ("chat_send_plain_forbidden", "rights"),
    ("chat_write_forbidden", "rights"),
)
"""Words of permanent refusals (Bot API: description), and our key for the reason."""
_TOPIC: Final = ("message thread not found", "topic_closed", "topic closed", "topic_deleted")
_FAULT: Final = (
    "can't parse entities",
    "can't parse messageentity",
    "entity_bounds_invalid",
    "entities_too_long",
    "message is too long",
    "text is too long",
    "caption is too long",
)
_LOST: Final = (
    ("message to edit not found", "missing"),
    ("message to delete not found", "missing"),
    ("message_id_invalid", "missing"),
    ("message can't be edited", "fixed"),
    ("message can't be deleted", "fixed"),
    ("not enough rights to send", "rights"),
    ("chat_send_", "rights"),
)
"""Words about one message, and our key for the reason. A group that takes no pictures or files
takes texts all the same."""
_DONE: Final = "message is not modified"
_MANY: Final = 429
_STOP: Final = (401, 404)


def judged(error: RefusedError | UnreachableError) -> Outcome:
    """What the error means."""
    if isinstance(error, UnreachableError):
        return Outcome(fate=Fate.UNCLEAR if error.reached else Fate.OFFLINE)
    if error.retry_after or error.code == _MANY:
        return Outcome(fate=Fate.SLOWER, seconds=max(error.retry_after, 1.0))
    if error.migrate_to is not None:
        return Outcome(fate=Fate.MOVED, chat=error.migrate_to)
    if error.code in _STOP:
        return Outcome(fate=Fate.STOP)
    return _by_words(error.description.casefold())


def _by_words(words: str) -> Outcome:
    if any(one in words for one in _TOPIC):
        return Outcome(fate=Fate.TOPIC)
    if any(one in words for one in _FAULT):
        return Outcome(fate=Fate.FAULT, reason="fault")
    if _DONE in words:
        return Outcome(fate=Fate.DONE)
    for fate, table in ((Fate.GONE, _GONE), (Fate.LOST, _LOST)):
        for known, reason in table:
            if known in words:
                return Outcome(fate=fate, reason=reason)
    return Outcome(fate=Fate.REFUSED, reason="refused")

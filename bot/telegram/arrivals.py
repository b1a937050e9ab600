"""A raw update as it arrived: just enough to keep the order per person and to gather its parts.

Nothing here may fail on a malformed update: what can't be made out goes to a lane of its own.
"""

from dataclasses import dataclass
from typing import Final

from bot.telegram.transport import Json

LaneKey = tuple[int, int]
"""Chat and person."""

NOBODY: Final[LaneKey] = (0, 0)
_KINDS: Final = ("message", "edited_message", "my_chat_member")
_LARGEST: Final = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One update, stored in the inbox."""

    update_id: int
    raw: Json
    lane: LaneKey
    text: str | None = None
    """Set when it is a new message of plain text, no command: an answer, possibly a part of one."""
    date: int = 0
    album: str | None = None
    language: str = ""
    private: bool = False


def id_of(raw: object) -> int | None:
    """The update's id; None for what has none that can be kept (64 bits): it can't be told from a
    repetition, nor confirmed."""
    found = raw.get("update_id") if isinstance(raw, dict) else None
    return found if isinstance(found, int) and -_LARGEST <= found < _LARGEST else None


def arrival(raw: Json, update_id: int) -> Arrival:
    """Make out who sent what; never fails."""
    press = raw.get("callback_query")
    if isinstance(press, dict):
        return _pressed(raw, update_id, press)
    message = next((raw[kind] for kind in _KINDS if isinstance(raw.get(kind), dict)), None)
    if not isinstance(message, dict):
        return Arrival(update_id=update_id, raw=raw, lane=NOBODY)
    chat, private = _chat(message)
    text = message.get("text") if "message" in raw else None
    album, date = message.get("media_group_id"), message.get("date")
    return Arrival(
        update_id=update_id,
        raw=raw,
        lane=(chat, _number(message.get("from"))),
        text=text if isinstance(text, str) and not is_command(message) else None,
        date=date if isinstance(date, int) else 0,
        album=album if isinstance(album, str) else None,
        language=_language(message.get("from")),
        private=private,
    )


def is_command(message: Json) -> bool:
    """Whether a bot command opens the message (Bot API: entity of offset 0)."""
    entities = message.get("entities")
    first = entities[0] if isinstance(entities, list) and entities else None
    return (
        isinstance(first, dict) and first.get("type") == "bot_command" and first.get("offset") == 0
    )


def _pressed(raw: Json, update_id: int, press: Json) -> Arrival:
    message = press.get("message")
    chat, private = _chat(message) if isinstance(message, dict) else (0, False)
    return Arrival(
        update_id=update_id,
        raw=raw,
        lane=(chat, _number(press.get("from"))),
        language=_language(press.get("from")),
        private=private,
    )


def _chat(message: Json) -> tuple[int, bool]:
    chat = message.get("chat")
    private = isinstance(chat, dict) and chat.get("type") == "private"
    return _number(chat), private


def _number(value: object) -> int:
    found = value.get("id") if isinstance(value, dict) else None
    return found if isinstance(found, int) else 0


def _language(value: object) -> str:
    found = value.get("language_code") if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""

"""The raw update that a unit is, with no more of it than a turn needs."""

from typing import Final

from bot.telegram.gathering import Unit
from bot.telegram.transport import Json

_PLACE: Final = ("message_id", "date", "chat", "message_thread_id", "is_topic_message")
"""What a message can't be without (Bot API, MaybeInaccessibleMessage), and its topic."""


def whole(unit: Unit) -> Json:
    """The unit as one update: the first one, with the joined text if there were parts."""
    first = unit.arrivals[0].raw
    if unit.text is None:
        return _light(first)
    message = first["message"]
    assert isinstance(message, dict)
    return {**first, "message": {**message, "text": unit.text}}


def _light(raw: Json) -> Json:
    """A press without the card's words and buttons: only where the card stands is ever asked, and
    reading the rest takes more time than reading everything else."""
    press = raw.get("callback_query")
    message = press.get("message") if isinstance(press, dict) else None
    if not isinstance(press, dict) or not isinstance(message, dict):
        return raw
    place = {key: message[key] for key in _PLACE if key in message}
    return {**raw, "callback_query": {**press, "message": place}}

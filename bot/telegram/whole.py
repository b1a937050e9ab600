"""The raw update that a unit is, with no more of it than a turn needs."""

from typing import Final

from bot.telegram.gathering import Unit, starts
from bot.telegram.transport import Json

_PLACE: Final = ("message_id", "date", "chat", "message_thread_id", "is_topic_message")
"""What a message can't be without (Bot API, MaybeInaccessibleMessage), and its topic."""


def whole(unit: Unit) -> Json:
    """The unit as one update: the first one, with the joined text and marks if there were parts."""
    first = unit.arrivals[0].raw
    if unit.text is None:
        return _light(first)
    message = first["message"]
    assert isinstance(message, dict)
    return {**first, "message": {**message, "text": unit.text, "entities": _entities(unit)}}


def _entities(unit: Unit) -> list[Json]:
    """The marks of all parts, each moved to where its part begins."""
    begins = starts([one.text or "" for one in unit.arrivals])
    return [
        {**mark, "offset": offset + begin}
        for arrival, begin in zip(unit.arrivals, begins, strict=True)
        for mark in _marks(arrival.raw)
        if isinstance(offset := mark.get("offset"), int)
    ]


def _marks(raw: Json) -> list[Json]:
    message = raw.get("message")
    found = message.get("entities") if isinstance(message, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _light(raw: Json) -> Json:
    """A press without the card's words and buttons: only where the card stands is ever asked, and
    reading the rest takes more time than reading everything else."""
    press = raw.get("callback_query")
    message = press.get("message") if isinstance(press, dict) else None
    if not isinstance(press, dict) or not isinstance(message, dict):
        return raw
    place = {key: message[key] for key in _PLACE if key in message}
    return {**raw, "callback_query": {**press, "message": place}}

"""A letter as stored JSON, and back: equal in every part, blocks by their kind, times with zone.

Field by field alone, a heading could not be told from a paragraph.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from conversations.rules import letter as contract
from conversations.rules.letter import Letter, Occasion

_KIND: Final = "_"
_CLASSES: Final[Mapping[str, Callable[..., object]]] = {
    kind.__name__: kind
    for kind in (
        contract.Annex,
        contract.CalendarEntry,
        contract.Heading,
        contract.Item,
        contract.Letter,
        contract.Listing,
        contract.MailDraft,
        contract.Paragraph,
        contract.Part,
        contract.Span,
    )
}


def write_letter(letter: Letter) -> str:
    """The letter as JSON."""
    return json.dumps(_tree(letter), ensure_ascii=False, separators=(",", ":"))


def read_letter(text: str) -> Letter:
    """The letter again. Raises ValueError, KeyError or TypeError for what is none."""
    letter = _value(json.loads(text))
    if not isinstance(letter, Letter):
        raise TypeError("not a letter")
    return letter


def _tree(value: object) -> object:
    match value:
        case Occasion():
            return {_KIND: "Occasion", "value": value.value}
        case None | str() | int() | bool():
            return value
        case tuple():
            return [_tree(item) for item in value]
        case datetime():
            zone = value.tzinfo.key if isinstance(value.tzinfo, ZoneInfo) else None
            return {_KIND: "datetime", "value": value.isoformat(), "zone": zone}
        case date():
            return {_KIND: "date", "value": value.isoformat()}
        case _ if is_dataclass(value) and type(value).__name__ in _CLASSES:
            parts = {part.name: _tree(getattr(value, part.name)) for part in fields(value)}
            return {_KIND: type(value).__name__, **parts}
        case _:
            raise TypeError(f"a letter holds no {type(value).__name__}")


def _value(tree: object) -> object:
    if isinstance(tree, list):
        return tuple(_value(item) for item in tree)
    if not isinstance(tree, dict):
        return tree
    kind = tree[_KIND]
    match kind:
        case "Occasion":
            return Occasion(tree["value"])
        case "date":
            return date.fromisoformat(tree["value"])
        case "datetime":
            moment = datetime.fromisoformat(tree["value"])
            return moment.astimezone(ZoneInfo(tree["zone"])) if tree["zone"] else moment
        case _:
            parts = {name: _value(item) for name, item in tree.items() if name != _KIND}
            return _CLASSES[kind](**parts)
